//! The command as a shell runs it: arguments and standard input in, output and exit codes out.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

mod answers;
mod bytes;
mod call;
mod complete;
mod configure;
mod find;
mod pages;
mod serve;
mod sign;
mod snippet;
#[cfg(unix)]
mod terminal;
mod usage;
mod verify;
mod waits;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The command, without the credentials of whoever runs the tests.
fn yunqiao(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yunqiao"));
    command.args(args);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["TENCENTCLOUD_", "VOLCENGINE_", "YUNQIAO_"]
            .iter()
            .any(|own| text.starts_with(own))
        {
            command.env_remove(&name);
        }
    }
    command
}

fn with_input(mut command: Command, input: &[u8]) -> Output {
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that is not interested closes its input.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The folder with published and recorded vectors, where there is one.
fn shared() -> Option<PathBuf> {
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    shared.is_dir().then_some(shared)
}
