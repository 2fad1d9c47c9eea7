//! Oddities of the metadata in, schema files out that load, lint and generate, and that a second import leaves alone.

use std::path::Path;

use yunqiao_codegen::{Options, generate};
use yunqiao_import::Release;
use yunqiao_model::{format, load, render};
use yunqiao_tests::{cases, files};

use crate::case::{Schemas, compare, compare_text, docs, problems, releases, sources, sources_of};

/// The files that a first import writes, and the counted oddities.
fn imported(case: &Path) -> (Schemas, String) {
    let (mut all, mut counted) = (Schemas::new(), String::new());
    for release in releases(case) {
        let imported = release.merge(&[], docs(case)).unwrap();
        assert!(
            imported.notes.is_empty(),
            "{}: {:?}",
            case.display(),
            imported.notes
        );
        counted.push_str(&format!("{}\n", release.id()));
        for (kind, number) in &imported.quirks {
            counted.push_str(&format!("{number:>4}  {kind}\n"));
        }
        for idle in &imported.idle_quirks {
            counted.push_str(&format!("idle: {idle}\n"));
        }
        all.extend(imported.files);
    }
    (all, counted)
}

#[test]
fn every_case_gives_its_files() {
    let mut wrong = Vec::new();
    let all = cases("import/quirks");
    assert!(all.len() >= 30, "only {} cases", all.len());
    for case in all {
        let (now, counted) = imported(&case);
        wrong.extend(compare(&case.join("expected"), &now));
        wrong.extend(compare_text(&case.join("quirks.txt"), &counted));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn importing_again_writes_nothing() {
    for case in cases("import/quirks") {
        let (now, _) = imported(&case);
        for release in releases(&case) {
            let again = release
                .merge(&sources_of(&release, &now), docs(&case))
                .unwrap();
            assert!(
                again.files.is_empty(),
                "{}: {:#?}",
                case.display(),
                again.files
            );
            assert!(
                again.notes.is_empty(),
                "{}: {:?}",
                case.display(),
                again.notes
            );
        }
    }
}

#[test]
fn what_is_written_is_canonical() {
    for case in cases("import/quirks") {
        for source in sources(&imported(&case).0) {
            let text = String::from_utf8(source.bytes.clone()).unwrap();
            assert_eq!(
                format(&source).unwrap(),
                text,
                "{}: {}",
                case.display(),
                source.path
            );
        }
    }
}

#[test]
fn what_is_written_loads_and_generates() {
    let mut wrong = Vec::new();
    for case in cases("import/quirks") {
        let sources = sources(&imported(&case).0);
        let found = problems(&sources);
        let report = render(&found, &sources, "", false);
        let name = case.file_name().unwrap().to_str().unwrap();
        if !found.is_empty() {
            wrong.push(format!("{name}\n{report}"));
        } else if let Err(problems) = generate(&load(&sources).api, &Options::default()) {
            wrong.push(format!("{name}: {problems}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files that went through another system carry a byte order mark and other ends of lines.
#[test]
fn byte_order_marks_and_line_ends_do_not_matter() {
    for case in cases("import/quirks") {
        for (path, bytes) in files(&case.join("upstream")) {
            if !path.ends_with("api.json") {
                continue;
            }
            let text = String::from_utf8(bytes.clone()).unwrap();
            let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            let files = |bytes: &[u8]| {
                let release = Release::read(bytes, None).unwrap();
                release.merge(&[], docs(&case)).unwrap().files
            };
            assert_eq!(files(&bytes), files(other.as_bytes()), "{}", case.display());
        }
    }
}
