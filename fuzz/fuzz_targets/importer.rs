//! Metadata in: they are imported or reported; what is imported has no problem, and importing it again writes nothing, over curated
//! files and over those of another release as well.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yunqiao_codegen::check;
use yunqiao_fuzz::metadata::Bytes;
use yunqiao_fuzz::{assert_printable, files, sources};
use yunqiao_import::{Docs, NoteKind, Release, VENDOR_FILE};
use yunqiao_model::{Source, load};

fuzz_target!(|data: &[u8]| {
    // Metadata as text, beside other files; anything else is taken for the recipe of two releases.
    if data.starts_with(b"{") {
        as_text(data);
    } else {
        as_recipe(data);
    }
});

fn as_text(data: &[u8]) {
    let files = files(data, "api.json");
    let named = |wanted: &str| {
        files
            .iter()
            .find(|(path, _)| path == wanted)
            .map(|(_, bytes)| *bytes)
    };
    let Some(api) = named("api.json") else { return };
    let Some(release) = read(api, named("examples.json")) else {
        return;
    };
    let mut releases = vec![release];
    releases.extend(named("newer.json").and_then(|newer| read(newer, None)));
    let curated = files
        .iter()
        .filter(|(path, _)| path.starts_with("tencent/"));
    chain(&releases, sources(curated.cloned()), Docs::Upstream);
}

fn as_recipe(data: &[u8]) {
    let mut bytes = Bytes(data);
    let docs = if data.len() % 2 == 0 {
        Docs::None
    } else {
        Docs::Upstream
    };
    let mut releases = Vec::new();
    for _ in 0..2 {
        let (api, examples) = bytes.release();
        releases.extend(read(
            api.to_string().as_bytes(),
            Some(examples.to_string().as_bytes()),
        ));
    }
    chain(&releases, Vec::new(), docs);
}

fn read(api: &[u8], examples: Option<&[u8]>) -> Option<Release> {
    let report = |problems: &[yunqiao_import::Problem]| {
        for problem in problems {
            assert_printable(&problem.to_string());
        }
    };
    match Release::read(api, examples) {
        Ok(release) => {
            report(&release.examples_problems);
            Some(release)
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            report(&problems);
            None
        }
    }
}

/// Imports one release over the other.
fn chain(releases: &[Release], mut schemas: Vec<Source>, docs: Docs) {
    let curated = !schemas.is_empty();
    for (index, release) in releases.iter().enumerate() {
        let folder = format!("{}/", release.id());
        let existing: Vec<Source> = schemas
            .iter()
            .filter(|source| {
                source.path.starts_with(&folder) || source.path.starts_with("tencent/vendor.")
            })
            .cloned()
            .collect();
        let Ok(imported) = release.merge(&existing, docs) else {
            assert!(curated);
            return;
        };
        let fresh = !existing
            .iter()
            .any(|source| source.path.starts_with(&folder));
        for (path, text) in &imported.files {
            schemas.retain(|source| source.path != *path);
            schemas.push(Source::new(path.clone(), text.clone()));
        }
        let existing: Vec<Source> = schemas
            .iter()
            .filter(|source| {
                source.path.starts_with(&folder) || source.path.starts_with("tencent/vendor.")
            })
            .cloned()
            .collect();
        let again = release
            .merge(&existing, docs)
            .expect("what was written can be read");
        assert!(again.files.is_empty(), "{index}: {:#?}", again.files);
        let other = again
            .notes
            .iter()
            .find(|note| ![NoteKind::Contradicted, NoteKind::Kept].contains(&note.kind));
        assert!(other.is_none(), "{other:?}");
        if fresh && !curated {
            sound(&existing);
        }
    }
}

/// A fresh import has no problem.
fn sound(schemas: &[Source]) {
    let mut sources = schemas.to_vec();
    sources.push(Source::new(VENDOR_FILE.0, VENDOR_FILE.1));
    let loaded = load(&sources);
    let mut problems = loaded.diagnostics;
    problems.extend(check(&loaded.api));
    assert!(problems.is_empty(), "{problems:#?}");
}
