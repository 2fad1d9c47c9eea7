//! The vendor's metadata of a side in, the schemas that an import makes of it out.
//!
//! The new side is merged into the old one, as `cargo xtask import` would: what has gone becomes a tombstone, and what people
//! have curated stays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use yunqiao_import::{Docs, Release, VENDOR_FILE};
use yunqiao_model::Source;
use yunqiao_model::api::ServiceId;

use crate::import::find;
use crate::outcome::{Failure, Result};
use crate::parallel::each;

/// One `api.json`.
pub(super) struct File {
    shown: String,
    bytes: Vec<u8>,
}

pub(super) fn in_folder(folder: &Path) -> Result<Vec<File>> {
    let found = find::find(&[folder.to_path_buf()])?;
    let read = found.iter().map(|found| {
        let bytes = find::bytes(&found.api);
        let bytes = bytes.map_err(|why| Failure::new(format!("{}: {why}", found.shown())))?;
        Ok(File {
            shown: found.shown(),
            bytes,
        })
    });
    read.collect()
}

pub(super) fn in_files(files: Vec<(String, Vec<u8>)>) -> Vec<File> {
    let is_api = |path: &str| path == "api.json" || path.ends_with("/api.json");
    let files = files.into_iter().filter(|(path, _)| is_api(path));
    files.map(|(shown, bytes)| File { shown, bytes }).collect()
}

/// Without the services whose metadata is the same on both sides. A service stays with all its versions.
pub(super) fn without_what_stays(before: Vec<File>, after: Vec<File>) -> (Vec<File>, Vec<File>) {
    let all = |files: &[File]| -> BTreeSet<(String, Vec<u8>)> {
        let all = files
            .iter()
            .map(|file| (file.service().to_owned(), file.bytes.clone()));
        all.collect()
    };
    let (one, other) = (all(&before), all(&after));
    let changed: BTreeSet<String> = one
        .symmetric_difference(&other)
        .map(|(service, _)| service.clone())
        .collect();
    let keep = |files: Vec<File>| {
        let kept = files
            .into_iter()
            .filter(|file| changed.contains(file.service()));
        kept.collect()
    };
    (keep(before), keep(after))
}

impl File {
    /// The folder of the service, as `vpc` in `vpc/v20170312/api.json`.
    fn service(&self) -> &str {
        self.shown.rsplit(['/', '\\']).nth(2).unwrap_or_default()
    }
}

fn release(file: &File) -> Result<Release> {
    Release::read(&file.bytes, None).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .map(|problem| format!("{}: {problem}", file.shown))
            .collect();
        Failure::new(lines.join("\n"))
    })
}

pub(super) fn ids(files: &[File]) -> Result<Vec<ServiceId>> {
    files.iter().map(|file| Ok(release(file)?.id())).collect()
}

/// What was read of a file.
pub(super) struct Metadata<'a> {
    shown: &'a str,
    release: Release,
}

/// What the files of each side say.
pub(super) fn read<'a>(sides: [&'a [File]; 2]) -> Result<[Vec<Metadata<'a>>; 2]> {
    let files: Vec<&File> = sides.into_iter().flatten().collect();
    let read = each("reading", &files, |file| {
        let read = release(file).map(|release| Metadata {
            shown: &file.shown,
            release,
        });
        (file.shown.clone(), read)
    });
    let mut read = read.into_iter().collect::<Result<Vec<_>>>()?;
    let newer = read.split_off(sides[0].len());
    Ok([read, newer])
}

/// The schemas that come of it; `existing` are those that there were.
pub(super) fn import(metadata: &[Metadata<'_>], existing: &[Source]) -> Result<Vec<Source>> {
    let imported = each("importing", metadata, |one| {
        (one.shown.to_owned(), merged(&one.release, existing))
    });
    let mut sources = BTreeMap::new();
    sources.insert(
        VENDOR_FILE.0.to_owned(),
        Source::new(VENDOR_FILE.0, VENDOR_FILE.1),
    );
    for source in existing
        .iter()
        .filter(|source| source.path.matches('/').count() == 1)
    {
        sources.insert(source.path.to_string(), source.clone());
    }
    for outcome in imported {
        sources.extend(outcome?);
    }
    Ok(sources.into_values().collect())
}

fn merged(release: &Release, existing: &[Source]) -> Result<Vec<(String, Source)>> {
    let folder = format!("{}/", release.id());
    let belongs = |source: &&Source| {
        source.path.starts_with(&folder) || source.path.matches('/').count() == 1
    };
    let own: Vec<Source> = existing.iter().filter(belongs).cloned().collect();
    let imported = release.merge(&own, Docs::Upstream).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .map(|problem| format!("{}: {}", problem.at.path, problem.message))
            .collect();
        Failure::new(lines.join("\n"))
    })?;
    let mut sources: BTreeMap<String, Source> = own
        .into_iter()
        .filter(|source| source.path.starts_with(&folder))
        .map(|source| (source.path.to_string(), source))
        .collect();
    for (path, text) in imported.files {
        sources.insert(path.clone(), Source::new(path, text));
    }
    Ok(sources.into_iter().collect())
}
