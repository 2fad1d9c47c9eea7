//! A clone with a branch in, GitHub as its workflows see it out: events, runners' variables, and a `gh` that keeps comments in a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

use crate::clone::Clone;
use crate::review::rules::{steps, workflow};
use crate::support::{copy, root, scratch};

/// How our comments begin.
pub(crate) const MARKED: &str = "<!-- yunqiao: schema diff -->";

/// The number of the pull request.
const NUMBER: u64 = 7;

/// `cargo xtask`, as it was built for this test.
const CARGO: &str = "#!/bin/sh\nshift\nexec \"$XTASK\" \"$@\"\n";

/// The part of `gh api` that the script uses, over two files of JSON.
const GH: &str = r#"#!/usr/bin/env bash
set -euo pipefail
[[ $1 == api ]] && shift
method=GET path= filter=. body=
while (($#)); do
  case $1 in
    --jq) filter=$2; shift ;;
    --method) method=$2; shift ;;
    --field) [[ $2 == body=@* ]] && body=${2#body=@}; shift ;;
    --silent | --paginate) ;;
    -*) echo "unknown flag $1" >&2; exit 9 ;;
    *) path=$1 ;;
  esac
  shift
done
[[ $GH_TOKEN == token ]]
change() { jq "$@" "$STATE/comments.json" >"$STATE/next.json" && mv "$STATE/next.json" "$STATE/comments.json"; }
case "$method $path" in
  "GET repos/o/r/pulls/"*) jq -r "$filter" "$STATE/pull-${path##*/}.json" ;;
  "GET repos/o/r/issues/7/comments?per_page=100") jq -r "$filter" "$STATE/comments.json" ;;
  "POST repos/o/r/issues/7/comments")
    change --rawfile body "$body" '. + [{id: (length + 100), user: {login: "github-actions[bot]"}, body: $body}]' ;;
  "PATCH repos/o/r/issues/comments/"*)
    change --rawfile body "$body" --argjson id "${path##*/}" 'map(if .id == $id then .body = $body else . end)' ;;
  *) echo "unknown call $method $path" >&2; exit 9 ;;
esac
"#;

/// A pull request, its clone, and what GitHub knows of it.
pub(crate) struct GitHub {
    pub(crate) clone: Clone,
    folder: PathBuf,
}

impl GitHub {
    /// `None`, with a word about it, where the machine lacks what a runner has.
    #[allow(clippy::print_stdout, reason = "a skipped test says so")]
    pub(crate) fn new(name: &str) -> Option<Self> {
        for tool in ["bash", "jq"] {
            let mut command = Command::new(tool);
            command.arg("--version").stdout(Stdio::null());
            if !command.status().is_ok_and(|status| status.success()) {
                println!("skipped: {tool} is not there, so the steps of the workflows cannot run");
                return None;
            }
        }
        let clone = Clone::new(name);
        copy(&root().join(".github"), &clone.folder.join(".github"));
        clone.commit("workflows");
        clone.git(&["checkout", "-q", "-b", "branch"]);
        let github = Self {
            clone,
            folder: scratch(&format!("{name}_github")),
        };
        fs::create_dir_all(github.folder.join("bin")).unwrap();
        for (tool, text) in [("cargo", CARGO), ("gh", GH)] {
            fs::write(github.tool(tool), text).unwrap();
            let mut command = Command::new("chmod");
            assert!(
                command
                    .arg("+x")
                    .arg(github.tool(tool))
                    .status()
                    .unwrap()
                    .success()
            );
        }
        github.comments(&[]);
        let other = json!({ "head": { "sha": "0".repeat(40) }, "state": "open" });
        fs::write(github.folder.join("pull-8.json"), other.to_string()).unwrap();
        Some(github)
    }

    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }

    pub(crate) fn comments(&self, comments: &[Json]) {
        fs::write(
            self.folder.join("comments.json"),
            json!(comments).to_string(),
        )
        .unwrap();
    }

    pub(crate) fn all_comments(&self) -> Vec<Json> {
        let text = fs::read_to_string(self.folder.join("comments.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    pub(crate) fn summary(&self) -> String {
        fs::read_to_string(self.folder.join("summary")).unwrap()
    }

    /// A file of the artifacts.
    pub(crate) fn out(&self, path: &str) -> PathBuf {
        self.folder.join("temp/review").join(path)
    }

    /// Commits what there is, and tells the new head.
    pub(crate) fn push(&self) -> String {
        self.clone.commit("more");
        let head = self.clone.git(&["rev-parse", "HEAD"]);
        self.pull("open", &head);
        head
    }

    pub(crate) fn close(&self) {
        let head = self.clone.git(&["rev-parse", "HEAD"]);
        self.pull("closed", &head);
    }

    fn pull(&self, state: &str, head: &str) {
        let pull = json!({ "head": { "sha": head }, "state": state });
        let path = self.folder.join(format!("pull-{NUMBER}.json"));
        fs::write(path, pull.to_string()).unwrap();
    }

    /// The steps of the review; the exit code of the first that fails.
    pub(crate) fn review(&self) -> i32 {
        let _ = fs::remove_dir_all(self.folder.join("temp"));
        let sha = |name: &str| self.clone.git(&["rev-parse", name]);
        let expressions = BTreeMap::from([
            ("github.event.pull_request.base.sha", sha("main")),
            ("github.event.pull_request.head.sha", sha("branch")),
            ("github.event.pull_request.number", NUMBER.to_string()),
        ]);
        self.run("schema-review.yml", "review", expressions)
    }

    /// The steps that post, for a run at this commit.
    pub(crate) fn post(&self, head: &str) -> i32 {
        let temp = self.folder.join("temp");
        let _ = fs::remove_dir_all(temp.join("comment"));
        // As the action does that fetches an artifact; links stay links, which is worse than what it does.
        let mut command = Command::new("cp");
        let status = command
            .arg("-R")
            .arg(temp.join("review/comment"))
            .arg(temp.join("comment"))
            .status();
        assert!(status.unwrap().success());
        let expressions = BTreeMap::from([
            ("github.token", "token".to_owned()),
            ("github.event.workflow_run.head_sha", head.to_owned()),
        ]);
        self.run("schema-review-comment.yml", "comment", expressions)
    }

    fn run(&self, file: &str, job: &str, mut expressions: BTreeMap<&str, String>) -> i32 {
        let shown = |path: PathBuf| path.to_str().unwrap().to_owned();
        expressions.insert("runner.temp", shown(self.folder.join("temp")));
        for name in ["summary", "output"] {
            fs::write(self.folder.join(name), "").unwrap();
        }
        let workflow = workflow(file);
        for step in steps(&workflow, job) {
            let Some(script) = step.get("run").and_then(Json::as_str) else {
                continue;
            };
            let output = fs::read_to_string(self.folder.join("output")).unwrap();
            for (key, value) in output.lines().filter_map(|line| line.split_once('=')) {
                if key == "status" {
                    expressions.insert("steps.compare.outputs.status", value.to_owned());
                }
            }
            let mut command = Command::new("bash");
            command
                .args(["-eo", "pipefail", "-c", script])
                .current_dir(&self.clone.folder);
            for (key, value) in step["env"].as_object().into_iter().flatten() {
                command.env(key, resolved(value.as_str().unwrap(), &expressions));
            }
            let path = std::env::var("PATH").unwrap();
            command
                .env("PATH", format!("{}:{path}", shown(self.folder.join("bin"))))
                .env("XTASK", env!("CARGO_BIN_EXE_xtask"))
                .env("STATE", &self.folder)
                .env("GITHUB_SERVER_URL", "https://github.example")
                .env("GITHUB_REPOSITORY", "o/r")
                .env("GITHUB_RUN_ID", "42")
                .env("GITHUB_STEP_SUMMARY", self.folder.join("summary"))
                .env("GITHUB_OUTPUT", self.folder.join("output"));
            let done = command.output().unwrap();
            if !done.status.success() {
                return done.status.code().unwrap();
            }
        }
        0
    }
}

/// A value with what GitHub puts in the place of its expressions; every one of them has to be known.
fn resolved(value: &str, expressions: &BTreeMap<&str, String>) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, after) = after.split_once("}}").unwrap();
        let found = expressions.get(expression.trim());
        out.push_str(before);
        out.push_str(found.unwrap_or_else(|| panic!("{expression} is not known")));
        rest = after;
    }
    out + rest
}
