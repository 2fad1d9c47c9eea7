//! In: a token or a key. Out: a holder that wipes it from memory when dropped, compares in constant time and never prints it.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::Error;

/// A secret of the receiving side.
pub(super) struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes the secret, unless it is one that somebody has mistyped; `what` names it in the error.
    pub(super) fn new(what: &str, text: String) -> Result<Self, Error> {
        let secret = Self(Zeroizing::new(text.into_bytes()));
        let problem = if secret.0.is_empty() {
            "is empty"
        } else if secret.0.trim_ascii().len() != secret.0.len() {
            "has whitespace around it, perhaps a line break from a file"
        } else {
            return Ok(secret);
        };
        Err(Error::configuration(format!("{what} {problem}")))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether `tag` is the HMAC-SHA256 of `message` under this secret. The time does not depend on where they differ.
    pub(super) fn authenticates(&self, message: &[u8], tag: &[u8]) -> bool {
        self.mac(message).verify_slice(tag).is_ok()
    }

    /// Whether `presented` is the secret. What is compared are MACs, so the time tells nothing about either.
    pub(super) fn equals(&self, presented: &[u8]) -> bool {
        let own = self.mac(self.bytes()).finalize().into_bytes();
        self.authenticates(presented, &own)
    }

    fn mac(&self, message: &[u8]) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(message);
        mac
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new("the token", text.to_owned()).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn only_the_secret_itself_equals_it() {
        let own = secret("a-secret-of-some-length");
        assert!(own.equals(b"a-secret-of-some-length"));
        for other in [
            "",
            "a",
            "a-secret-of-some-lengtH",
            "a-secret-of-some-length ",
            "A-secret-of-some-length",
        ] {
            assert!(!own.equals(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn mistyped_secrets_are_refused_without_being_shown() {
        for text in ["", " ", "hunter2\n", " hunter2"] {
            let error = Secret::new("the token", text.to_owned()).expect_err("accepted");
            assert!(error.is_configuration());
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("the token"), "{shown}");
            assert!(!shown.contains("hunter2"), "{shown}");
        }
        assert_eq!(format!("{:?}", secret("hunter2")), "<redacted>");
    }
}
