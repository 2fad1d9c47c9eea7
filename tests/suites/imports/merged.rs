//! Curated schema files and a new release in; the files with the new facts out, with everything that people wrote.

use std::path::Path;

use yunqiao_import::{Docs, NoteKind, Release};
use yunqiao_model::{Source, format, render};
use yunqiao_tests::cases;

use crate::case::{
    Schemas, compare, compare_text, docs, problems, releases, schemas, sources, sources_of,
};

/// The schema folder after the import, and the remarks.
fn merged(case: &Path) -> (Schemas, String) {
    let mut all = schemas(&case.join("existing"));
    let mut notes = String::new();
    for release in releases(case) {
        let merged = release
            .merge(&sources_of(&release, &all), docs(case))
            .unwrap();
        for note in &merged.notes {
            notes.push_str(&format!("{note}\n"));
        }
        all.extend(merged.files);
    }
    (all, notes)
}

#[test]
fn every_case_gives_its_files_and_remarks() {
    let mut wrong = Vec::new();
    let all = cases("import/merged");
    assert!(all.len() >= 15, "only {} cases", all.len());
    for case in all {
        let (now, notes) = merged(&case);
        wrong.extend(compare(&case.join("expected"), &now));
        wrong.extend(compare_text(&case.join("notes.txt"), &notes));
        let sources = sources(&now);
        let report = render(&problems(&sources), &sources, "", false);
        wrong.extend(compare_text(&case.join("lint.txt"), &report));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What contradicts keeps contradicting until somebody decides; nothing else is left to do.
#[test]
fn importing_again_changes_no_byte() {
    for case in cases("import/merged") {
        let (now, _) = merged(&case);
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
            let other = again
                .notes
                .iter()
                .find(|note| ![NoteKind::Contradicted, NoteKind::Kept].contains(&note.kind));
            assert!(other.is_none(), "{}: {other:?}", case.display());
        }
    }
}

/// What people have written is canonical before, and so is what comes of it.
#[test]
fn every_file_is_canonical() {
    for case in cases("import/merged") {
        for all in [schemas(&case.join("existing")), merged(&case).0] {
            for source in sources(&all) {
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
}

/// The curated files of a case are in order before the release comes, or its remarks would prove nothing.
#[test]
fn existing_files_have_no_problem() {
    for case in cases("import/merged") {
        let sources = sources(&schemas(&case.join("existing")));
        let found = problems(&sources);
        assert!(
            found.is_empty(),
            "{}\n{}",
            case.display(),
            render(&found, &sources, "", false)
        );
    }
}

/// A schema that the lint refuses anyway gets no changes that would be lost in it, and no remark that says otherwise.
#[test]
fn what_is_no_field_is_left_and_reported() {
    let api = br#"{
        "metadata": {"serviceShortName": "demo", "apiVersion": "2024-01-01"},
        "actions": {"Get": {"input": "GetRequest", "output": "GetResponse"}},
        "objects": {
            "GetRequest": {"members": [{"name": "Id", "type": "string", "member": "string", "required": true}]},
            "GetResponse": {"members": []}
        }
    }"#;
    let release = Release::read(api, None).unwrap();
    for field in ["which one", "{required: false}", "[string]"] {
        let text = format!("action: Get\nrequest:\n  Id: {field}\nresponse: {{}}\n");
        let source = Source::new("tencent/demo/2024-01-01/actions/Get.yaml", text);
        let merged = release
            .merge(std::slice::from_ref(&source), Docs::None)
            .unwrap();
        assert!(
            !merged.files.contains_key(&source.path),
            "{field}: {merged:#?}"
        );
        let notes: Vec<String> = merged.notes.iter().map(ToString::to_string).collect();
        let expected = format!(
            "contradicted: {} request.Id: the schema does not say its type; it is left as it is",
            source.path
        );
        assert_eq!(notes, [expected], "{field}");
    }
}
