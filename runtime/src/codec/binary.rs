//! In: bytes of a file or a log. Out: the value of a field that travels as they are, outside of JSON.

use std::fmt;

use super::base64;
use super::member::{Blank, Member, Slot, Value};

/// The bytes of a field: a file in a multipart body, or a whole body.
///
/// They travel as they are. Where a request is written as JSON all the same (with serde, for a test or a queue), they are
/// base64 text. `Debug` shows only how many there are.
///
/// ```
/// use yunqiao_runtime::Binary;
///
/// let picture = Binary::from(vec![0x89, b'P', b'N', b'G']);
/// assert_eq!(picture.as_bytes(), b"\x89PNG");
/// assert_eq!(format!("{picture:?}"), "<4 bytes>");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Binary(Vec<u8>);

impl Binary {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Reads the base64 text that stands for them in JSON.
    pub(super) fn from_base64(text: &str) -> Option<Self> {
        base64::decode(text).map(Self)
    }
}

/// The text that stands for bytes where only text can stand.
pub(super) fn text(bytes: &[u8]) -> String {
    base64::encode(bytes)
}

/// How bytes are shown: content that nobody described may be anything, a person's medical report included.
pub(super) fn shown(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let count = bytes.len();
    write!(f, "<{count} byte{}>", if count == 1 { "" } else { "s" })
}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown(&self.0, f)
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<&Vec<u8>> for Binary {
    fn from(bytes: &Vec<u8>) -> Self {
        Self(bytes.clone())
    }
}

impl<const N: usize> From<[u8; N]> for Binary {
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes.into())
    }
}

impl<const N: usize> From<&[u8; N]> for Binary {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.into())
    }
}

impl From<Binary> for Vec<u8> {
    fn from(binary: Binary) -> Self {
        binary.0
    }
}

impl Member for Binary {
    fn value(&self) -> Value<'_> {
        Value::Binary(&self.0)
    }

    fn open(&mut self) -> Slot<'_> {
        Slot::Binary(self)
    }
}

impl Blank for Binary {
    fn blank() -> Self {
        Self::default()
    }
}

crate::serde_through_member!(Binary);
