//! In: a call of ours, caught once. Out: bare reqwest sending the same bytes, unsigned and undecoded.

use std::future::Future;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Url};

use crate::{answer, server};

/// What is sent again and again, and by whom.
pub(crate) struct Floor {
    client: Client,
    url: Url,
    headers: HeaderMap,
    /// Kept to the end of the process, so that no call has to copy it.
    body: &'static [u8],
}

impl Floor {
    /// Catches what `call` sends to the address that it is given.
    pub(crate) async fn catch<F: Future<Output = Result<(), String>>>(
        address: &str,
        call: impl FnOnce(String) -> F,
    ) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("the call cannot be caught: {error}");
        let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
        let there = listener.local_addr().map_err(failed)?;
        let caught = std::thread::spawn(move || catch(&listener.accept()?.0));
        call(there.to_string()).await?;
        let bytes = caught
            .join()
            .map_err(|_| "the call was not caught".to_owned())?
            .map_err(failed)?;
        Self::of(address, bytes)
    }

    fn of(address: &str, mut bytes: Vec<u8>) -> Result<Self, String> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let body = bytes.split_off(end.ok_or("a request without an end")? + 4);
        let head = String::from_utf8(bytes).map_err(|error| error.to_string())?;
        let mut headers = HeaderMap::new();
        for line in head.trim_end().lines().skip(1) {
            let (name, value) = line.split_once(": ").ok_or("a header without a value")?;
            // These two the client makes itself, as it does under ours.
            if !["accept", "content-length"].contains(&name) {
                let name = HeaderName::try_from(name).map_err(|error| error.to_string())?;
                let value = HeaderValue::try_from(value).map_err(|error| error.to_string())?;
                headers.append(name, value);
            }
        }
        // Whoever was first has installed the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            .connect_timeout(Duration::from_secs(10));
        Ok(Self {
            client: client.build().map_err(|error| error.to_string())?,
            url: Url::parse(&format!("http://{address}/")).map_err(|error| error.to_string())?,
            headers,
            body: body.leak(),
        })
    }

    /// The body that is sent.
    pub(crate) fn body(&self) -> &'static [u8] {
        self.body
    }

    /// Sends it, and reads the answer to its end.
    pub(crate) async fn call(&self) -> Result<(), String> {
        let failed = |error: reqwest::Error| error.to_string();
        let request = self
            .client
            .post(self.url.clone())
            .headers(self.headers.clone())
            .body(self.body);
        let response = request.send().await.map_err(failed)?;
        let status = response.status();
        let body = response.bytes().await.map_err(failed)?;
        if status != 200 || body.is_empty() {
            return Err(format!("status {status} with {} bytes", body.len()));
        }
        Ok(())
    }
}

/// Reads one request and answers it.
fn catch(mut stream: &TcpStream) -> std::io::Result<Vec<u8>> {
    let (mut bytes, mut piece) = (Vec::new(), vec![0; 64 * 1024]);
    while server::size(&bytes).is_none_or(|size| bytes.len() < size) {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(&piece[..read]);
    }
    stream.write_all(&answer::bytes())?;
    Ok(bytes)
}
