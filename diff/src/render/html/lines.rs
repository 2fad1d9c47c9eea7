//! Two texts in, the rows of a side-by-side view out: what stays is folded, what changes stands beside what it was. No step takes
//! longer than sorting the lines.

use std::collections::BTreeMap;

/// Lines that stay and are shown around a change.
const CONTEXT: usize = 2;

/// A row of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row<'a> {
    /// On both sides.
    Same(&'a str),
    /// What it was, and what it is.
    Changed(Option<&'a str>, Option<&'a str>),
    /// So many lines that stay.
    Folded(usize),
}

/// The rows. Of code, lines that declare the same name stand beside each other, and what stays is folded; of prose, lines stand in
/// their order, and none is left out.
pub(super) fn rows<'a>(before: &'a str, after: &'a str, is_code: bool) -> Vec<Row<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut rows = Vec::with_capacity(old.len().max(new.len()));
    let changed = if is_code { by_name } else { by_place };
    let (mut left, mut right) = (0, 0);
    for (i, j) in matches(&old, &new) {
        changed(&old[left..i], &new[right..j], &mut rows);
        rows.push(Row::Same(new[j]));
        (left, right) = (i + 1, j + 1);
    }
    changed(&old[left..], &new[right..], &mut rows);
    if is_code { fold(&rows) } else { rows }
}

/// Indices of lines that stay, ascending on both sides: lines that each side has once, as far as they keep their order, and what is
/// equal around them.
fn matches(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut seen: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for (side, lines) in [old, new].into_iter().enumerate() {
        for (index, line) in lines.iter().enumerate() {
            seen.entry(line).or_default()[side].push(index);
        }
    }
    let mut unique: Vec<(usize, usize)> = seen
        .values()
        .filter_map(|[left, right]| match (left.as_slice(), right.as_slice()) {
            ([left], [right]) => Some((*left, *right)),
            _ => None,
        })
        .collect();
    unique.sort_unstable();
    let mut anchors = ascending(&unique);
    anchors.push((old.len(), new.len()));
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (left, right) in anchors {
        while i < left && j < right && old[i] == new[j] {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        }
        let mut tail = Vec::new();
        let (mut k, mut l) = (left, right);
        while k > i && l > j && old[k - 1] == new[l - 1] {
            (k, l) = (k - 1, l - 1);
            tail.push((k, l));
        }
        out.extend(tail.into_iter().rev());
        if left < old.len() {
            out.push((left, right));
        }
        (i, j) = (left + 1, right + 1);
    }
    out
}

/// The longest run of pairs, sorted by their first half, whose second half ascends too.
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best run of each length, and who stands before each pair.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (_, right)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *right);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(index) = at {
        out.push(pairs[index]);
        at = before[index];
    }
    out.reverse();
    out
}

/// Lines that went and lines that came, one after the other.
fn by_place<'a>(old: &[&'a str], new: &[&'a str], rows: &mut Vec<Row<'a>>) {
    for index in 0..old.len().max(new.len()) {
        let of = |lines: &[&'a str]| lines.get(index).copied();
        rows.push(Row::Changed(of(old), of(new)));
    }
}

/// Lines that went and lines that came: those that declare the same name stand beside each other.
fn by_name<'a>(old: &[&'a str], new: &[&'a str], rows: &mut Vec<Row<'a>>) {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, line) in new.iter().enumerate() {
        places.entry(head(line)).or_insert(index);
    }
    let mut next = 0;
    for line in old {
        match places.get(head(line)).filter(|place| **place >= next) {
            Some(place) => {
                rows.extend(
                    new[next..*place]
                        .iter()
                        .map(|line| Row::Changed(None, Some(line))),
                );
                rows.push(Row::Changed(Some(line), Some(new[*place])));
                next = place + 1;
            }
            None => rows.push(Row::Changed(Some(line), None)),
        }
    }
    rows.extend(
        new[next..]
            .iter()
            .map(|line| Row::Changed(None, Some(line))),
    );
}

/// What a line declares: all before its type or its parameters.
fn head(line: &str) -> &str {
    let end = line.find([':', '(', '{', '=']).unwrap_or(line.len());
    line[..end].trim()
}

/// Folds what stays, but for what is next to a change and for the item that the change is in.
fn fold<'a>(rows: &[Row<'a>]) -> Vec<Row<'a>> {
    let mut keep = vec![false; rows.len()];
    let mut owner = None;
    for (index, row) in rows.iter().enumerate() {
        match row {
            Row::Same(line) if !line.starts_with([' ', '}', ')']) => owner = Some(index),
            Row::Same(_) | Row::Folded(_) => {}
            Row::Changed(..) => {
                let around = index.saturating_sub(CONTEXT)..(index + CONTEXT + 1).min(rows.len());
                keep[around].fill(true);
                if let Some(owner) = owner {
                    keep[owner] = true;
                }
            }
        }
    }
    let mut out = Vec::new();
    let mut index = 0;
    while index < rows.len() {
        let folded = keep[index..].iter().take_while(|keep| !**keep).count();
        // A fold of one line saves none.
        if folded > 1 {
            out.push(Row::Folded(folded));
            index += folded;
        } else {
            out.push(rows[index]);
            index += 1;
        }
    }
    out
}

/// What two lines have in common at their start and at their end, in bytes; never half a word.
pub(super) fn frame(before: &str, after: &str) -> (usize, usize) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let pairs = before.char_indices().zip(after.chars());
    let mut start = pairs
        .take_while(|((_, one), other)| one == other)
        .last()
        .map_or(0, |((at, c), _)| at + c.len_utf8());
    let half =
        |at: usize, text: &str| text[..at].ends_with(is_word) && text[at..].starts_with(is_word);
    while start > 0 && (half(start, before) || half(start, after)) {
        start -= before[..start]
            .chars()
            .next_back()
            .map_or(0, char::len_utf8);
    }
    let (one, other) = (&before[start..], &after[start..]);
    let pairs = one.chars().rev().zip(other.chars().rev());
    let mut end: usize = pairs
        .take_while(|(one, other)| one == other)
        .map(|(c, _)| c.len_utf8())
        .sum();
    while end > 0 && (half(one.len() - end, one) || half(other.len() - end, other)) {
        end -= one[one.len() - end..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::Row::{Changed, Folded, Same};
    use super::{frame, rows};

    const OLD: &str = "pub struct A {\n    pub a: X,\n    pub b: X,\n    pub c: X,\n    pub d: X,\n    pub e: X,\n}\n";

    #[test]
    fn what_changes_stands_beside_what_it_was_and_what_stays_is_folded() {
        let new = OLD.replace("d: X", "d: Y").replace("    pub e: X,\n", "");
        assert_eq!(
            rows(OLD, &new, true),
            [
                Same("pub struct A {"),
                // A fold of one line saves none.
                Same("    pub a: X,"),
                Same("    pub b: X,"),
                Same("    pub c: X,"),
                Changed(Some("    pub d: X,"), Some("    pub d: Y,")),
                Changed(Some("    pub e: X,"), None),
                Same("}"),
            ]
        );
    }

    #[test]
    fn a_long_rest_is_counted() {
        let old: String = (0..50).map(|n| format!("    pub f{n}: X,\n")).collect();
        let new = old.replace("pub f25: X", "pub f25: Y");
        let rows = rows(&old, &new, true);
        assert_eq!((rows[0], rows[rows.len() - 1]), (Folded(23), Folded(22)));
        assert_eq!(rows.len(), 7);
    }

    #[test]
    fn lines_that_are_there_often_are_no_anchors() {
        let (old, new) = ("a\n}\nb\n}\nc\n}\n", "a\n}\nx\n}\nc\n}\n");
        let changed: Vec<_> = rows(old, new, true)
            .into_iter()
            .filter(|row| matches!(row, Changed(..)))
            .collect();
        assert_eq!(
            changed,
            [Changed(Some("b"), None), Changed(None, Some("x"))]
        );
    }

    #[test]
    fn equal_texts_have_no_change() {
        assert_eq!(rows(OLD, OLD, true), [Folded(7)]);
        assert_eq!(rows(OLD, OLD, false).len(), 7);
    }

    #[test]
    fn prose_stands_in_its_order() {
        assert_eq!(
            rows("One.\nTwo.\nSame.", "Eins.\nSame.", false),
            [
                Changed(Some("One."), Some("Eins.")),
                Changed(Some("Two."), None),
                Same("Same."),
            ]
        );
    }

    #[test]
    fn what_differs_in_a_line_is_whole_words() {
        for (before, after, differs) in [
            ("a: String,", "a: Struct,", ("String", "Struct")),
            ("a: X,", "a: Vec<X>,", ("X", "Vec<X>")),
            ("a", "a", ("", "")),
            ("名字", "名称", ("名字", "名称")),
        ] {
            let (start, end) = frame(before, after);
            let found = (
                &before[start..before.len() - end],
                &after[start..after.len() - end],
            );
            assert_eq!(found, differs);
        }
    }
}
