//! What a test has found and a file of accepted findings with their reasons in, complaints out. The file is a table with tabs;
//! its last column is the reason, and the others are a finding, word for word. A finding without a row fails, and so does
//! a row whose finding no longer shows.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Compares findings with the rows of a file that `concerns` them.
///
/// # Errors
/// Findings without a row, rows without a finding, and rows that are no rows, as a text to show.
pub fn settle(
    path: &Path,
    columns: usize,
    found: &[String],
    concerns: impl Fn(&str) -> bool,
) -> Result<usize, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let mut problems = String::new();
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()).skip(1) {
        let (finding, why) = line.rsplit_once('\t').unwrap_or((line, ""));
        if finding.split('\t').count() != columns || why.trim().is_empty() {
            let _ = writeln!(
                problems,
                "line {number}: {columns} columns and a reason are needed"
            );
        } else if let Some(before) = rows.insert(finding, number) {
            let _ = writeln!(problems, "line {number}: the same as line {before}");
        }
    }
    for finding in found
        .iter()
        .filter(|finding| !rows.contains_key(finding.as_str()))
    {
        let _ = writeln!(problems, "new, without a reason: {finding}");
    }
    for (row, number) in rows.iter().filter(|(row, _)| concerns(row)) {
        if !found.iter().any(|finding| finding == row) {
            let _ = writeln!(problems, "line {number} is no longer true: {row}");
        }
    }
    if problems.is_empty() {
        Ok(found.len())
    } else {
        Err(format!("{}:\n{problems}", path.display()))
    }
}
