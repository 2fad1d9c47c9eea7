//! In: the vendor's credential files of a user or a machine. Out: the credential of one profile.

pub(super) mod file;
mod ini;
pub(super) mod json;
mod tencent;
mod volcengine;

use std::path::Path;

use zeroize::Zeroizing;

use self::file::shown;
use super::variables::Variables;
use super::{Credential, CredentialError, CredentialFuture, CredentialProvider, Surroundings};
use crate::operation::Vendor;

/// The credential files that the vendor's command line and SDKs write and read.
///
/// **Tencent Cloud**: the file that `TENCENTCLOUD_CREDENTIALS_FILE` names, and no other. Without it, when `TCCLI_PROFILE`
/// names a profile, `~/.tccli/<profile>.credential` (JSON: `secretId`, `secretKey`, `token`), and no other. Without that,
/// the first that exists of `~/.tencentcloud/credentials` and `/etc/tencentcloud/credentials` (INI: `secret_id`,
/// `secret_key`, `token` in `[default]`) and `~/.tccli/default.credential`.
///
/// **Volcengine**: `~/.volcengine/config.json`, or the file that `VOLCENGINE_CLI_CONFIG_FILE` names (`profiles` with
/// `access-key`, `secret-key`, `session-token`, `sts-expiration`), then `~/.volcengine/credentials` (INI:
/// `volcengine_access_key_id`, `volcengine_secret_access_key`, `volcengine_session_token`, or the same with `volcstack_`).
/// The profile is that of `VOLCENGINE_PROFILE`, or `VOLCSTACK_PROFILE`, or `current` in the file, or `default`.
///
/// It is absent when there is no file, or none with the profile that nobody has named. A file or a profile that somebody has
/// named and that is not there, that cannot be read, that has half of a pair or that asks for a sign-in which is not done
/// here (`sso`, `console-login`, a role) is broken. The files are read anew when their credential ends.
#[derive(Debug, Clone)]
pub struct Profile {
    vendor: Vendor,
    variables: Variables,
    name: Option<String>,
}

impl Profile {
    /// The files that the variables of this process lead to.
    pub fn new(vendor: Vendor) -> Self {
        Self {
            vendor,
            variables: Variables::process(),
            name: None,
        }
    }

    /// The profile of this name, whatever variables and files say. Of Tencent Cloud's files it is that of the command line,
    /// unless `TENCENTCLOUD_CREDENTIALS_FILE` names a file: then the section.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Other variables than those of this process.
    #[must_use]
    pub fn variables(mut self, variables: Variables) -> Self {
        self.variables = variables;
        self
    }

    pub(super) fn read(&self, now: i64) -> Result<Credential, CredentialError> {
        let named = match &self.name {
            Some(name) => Some(name.clone()),
            None => self.variables.first(match self.vendor {
                Vendor::Tencent => &["TCCLI_PROFILE"],
                Vendor::Volcengine => &["VOLCENGINE_PROFILE", "VOLCSTACK_PROFILE"],
            })?,
        };
        let read = match self.vendor {
            Vendor::Tencent => tencent::read,
            Vendor::Volcengine => volcengine::read,
        };
        let credential = read(&self.variables, named.as_deref())?;
        if credential.is_over(now) {
            let end = super::moment::show(credential.expires_at().unwrap_or_default());
            return Err(CredentialError::broken(format!(
                "the profile's credential expired at {end}; sign in again with the vendor's command line"
            )));
        }
        Ok(credential)
    }
}

impl CredentialProvider for Profile {
    fn name(&self) -> String {
        "credential files".to_owned()
    }

    fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(async { self.read(surroundings.now()) })
    }
}

/// The pair of a profile with its token, or what is missing of it; `None` if there is nothing of it.
fn pair(
    [(id_name, id), (key_name, key)]: [(&str, Option<Zeroizing<String>>); 2],
    token: Option<Zeroizing<String>>,
) -> Result<Option<Credential>, String> {
    let filled = |part: Option<Zeroizing<String>>| part.filter(|text| !text.is_empty());
    let (id, key) = match (filled(id), filled(key)) {
        (Some(id), Some(key)) => (id, key),
        (None, None) => return Ok(None),
        (Some(_), None) => return Err(format!("has {id_name}, but no {key_name}")),
        (None, Some(_)) => return Err(format!("has {key_name}, but no {id_name}")),
    };
    let credential = Credential::new(taken(id), taken(key));
    let credential = match filled(token) {
        Some(token) => credential.with_token(taken(token)),
        None => credential,
    };
    match credential.defect() {
        Some(defect) => Err(defect),
        None => Ok(Some(credential)),
    }
}

/// The text itself, which then belongs to something else that overwrites it.
pub(super) fn taken(mut text: Zeroizing<String>) -> String {
    std::mem::take(&mut *text)
}

/// What is wrong in a file.
fn broken(path: &Path, why: &str) -> CredentialError {
    CredentialError::broken(format!("{}: {why}", shown(path)))
}

/// A name that becomes part of a path or of a message.
fn check_name(name: &str) -> Result<(), CredentialError> {
    let is_plain = !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(['/', '\\', ':', '[', ']'])
        && !name.chars().any(char::is_control);
    if is_plain {
        return Ok(());
    }
    Err(CredentialError::broken(
        "the profile's name cannot be one: it is empty, begins with a dot or has a slash, bracket or colon",
    ))
}

#[cfg(test)]
mod tests;
