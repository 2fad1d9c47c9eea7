//! In: the JSON of something that a vendor describes. Out: the typed value, boxed.

use crate::{Error, Object};

pub(super) use serde_json::Value as Json;

/// Reads a value leniently and wraps it.
pub(super) fn read<T: Object + Default, E>(
    json: &[u8],
    wrap: impl FnOnce(Box<T>) -> E,
) -> Result<E, Error> {
    let mut value = Box::<T>::default();
    crate::codec::decode(json, value.as_mut())?;
    Ok(wrap(value))
}

/// The text without the byte order mark that some gateways put before it.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}
