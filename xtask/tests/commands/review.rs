//! The workflows of a pull request in: what they may do, and what their very steps do in a clone with a `gh` that is played, out.

mod github;
mod rules;

use std::fs;

use serde_json::json;
use yunqiao_diff::render::MARKER;

use crate::review::github::{GitHub, MARKED};
use crate::support::{root, stdout, xtask};

#[test]
fn the_scripts_know_the_marker_of_the_report() {
    for name in ["review.sh", "comment.sh"] {
        let text = fs::read_to_string(root().join(".github/scripts").join(name)).unwrap();
        assert!(text.contains(&format!("marker='{MARKER}'\n")), "{name}");
    }
    assert_eq!(MARKED, MARKER);
}

#[test]
fn a_comment_is_made_brought_up_to_date_and_emptied() {
    let Some(github) = GitHub::new("review_life") else {
        return;
    };
    // Somebody else's comment that looks like ours is left alone.
    let foreign =
        json!({ "id": 5, "user": { "login": "mallory" }, "body": format!("{MARKED}\nmine") });
    github.comments(std::slice::from_ref(&foreign));

    github.clone.add_field();
    let head = github.push();
    assert_eq!(github.review(), 0);
    let summary = github.summary();
    assert_eq!(github.post(&head), 0);
    let comments = github.all_comments();
    assert_eq!(comments.len(), 2, "{comments:?}");
    let body = comments[1]["body"].as_str().unwrap();
    assert!(
        body.starts_with(MARKED) && body.contains("**minor**, next `0.1.1`"),
        "{body}"
    );
    assert_eq!(comments[1]["user"]["login"], "github-actions[bot]");
    assert_eq!(summary, body);
    let report = fs::read_to_string(github.out("report/report.json")).unwrap();
    assert!(report.contains("\"E1\""), "{report}");
    let has_page = stdout(&xtask(&["diff", "--help"])).contains("html");
    assert_eq!(github.out("report/report.html").is_file(), has_page);

    github.clone.break_field();
    let head = github.push();
    assert_eq!(github.review(), 1, "a break fails the check");
    assert_eq!(github.post(&head), 0);
    let comments = github.all_comments();
    assert_eq!((comments.len(), &comments[0]), (2, &foreign));
    let body = comments[1]["body"].as_str().unwrap();
    assert!(
        body.contains("**major**, next `0.2.0`") && body.contains("D14"),
        "{body}"
    );

    github.clone.git(&["checkout", "-q", "main", "--", "."]);
    let head = github.push();
    assert_eq!(github.review(), 0);
    assert_eq!(github.post(&head), 0);
    let comments = github.all_comments();
    assert_eq!(comments.len(), 2);
    let body = comments[1]["body"].as_str().unwrap();
    assert!(body.contains("**No change for callers.**"), "{body}");
}

#[test]
fn what_the_base_has_got_since_is_not_the_pull_requests_doing() {
    let Some(github) = GitHub::new("review_base") else {
        return;
    };
    github.clone.add_field();
    let head = github.push();
    github.clone.git(&["checkout", "-q", "main"]);
    github.clone.break_generator();
    github.clone.commit("meanwhile");
    github.clone.git(&["checkout", "-q", "branch"]);
    assert_eq!(github.review(), 0);
    assert_eq!(github.post(&head), 0);
    let body = github.all_comments()[0]["body"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(body.contains("**minor**"), "{body}");
}

#[test]
fn a_pull_request_that_touches_no_schema_gets_no_comment_and_builds_nothing() {
    let Some(github) = GitHub::new("review_other") else {
        return;
    };
    github.clone.write("README.md", "Other words.\n");
    let head = github.push();
    fs::remove_file(github.tool("cargo")).unwrap();
    assert_eq!(github.review(), 0);
    assert!(
        github
            .summary()
            .contains("Neither schemas nor generator are touched")
    );
    assert_eq!(github.post(&head), 0);
    assert!(github.all_comments().is_empty());
}

#[test]
fn schemas_that_cannot_be_read_fail_the_check_and_the_comment_says_so() {
    let Some(github) = GitHub::new("review_broken") else {
        return;
    };
    github
        .clone
        .edit(crate::clone::REPORT, "action: ", "action: [");
    let head = github.push();
    assert_eq!(github.review(), 2);
    assert_eq!(github.post(&head), 0);
    let body = github.all_comments()[0]["body"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        body.contains("**The schemas cannot be compared.**"),
        "{body}"
    );
    assert!(
        body.contains("(https://github.example/o/r/actions/runs/42)"),
        "{body}"
    );
}

#[test]
fn an_older_run_writes_nothing() {
    let Some(github) = GitHub::new("review_older") else {
        return;
    };
    github.clone.add_field();
    let old = github.push();
    assert_eq!(github.review(), 0);
    github.clone.write("README.md", "More.\n");
    github.push();
    assert_eq!(github.post(&old), 0);
    assert!(github.all_comments().is_empty());
    github.close();
    let head = github.clone.git(&["rev-parse", "HEAD"]);
    assert_eq!(github.post(&head), 0, "closed");
    assert!(github.all_comments().is_empty());
}

#[test]
fn an_artifact_that_lies_is_refused() {
    let Some(github) = GitHub::new("review_hostile") else {
        return;
    };
    github.clone.add_field();
    let head = github.push();
    assert_eq!(github.review(), 0);
    let fine = format!("{MARKED}\nfine\n");
    for (file, text) in [
        ("number", "7/../../issues/1"),
        ("number", "7; touch hacked"),
        ("number", "$(touch hacked)"),
        ("number", "007"),
        ("number", ""),
        ("how", "delete"),
        ("body.md", "no marker"),
        ("body.md", &format!("{MARKED}\n{}", "x".repeat(70_000))),
        ("body.md", &format!("{MARKED}\n{}", "x".repeat(300_000))),
    ] {
        let path = github.out("comment").join(file);
        let before = fs::read_to_string(&path).unwrap();
        fs::write(&path, text).unwrap();
        assert_eq!(
            github.post(&head),
            1,
            "{file}: {}",
            &text[..text.len().min(40)]
        );
        fs::write(&path, before).unwrap();
    }
    // Another pull request's number: it is not at this commit.
    fs::write(github.out("comment/number"), "8").unwrap();
    assert_eq!(github.post(&head), 0);
    fs::write(github.out("comment/number"), "7").unwrap();
    assert!(github.all_comments().is_empty());

    let secret = github.clone.folder.join("secret");
    fs::write(&secret, &fine).unwrap();
    #[cfg(unix)]
    {
        fs::remove_file(github.out("comment/body.md")).unwrap();
        std::os::unix::fs::symlink(&secret, github.out("comment/body.md")).unwrap();
        assert_eq!(github.post(&head), 1, "a link");
        fs::remove_file(github.out("comment/body.md")).unwrap();
    }
    // Text that a shell, gh or GitHub would act on.
    let text = format!(
        "{MARKED}\n@everyone $(touch hacked) `touch hacked` ${{{{ secrets.X }}}} @/etc/passwd\n"
    );
    fs::write(github.out("comment/body.md"), &text).unwrap();
    assert_eq!(github.post(&head), 0);
    let comments = github.all_comments();
    assert_eq!(comments[0]["body"], text.replace('@', "&#64;"));
    assert!(!github.clone.folder.join("hacked").exists());
}
