//! In: the role that this program is to play in a process of its own. Out: that process, which takes orders and ends with us.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value as Json;

/// A process of ours. It is ended when this is dropped; and when we are ended in a way in which nothing is dropped, its
/// standard input ends, and it goes by itself.
pub(crate) struct Process {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Process {
    pub(crate) fn start(arguments: &[&str]) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("cannot run {arguments:?}: {error}");
        let program = std::env::current_exe().map_err(failed)?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let orders = child.stdin.take().expect("standard input is a pipe");
        let answers = child.stdout.take().expect("standard output is a pipe");
        Ok(Self {
            child,
            orders,
            answers: BufReader::new(answers),
        })
    }

    /// Gives an order and waits for its answer.
    pub(crate) fn ask(&mut self, order: &str) -> Result<Json, String> {
        let lost = |error: std::io::Error| format!("the process that was to {order}: {error}");
        writeln!(self.orders, "{order}").map_err(lost)?;
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(lost)?;
        let answer: Json = serde_json::from_str(&line)
            .map_err(|_| format!("the process that was to {order} has ended"))?;
        match answer["error"].as_str() {
            Some(problem) => Err(format!("{order}: {problem}")),
            None => Ok(answer),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // If it has ended already, there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The other end: carries out the orders on standard input, one by one, until there are no more.
pub(crate) fn obey(mut carry_out: impl FnMut(&[&str]) -> Result<Json, String>) {
    for line in std::io::stdin().lines() {
        let Ok(line) = line else { return };
        let words: Vec<&str> = line.split_whitespace().collect();
        let answer =
            carry_out(&words).unwrap_or_else(|problem| serde_json::json!({ "error": problem }));
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{answer}")
            .and_then(|()| out.flush())
            .is_err()
        {
            return;
        }
    }
}
