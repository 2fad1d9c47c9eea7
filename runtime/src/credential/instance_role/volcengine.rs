//! In: the metadata service of an ECS. Out: a token for it with the name of the role, and the role's credential.

use serde_json::Value;
use zeroize::Zeroizing;

use crate::credential::Credential;
use crate::credential::metadata::{Metadata, role_name};
use crate::credential::moment;
use crate::credential::profile::json::Document;
use crate::credential::profile::taken;
use crate::transport::Header;

pub(super) const BASE: &str = "http://100.96.0.96";

const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/volcstack/latest/iam/security_credentials";

/// The service's own token, and the role: the one that somebody has named, or the first that is bound.
pub(super) async fn role(
    metadata: &Metadata,
    named: Option<String>,
) -> Result<(Zeroizing<String>, String), String> {
    let lasting: Header = (
        "X-volc-ecs-metadata-token-ttl-seconds".into(),
        "21600".into(),
    );
    let (status, body) = metadata.ask("PUT", TOKEN, vec![lasting]).await?;
    if status != 200 {
        return Err(format!(
            "the metadata service answered HTTP {status} for a token"
        ));
    }
    let token = Zeroizing::new(body.trim().to_owned());
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("the metadata service gave no token".to_owned());
    }
    if let Some(named) = named {
        return Ok((token, named));
    }
    let path = format!("{ROLES}?type=user&format=json");
    let (status, body) = metadata.ask("GET", &path, vec![bearing(&token)]).await?;
    match status {
        200 => match first_role(&body) {
            Some(name) => Ok((token, name)),
            None => Err("the metadata service names no role".to_owned()),
        },
        404 => Err("no role is bound to the instance (HTTP 404)".to_owned()),
        _ => Err(format!(
            "the metadata service answered HTTP {status} for the roles"
        )),
    }
}

/// The credential of a role.
pub(super) async fn credential(
    metadata: &Metadata,
    token: &str,
    role: &str,
) -> Result<Credential, String> {
    let path = format!("{ROLES}/{role}");
    let (status, body) = metadata.ask("GET", &path, vec![bearing(token)]).await?;
    if status != 200 {
        return Err(format!("the metadata service answered HTTP {status}"));
    }
    let mut answer = Document::parse(&body).map_err(|why| format!("the answer is {why}"))?;
    let mut required = |name: &str| {
        let text = answer.text(name)?;
        text.ok_or_else(|| format!("the answer has no {name}"))
    };
    let (id, key) = (required("AccessKeyId")?, required("SecretAccessKey")?);
    let (token, end) = (required("SessionToken")?, required("ExpiredTime")?);
    let end = moment::parse(&end).ok_or("the answer's ExpiredTime is no point in time")?;
    Ok(Credential::new(taken(id), taken(key))
        .with_token(taken(token))
        .with_expiry(end))
}

fn bearing(token: &str) -> Header {
    ("X-volc-ecs-metadata-token".into(), token.to_owned().into())
}

/// The first role of a list: JSON of several forms, as the vendor's SDKs read them, or a name in each line.
fn first_role(body: &str) -> Option<String> {
    let listed = |value: &Value| value.as_array()?.first()?.as_str().map(str::to_owned);
    let first = match serde_json::from_str::<Value>(body) {
        Ok(Value::String(name)) => Some(name),
        Ok(value @ Value::Array(_)) => listed(&value),
        Ok(Value::Object(members)) => members
            .get("roles")
            .and_then(listed)
            .or_else(|| Some(members.get("RoleName")?.as_str()?.to_owned())),
        _ => body
            .lines()
            .find(|line| !line.trim().is_empty())
            .map(str::to_owned),
    };
    role_name(&first?).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::first_role;

    #[test]
    fn the_first_role_is_found_in_every_form() {
        for body in [
            r#"["reader", "writer"]"#,
            r#"{"roles": ["reader"]}"#,
            r#"{"RoleName": "reader"}"#,
            "\nreader\r\nwriter\n",
            "\"reader\"",
        ] {
            assert_eq!(first_role(body).as_deref(), Some("reader"), "{body}");
        }
        for body in [
            "",
            "[]",
            "{}",
            "<html>",
            "..",
            "a/b",
            "a b",
            "[1]",
            "../../x",
            "{\"roles\": []}",
        ] {
            assert_eq!(first_role(body), None, "{body}");
        }
    }
}
