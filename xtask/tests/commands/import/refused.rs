//! Hostile files, folders that cannot be written and paths that lead nowhere in; nothing half-done out, and an exit code that says so.

use std::fs::{self, File};
use std::path::{MAIN_SEPARATOR, Path};
use std::time::{Duration, Instant};

use super::{api, both, import, import_with, names, out, tree, upstream, write};
use crate::support::{code, scratch, stderr, stdout, xtask};

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
        let path = format!("hostile{0}{name}{0}api.json: ", MAIN_SEPARATOR);
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
