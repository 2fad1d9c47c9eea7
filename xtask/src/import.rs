//! `cargo xtask import`: the vendor's metadata in, schema files out. Files are read and written here; what they mean is known in
//! `yunqiao-import`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use yunqiao_import::{Docs, Imported, Release, VENDOR_FILE};
use yunqiao_model::api::ServiceId;
use yunqiao_model::{Source, load};

pub(crate) mod find;
mod summary;

use crate::cli::{ImportArgs, ImportDocs, ImportVendor};
use crate::outcome::{Failure, Outcome, Result};
use crate::parallel::each;
use crate::tree;
use find::Found;
use summary::Summary;

pub(crate) fn run(args: &ImportArgs) -> Result {
    let ImportVendor::Tencent = args.vendor;
    let docs = match args.docs {
        ImportDocs::None => Docs::None,
        ImportDocs::Upstream => Docs::Upstream,
    };
    let found = find::find(&args.paths)?;
    if args.out.exists() && !args.out.is_dir() {
        return Err(Failure::new(format!(
            "--out {} is no folder",
            args.out.display()
        )));
    }
    let mut summary = Summary::default();
    let read = each("reading", &found, |found| (found.shown(), read(found)));
    let mut releases: BTreeMap<ServiceId, (&Found, Release)> = BTreeMap::new();
    for (found, outcome) in found.iter().zip(read) {
        match outcome {
            Err(problems) => summary.refuse(&found.shown(), problems),
            Ok((release, problems)) => {
                summary.complain(&found.examples_shown(), problems);
                let id = release.id();
                if let Some((first, _)) = releases.get(&id) {
                    let message = format!(
                        "{id} again; it is in {} too, which was taken",
                        first.shown()
                    );
                    summary.refuse(&found.shown(), vec![message]);
                } else {
                    releases.insert(id, (found, release));
                }
            }
        }
    }
    if !releases.is_empty() {
        write_vendor_file(&args.out)?;
    }
    let releases: Vec<(ServiceId, &Found, Release)> = releases
        .into_iter()
        .map(|(id, (found, release))| (id, found, release))
        .collect();
    let done = each("writing", &releases, |(id, _, release)| {
        (id.to_string(), merge(&args.out, id, release, docs))
    });
    for ((id, found, release), outcome) in releases.iter().zip(done) {
        match outcome {
            Ok(imported) => summary.take(id, release, imported),
            Err(problems) => summary.refuse(&found.shown(), problems),
        }
    }
    summary.print();
    Ok(Outcome::from_findings(summary.has_findings()))
}

/// Reads one service; what is wrong with its examples does not keep it from being imported.
fn read(found: &Found) -> std::result::Result<(Release, Vec<String>), Vec<String>> {
    let api = find::bytes(&found.api).map_err(|problem| vec![problem])?;
    let (examples, mut problems) = match found.examples.as_deref().map(find::bytes) {
        None => (None, Vec::new()),
        Some(Ok(bytes)) => (Some(bytes), Vec::new()),
        Some(Err(problem)) => (None, vec![problem]),
    };
    let words = |problems: &[yunqiao_import::Problem]| -> Vec<String> {
        problems.iter().map(ToString::to_string).collect()
    };
    let release = Release::read(&api, examples.as_deref()).map_err(|problems| words(&problems))?;
    problems.extend(words(&release.examples_problems));
    Ok((release, problems))
}

/// Merges one service into the schema folder and writes what has changed.
fn merge(
    out: &Path,
    id: &ServiceId,
    release: &Release,
    docs: Docs,
) -> std::result::Result<Imported, Vec<String>> {
    let failed = |failure: Failure| vec![failure.to_string()];
    let existing = tree::read_service(out, id).map_err(failed)?;
    let imported = release.merge(&existing, docs).map_err(|problems| {
        let place = |problem: &yunqiao_model::Diagnostic| {
            let at = out.join(&*problem.at.path);
            format!(
                "{}:{}:{}: {}",
                at.display(),
                problem.at.line,
                problem.at.column,
                problem.message
            )
        };
        problems.iter().map(place).collect::<Vec<_>>()
    })?;
    let is_new = existing
        .iter()
        .all(|source| !source.path.starts_with(&format!("{id}/")));
    if is_new {
        sound(&existing, &imported)?;
    }
    for (name, text) in &imported.files {
        let path = out.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .map_err(|error| failed(Failure::io("create", parent, &error)))?;
        }
        tree::replace(&path, text).map_err(failed)?;
    }
    Ok(imported)
}

/// A service that is new must come out without a problem; whatever has one is refused as a whole.
fn sound(existing: &[Source], imported: &Imported) -> std::result::Result<(), Vec<String>> {
    let mut sources: Vec<Source> = existing.to_vec();
    if !sources
        .iter()
        .any(|source| source.path.starts_with("tencent/vendor."))
    {
        sources.push(Source::new(VENDOR_FILE.0, VENDOR_FILE.1));
    }
    sources.extend(
        imported
            .files
            .iter()
            .map(|(path, text)| Source::new(path.clone(), text.clone())),
    );
    let loaded = load(&sources);
    let mut problems = loaded.diagnostics;
    if problems.is_empty() {
        problems = yunqiao_codegen::check(&loaded.api);
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(problems
        .iter()
        .map(|problem| {
            format!(
                "would become a schema with a problem, {}:{}: {}",
                problem.at.path, problem.at.line, problem.message
            )
        })
        .collect())
}

/// A new schema folder gets the vendor's file first, which no service can do without.
fn write_vendor_file(out: &Path) -> Result<()> {
    let path = out.join(VENDOR_FILE.0);
    let json: PathBuf = path.with_extension("json");
    if path.exists() || json.exists() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| Failure::io("create", parent, &error))?;
    }
    tree::replace(&path, VENDOR_FILE.1)
}
