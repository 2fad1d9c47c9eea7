//! The vendors' credential files in, the profiles that stand in them out: never with a secret.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use yunqiao_model::api::Vendor;

use super::place::{config_path, home, variable};
use super::{edit, file, shortened};
use crate::Outcome;
use crate::failure::{Failure, Result};
use crate::output::{self, Format};
use crate::progress;

/// Lists all profiles.
pub(super) fn list(format: Format) -> Result<Outcome> {
    let mut rows = Vec::new();
    let mut is_fine = true;
    for found in all() {
        match found {
            Ok(found) => rows.extend(found),
            Err(failure) => {
                progress::tell(&format!("error: {failure}\n"));
                is_fine = false;
            }
        }
    }
    let columns = ["vendor", "profile", "id", "region", "file"];
    output::print(&Json::Array(rows), format, &columns)?;
    Ok(if is_fine {
        Outcome::Fine
    } else {
        Outcome::Finding
    })
}

/// The names of all profiles that can be read.
pub(crate) fn names() -> Vec<String> {
    let rows = all().into_iter().flatten().flatten();
    let names = rows.filter_map(|row| row["profile"].as_str().map(str::to_owned));
    let names: std::collections::BTreeSet<String> = names.collect();
    names.into_iter().collect()
}

/// The profiles of each file, or why it cannot be read.
fn all() -> Vec<Result<Vec<Json>>> {
    let mut found = Vec::new();
    let explicit = variable("TENCENTCLOUD_CREDENTIALS_FILE").map(PathBuf::from);
    let own = home().map(|home| home.join(".tencentcloud/credentials"));
    let path = explicit.map_or(own, Ok);
    found.push(path.and_then(|path| sections(&path, Vendor::Tencent, "secret_id")));
    if let Ok(home) = home() {
        let paths = command_line(&home.join(".tccli"));
        found.extend(paths.iter().map(|path| one(path)));
    }
    if let Ok(path) = config_path() {
        found.push(config(&path));
    }
    if let Ok(home) = home() {
        let path = home.join(".volcengine/credentials");
        let key = "volcengine_access_key_id";
        found.push(sections(&path, Vendor::Volcengine, key));
    }
    found
}

/// The region that stands in a profile.
pub(crate) fn region(vendor: Vendor, profile: &str) -> Option<String> {
    if vendor != Vendor::Volcengine {
        return None;
    }
    let text = file::read(&config_path().ok()?).ok()??;
    let config = edit::object(&text).ok()?;
    let region = config.get("profiles")?[profile]["region"].as_str()?;
    Some(region.to_owned()).filter(|region| !region.is_empty())
}

fn row(vendor: Vendor, profile: &str, id: &str, region: &Json, path: &Path) -> Json {
    json!({
        "vendor": vendor.folder(),
        "profile": profile,
        "id": shortened(id),
        "region": region,
        "file": path.display().to_string(),
    })
}

/// The profiles of a file of sections.
fn sections(path: &Path, vendor: Vendor, id_name: &str) -> Result<Vec<Json>> {
    let Some(text) = file::read(path)? else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    let mut profile = "";
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            profile = name.trim_end_matches(']').trim();
        } else if let Some((key, value)) = line.split_once('=')
            && key.trim().eq_ignore_ascii_case(id_name)
        {
            let id = value.trim().trim_matches(['"', '\'']);
            rows.push(row(vendor, profile, id, &Json::Null, path));
        }
    }
    Ok(rows)
}

/// The files of Tencent Cloud's command line.
fn command_line(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let is_profile = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "credential")
    };
    let mut paths: Vec<PathBuf> = paths.filter(is_profile).collect();
    paths.sort();
    paths
}

fn one(path: &Path) -> Result<Vec<Json>> {
    let Some(text) = file::read(path)? else {
        return Ok(Vec::new());
    };
    let members = object(path, &text)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let id = members.get("secretId").and_then(Json::as_str);
    let id = id.unwrap_or_default();
    Ok(vec![row(Vendor::Tencent, &name, id, &Json::Null, path)])
}

fn config(path: &Path) -> Result<Vec<Json>> {
    let Some(text) = file::read(path)? else {
        return Ok(Vec::new());
    };
    let config = object(path, &text)?;
    let profiles = config.get("profiles").and_then(Json::as_object);
    let rows = profiles.into_iter().flatten().map(|(name, profile)| {
        let id = profile["access-key"].as_str().unwrap_or_default();
        row(Vendor::Volcengine, name, id, &profile["region"], path)
    });
    Ok(rows.collect())
}

fn object(path: &Path, text: &str) -> Result<serde_json::Map<String, Json>> {
    edit::object(text).map_err(|why| Failure::new(format!("{}: {why}", path.display())))
}
