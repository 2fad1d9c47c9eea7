//! `cargo xtask import` at the edge: paths of every kind, hostile files among good ones, exit codes, reports, and what is on disk
//! afterwards.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};

use crate::support::{code, scratch, stderr, stdout, xtask};

/// Metadata of a service with one action and one struct.
fn api(service: &str, version: &str, action: &str) -> String {
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
fn upstream(name: &str) -> PathBuf {
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

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn out(name: &str) -> PathBuf {
    scratch(&format!("{name}-out")).join("schemas")
}

fn import(paths: &[&Path], out: &Path) -> Output {
    import_with(paths, out, &[])
}

fn import_with(paths: &[&Path], out: &Path, more: &[&str]) -> Output {
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
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
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

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

fn both(output: &Output) -> String {
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
fn hostile_files_among_good_ones_are_left_out_whole() {
    let (up, out) = (upstream("import-hostile"), out("import-hostile"));
    let good = api("delta", "2024-01-01", "Get");
    let hostile = [
        ("truncated", good[..good.len() / 2].to_owned()),
        ("path", api("../../evil", "2024-01-01", "Get")),
        ("action", api("delta", "2024-01-01", "../../../Evil")),
        (
            "control",
            api("delta", "2024-01-01", "Get\\u001b[2J\\u0007"),
        ),
        ("turned", api("delta", "2024-01-01", "Get\\u202e")),
        ("deep", "[".repeat(100_000)),
        ("empty", String::new()),
        (
            "missing",
            good.replace("\"Tag\": {\"members\"", "\"Gat\": {\"members\""),
        ),
    ];
    for (name, text) in &hostile {
        write(&up.join("hostile").join(name).join("api.json"), text);
    }
    fs::write(up.join("hostile/empty/examples.json"), "also broken").unwrap();
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 1, "{}", both(&output));
    let report = stderr(&output);
    for (name, _) in &hostile {
        let path = format!("hostile{0}{name}{0}api.json: ", std::path::MAIN_SEPARATOR);
        assert!(report.contains(&path), "{name}\n{report}");
    }
    assert!(report.ends_with("8 files were not imported\n"), "{report}");
    assert!(
        stdout(&output).contains("3 service versions"),
        "{}",
        stdout(&output)
    );
    let written = names(&out);
    assert_eq!(written.len(), 10, "{written:?}");
    assert!(
        written
            .iter()
            .all(|name| name.ends_with(".yaml") && !name.contains("delta")),
        "{written:?}"
    );
    // Nothing beside the folder either.
    assert_eq!(names(out.parent().unwrap()).len(), 10);
}

#[test]
fn a_new_service_that_would_have_problems_is_not_written() {
    let (up, out) = (upstream("import-unsound"), out("import-unsound"));
    let vendor = "vendor: tencent\ntitle: Tencent Cloud\ndoc: The cloud.\ncolour: red\n";
    write(&out.join("tencent/vendor.yaml"), vendor);
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 1, "{}", both(&output));
    let words = "would become a schema with a problem, tencent/vendor.yaml:4: ";
    assert_eq!(
        stderr(&output).matches(words).count(),
        3,
        "{}",
        stderr(&output)
    );
    assert_eq!(names(&out), ["tencent/vendor.yaml"]);
}

#[test]
fn a_huge_file_is_refused_quickly() {
    let (up, out) = (upstream("import-huge"), out("import-huge"));
    for name in ["huge/api.json", "beta/v20240101/examples.json"] {
        fs::create_dir_all(up.join(name).parent().unwrap()).unwrap();
        File::create(up.join(name))
            .unwrap()
            .set_len(1 << 30)
            .unwrap();
    }
    let start = Instant::now();
    let output = import(&[&up], &out);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(code(&output), 1);
    let report = stderr(&output);
    let words = "1073741824 bytes are more than the 67108864 that are read";
    assert_eq!(report.matches(words).count(), 2, "{report}");
    // Examples are not needed, so their service is there.
    assert!(names(&out).contains(&"tencent/beta/2024-01-01/service.yaml".to_owned()));
    // Sparse or not, the disk wants it back.
    fs::remove_dir_all(up).unwrap();
}

#[test]
fn paths_that_hold_nothing_exit_with_2() {
    let (up, out) = (upstream("import-nothing"), out("import-nothing"));
    fs::create_dir_all(up.join("bare")).unwrap();
    fs::write(up.join("bare/readme.txt"), "no metadata").unwrap();
    for (path, words) in [("missing", "cannot read"), ("bare", "holds no api.json")] {
        let output = import(&[&up.join(path), &up.join("beta")], &out);
        assert_eq!(code(&output), 2, "{}", both(&output));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        assert!(!out.exists(), "nothing is written");
    }
    assert_eq!(
        code(&xtask(&[
            "import",
            "tencent",
            "--out",
            out.to_str().unwrap()
        ])),
        2
    );
    assert_eq!(
        code(&xtask(&["import", "tencent", up.to_str().unwrap()])),
        2
    );
    assert_eq!(
        code(&xtask(&[
            "import",
            "nobody",
            up.to_str().unwrap(),
            "--out",
            "x"
        ])),
        2
    );
    assert_eq!(code(&import_with(&[&up], &out, &["--docs", "some"])), 2);
}

#[test]
fn an_output_that_is_a_file_exits_with_2() {
    let up = upstream("import-out");
    let out = scratch("import-out-out").join("schemas");
    fs::write(&out, "mine").unwrap();
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("is no folder"),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read_to_string(out).unwrap(), "mine");
}

#[test]
fn a_schema_that_cannot_be_read_keeps_its_service_from_being_written() {
    let (up, out) = (upstream("import-syntax"), out("import-syntax"));
    assert_eq!(code(&import(&[&up], &out)), 0);
    let spoilt = out.join("tencent/beta/2024-01-01/structs/Tag.yaml");
    fs::write(&spoilt, "struct: Tag\nfields:\n  Key: [\n").unwrap();
    // There is news for both services.
    for path in ["beta/v20240101", "alpha/v20240101"] {
        let api = up.join(path).join("api.json");
        let text = fs::read_to_string(&api).unwrap();
        fs::write(&api, text.replace("\"Key\"", "\"Name\"")).unwrap();
    }
    let before = tree(&out.join("tencent/beta"));
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 1, "{}", both(&output));
    let report = stderr(&output);
    assert!(
        report.contains("Tag.yaml:3:8") || report.contains("Tag.yaml:4:1"),
        "{report}"
    );
    assert_eq!(tree(&out.join("tencent/beta")), before);
    let other = fs::read_to_string(out.join("tencent/alpha/2024-01-01/structs/Tag.yaml")).unwrap();
    assert!(other.contains("Name:"), "{other}");
}

#[test]
fn the_same_service_twice_is_taken_once() {
    let (up, out) = (upstream("import-twice"), out("import-twice"));
    write(
        &up.join("omega/api.json"),
        &api("beta", "2024-01-01", "Put"),
    );
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 1);
    let report = stderr(&output);
    assert!(
        report.contains("tencent/beta/2024-01-01 again; it is in "),
        "{report}"
    );
    let written = names(&out);
    assert!(
        written.contains(&"tencent/beta/2024-01-01/actions/Get.yaml".to_owned()),
        "{written:?}"
    );
    assert!(
        !written.contains(&"tencent/beta/2024-01-01/actions/Put.yaml".to_owned()),
        "{written:?}"
    );
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

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (up, out) = (upstream("import-links"), out("import-links"));
    symlink(&up, up.join("alpha/loop")).unwrap();
    symlink(up.join("alpha/self"), up.join("alpha/self")).unwrap();
    symlink(up.join("nowhere"), up.join("api.json")).unwrap();
    let output = import(&[&up], &out);
    assert_eq!(code(&output), 0, "{}", both(&output));
    assert!(
        stdout(&output).contains("3 service versions"),
        "{}",
        stdout(&output)
    );
    // A link that is named itself is followed; one that leads nowhere cannot be.
    let by_link = up.join("by-link");
    symlink(up.join("beta"), &by_link).unwrap();
    assert_eq!(code(&import(&[&by_link], &out)), 0);
    assert_eq!(code(&import(&[&up.join("alpha/self")], &out)), 2);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let out = out("import-device");
    let output = import(&[Path::new("/dev/zero")], &out);
    assert_eq!(code(&output), 1, "{}", both(&output));
    assert!(!out.exists());
}
