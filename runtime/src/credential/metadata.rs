//! In: the address of a metadata service and a path. Out: a small answer within a short time, or why there is none.
//!
//! The service is reached directly, past any proxy and any client of the program's own: it is the instance that it knows.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::endpoint::Endpoint;
use crate::transport::{self, Bytes, Failure, Header, Http, Request, header_map};

/// A connection is made within a second or never: the service is on the same machine.
const CONNECT: Duration = Duration::from_secs(1);
/// How long finding out whether there is a role may take, and how long its credential may.
pub(super) const PROBE: Duration = Duration::from_secs(2);
/// A credential has some two thousand characters.
const LIMIT: usize = 64 * 1024;

/// A metadata service.
pub(super) struct Metadata {
    base: String,
    http: Http,
}

impl Metadata {
    /// The service at the vendor's address, unless another is given.
    pub(super) fn at(
        vendors: &str,
        other: Option<&Endpoint>,
        client: &OnceLock<Http>,
    ) -> Result<Self, String> {
        let http = match client.get() {
            Some(http) => http.clone(),
            None => {
                let made = transport::client(CONNECT, None, None);
                let made = made.map_err(|_| "no HTTP client can be made".to_owned())?;
                client.get_or_init(|| made).clone()
            }
        };
        let base = match other {
            Some(endpoint) => endpoint.url("").trim_end_matches('/').to_owned(),
            None => vendors.to_owned(),
        };
        Ok(Self { base, http })
    }

    /// The status and the body of an answer; whoever asks sets the time limit.
    pub(super) async fn ask(
        &self,
        method: &'static str,
        path: &str,
        headers: Vec<Header>,
    ) -> Result<(u16, Zeroizing<String>), String> {
        let answer = async {
            let request = Request {
                method,
                url: format!("{}{path}", self.base),
                headers: header_map(headers)?,
                body: Bytes::new(),
            };
            let incoming = transport::send(&*self.http.transport, request).await?;
            incoming.whole(None, LIMIT).await
        };
        let answer = answer.await.map_err(|failure| self.told(&failure))?;
        let status = answer.status;
        match String::from_utf8(answer.body.into()) {
            Ok(body) => Ok((status, Zeroizing::new(body))),
            Err(_) => Err(format!(
                "{} answered HTTP {status} with what is no text",
                self.base
            )),
        }
    }

    fn told(&self, failure: &Failure) -> String {
        let base = &self.base;
        match failure {
            Failure::Malformed(part) => format!("the {part} cannot be expressed in HTTP"),
            Failure::Connect(_) => format!("{base} cannot be reached"),
            Failure::Refused(reason, _) => format!("{base} cannot be reached: {reason}"),
            Failure::ConnectTimeout(_) => format!("{base} cannot be reached within {CONNECT:?}"),
            Failure::Broken(_, Some(status)) => {
                format!("the answer of {base} (HTTP {status}) broke off")
            }
            Failure::Broken(..) => format!("the connection to {base} broke"),
            Failure::TooLarge { status, limit, .. } => {
                format!("the answer of {base} (HTTP {status}) is larger than {limit} bytes")
            }
            Failure::Compressed { status, .. } => {
                format!("the answer of {base} (HTTP {status}) is compressed")
            }
            Failure::Redirected => format!("{base} leads elsewhere"),
        }
    }
}

/// Gives up after [`PROBE`].
pub(super) async fn within<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    match timeout(PROBE, work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(format!(
            "the metadata service gave no answer within {PROBE:?}"
        )),
    }
}

/// The name of a role in an answer, if it can be one: it becomes part of a path.
pub(super) fn role_name(text: &str) -> Option<&str> {
    let name = text.trim();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    let is_name = !name.is_empty()
        && name.len() <= 128
        && name.bytes().all(is_plain)
        && !name.bytes().all(|byte| byte == b'.');
    is_name.then_some(name)
}
