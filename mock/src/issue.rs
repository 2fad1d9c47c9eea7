//! The fields of an answer in, the temporary credential that they hand out out, if they do.

use serde_json::Value as Json;
use yunqiao_model::api::Vendor;

use crate::lookup::Found;
use crate::verify::Key;

/// The credential in an answer of Tencent's STS, whose actions all write it the same way.
pub(crate) fn credential(found: Found<'_>, fields: &Json) -> Option<Key> {
    let id = &found.service.id;
    if id.vendor != Vendor::Tencent || id.service != "sts" {
        return None;
    }
    let part = |name: &str| Some(fields.get("Credentials")?.get(name)?.as_str()?.to_owned());
    Some(Key {
        id: part("TmpSecretId")?,
        secret: part("TmpSecretKey")?,
        token: Some(part("Token")?),
    })
}
