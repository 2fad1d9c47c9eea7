//! In: messages that were signed and encrypted by other programs. Out: whether the genuine ones, and only those, get through.

mod esign;
mod refusals;
mod replay;
mod sms;

use std::sync::LazyLock;

use serde_json::Value;
use yunqiao_runtime::callback::{EsignCallbacks, EsignEvent, Rejection};

/// Made by `tests/callbacks/make.py` with Python's hmac and the openssl command.
static VECTORS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../callbacks/vectors.json")).unwrap());

/// A message as it came.
struct Message {
    body: Vec<u8>,
    signature: String,
}

fn message(name: &str) -> Message {
    let all = VECTORS["messages"].as_array().unwrap();
    let found = all
        .iter()
        .find(|message| message["name"] == name)
        .unwrap_or_else(|| panic!("no vector {name}"));
    Message {
        body: bytes(found["body"].as_str().unwrap()),
        signature: found["signature"].as_str().unwrap().to_owned(),
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    let all = VECTORS["messages"].as_array().unwrap();
    all.iter().map(|message| message["name"].as_str().unwrap())
}

/// Base64, read here so that the reader under test does not judge itself.
fn bytes(base64: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in base64.bytes().filter(|letter| *letter != b'=') {
        let value = alphabet.iter().position(|own| *own == letter).unwrap();
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    out
}

fn token() -> &'static str {
    VECTORS["token"].as_str().unwrap()
}

fn key() -> &'static str {
    VECTORS["key"].as_str().unwrap()
}

fn callbacks() -> EsignCallbacks {
    let builder = EsignCallbacks::builder().token(token()).key(key());
    builder.build().unwrap()
}

impl Message {
    fn headers(&self) -> [(&str, &str); 2] {
        [
            ("content-type", "application/json"),
            ("content-signature", &self.signature),
        ]
    }

    fn received(&self) -> Result<EsignEvent, Rejection> {
        callbacks().receive(self.headers(), &self.body)
    }
}

fn event(name: &str) -> EsignEvent {
    message(name)
        .received()
        .unwrap_or_else(|rejection| panic!("{name}: {rejection}"))
}
