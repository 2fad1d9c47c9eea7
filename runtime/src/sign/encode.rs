//! In: bytes and texts. Out: the encodings that signatures are made of.

use std::fmt::Write as _;

/// A hash in lower-case hexadecimal.
pub(crate) struct Hex([u8; 64]);

impl Hex {
    pub(crate) fn of(hash: &[u8; 32]) -> Self {
        let digit = |four: u8| four + if four < 10 { b'0' } else { b'a' - 10 };
        let mut text = [0; 64];
        for (digits, byte) in text.chunks_exact_mut(2).zip(hash) {
            (digits[0], digits[1]) = (digit(byte >> 4), digit(byte & 15));
        }
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("digits are ASCII")
    }
}

/// Percent-encoding of everything but `A-Z a-z 0-9 - _ . ~` (RFC 3986), as Volcengine's canonical query has it.
pub fn percent_encode(text: &str) -> String {
    encode(text, false)
}

/// Form encoding: like [`percent_encode`], but a space becomes `+`, as in Tencent's GET queries.
pub fn form_encode(text: &str) -> String {
    encode(text, true)
}

fn encode(text: &str, space_as_plus: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte))
            }
            b' ' if space_as_plus => out.push('+'),
            _ => write!(out, "%{byte:02X}").expect("a String takes whatever is written"),
        }
    }
    out
}

/// `k=v&k=v` in form encoding, in the given order.
pub(crate) fn form(pairs: &[(String, String)]) -> String {
    let encoded: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", form_encode(name), form_encode(value)))
        .collect();
    encoded.join("&")
}

/// Base64 with padding.
#[cfg(feature = "legacy-signature")]
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            let digit = (group >> (18 - 6 * position)) & 63;
            out.push(if position <= chunk.len() {
                char::from(ALPHABET[digit as usize])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_digits() {
        for start in (0..=255).step_by(32) {
            let bytes: [u8; 32] = std::array::from_fn(|index| start + index as u8);
            let expected: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(Hex::of(&bytes).as_str(), expected);
        }
    }

    #[test]
    fn reserved_characters_are_encoded_and_unreserved_kept() {
        assert_eq!(
            percent_encode("a b+c*!'()~-_./:中"),
            "a%20b%2Bc%2A%21%27%28%29~-_.%2F%3A%E4%B8%AD"
        );
        assert_eq!(
            form_encode("a b+c*!'()~-_./:中"),
            "a+b%2Bc%2A%21%27%28%29~-_.%2F%3A%E4%B8%AD"
        );
    }

    #[cfg(feature = "legacy-signature")]
    #[test]
    fn base64_pads() {
        // RFC 4648, section 10.
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }
}
