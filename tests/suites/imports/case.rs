//! The folder of a case in, its metadata and schema files out, and the comparison with what is expected.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use yunqiao_codegen::check;
use yunqiao_import::{Docs, Release, VENDOR_FILE};
use yunqiao_model::{Diagnostic, Source, load};
use yunqiao_tests::{ACCEPT, differs, files};

/// Schema files by their path below the schema folder.
pub(crate) type Schemas = BTreeMap<String, String>;

/// The releases of `upstream/`, in the order of their paths.
pub(crate) fn releases(case: &Path) -> Vec<Release> {
    let all: BTreeMap<String, Vec<u8>> = files(&case.join("upstream")).into_iter().collect();
    let mut releases = Vec::new();
    for (path, api) in &all {
        let Some(folder) = path.strip_suffix("api.json") else {
            continue;
        };
        let examples = all.get(&format!("{folder}examples.json"));
        let release = Release::read(api, examples.map(Vec::as_slice)).unwrap_or_else(|problems| {
            panic!("{}: {path}: {problems:#?}", case.display());
        });
        assert!(
            release.examples_problems.is_empty(),
            "{}: {:#?}",
            case.display(),
            release.examples_problems
        );
        releases.push(release);
    }
    assert!(!releases.is_empty(), "{} has no api.json", case.display());
    releases
}

/// Whether the case takes the vendor's prose over.
pub(crate) fn docs(case: &Path) -> Docs {
    if case.join("docs-upstream").exists() {
        Docs::Upstream
    } else {
        Docs::None
    }
}

/// The schema files of a folder.
pub(crate) fn schemas(folder: &Path) -> Schemas {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    files(folder)
        .into_iter()
        .map(|(path, bytes)| (path, text(bytes)))
        .collect()
}

/// What `merge` gets: the files of one service version and of the vendor.
pub(crate) fn sources_of(release: &Release, schemas: &Schemas) -> Vec<Source> {
    let folder = format!("{}/", release.id());
    let wanted = |path: &str| path.starts_with(&folder) || path.starts_with("tencent/vendor.");
    sources(schemas)
        .into_iter()
        .filter(|source| wanted(&source.path))
        .collect()
}

/// All files, with the vendor's where a case has none of its own.
pub(crate) fn sources(schemas: &Schemas) -> Vec<Source> {
    let mut all = schemas.clone();
    if !all.keys().any(|path| path.starts_with("tencent/vendor.")) {
        all.insert(VENDOR_FILE.0.to_owned(), VENDOR_FILE.1.to_owned());
    }
    all.into_iter()
        .map(|(path, text)| Source::new(path, text))
        .collect()
}

/// Everything that is wrong with schema files, and what the generator would refuse.
pub(crate) fn problems(sources: &[Source]) -> Vec<Diagnostic> {
    let loaded = load(sources);
    let mut problems = loaded.diagnostics;
    problems.extend(check(&loaded.api));
    problems
}

/// Compares files with those of a golden folder. With goldens being accepted the folder becomes what it should be.
pub(crate) fn compare(golden: &Path, now: &Schemas) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in now {
        wrong.extend(differs(&golden.join(path), text));
    }
    for (path, _) in files(golden) {
        if now.contains_key(&path) {
            continue;
        }
        let path = golden.join(path);
        if std::env::var_os(ACCEPT).is_some() {
            fs::remove_file(path).unwrap();
        } else {
            wrong.push(format!("{} is no longer written", path.display()));
        }
    }
    wrong
}

/// Compares a text with a golden file that is absent when the text is empty.
pub(crate) fn compare_text(golden: &Path, text: &str) -> Option<String> {
    if text.is_empty() && golden.exists() {
        if std::env::var_os(ACCEPT).is_some() {
            fs::remove_file(golden).unwrap();
            return None;
        }
        return Some(format!("{} should be empty now", golden.display()));
    }
    differs(golden, text)
}
