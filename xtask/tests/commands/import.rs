//! `cargo xtask import` at the edge: paths of every kind in, exit codes, reports, and what is on disk afterwards out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

mod refused;

use crate::support::{code, scratch, stderr, stdout, xtask};

/// Metadata of a service with one action and one struct.
pub(crate) fn api(service: &str, version: &str, action: &str) -> String {
    let text = r#"{
  "metadata": {"serviceShortName": "SERVICE", "apiVersion": "VERSION"},
  "actions": {"ACTION": {"input": "ACTIONRequest", "output": "ACTIONResponse", "status": "online"}},
  "objects": {
    "ACTIONRequest": {"members": [{"name": "Tag", "type": "object", "member": "Tag", "required": true, "document": "Words."}]},
    "ACTIONResponse": {"members": [{"name": "RequestId", "type": "string", "member": "string"}]},
    "Tag": {"members": [{"name": "Key", "type": "string", "member": "string"}]}
  }
}
"#;
    text.replace("SERVICE", service)
        .replace("VERSION", version)
        .replace("ACTION", action)
}

/// A folder with metadata of three service versions as the vendor lays them out.
pub(crate) fn upstream(name: &str) -> PathBuf {
    let folder = scratch(name).join("upstream");
    for (path, service, version) in [
        ("alpha/v20240101", "alpha", "2024-01-01"),
        ("alpha/v20250101", "alpha", "2025-01-01"),
        ("beta/v20240101", "beta", "2024-01-01"),
    ] {
        write(
            &folder.join(path).join("api.json"),
            &api(service, version, "Get"),
        );
    }
    folder
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub(crate) fn out(name: &str) -> PathBuf {
    scratch(&format!("{name}-out")).join("schemas")
}

pub(crate) fn import(paths: &[&Path], out: &Path) -> Output {
    import_with(paths, out, &[])
}

pub(crate) fn import_with(paths: &[&Path], out: &Path, more: &[&str]) -> Output {
    let mut args = vec!["import", "tencent"];
    args.extend(paths.iter().map(|path| path.to_str().unwrap()));
    args.extend(["--out", out.to_str().unwrap()]);
    args.extend(more);
    let output = xtask(&args);
    for text in [stdout(&output), stderr(&output)] {
        // Nobody watches: no colour, no progress, and nothing that a hostile file has smuggled in.
        let steers = text.contains(|c: char| c.is_control() && c != '\n');
        assert!(!steers, "{text:?}");
        assert!(!text.contains("panicked"), "{text}");
    }
    output
}

/// Every file below a folder.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut all, mut waiting) = (BTreeMap::new(), vec![folder.to_path_buf()]);
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                all.insert(name, fs::read(path).unwrap());
            }
        }
    }
    all
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

pub(crate) fn both(output: &Output) -> String {
    format!("{}{}", stdout(output), stderr(output))
}

#[test]
fn one_file_gives_one_service_and_the_vendor() {
    let (up, out) = (upstream("import-file"), out("import-file"));
    let output = import(&[&up.join("beta/v20240101/api.json")], &out);
    assert_eq!(code(&output), 0, "{}", both(&output));
    let expected = [
        "tencent/beta/2024-01-01/actions/Get.yaml",
        "tencent/beta/2024-01-01/service.yaml",
        "tencent/beta/2024-01-01/structs/Tag.yaml",
        "tencent/vendor.yaml",
    ];
    assert_eq!(names(&out), expected);
    let summary =
        "1 service versions, 1 actions, 1 structs, 2 fields: 3 files written, 0 unchanged\n";
    assert!(stdout(&output).ends_with(summary), "{}", stdout(&output));
    assert_eq!(stderr(&output), "");
    // What was written is a schema folder without a problem.
    let output = xtask(&["lint", out.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", both(&output));
    let output = xtask(&["fmt", "--check", out.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", both(&output));
}

#[test]
fn a_file_of_any_name_is_taken_when_it_is_named() {
    let (up, out) = (upstream("import-name"), out("import-name"));
    let named = up.join("release.json");
    write(&named, &api("gamma", "2024-01-01", "Get"));
    assert_eq!(code(&import(&[&named], &out)), 0);
    assert_eq!(names(&out).len(), 4);
}

#[test]
fn folders_trees_and_several_paths_are_searched_once() {
    let up = upstream("import-paths");
    let cases: [(&[&str], &[&str]); 4] = [
        (&["beta"], &["beta/2024-01-01"]),
        (&["alpha"], &["alpha/2024-01-01", "alpha/2025-01-01"]),
        (
            &[""],
            &["alpha/2024-01-01", "alpha/2025-01-01", "beta/2024-01-01"],
        ),
        (
            &["beta/v20240101/api.json", "beta", "alpha/v20240101"],
            &["alpha/2024-01-01", "beta/2024-01-01"],
        ),
    ];
    for (paths, expected) in cases {
        let out = out("import-paths");
        let paths: Vec<PathBuf> = paths.iter().map(|path| up.join(path)).collect();
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        let output = import(&paths, &out);
        assert_eq!(code(&output), 0, "{}", both(&output));
        let services: Vec<String> = names(&out)
            .iter()
            .filter_map(|name| {
                name.strip_prefix("tencent/")?
                    .strip_suffix("/service.yaml")
                    .map(ToOwned::to_owned)
            })
            .collect();
        assert_eq!(services, expected);
    }
}

#[test]
fn actions_of_two_versions_are_counted() {
    let (up, out) = (upstream("import-versions"), out("import-versions"));
    let output = import(&[&up], &out);
    assert!(
        stdout(&output).contains("1  action that another version has too"),
        "{}",
        stdout(&output)
    );
    assert!(
        stdout(&output).contains("3 service versions, 3 actions, 3 structs, 6 fields"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_second_run_writes_nothing() {
    let (up, out) = (upstream("import-again"), out("import-again"));
    assert_eq!(code(&import(&[&up], &out)), 0);
    let before = tree(&out);
    let times = |folder: &Path| -> Vec<_> {
        let path = |name: &String| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
        names(folder).iter().map(path).collect()
    };
    let written = times(&out);
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 0, "{}", both(&output));
    assert!(
        stdout(&output).ends_with("0 files written, 9 unchanged\n"),
        "{}",
        stdout(&output)
    );
    assert_eq!(tree(&out), before);
    assert_eq!(times(&out), written, "not even touched");
}

#[test]
fn what_people_wrote_stays_and_what_contradicts_it_is_a_finding() {
    let (up, out) = (upstream("import-curated"), out("import-curated"));
    assert_eq!(code(&import(&[&up], &out)), 0);
    let tag = out.join("tencent/beta/2024-01-01/structs/Tag.yaml");
    let text = "# By hand.\nstruct: Tag\nfields:\n  Key:\n    type: string\n    doc: Its name.\n    because: Told by the vendor.\n";
    fs::write(&tag, text).unwrap();
    let api = up.join("beta/v20240101/api.json");
    let news = fs::read_to_string(&api).unwrap().replace(
        "\"Key\", \"type\": \"string\", \"member\": \"string\"",
        "\"Key\", \"type\": \"int\", \"member\": \"int64\"",
    );
    fs::write(&api, news).unwrap();
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 1, "{}", both(&output));
    let report = stderr(&output);
    assert!(
        report.contains(
            "warning: contradicted: tencent/beta/2024-01-01/structs/Tag.yaml fields.Key: "
        ),
        "{report}"
    );
    assert!(
        report.contains("1 decisions contradict what upstream says now; the schemas keep them"),
        "{report}"
    );
    assert_eq!(fs::read_to_string(&tag).unwrap(), text);
}

#[test]
fn the_vendors_prose_comes_only_when_it_is_asked_for() {
    let up = upstream("import-docs");
    for (mode, there) in [("none", false), ("upstream", true)] {
        let out = out("import-docs");
        assert_eq!(code(&import_with(&[&up], &out, &["--docs", mode])), 0);
        let text =
            fs::read_to_string(out.join("tencent/beta/2024-01-01/actions/Get.yaml")).unwrap();
        assert_eq!(text.contains("upstream_doc: Words."), there, "{text}");
    }
}

#[test]
fn the_error_codes_of_examples_are_declared() {
    let (up, out) = (upstream("import-codes"), out("import-codes"));
    let examples = r#"{"actions": {"Get": [{"input": "", "output": "{\"Response\": {\"Error\": {\"Code\": \"FailedOperation.Busy\", \"Message\": \"\"}}}"}]}}"#;
    fs::write(up.join("beta/v20240101/examples.json"), examples).unwrap();
    assert_eq!(code(&import(&[&up], &out)), 0);
    let text = fs::read_to_string(out.join("tencent/beta/2024-01-01/service.yaml")).unwrap();
    assert!(text.contains("FailedOperation.Busy: {}"), "{text}");
    // Broken ones are reported, and the service comes all the same.
    fs::write(up.join("beta/v20240101/examples.json"), "{").unwrap();
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("examples.json: 1:1: no JSON"),
        "{}",
        stderr(&output)
    );
    assert!(
        stdout(&output).contains("3 service versions"),
        "{}",
        stdout(&output)
    );
}

/// Everything that people have written about the services survives the vendor's metadata, down to the byte.
#[test]
fn the_projects_own_services_survive_an_import() {
    let shared = crate::support::root().join("../shared/upstream/tencentcloud");
    if !shared.is_dir() {
        println!("skipped: the vendor's metadata are not here");
        return;
    }
    let schemas = crate::support::schemas("import-curated");
    let before = crate::support::contents(&schemas);
    let paths: Vec<PathBuf> = ["ca", "ess", "essbasic/v20210526", "sts"]
        .iter()
        .map(|path| shared.join(path))
        .collect();
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let output = import(&paths, &schemas);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("0 files written"),
        "{}",
        stdout(&output)
    );
    assert!(before.len() > 500, "only {} files", before.len());
    assert_eq!(crate::support::contents(&schemas), before);
}
