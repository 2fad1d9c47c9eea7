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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

    use super::settle;

    fn told(file: &str, found: &[&str]) -> Result<usize, String> {
        let name = format!("yunqiao-accounts-{}-{}", std::process::id(), file.len());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, format!("a\tb\twhy\n{file}")).unwrap();
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        let outcome = settle(&path, 2, &found, |row| !row.starts_with("other"));
        std::fs::remove_file(&path).unwrap();
        outcome
    }

    #[test]
    fn findings_and_rows_must_meet() {
        assert_eq!(told("x\ty\tso it is\n", &["x\ty"]), Ok(1));
        assert_eq!(told("other\tz\tnot looked at\n", &[]), Ok(0));
        for (file, found, problem) in [
            ("", vec!["x\ty"], "new, without a reason: x\ty"),
            ("x\ty\tit was\n", vec![], "line 2 is no longer true: x\ty"),
            ("x\ty\t\n", vec![], "line 2: 2 columns and a reason"),
            ("x\tno columns\n", vec![], "line 2: 2 columns and a reason"),
            (
                "x\ty\tone\nx\ty\ttwo\n",
                vec!["x\ty"],
                "line 3: the same as line 2",
            ),
        ] {
            let problems = told(file, &found).unwrap_err();
            assert!(problems.contains(problem), "{problem} in {problems}");
        }
    }
}
