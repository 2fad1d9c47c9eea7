//! Bytes in, hexadecimal digits, hashes and percent-encodings out, and back.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            out.push(char::from(DIGITS[usize::from(nibble)]));
        }
    }
    out
}

/// The bytes of lower-case hexadecimal digits, as both vendors write signatures.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let nibble = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let mut bytes = Vec::with_capacity(pairs.len());
    for [high, low] in pairs {
        bytes.push(nibble(*high)? << 4 | nibble(*low)?);
    }
    Some(bytes)
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Encodes everything but letters, digits and `-_.~`.
pub(crate) fn percent(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_unreserved) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex(&[byte]).to_ascii_uppercase());
        }
    }
    out.into()
}

/// Letters, digits and `-_.~`.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

/// The pairs of a query or form, decoded, in order. `+` is a space, and what is no encoding stays as it is.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (decoded(key, true), decoded(value, true))
    };
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(pair)
        .collect()
}

/// Undoes percent-encoding; in forms, `+` is a space.
pub(crate) fn decoded(text: &str, form: bool) -> String {
    if !text.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escape = bytes.get(at + 1..at + 3).filter(|_| byte == b'%');
        let escaped = escape
            .and_then(|digits| from_hex(&String::from_utf8_lossy(digits).to_ascii_lowercase()));
        match escaped {
            Some(value) => {
                out.extend(value);
                at += 3;
            }
            None => {
                out.push(if form && byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{decoded, from_hex, hex, pairs, percent};

    #[test]
    fn hexadecimal_goes_there_and_back_in_lower_case_only() {
        assert_eq!(hex(&[0, 0xab, 0xff]), "00abff");
        assert_eq!(from_hex("00abff"), Some(vec![0, 0xab, 0xff]));
        for wrong in ["0", "0g", "AB", "é"] {
            assert_eq!(from_hex(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn percent_encoding_leaves_only_the_unreserved() {
        assert_eq!(percent("aZ0-_.~ +*'/中"), "aZ0-_.~%20%2B%2A%27%2F%E4%B8%AD");
    }

    #[test]
    fn pairs_are_decoded_in_order() {
        let expected = [("b", "1 2"), ("a", ""), ("中", "+"), ("p", "50%")];
        let found = pairs("b=1+2&a&%E4%B8%AD=%2b&&p=50%");
        assert_eq!(
            found,
            expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
        );
        assert_eq!(decoded("a+b%zz", false), "a+b%zz");
    }
}
