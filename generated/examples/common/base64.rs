//! The path of a file in, its content as the base64 text that goes into a request out (RFC 4648, padded).

use std::path::Path;

use crate::ending::Misused;

/// The text for a file that the caller names.
pub(crate) fn read(path: impl AsRef<Path>) -> Result<String, Misused> {
    let path = path.as_ref();
    match std::fs::read(path) {
        Ok(bytes) => Ok(encode(&bytes)),
        Err(error) => Err(Misused(format!("{}: {error}", path.display()))),
    }
}

/// The text for some bytes. A program with more dependencies would take the crate `base64`.
fn encode(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            // One byte makes two letters, two make three, three make four.
            text.push(if place <= group.len() {
                char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63])
            } else {
                '='
            });
        }
    }
    text
}
