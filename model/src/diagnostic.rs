//! What is wrong with a schema, where, and how to mend it.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::Source;

mod code;
mod excerpt;

pub use code::Code;

/// A place in a schema file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file's path below the schema folder.
    pub path: Arc<str>,
    /// Line, from 1; 0 stands for the whole file.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Characters concerned; at least 1.
    pub length: u32,
}

impl Location {
    /// The file as a whole.
    #[must_use]
    pub fn file(path: &str) -> Self {
        Self {
            path: path.into(),
            line: 0,
            column: 0,
            length: 1,
        }
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub at: Location,
    /// Which kind.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem without advice.
    pub fn new(code: Code, at: Location, message: impl Into<String>) -> Self {
        Self {
            at,
            code,
            message: message.into(),
            help: None,
        }
    }

    /// Adds the advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Renders problems as the commands print them, sorted by place. `root` is put before each path; `color` asks for ANSI colours.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &[Source], root: &str, color: bool) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut out = String::new();
    for of_file in sorted.chunk_by(|a, b| a.at.path == b.at.path) {
        let path = &*of_file[0].at.path;
        let source = sources.iter().find(|source| source.path == path);
        let lines: Vec<&[u8]> = source
            .map(|source| source.bytes.split(|byte| *byte == b'\n').collect())
            .unwrap_or_default();
        for of_line in of_file.chunk_by(|a, b| a.at.line == b.at.line) {
            let index = (of_line[0].at.line as usize).checked_sub(1);
            let line = index.and_then(|index| lines.get(index));
            let line = line.map(|line| excerpt::visible(line));
            for diagnostic in of_line {
                render_one(&mut out, diagnostic, line.as_deref(), root, color);
            }
        }
    }
    out
}

fn render_one(
    out: &mut String,
    diagnostic: &Diagnostic,
    line: Option<&[char]>,
    root: &str,
    color: bool,
) {
    let paint = |style: &str, text: &str| {
        if color {
            format!("\x1b[{style}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    };
    let Diagnostic {
        at,
        code,
        message,
        help,
    } = diagnostic;
    let head = paint("1;31", &format!("error[{code}]"));
    let place = if at.line == 0 {
        String::new()
    } else {
        format!(":{}:{}", at.line, at.column)
    };
    let separator = if root.is_empty() || root.ends_with('/') {
        ""
    } else {
        "/"
    };
    let arrow = paint("34", "-->");
    // `write!` to a String cannot fail.
    let _ = writeln!(
        out,
        "{head}: {}\n  {arrow} {root}{separator}{}{place}",
        excerpt::message(message),
        excerpt::message(&at.path)
    );
    if let Some(line) = line {
        let shown = excerpt::excerpt(line, at.column as usize, at.length as usize);
        let number = at.line.to_string();
        let margin = " ".repeat(number.len());
        let bar = paint("34", "|");
        let pointer = paint("31", &shown.carets);
        let _ = writeln!(
            out,
            " {number} {bar} {}\n {margin} {bar} {}{pointer}",
            shown.line, shown.indent
        );
    }
    if let Some(help) = help {
        let _ = writeln!(out, "  help: {}", excerpt::message(help));
    }
    out.push('\n');
}
