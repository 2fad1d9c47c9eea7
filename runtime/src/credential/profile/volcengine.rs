//! In: variables that lead to Volcengine's files. Out: the credential of the profile.

use std::path::Path;

use super::file::{self, shown};
use super::json::Document;
use super::{broken, check_name, ini, pair, taken};
use crate::credential::moment;
use crate::credential::variables::Variables;
use crate::credential::{Credential, CredentialError};

const FILE: &str = "VOLCENGINE_CLI_CONFIG_FILE";

pub(super) fn read(
    variables: &Variables,
    named: Option<&str>,
) -> Result<Credential, CredentialError> {
    if let Some(name) = named {
        check_name(name)?;
    }
    let mut tried = Vec::new();
    let home = variables.home();
    let explicit = variables.path(FILE);
    let config = match &explicit {
        Some(path) => Ok(path.clone()),
        None => home
            .clone()
            .map(|home| home.join(".volcengine/config.json")),
    };
    match config {
        Err(error) => tried.push(error.to_string()),
        Ok(path) => match file::read(&path)? {
            Some(text) => match from_config(&path, &text, named)? {
                Ok(credential) => return Ok(credential),
                Err(why) => tried.push(format!("{} {why}", shown(&path))),
            },
            None if explicit.is_some() => {
                return Err(broken(
                    &path,
                    &format!("does not exist, and {FILE} names it"),
                ));
            }
            None => tried.push(format!("{} does not exist", shown(&path))),
        },
    }
    if let Ok(home) = home {
        let path = home.join(".volcengine/credentials");
        let section = named.unwrap_or("default");
        match file::read(&path)? {
            None => tried.push(format!("{} does not exist", shown(&path))),
            Some(text) => match from_ini(&path, &text, section)? {
                Some(credential) => return Ok(credential),
                None => tried.push(format!("{} has no [{section}] with a key", shown(&path))),
            },
        }
    }
    let told = tried.join("; ");
    Err(match (named, explicit) {
        (None, None) => CredentialError::absent(told),
        // Somebody has named a profile or a file.
        _ => CredentialError::broken(told),
    })
}

/// The profile of the command line's configuration. The inner error: there is none, and nobody has said that there is.
fn from_config(
    path: &Path,
    text: &str,
    named: Option<&str>,
) -> Result<Result<Credential, String>, CredentialError> {
    let wrong = |why: String| broken(path, &why);
    if text.trim().is_empty() {
        return Ok(Err("is empty".to_owned()));
    }
    let mut config = Document::parse(text).map_err(wrong)?;
    let current = config.text("current").map_err(wrong)?.map(taken);
    let name = named.or(current.as_deref()).unwrap_or("default");
    check_name(name)?;
    let profiles = config.object("profiles").map_err(wrong)?;
    let Some(mut profiles) = profiles.filter(|profiles| !profiles.is_empty()) else {
        return Ok(Err("has no profiles".to_owned()));
    };
    let Some(mut profile) = profiles.object(name).map_err(wrong)? else {
        let why = format!("has no profile \"{name}\"");
        return match (named, current) {
            (None, Some(_)) => Err(broken(path, &format!("{why}, which its \"current\" names"))),
            _ => Ok(Err(why)),
        };
    };
    let inside = |why: String| broken(path, &format!("profile \"{name}\" {why}"));
    let mode = profile
        .text("mode")
        .map_err(inside)?
        .map(taken)
        .unwrap_or_default();
    let end = profile.text("sts-expiration").map_err(inside)?;
    let end = match end.filter(|end| end.as_str() != "0") {
        Some(end) => Some(moment::parse(&end).ok_or_else(|| {
            inside("has an \"sts-expiration\" that is no point in time".to_owned())
        })?),
        None => None,
    };
    // A sign-in leaves a temporary credential behind, which serves until its end.
    let serves = match mode.trim().to_ascii_lowercase().as_str() {
        "" | "ak" | "ststoken" => true,
        "sso" | "console-login" => end.is_some(),
        _ => false,
    };
    if !serves {
        return Err(inside(format!(
            "has the mode {mode:?}, which is not signed in here: only keys and temporary credentials are read"
        )));
    }
    let id = profile.text("access-key").map_err(inside)?;
    let key = profile.text("secret-key").map_err(inside)?;
    let token = profile.text("session-token").map_err(inside)?;
    let credential = pair([("access-key", id), ("secret-key", key)], token)
        .map_err(inside)?
        .ok_or_else(|| inside("has no access-key and secret-key".to_owned()))?;
    Ok(Ok(match end {
        Some(end) => credential.with_expiry(end),
        None => credential,
    }))
}

fn from_ini(path: &Path, text: &str, section: &str) -> Result<Option<Credential>, CredentialError> {
    let settings = ini::section(text, section).map_err(|why| broken(path, &why))?;
    let Some(mut settings) = settings else {
        return Ok(None);
    };
    for prefix in ["volcengine", "volcstack"] {
        let names = ["access_key_id", "secret_access_key"].map(|name| format!("{prefix}_{name}"));
        let [id, key] = [&names[0], &names[1]].map(|name| (name.as_str(), settings.remove(name)));
        let token = settings.remove(&format!("{prefix}_session_token"));
        let found =
            pair([id, key], token).map_err(|why| broken(path, &format!("[{section}] {why}")))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
