//! A small clone of a project like this one: one service, its lock, a manifest and a hand-written crate, for tests to change.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

use crate::support::{copy, root, scratch, xtask};

/// The action that tests change.
pub(crate) const REPORT: &str = "schemas/tencent/ca/2023-02-28/actions/DescribeVerifyReport.yaml";
/// The lock of the committed crate.
pub(crate) const LOCK: &str = "generated/api.lock";

/// A work tree of git with one commit.
pub(crate) struct Clone {
    pub(crate) folder: PathBuf,
}

impl Clone {
    pub(crate) fn new(name: &str) -> Self {
        let clone = Self {
            folder: scratch(name),
        };
        let service = "schemas/tencent/ca/2023-02-28";
        copy(&root().join(service), &clone.folder.join(service));
        let vendor = "schemas/tencent/vendor.yaml";
        fs::copy(root().join(vendor), clone.folder.join(vendor)).unwrap();
        let lock = fs::read_to_string(root().join(LOCK)).unwrap();
        let of_service = |line: &&str| {
            ["::ca::", "-ca", "#"]
                .iter()
                .any(|part| line.contains(part))
        };
        let lines: Vec<&str> = lock.lines().filter(of_service).collect();
        clone.write(LOCK, &format!("{}\n", lines.join("\n")));
        clone.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        clone.write("CHANGELOG.md", "# Changelog\n");
        clone.write("runtime/Cargo.toml", "[package]\nname = \"runtime\"\n");
        clone.write("runtime/src/lib.rs", "//! Nothing.\n");
        clone.write("xtask/Cargo.toml", "[package]\npublish = false\n");
        clone.git(&["init", "-q"]);
        clone.commit("one");
        clone
    }

    pub(crate) fn shown(&self) -> &str {
        self.folder.to_str().unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.folder.join(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// A field more, which breaks nobody; with its lines of the lock.
    pub(crate) fn add_field(&self) {
        let field = "  Pages:\n    type: int\n    doc: How many pages it has.\n";
        self.edit(REPORT, "  Message:\n", &format!("{field}  Message:\n"));
        let line = "field tencent::ca::v20230228::DescribeVerifyReportResponse::message";
        let new = line.replace("::message", "::pages");
        self.edit(LOCK, line, &format!("{new}: Option<i64> = Pages\n{line}"));
    }

    /// A field of another type, which breaks whoever sets it; with its line of the lock.
    pub(crate) fn break_field(&self) {
        let field = "SignatureId:\n    type: ";
        self.edit(REPORT, &format!("{field}string"), &format!("{field}bool"));
        self.edit(
            REPORT,
            "SignatureId: \"762268708558909804\"",
            "SignatureId: true",
        );
        let line = "DescribeVerifyReportRequest::signature_id: Option<";
        self.edit(LOCK, &format!("{line}String"), &format!("{line}bool"));
    }

    /// What only a generator would do.
    pub(crate) fn break_generator(&self) {
        let line = "DescribeVerifyReportResponse::code: Option<";
        self.edit(LOCK, &format!("{line}String"), &format!("{line}Text"));
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "."]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        git(&self.folder, args)
    }

    pub(crate) fn release_check(&self, more: &[&str]) -> Output {
        xtask(&[&["release-check", "--repo", self.shown()], more].concat())
    }

    pub(crate) fn diff(&self, more: &[&str]) -> Output {
        xtask(&[&["diff", "--repo", self.shown()], more].concat())
    }
}

pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    let name = [
        "user.name=t",
        "user.email=t@example.com",
        "init.defaultBranch=main",
    ];
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(name.iter().flat_map(|name| ["-c", name]))
        .args(args)
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

pub(crate) fn json(output: &Output) -> Json {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}
