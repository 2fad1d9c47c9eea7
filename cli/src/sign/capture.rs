//! JSON in, a request to sign or to check out. What is missing or wrong is told with its key, never with a value.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value as Json};

use crate::failure::{Failure, Result};

/// Whose scheme it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vendor {
    Tencent,
    Volcengine,
}

/// The query of a request.
#[derive(Clone)]
pub(super) enum Query {
    /// As it is sent.
    Raw(String),
    /// To be encoded as the vendor does.
    Pairs(Vec<(String, String)>),
}

/// A request, as far as it was given. Neither it nor a part of it is ever printed: it holds a secret and personal data.
pub(super) struct Capture {
    pub(super) vendor: Option<Vendor>,
    pub(super) secret_id: Option<String>,
    pub(super) secret_key: Option<String>,
    pub(super) token: Option<String>,
    pub(super) service: Option<String>,
    pub(super) region: Option<String>,
    pub(super) timestamp: Option<i64>,
    pub(super) method: String,
    pub(super) host: Option<String>,
    pub(super) path: String,
    pub(super) query: Query,
    pub(super) headers: Vec<(String, String)>,
    pub(super) signed_headers: Option<Vec<String>>,
    pub(super) body: Vec<u8>,
}

const KEYS: [&str; 15] = [
    "vendor",
    "secret_id",
    "secret_key",
    "token",
    "service",
    "region",
    "timestamp",
    "method",
    "host",
    "path",
    "query",
    "headers",
    "signed_headers",
    "body",
    "body_base64",
];

impl Capture {
    pub(super) fn from_json(input: &[u8]) -> Result<Self> {
        let value: Json = serde_json::from_slice(input).map_err(|error| {
            // The parser's own message may repeat a part of the input.
            let (line, column) = (error.line(), error.column());
            Failure::new(format!(
                "standard input is no JSON: line {line}, column {column}"
            ))
        })?;
        let Json::Object(map) = value else {
            return Err(Failure::new("standard input is no JSON object"));
        };
        if let Some(unknown) = map.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(unknown_key(unknown));
        }
        let fields = Fields(map);
        let vendor = match fields.text("vendor")?.as_deref() {
            None => None,
            Some("tencent") => Some(Vendor::Tencent),
            Some("volcengine") => Some(Vendor::Volcengine),
            Some(_) => return Err(Failure::new("vendor: write tencent or volcengine")),
        };
        let body = match (fields.text("body")?, fields.text("body_base64")?) {
            (Some(_), Some(_)) => {
                return Err(Failure::new("body and body_base64 are one too many"));
            }
            (Some(text), None) => text.into_bytes(),
            (None, Some(text)) => BASE64
                .decode(text.trim())
                .map_err(|_| Failure::new("body_base64: this is no base64 with padding"))?,
            (None, None) => Vec::new(),
        };
        let method = fields.text("method")?.unwrap_or_else(|| "POST".to_owned());
        let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_method {
            return Err(Failure::new("method: write it in capitals, such as POST"));
        }
        Ok(Self {
            vendor,
            secret_id: fields.text("secret_id")?,
            secret_key: fields.text("secret_key")?,
            token: fields.text("token")?.filter(|token| !token.is_empty()),
            service: fields.text("service")?,
            region: fields.text("region")?.filter(|region| !region.is_empty()),
            timestamp: fields.seconds("timestamp")?,
            method,
            host: fields.text("host")?,
            path: fields.text("path")?.unwrap_or_else(|| "/".to_owned()),
            query: fields.query()?,
            headers: fields.pairs("headers")?.unwrap_or_default(),
            signed_headers: fields.names("signed_headers")?,
            body,
        })
    }

    /// The value of a header, whatever the case of its name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }
}

fn unknown_key(key: &str) -> Failure {
    let near = KEYS
        .iter()
        .map(|known| (strsim::damerau_levenshtein(key, known), known))
        .min()
        .filter(|(distance, _)| *distance <= 3);
    Failure::new(match near {
        Some((_, near)) => format!("{key:?} is no key of a request: did you mean {near}?"),
        None => format!(
            "{key:?} is no key of a request; there are {}",
            KEYS.join(", ")
        ),
    })
}

struct Fields(Map<String, Json>);

impl Fields {
    fn get(&self, key: &str) -> Option<&Json> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    fn text(&self, key: &str) -> Result<Option<String>> {
        match self.get(key) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Failure::new(format!("{key}: write a text"))),
        }
    }

    fn seconds(&self, key: &str) -> Result<Option<i64>> {
        let seconds = match self.get(key) {
            None => return Ok(None),
            Some(Json::Number(number)) => number.as_i64(),
            Some(Json::String(text)) => text.trim().parse().ok(),
            Some(_) => None,
        };
        // As far as days have four digits for their year.
        match seconds.filter(|seconds| (0..253_402_300_800).contains(seconds)) {
            Some(seconds) => Ok(Some(seconds)),
            None => Err(Failure::new(format!(
                "{key}: write seconds since 1970, such as 1700000000"
            ))),
        }
    }

    fn query(&self) -> Result<Query> {
        match self.get("query") {
            Some(Json::String(text)) => Ok(Query::Raw(
                text.strip_prefix('?').unwrap_or(text).to_owned(),
            )),
            _ => Ok(match self.pairs("query")? {
                Some(pairs) => Query::Pairs(pairs),
                None => Query::Raw(String::new()),
            }),
        }
    }

    fn pairs(&self, key: &str) -> Result<Option<Vec<(String, String)>>> {
        let wrong = || Failure::new(format!("{key}: write pairs, as in [[\"name\", \"value\"]]"));
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let pairs = value.as_array().ok_or_else(wrong)?.iter().map(|pair| {
            match pair.as_array().map(Vec::as_slice) {
                Some([Json::String(name), Json::String(value)]) => {
                    Ok((name.clone(), value.clone()))
                }
                _ => Err(wrong()),
            }
        });
        pairs.collect::<Result<_>>().map(Some)
    }

    fn names(&self, key: &str) -> Result<Option<Vec<String>>> {
        let wrong = || {
            Failure::new(format!(
                "{key}: write names, as in [\"content-type\", \"host\"]"
            ))
        };
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let names = value.as_array().ok_or_else(wrong)?.iter();
        let names = names.map(|name| name.as_str().map(str::to_ascii_lowercase).ok_or_else(wrong));
        names.collect::<Result<_>>().map(Some)
    }
}
