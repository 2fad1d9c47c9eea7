//! A vendor and a profile in, the file that the runtime reads it from out.

use std::env;
use std::fmt;
use std::path::PathBuf;

use serde_json::Value as Json;
use yunqiao_model::api::Vendor;
use zeroize::Zeroizing;

use super::edit::{self, Entry};
use super::file;
use crate::failure::{Failure, Result};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Sections of Tencent Cloud's SDKs.
    Sections,
    /// One profile of Tencent Cloud's command line.
    CommandLine,
    /// All profiles of Volcengine's command line.
    Config,
}

/// Where a profile stands.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) form: Form,
    pub(super) profile: String,
}

impl Place {
    /// The place that calls with this profile look at first.
    pub(super) fn of(vendor: Vendor, profile: Option<&str>) -> Result<Self> {
        let place = match vendor {
            Vendor::Tencent => tencent(profile)?,
            Vendor::Volcengine => volcengine(profile)?,
        };
        let name = &place.profile;
        let is_plain = !name.is_empty()
            && !name.starts_with('.')
            && !name.contains(['/', '\\', ':', '[', ']'])
            && !name.chars().any(char::is_control);
        if is_plain {
            return Ok(place);
        }
        Err(Failure::new(
            "a profile's name is not empty, begins with no dot and has no slash, bracket or colon",
        ))
    }

    pub(super) fn takes_region(&self) -> bool {
        self.form == Form::Config
    }

    /// What the vendor calls the id.
    pub(super) fn id_name(&self) -> &'static str {
        match self.form {
            Form::Sections | Form::CommandLine => "SecretId",
            Form::Config => "Access Key ID",
        }
    }

    /// What the vendor calls the secret.
    pub(super) fn secret_name(&self) -> &'static str {
        match self.form {
            Form::Sections | Form::CommandLine => "SecretKey",
            Form::Config => "Secret Access Key",
        }
    }

    /// The content of the file with the profile in it.
    pub(super) fn edited(&self, before: &str, entry: &Entry<'_>) -> Result<Zeroizing<String>> {
        let edited = match self.form {
            Form::Sections => edit::sections(before, entry),
            Form::CommandLine => edit::command_line(before, entry),
            Form::Config => edit::config(before, entry),
        };
        edited.map_err(|why| {
            Failure::new(format!(
                "{}: {why}; nothing was written",
                self.path.display()
            ))
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "profile {}", self.profile)
    }
}

fn tencent(profile: Option<&str>) -> Result<Place> {
    let sections = |path, profile: &str| Place {
        path,
        form: Form::Sections,
        profile: profile.to_owned(),
    };
    if let Some(path) = variable("TENCENTCLOUD_CREDENTIALS_FILE") {
        return Ok(sections(PathBuf::from(path), profile.unwrap_or("default")));
    }
    let named = profile
        .map(str::to_owned)
        .or_else(|| variable("TCCLI_PROFILE"));
    match named {
        Some(profile) => Ok(Place {
            path: home()?.join(".tccli").join(format!("{profile}.credential")),
            form: Form::CommandLine,
            profile,
        }),
        None => Ok(sections(
            home()?.join(".tencentcloud/credentials"),
            "default",
        )),
    }
}

fn volcengine(profile: Option<&str>) -> Result<Place> {
    let path = config_path()?;
    let named = profile.map(str::to_owned);
    let named = named.or_else(|| variable("VOLCENGINE_PROFILE"));
    let profile = match named.or_else(|| variable("VOLCSTACK_PROFILE")) {
        Some(profile) => profile,
        None => {
            let text = file::read(&path)?;
            let config = text.and_then(|text| serde_json::from_str::<Json>(&text).ok());
            let current = config.and_then(|config| config["current"].as_str().map(str::to_owned));
            current
                .filter(|current| !current.is_empty())
                .unwrap_or_else(|| "default".to_owned())
        }
    };
    Ok(Place {
        path,
        form: Form::Config,
        profile,
    })
}

/// The file of Volcengine's command line.
pub(super) fn config_path() -> Result<PathBuf> {
    match variable("VOLCENGINE_CLI_CONFIG_FILE") {
        Some(path) => Ok(PathBuf::from(path)),
        None => Ok(home()?.join(".volcengine/config.json")),
    }
}

/// The folder of whoever runs the command.
pub(super) fn home() -> Result<PathBuf> {
    let names = if cfg!(windows) {
        ["USERPROFILE", "HOME"]
    } else {
        ["HOME", "USERPROFILE"]
    };
    let home = names.into_iter().find_map(variable);
    home.map(PathBuf::from)
        .ok_or_else(|| Failure::new(format!("{} is not set, and leads to the files", names[0])))
}

pub(super) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
