//! In: variables that lead to Tencent Cloud's files. Out: the credential in the first that counts.

use std::path::{Path, PathBuf};

use super::file::{self, shown};
use super::json::Document;
use super::{broken, check_name, ini, pair};
use crate::credential::moment;
use crate::credential::variables::Variables;
use crate::credential::{Credential, CredentialError};

const FILE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";

pub(super) fn read(
    variables: &Variables,
    named: Option<&str>,
) -> Result<Credential, CredentialError> {
    if let Some(path) = variables.path(FILE) {
        let section = named.unwrap_or("default");
        return match file::read(&path)? {
            Some(text) => from_ini(&path, &text, section)?.ok_or_else(|| {
                broken(
                    &path,
                    &format!("has no [{section}] with secret_id and secret_key"),
                )
            }),
            None => Err(broken(
                &path,
                &format!("does not exist, and {FILE} names it"),
            )),
        };
    }
    if let Some(name) = named {
        let path = command_line_file(variables, name)?;
        return match file::read(&path)? {
            Some(text) => from_command_line(&path, &text)?
                .ok_or_else(|| broken(&path, "has no secretId and secretKey")),
            None => Err(broken(
                &path,
                "does not exist, and the profile is asked for",
            )),
        };
    }
    let mut tried = Vec::new();
    let home = variables.home();
    let own = home
        .clone()
        .map(|home| home.join(".tencentcloud/credentials"));
    for path in [own, Ok(PathBuf::from("/etc/tencentcloud/credentials"))] {
        let path = match path {
            Ok(path) => path,
            Err(error) => {
                tried.push(error.to_string());
                continue;
            }
        };
        match file::read(&path)? {
            None => tried.push(format!("{} does not exist", shown(&path))),
            Some(text) => match from_ini(&path, &text, "default")? {
                Some(credential) => return Ok(credential),
                None => tried.push(format!("{} has no [default] with a key", shown(&path))),
            },
        }
    }
    if home.is_ok() {
        let path = command_line_file(variables, "default")?;
        match file::read(&path)? {
            None => tried.push(format!("{} does not exist", shown(&path))),
            Some(text) => match from_command_line(&path, &text)? {
                Some(credential) => return Ok(credential),
                None => tried.push(format!("{} has no key", shown(&path))),
            },
        }
    }
    Err(CredentialError::absent(tried.join("; ")))
}

fn command_line_file(variables: &Variables, name: &str) -> Result<PathBuf, CredentialError> {
    check_name(name)?;
    let home = variables.home()?;
    Ok(home.join(".tccli").join(format!("{name}.credential")))
}

fn from_ini(path: &Path, text: &str, section: &str) -> Result<Option<Credential>, CredentialError> {
    let wrong = |why: String| broken(path, &why);
    let Some(mut settings) = ini::section(text, section).map_err(wrong)? else {
        return Ok(None);
    };
    if settings
        .get("role_arn")
        .is_some_and(|role| !role.is_empty())
    {
        return Err(role(path, &format!("[{section}]")));
    }
    let [id, key] = ["secret_id", "secret_key"].map(|name| (name, settings.remove(name)));
    pair([id, key], settings.remove("token"))
        .map_err(|why| broken(path, &format!("[{section}] {why}")))
}

fn from_command_line(path: &Path, text: &str) -> Result<Option<Credential>, CredentialError> {
    let wrong = |why: String| broken(path, &why);
    let mut members = Document::parse(text).map_err(wrong)?;
    for name in ["role-arn", "roleArn"] {
        if members.text(name).map_err(wrong)?.is_some() {
            return Err(role(path, "the profile"));
        }
    }
    let end = members.text("expiresAt").map_err(wrong)?;
    let [id, key] = ["secretId", "secretKey"].map(|name| (name, members.text(name)));
    let parts = [(id.0, id.1.map_err(wrong)?), (key.0, key.1.map_err(wrong)?)];
    let token = members.text("token").map_err(wrong)?;
    let credential = pair(parts, token).map_err(wrong)?;
    let Some(end) = end.filter(|end| end.as_str() != "0") else {
        return Ok(credential);
    };
    let end =
        moment::parse(&end).ok_or_else(|| broken(path, "\"expiresAt\" is no point in time"))?;
    Ok(credential.map(|credential| credential.with_expiry(end)))
}

fn role(path: &Path, which: &str) -> CredentialError {
    broken(
        path,
        &format!(
            "{which} asks for a role, which is not assumed from a file: use AssumeRole with Credential::new"
        ),
    )
}
