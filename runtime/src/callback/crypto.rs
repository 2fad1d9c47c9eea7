//! In: a body, its header and the secrets. Out: whether the vendor has signed it, and the text that it stands for.
//!
//! What both vendors' pages describe: `sha256=` and the lower-case hex of HMAC-SHA256 over the body as it came; and base64
//! of AES-256-CBC whose first block is chained to the first half of the key, padded as PKCS#7 says.

use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use zeroize::Zeroizing;

use super::secret::Secret;

/// Bytes of an AES-256 key.
pub(super) const KEY_BYTES: usize = 32;

/// Whether `header` is this body's signature under `token`.
pub(super) fn is_signed(token: &Secret, body: &[u8], header: &[u8]) -> bool {
    tag(header).is_some_and(|tag| token.authenticates(body, &tag))
}

/// The bytes behind `sha256=`.
fn tag(header: &[u8]) -> Option<[u8; 32]> {
    let hex = header.strip_prefix(b"sha256=")?;
    let mut out = [0; 32];
    if hex.len() != 2 * out.len() {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(hex.chunks(2)) {
        for digit in pair {
            let value = char::from(*digit).to_digit(16)?;
            *byte = *byte << 4 | u8::try_from(value).ok()?;
        }
    }
    Some(out)
}

/// The text behind base64 and AES; `None` says all that is said about why there is none.
pub(super) fn decrypted(key: &Secret, base64: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(crate::codec::decode_base64(base64)?);
    let cipher = cipher(key.bytes(), key.bytes().get(..16)?)?;
    let length = cipher.decrypt_padded::<Pkcs7>(&mut bytes).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

fn cipher(key: &[u8], first_block: &[u8]) -> Option<Decryptor<Aes256>> {
    Decryptor::new_from_slices(key, first_block).ok()
}

#[cfg(test)]
mod tests {
    use cbc::cipher::block_padding::NoPadding;

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
        digits
            .chunks(2)
            .map(|pair| u8::try_from(pair[0] << 4 | pair[1]).expect("two digits are a byte"))
            .collect()
    }

    fn secret(bytes: &[u8]) -> Secret {
        let text = String::from_utf8(bytes.to_vec()).expect("the vector's key is a text");
        Secret::new("the token", text).unwrap_or_else(|error| panic!("{error}"))
    }

    /// RFC 4231, section 4.3: the test case whose key is a text, as tokens are.
    #[test]
    fn the_rfcs_vectors_verify() {
        let jefe = secret(b"Jefe");
        let header = b"sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert!(is_signed(&jefe, b"what do ya want for nothing?", header));
        assert!(!is_signed(&jefe, b"what do ya want for nothing!", header));
        let upper = b"sha256=5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843";
        assert!(is_signed(&jefe, b"what do ya want for nothing?", upper));
        for wrong in [
            &b""[..],
            b"sha256=",
            b"sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec38",
            b"sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384300",
            b"sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384g",
            b"sha1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            b"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            b" sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ] {
            assert!(!is_signed(&jefe, b"what do ya want for nothing?", wrong));
        }
    }

    /// NIST SP 800-38A, F.2.6: CBC-AES256.Decrypt, all four blocks.
    #[test]
    fn the_nist_vector_decrypts() {
        let key = bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        let iv = bytes("000102030405060708090a0b0c0d0e0f");
        let mut text = bytes(
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d\
             39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
        );
        let plain = bytes(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
             30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
        );
        let cipher = cipher(&key, &iv).expect("key and block have their lengths");
        let out = cipher.decrypt_padded::<NoPadding>(&mut text);
        assert_eq!(out.ok(), Some(plain.as_slice()));
    }

    #[test]
    fn whatever_is_wrong_there_is_just_no_text() {
        let key = secret(b"0123456789abcdef0123456789abcdef");
        for text in [
            "",
            "!",
            "AAAA",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "AAAAAAAAAAAAAAAAAAAAAA",
        ] {
            assert!(decrypted(&key, text).is_none(), "{text}");
        }
    }
}
