//! In: bytes and texts. Out: the encodings that signatures are made of.

use std::fmt::Write as _;

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    static DIGITS: [[u8; 2]; 256] = digits();
    let text: Vec<[u8; 2]> = bytes
        .iter()
        .map(|byte| DIGITS[usize::from(*byte)])
        .collect();
    String::from_utf8(text.into_flattened()).expect("digits are ASCII")
}

/// The two digits of each byte.
const fn digits() -> [[u8; 2]; 256] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut all = [[0; 2]; 256];
    let mut byte = 0;
    while byte < all.len() {
        all[byte] = [DIGITS[byte >> 4], DIGITS[byte & 15]];
        byte += 1;
    }
    all
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
