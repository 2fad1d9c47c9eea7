//! In: the metadata service of a CVM. Out: the name of its role, and the role's credential.

use crate::credential::Credential;
use crate::credential::metadata::{Metadata, role_name};
use crate::credential::moment;
use crate::credential::profile::json::Document;
use crate::credential::profile::taken;
use crate::credential::sts::TENCENT_EARLY;

pub(super) const BASE: &str = "http://metadata.tencentyun.com";

const PATH: &str = "/latest/meta-data/cam/security-credentials/";

/// The role that is bound.
pub(super) async fn role(metadata: &Metadata) -> Result<String, String> {
    let (status, body) = metadata.ask("GET", PATH, Vec::new()).await?;
    match status {
        200 => match role_name(&body) {
            Some(name) => Ok(name.to_owned()),
            None => Err("the metadata service names no role".to_owned()),
        },
        404 => Err("no role is bound to the instance (HTTP 404)".to_owned()),
        _ => Err(format!("the metadata service answered HTTP {status}")),
    }
}

/// The credential of a role.
pub(super) async fn credential(metadata: &Metadata, role: &str) -> Result<Credential, String> {
    let (status, body) = metadata
        .ask("GET", &format!("{PATH}{role}"), Vec::new())
        .await?;
    if status != 200 {
        return Err(format!("the metadata service answered HTTP {status}"));
    }
    let mut answer = Document::parse(&body).map_err(|why| format!("the answer is {why}"))?;
    let code = answer.text("Code")?.map(taken);
    if let Some(code) = code.filter(|code| code != "Success") {
        return Err(format!(
            "the metadata service answered {}",
            crate::excerpt::line(&code)
        ));
    }
    let mut required = |name: &str| {
        let text = answer.text(name)?;
        text.ok_or_else(|| format!("the answer has no {name}"))
    };
    let (id, key) = (required("TmpSecretId")?, required("TmpSecretKey")?);
    let (token, end) = (required("Token")?, required("ExpiredTime")?);
    let end = moment::parse(&end).ok_or("the answer's ExpiredTime is no point in time")?;
    Ok(Credential::new(taken(id), taken(key))
        .with_token(taken(token))
        .with_expiry(end)
        .renewed_early(TENCENT_EARLY))
}
