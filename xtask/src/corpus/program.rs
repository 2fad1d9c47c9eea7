//! The model's verdicts in, whether the generated types come to the same out: a program is written against the generated crate,
//! which reads every document, writes it again and reads that.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

use super::absolute;
use super::judge::{Call, Side, Verdicts};
use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;

/// What every program starts with. It is generic so that an arm of the match is one line.
const FRAME: &str = "\
//! Reads documents, one JSON line each, and says of each whether its type reads it, and whether what it writes reads as the same.
#![allow(deprecated, reason = \"deprecated actions have examples too\")]

use std::io::BufRead;

fn read<T>(document: &str) -> &'static str
where
    T: for<'de> serde::Deserialize<'de> + serde::Serialize + PartialEq,
{
    let Ok(value) = serde_json::from_str::<T>(document) else { return \"refused\" };
    let Ok(text) = serde_json::to_string(&value) else { return \"not written\" };
    match serde_json::from_str::<T>(&text) {
        Ok(again) if again == value => \"read\",
        _ => \"changed\",
    }
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect(\"the judge writes lines\");
        let (name, document) = line.split_once(' ').expect(\"the judge writes a name first\");
        println!(\"{}\", verdict(name, document));
    }
}

";

pub(super) fn judge(
    verdicts: &Verdicts,
    wanted: impl Fn(&str) -> bool,
    output: &Path,
    work: &Path,
) -> Result {
    let calls: Vec<&Call> = verdicts
        .calls
        .iter()
        .filter(|call| wanted(&call.id.service))
        .collect();
    if calls.is_empty() {
        say!("skipped: none of the services has examples");
        return Ok(Outcome::Fine);
    }
    let folder = work.join("judge");
    write(&folder, &calls, output)?;
    let answers = ask(&folder, work, &calls)?;
    let mut differ = 0;
    for (call, answer) in calls.iter().zip(answers.lines()) {
        let expected = if call.is_read { "read" } else { "refused" };
        if answer != expected {
            differ += 1;
            say!(
                "  {} {}, example {}, {}: the model says {expected}, the generated type says {answer}",
                call.id,
                call.action,
                call.index + 1,
                call.side
            );
        }
    }
    let services: BTreeSet<_> = calls.iter().map(|call| &call.id).collect();
    let read = calls.iter().filter(|call| call.is_read).count();
    say!(
        "{} documents of {} service versions: {read} read, {} refused by both, {differ} judged differently",
        calls.len(),
        services.len(),
        calls.len() - read - differ.min(calls.len() - read)
    );
    if answers.lines().count() != calls.len() {
        say!(
            "FAILED: {} verdicts for {} documents",
            answers.lines().count(),
            calls.len()
        );
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::from_findings(differ > 0))
}

/// Writes the program: one arm for each type that occurs.
fn write(folder: &Path, calls: &[&Call], output: &Path) -> Result<()> {
    let features: BTreeSet<String> = calls.iter().map(|call| feature(call)).collect();
    let features: Vec<Json> = features.into_iter().map(Json::from).collect();
    let manifest = format!(
        "[package]\nname = \"judge\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         serde = \"1\"\nserde_json = \"1\"\n\
         yunqiao = {{ path = {}, default-features = false, features = {} }}\n\n[workspace]\n",
        json!(absolute(output)?),
        Json::Array(features)
    );
    let mut program = String::from(FRAME);
    program
        .push_str("fn verdict(name: &str, document: &str) -> &'static str {\n    match name {\n");
    let names: BTreeSet<(String, String)> = calls
        .iter()
        .map(|call| (name(call), rust_type(call)))
        .collect();
    for (name, ty) in names {
        let _ = writeln!(program, "        {name:?} => read::<{ty}>(document),");
    }
    program.push_str("        _ => \"unknown\",\n    }\n}\n");
    for (path, text) in [("Cargo.toml", manifest), ("src/main.rs", program)] {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| Failure::io("create", parent, &error))?;
        }
        fs::write(&path, text).map_err(|error| Failure::io("write", &path, &error))?;
    }
    Ok(())
}

/// Builds and runs the program, and returns its verdicts, one a line.
fn ask(folder: &Path, work: &Path, calls: &[&Call]) -> Result<String> {
    let target = absolute(work)?.join("target");
    let run = |error: std::io::Error| Failure::new(format!("cannot run the judge: {error}"));
    let mut child = Command::new(env!("CARGO"))
        .args(["run", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(run)?;
    let stdin = child.stdin.take();
    let lines: String = calls
        .iter()
        .map(|call| format!("{} {}\n", name(call), call.document))
        .collect();
    // Writing and reading at once, or both sides would wait for each other.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(lines.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(run)?;
    if !output.status.success() {
        return Err(Failure::new(
            "the judge does not build or run; cargo says why above",
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn feature(call: &Call) -> String {
    format!(
        "{}-{}-v{}",
        call.id.vendor,
        call.id.service,
        call.id.version.replace('-', "")
    )
}

fn name(call: &Call) -> String {
    format!("{}/{}/{}", call.id, call.action, call.side)
}

fn rust_type(call: &Call) -> String {
    let end = match call.side {
        Side::Request => "Request",
        Side::Answer => "Response",
    };
    let service = yunqiao_codegen::field_name(&call.id.service);
    let version = call.id.version.replace('-', "");
    format!(
        "yunqiao::{}::{service}::v{version}::{}{end}",
        call.id.vendor, call.action
    )
}
