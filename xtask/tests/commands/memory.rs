//! What `cargo xtask generate` remembers from run to run: it changes how long a run takes, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::support::{VERIFY, code, scratch, some_schemas, stderr, stdout, xtask};

const AGENT: &str = "src/tencent/essbasic/v20210526/structs/agent.rs";
const ACTION: &str = "src/tencent/essbasic/v20210526/actions/channel_verify_pdf.rs";

/// Schemas and an output that was generated from them.
struct Pair {
    schemas: PathBuf,
    out: PathBuf,
}

impl Pair {
    fn new(name: &str) -> Self {
        let pair = Self {
            schemas: some_schemas(name),
            out: scratch(&format!("{name}_out")),
        };
        pair.run("");
        pair
    }

    fn args(&self) -> [&str; 5] {
        let (schemas, out) = (self.schemas.to_str().unwrap(), self.out.to_str().unwrap());
        ["generate", "--schemas", schemas, "--out", out]
    }

    /// Generates, and expects these words in the last line.
    fn run(&self, words: &str) {
        let output = xtask(&self.args());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains(words), "{}", stdout(&output));
    }

    /// The output is what a run without memory writes.
    fn holds(&self) {
        let check = xtask(&[&self.args()[..], &["--check"]].concat());
        assert_eq!(code(&check), 0, "{}", stdout(&check));
    }

    fn edit(&self, path: &Path, from: &str, to: &str) {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(from), "{}", path.display());
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

/// What a run did, by its own account.
fn emitted(output: &str) -> f64 {
    let line = output.lines().find(|line| line.ends_with("make the crate"));
    line.unwrap()
        .trim()
        .split(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

#[test]
fn nothing_is_made_twice() {
    let pair = Pair::new("memory_twice");
    let timed = |pair: &Pair| {
        let output = xtask(&[&pair.args()[..], &["--timings"]].concat());
        assert!(
            stdout(&output).contains(" actions -> "),
            "{}",
            stdout(&output)
        );
        emitted(&stdout(&output))
    };
    assert!(timed(&pair) < f64::EPSILON);
    // Once more, now that the files have been compared by content.
    assert!(timed(&pair) < f64::EPSILON);
    pair.edit(&pair.schemas.join(VERIFY), "summary: ", "summary: Now ");
    assert!(timed(&pair) > 0.0);
    assert!(timed(&pair) < f64::EPSILON);
    pair.holds();
}

#[test]
fn an_edit_of_the_same_length_at_once_is_seen() {
    let pair = Pair::new("memory_edit");
    let path = pair.schemas.join(VERIFY);
    for (from, to) in [
        ("Check whether", "Prove whether"),
        ("Prove whether", "Check whether"),
    ] {
        pair.edit(&path, from, to);
        pair.run(", 2 written");
        assert!(
            fs::read_to_string(pair.out.join(ACTION))
                .unwrap()
                .contains(to)
        );
        pair.holds();
    }
}

#[test]
fn a_new_field_joins_the_surface_where_it_belongs() {
    let pair = Pair::new("memory_surface");
    let field = "  TraceNote:\n    type: string\n    doc: A remark.\nresponse:\n";
    pair.edit(&pair.schemas.join(VERIFY), "response:\n", field);
    pair.run(", 2 written");
    let lock = fs::read_to_string(pair.out.join("api.lock")).unwrap();
    assert!(lock.contains("ChannelVerifyPdfRequest::trace_note: "));
    pair.holds();
}

#[test]
fn a_touched_file_changes_nothing() {
    let pair = Pair::new("memory_touch");
    sleep(Duration::from_millis(20));
    let path = pair.schemas.join(VERIFY);
    fs::write(&path, fs::read(&path).unwrap()).unwrap();
    pair.run(", 0 written");
    pair.holds();
}

#[test]
fn outputs_that_were_deleted_edited_or_added_are_put_right() {
    let pair = Pair::new("memory_outputs");
    fs::remove_file(pair.out.join(AGENT)).unwrap();
    pair.edit(
        &pair.out.join(ACTION),
        "ChannelVerifyPdf",
        "ChannelVerifyPDF",
    );
    pair.edit(&pair.out.join("src/lib.rs"), "Typed", "typed");
    let extra = pair
        .out
        .join("src/tencent/essbasic/v20210526/structs/old.rs");
    fs::copy(pair.out.join("src/tencent.rs"), &extra).unwrap();
    fs::write(pair.out.join("src/mine.rs"), "// Mine.\n").unwrap();
    pair.run(", 4 written");
    assert!(!extra.exists() && pair.out.join("src/mine.rs").exists());
    pair.holds();
    fs::remove_file(pair.out.join("Cargo.toml")).unwrap();
    pair.run(", 1 written");
    pair.holds();
    fs::remove_file(pair.out.join("api.lock")).unwrap();
    pair.run(", 1 written");
    pair.holds();
    fs::remove_dir_all(pair.out.join("src")).unwrap();
    pair.run("written");
    pair.holds();
}

#[test]
fn files_and_services_that_come_and_go_are_seen() {
    let pair = Pair::new("memory_services");
    let (from, to) = (
        pair.schemas.join("tencent/ca"),
        pair.schemas.join("tencent/cb"),
    );
    fs::rename(&from, &to).unwrap();
    pair.edit(
        &to.join("2023-02-28/service.yaml"),
        "service: ca",
        "service: cb",
    );
    let args = pair.args();
    let refused = xtask(&args);
    assert_eq!(code(&refused), 1);
    assert!(
        stderr(&refused).contains("callers lose"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(
        code(&xtask(&[&args[..], &["--accept-breaking"]].concat())),
        0
    );
    assert!(
        !pair.out.join("src/tencent/ca.rs").exists() && pair.out.join("src/tencent/cb.rs").exists()
    );
    pair.holds();
    pair.edit(
        &to.join("2023-02-28/service.yaml"),
        "title: ",
        "title: The ",
    );
    pair.run("written");
    assert!(
        fs::read_to_string(pair.out.join("Cargo.toml"))
            .unwrap()
            .contains("# The ")
    );
    pair.holds();
    pair.edit(
        &pair.schemas.join("tencent/vendor.yaml"),
        "doc: A quota",
        "doc: Any quota",
    );
    pair.run("written");
    pair.holds();
}

#[test]
fn what_is_reported_does_not_depend_on_memory() {
    let pair = Pair::new("memory_reports");
    let other = Pair::new("memory_reports_fresh");
    for (path, from, to) in [
        (VERIFY, "type: Agent", "type: Agnet"),
        (
            "tencent/essbasic/2021-05-26/structs/UserInfo.yaml",
            "  ProxyIp:",
            "  ProxyIP4:",
        ),
        (VERIFY, "FlowId:", "FlowID:"),
    ] {
        let mut reports = Vec::new();
        for (pair, forget) in [(&pair, false), (&other, true)] {
            let path = pair.schemas.join(path);
            let before = fs::read(&path).unwrap();
            pair.edit(&path, from, to);
            if forget {
                // Another folder has a memory of its own, and this one has none yet.
                let moved = pair.out.with_extension("moved");
                let _ = fs::remove_dir_all(&moved);
                crate::support::copy(&pair.out, &moved);
                let output = xtask(&[
                    "generate",
                    "--schemas",
                    pair.args()[2],
                    "--out",
                    moved.to_str().unwrap(),
                ]);
                assert_eq!(code(&output), 1, "{to}");
                let shown = stderr(&output).replace(moved.to_str().unwrap(), "OUT");
                reports.push(shown.replace(pair.args()[2], "IN"));
            } else {
                let output = xtask(&pair.args());
                assert_eq!(code(&output), 1, "{to}");
                let shown = stderr(&output).replace(pair.args()[4], "OUT");
                reports.push(shown.replace(pair.args()[2], "IN"));
            }
            fs::write(&path, before).unwrap();
        }
        assert_eq!(reports[0], reports[1], "{to}");
        assert!(reports[0].contains("error[S"), "{}", reports[0]);
    }
    pair.run(", 0 written");
    pair.holds();
}

/// A second version of the SMS service, which has the same action.
fn second_version(pair: &Pair) -> PathBuf {
    let service = pair.schemas.join("volcengine/sms");
    let newer = service.join("2031-01-11");
    crate::support::copy(&service.join("2021-01-11"), &newer);
    pair.edit(&newer.join("service.yaml"), "2021-01-11", "2031-01-11");
    newer
}

#[test]
fn a_client_of_several_versions_follows_each_of_them() {
    let pair = Pair::new("memory_versions");
    let newer = second_version(&pair);
    let moved = xtask(&pair.args());
    assert_eq!(code(&moved), 1);
    let text = stderr(&moved);
    let method = "method volcengine::sms::Client::apply_signature_ident";
    assert!(
        text.contains(&format!(
            "error[S061]: `{method}` was `v20210111` and would become `v20310111`"
        )),
        "{text}"
    );
    let accept = [&pair.args()[..], &["--accept-breaking"]].concat();
    assert_eq!(code(&xtask(&accept)), 0);
    pair.holds();
    let root = || fs::read_to_string(pair.out.join("src/volcengine/sms.rs")).unwrap();
    let action = |name: &str| newer.join(format!("actions/{name}.yaml"));
    pair.edit(
        &action("ApplySignatureIdent"),
        "summary: File",
        "summary: Now file",
    );
    // The action, the version's page, and the service's.
    pair.run(", 3 written");
    assert_eq!(root().matches("Now file").count(), 2);
    pair.holds();
    let ping = "action: Ping\nsummary: Knock.\nrequest: {}\nresponse: {}\n";
    fs::write(action("Ping"), ping).unwrap();
    pair.run("written");
    let lock = || fs::read_to_string(pair.out.join("api.lock")).unwrap();
    assert!(root().contains("pub fn ping(") && lock().contains("Client::ping = v20310111\n"));
    pair.holds();
    fs::remove_file(action("Ping")).unwrap();
    let lost = xtask(&pair.args());
    assert_eq!(code(&lost), 1);
    fs::write(action("Ping"), ping).unwrap();
    pair.run(", 0 written");
    pair.holds();
}

#[test]
fn a_damaged_memory_is_none() {
    let pair = Pair::new("memory_damaged");
    let folder = Path::new(env!("CARGO_BIN_EXE_xtask"))
        .parent()
        .unwrap()
        .join("generate-cache");
    // The folder of this pair is the one whose record names its only copy of the schemas.
    let mine: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            fs::read_to_string(path.join("folders"))
                .is_ok_and(|text| text.contains("memory_damaged_out"))
        })
        .collect();
    let [mine] = mine.as_slice() else {
        panic!("{mine:?}");
    };
    for damage in ["", "nonsense", "yunqiao-generate 1 0 0\nsum 0\n"] {
        for entry in fs::read_dir(mine).unwrap() {
            fs::write(entry.unwrap().path(), damage).unwrap();
        }
        pair.run(", 0 written");
        pair.holds();
        pair.edit(&pair.schemas.join(VERIFY), "summary: ", "summary: And ");
        pair.run(", 2 written");
        pair.holds();
    }
}
