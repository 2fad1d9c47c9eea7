//! Bytes of the fuzzer in, files out: what both targets share.

pub mod metadata;

use yunqiao_model::Source;

/// Starts a file within an input: `=== path`, on a line of its own.
const MARK: &[u8] = b"=== ";

/// Cuts an input into files. What stands in front of the first mark is the file `first`.
#[must_use]
pub fn files<'a>(data: &'a [u8], first: &'a str) -> Vec<(String, &'a [u8])> {
    let mut found: Vec<(String, usize, usize)> = vec![(first.to_owned(), 0, 0)];
    let mut at = 0;
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        if let Some(path) = line.strip_prefix(MARK) {
            let path = String::from_utf8_lossy(path).trim().to_owned();
            found.push((path, end, end));
        } else if let Some(last) = found.last_mut() {
            last.2 = end;
        }
        at = end;
    }
    found.retain(|(path, start, end)| path != first || end > start);
    found
        .into_iter()
        .map(|(path, start, end)| (path, &data[start..end]))
        .collect()
}

/// Schema files, each path once.
#[must_use]
pub fn sources<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for (path, bytes) in files {
        if sources.iter().all(|source| source.path != path) {
            sources.push(Source::new(path, bytes));
        }
    }
    sources
}

/// A report may go to a terminal: nothing in it may steer one.
pub fn assert_printable(report: &str) {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c)
    };
    assert!(!report.contains(steers), "{report:?}");
}
