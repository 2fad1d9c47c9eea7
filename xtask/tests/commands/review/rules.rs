//! The workflows as data in, whether they keep the rules of workflows that meet the code of strangers out.

use std::fs;

use serde_json::{Value as Json, json};
use yunqiao_model::{Source, to_json};

use crate::support::root;

/// A workflow of this repository, as data.
pub(crate) fn workflow(file: &str) -> Json {
    let bytes = fs::read(root().join(".github/workflows").join(file)).unwrap();
    to_json(&Source::new(file, bytes)).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The steps of a job.
pub(crate) fn steps<'a>(workflow: &'a Json, job: &str) -> Vec<&'a Json> {
    let steps = workflow["jobs"][job]["steps"].as_array();
    steps
        .unwrap_or_else(|| panic!("no job {job}"))
        .iter()
        .collect()
}

fn keys(value: &Json) -> Vec<&str> {
    let keys = value.as_object().into_iter().flatten();
    keys.map(|(key, _)| key.as_str()).collect()
}

/// Every workflow, by its file.
fn all() -> Vec<(String, String, Json)> {
    let folder = root().join(".github/workflows");
    let files = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let names = files.map(|name| name.into_string().unwrap());
    let all: Vec<_> = names
        .map(|name| {
            let text = fs::read_to_string(folder.join(&name)).unwrap();
            let workflow = workflow(&name);
            (name, text, workflow)
        })
        .collect();
    assert!(all.len() >= 3, "{all:?}");
    all
}

const OF_WORKFLOW: &[&str] = &["name", "on", "permissions", "concurrency", "env", "jobs"];
const OF_JOB: &[&str] = &[
    "if",
    "concurrency",
    "permissions",
    "runs-on",
    "timeout-minutes",
    "steps",
    "needs",
    "strategy",
    "env",
];
const OF_STEP: &[&str] = &["name", "id", "if", "uses", "with", "env", "run"];

#[test]
fn every_key_is_one_that_github_knows() {
    for (name, _, workflow) in all() {
        let known = |value: &Json, of: &[&str]| {
            for key in keys(value) {
                assert!(of.contains(&key), "{name}: {key}");
            }
        };
        known(&workflow, OF_WORKFLOW);
        for (id, job) in workflow["jobs"].as_object().unwrap() {
            known(job, OF_JOB);
            assert!(
                job["timeout-minutes"].is_number(),
                "{name}: {id} may hang for hours"
            );
            for step in steps(&workflow, id) {
                known(step, OF_STEP);
                assert!(
                    step.get("run").is_some() != step.get("uses").is_some(),
                    "{name}: {step}"
                );
            }
        }
    }
}

/// What a stranger has written never becomes part of a script, and no workflow with rights runs a stranger's code.
#[test]
fn nothing_of_an_event_gets_into_a_script_or_runs_with_rights() {
    for (name, text, workflow) in all() {
        assert!(
            workflow["on"].get("pull_request_target").is_none(),
            "{name}"
        );
        assert!(
            workflow.get("permissions").is_some(),
            "{name} has the rights of the default"
        );
        let is_of_default_branch = workflow["on"].get("workflow_run").is_some();
        for (id, job) in workflow["jobs"].as_object().unwrap() {
            let rights = [&workflow["permissions"], &job["permissions"]];
            let writes = rights.iter().any(|rights| {
                let of = rights.as_object().into_iter().flatten();
                rights.is_string() || of.clone().any(|(_, right)| right == "write")
            });
            assert!(!writes || is_of_default_branch, "{name}: {id} may write");
            for step in steps(&workflow, id) {
                let script = step["run"].as_str().unwrap_or_default();
                assert!(!script.contains("${{"), "{name}: {script}");
                let is_checkout = step["uses"]
                    .as_str()
                    .is_some_and(|uses| uses.starts_with("actions/checkout@"));
                if is_checkout && writes {
                    assert_eq!(keys(&step["with"]), ["persist-credentials"], "{name}");
                }
                if is_checkout && name.starts_with("schema-review") {
                    assert_eq!(step["with"]["persist-credentials"], false, "{name}");
                }
            }
        }
        assert!(!text.contains("secrets."), "{name} uses a secret");
    }
}

#[test]
fn the_review_may_read_and_the_comment_may_write_comments() {
    let review = workflow("schema-review.yml");
    assert_eq!(keys(&review["on"]), ["pull_request"]);
    assert_eq!(review["permissions"], json!({ "contents": "read" }));
    assert!(review["jobs"]["review"].get("permissions").is_none());
    assert_eq!(review["concurrency"]["cancel-in-progress"], true);

    let comment = workflow("schema-review-comment.yml");
    assert_eq!(
        comment["on"],
        json!({ "workflow_run": { "workflows": [review["name"]], "types": ["completed"] } })
    );
    assert_eq!(comment["permissions"], json!({}));
    let job = &comment["jobs"]["comment"];
    assert_eq!(
        job["permissions"],
        json!({ "actions": "read", "contents": "read", "pull-requests": "write" })
    );
    assert_eq!(job["concurrency"]["cancel-in-progress"], false);
    let condition = job["if"].as_str().unwrap();
    assert!(
        condition.contains("workflow_run.event == 'pull_request'"),
        "{condition}"
    );
}

/// One name and one folder on both ways of each artifact.
#[test]
fn what_one_workflow_keeps_the_other_fetches() {
    let (review, comment) = (
        workflow("schema-review.yml"),
        workflow("schema-review-comment.yml"),
    );
    let of = |workflow: &Json, job: &str, action: &str| -> Vec<Json> {
        let steps = steps(workflow, job).into_iter();
        let of_action = steps.filter(|step| {
            step["uses"]
                .as_str()
                .is_some_and(|uses| uses.contains(action))
        });
        of_action.map(|step| step["with"].clone()).collect()
    };
    let kept = of(&review, "review", "upload-artifact");
    let fetched = of(&comment, "comment", "download-artifact");
    assert_eq!((kept.len(), fetched.len()), (2, 1));
    assert_eq!(kept[0]["name"], fetched[0]["name"]);
    assert_eq!(kept[0]["path"], "${{ runner.temp }}/review/comment");
    assert_eq!(kept[1]["path"], "${{ runner.temp }}/review/report");
    let post = steps(&comment, "comment")
        .into_iter()
        .find(|step| step["name"] == "Post")
        .unwrap();
    assert_eq!(post["env"]["COMMENT"], fetched[0]["path"]);
}

#[test]
fn actions_of_the_review_are_pinned_by_commit_with_their_version_beside() {
    for (name, text, _) in all()
        .into_iter()
        .filter(|(name, ..)| name.starts_with("schema-review"))
    {
        let uses: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split_once("uses: "))
            .map(|(_, uses)| uses)
            .collect();
        assert!(!uses.is_empty(), "{name}");
        for uses in uses {
            let (action, version) = uses
                .split_once(" # v")
                .unwrap_or_else(|| panic!("{name}: {uses}"));
            let (action, commit) = action.split_once('@').unwrap();
            let is_commit =
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(
                action.starts_with("actions/") && is_commit,
                "{name}: {uses}"
            );
            assert_eq!(version.split('.').count(), 3, "{name}: {uses}");
        }
    }
}
