//! The text of a script in, the line at which each of its rules begins out.

/// Lines of the entries of the outermost list. Where rules are not written one below the other, as in JSON, there are others than
/// there are rules, or none.
pub(super) fn of_rules(text: &str) -> Vec<usize> {
    let entries = (1..).zip(text.lines()).filter_map(|(number, line)| {
        let rest = line.trim_start();
        let is_entry = rest == "-" || rest.starts_with("- ");
        is_entry.then_some((number, line.len() - rest.len()))
    });
    let entries: Vec<(usize, usize)> = entries.collect();
    let outermost = entries.iter().map(|(_, indent)| *indent).min();
    entries
        .iter()
        .filter(|(_, indent)| Some(*indent) == outermost)
        .map(|(number, _)| *number)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::of_rules;

    #[test]
    fn only_entries_of_the_outermost_list_count() {
        let text = "# two\nrules:\n  - action: A\n    when:\n      - b\n\n  - action: C\n";
        assert_eq!(of_rules(text), [3, 7]);
        assert!(of_rules("[{}]").is_empty());
    }
}
