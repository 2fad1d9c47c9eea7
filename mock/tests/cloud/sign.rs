//! A request in, the same signed out. Written from the vendors' descriptions for these tests alone: it shares no code with the judge.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::http::Request;

/// Who signs, for what and when.
#[derive(Clone, Debug)]
pub(crate) struct Signer {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) service: String,
    pub(crate) region: String,
    pub(crate) seconds: i64,
    /// UTC date of the seconds, `2023-11-14`.
    pub(crate) date: String,
    /// Time of day of the seconds, `221320`.
    pub(crate) time: String,
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The header lines and the names that are signed.
fn headers(request: &Request, names: &[&str], lower_case_action: bool) -> (String, String) {
    let mut names: Vec<&str> = names.to_vec();
    names.sort_unstable();
    let line = |name: &&str| {
        let value = request.header(name).trim();
        let value = if lower_case_action && *name == "x-tc-action" {
            value.to_lowercase()
        } else {
            value.to_owned()
        };
        format!("{name}:{value}\n")
    };
    (names.iter().map(line).collect(), names.join(";"))
}

impl Signer {
    /// Adds X-TC-Timestamp and Authorization; content-type, host and x-tc-action are signed.
    pub(crate) fn tc3(&self, request: &mut Request) {
        request.set("X-TC-Timestamp", &self.seconds.to_string());
        let (lines, names) = headers(request, &["content-type", "host", "x-tc-action"], true);
        let query = match request.target.split_once('?') {
            Some((_, query)) if request.method == "GET" => query,
            _ => "",
        };
        let payload = match request.header("X-TC-Content-SHA256") {
            "" => sha256(&request.body),
            stated => sha256(stated.as_bytes()),
        };
        let canonical = format!(
            "{}\n/\n{query}\n{lines}\n{names}\n{payload}",
            request.method
        );
        let scope = format!("{}/{}/tc3_request", self.date, self.service);
        let text = format!(
            "TC3-HMAC-SHA256\n{}\n{scope}\n{}",
            self.seconds,
            sha256(canonical.as_bytes())
        );
        let date = hmac(format!("TC3{}", self.key).as_bytes(), &self.date);
        let signature = hex(&hmac(
            &hmac(&hmac(&date, &self.service), "tc3_request"),
            &text,
        ));
        let value = format!(
            "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
            self.id
        );
        request.set("Authorization", &value);
    }

    /// Adds X-Date, X-Content-Sha256 and Authorization. The query must be in its canonical form already.
    pub(crate) fn volcengine(&self, request: &mut Request) {
        let day = self.date.replace('-', "");
        let date = format!("{day}T{}Z", self.time);
        request.set("X-Date", &date);
        request.set("X-Content-Sha256", &sha256(&request.body));
        let mut signed = vec!["host", "x-content-sha256", "x-date"];
        signed.extend((!request.header("Content-Type").is_empty()).then_some("content-type"));
        let (lines, names) = headers(request, &signed, false);
        let (path, query) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        let payload = sha256(&request.body);
        let canonical = format!(
            "{}\n{path}\n{query}\n{lines}\n{names}\n{payload}",
            request.method
        );
        let scope = format!("{day}/{}/{}/request", self.region, self.service);
        let text = format!(
            "HMAC-SHA256\n{date}\n{scope}\n{}",
            sha256(canonical.as_bytes())
        );
        let mut key = hmac(self.key.as_bytes(), &day);
        for step in [self.region.as_str(), self.service.as_str(), "request"] {
            key = hmac(&key, step);
        }
        let signature = hex(&hmac(&key, &text));
        let value = format!(
            "HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
            self.id
        );
        request.set("Authorization", &value);
    }

    /// Turns a GET into a presigned address: the signature stands in the query, and `headers` (`host` or nothing) are signed.
    /// The query must be encoded as in its canonical form already.
    pub(crate) fn presign(&self, request: &mut Request, headers: &str) {
        let day = self.date.replace('-', "");
        let date = format!("{day}T{}Z", self.time);
        let scope = format!("{day}/{}/{}/request", self.region, self.service);
        let credential = format!("{}/{scope}", self.id).replace('/', "%2F");
        let (path, query) = request.target.split_once('?').unwrap();
        let own = query.split('&').map(|pair| pair.split('=').next().unwrap());
        let added = [
            "X-Algorithm",
            "X-Credential",
            "X-Date",
            "X-NotSignBody",
            "X-SignedHeaders",
            "X-SignedQueries",
        ];
        let names: Vec<&str> = own.chain(added).collect();
        let all = format!(
            "{query}&X-Algorithm=HMAC-SHA256&X-Credential={credential}&X-Date={date}&X-NotSignBody=\
            &X-SignedHeaders={headers}&X-SignedQueries={}",
            names.join("%3B")
        );
        let mut pairs: Vec<&str> = all.split('&').collect();
        pairs.sort_unstable();
        let query = pairs.join("&");
        let line = if headers.is_empty() {
            String::new()
        } else {
            format!("host:{}\n", request.header("Host"))
        };
        let canonical = format!(
            "{}\n{path}\n{query}\n{line}\n{headers}\n{}",
            request.method,
            sha256(b"")
        );
        let text = format!(
            "HMAC-SHA256\n{date}\n{scope}\n{}",
            sha256(canonical.as_bytes())
        );
        let mut key = hmac(self.key.as_bytes(), &day);
        for step in [self.region.as_str(), self.service.as_str(), "request"] {
            key = hmac(&key, step);
        }
        request.target = format!("{path}?{query}&X-Signature={}", hex(&hmac(&key, &text)));
    }
}
