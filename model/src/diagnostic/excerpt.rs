//! A line of a source file and a place in it in, what a terminal shows of them out.

use crate::yaml::turns_text;

/// Widest excerpt of a source line that is shown, in columns of a terminal.
const WIDTH: usize = 110;

/// Longest message that is shown, in characters.
const MESSAGE: usize = 800;

/// A part of a line, and the marks below it.
#[derive(Debug)]
pub(super) struct Excerpt {
    pub(super) line: String,
    /// Blanks up to the place.
    pub(super) indent: String,
    /// A caret for each column of the place that is visible.
    pub(super) carets: String,
}

/// The characters of a line of a file, as they are shown.
pub(super) fn visible(line: &[u8]) -> Vec<char> {
    let text = String::from_utf8_lossy(line);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    printable(text.trim_end()).chars().collect()
}

/// Cuts what surrounds the place out of the line. The column counts characters, from 1.
pub(super) fn excerpt(chars: &[char], column: usize, length: usize) -> Excerpt {
    let place = column.saturating_sub(1).min(chars.len());
    let mut start = back(chars, place, WIDTH * 3 / 4);
    if start > 0 {
        start = back(chars, place, WIDTH / 2);
    }
    let (mut end, mut width) = (start, 0);
    while end < chars.len() && width + columns_of(chars[end]) <= WIDTH {
        width += columns_of(chars[end]);
        end += 1;
    }
    let front = if start > 0 { "…" } else { "" };
    let back = if end < chars.len() { "…" } else { "" };
    let marked = columns(&chars[place..(place + length).clamp(place, end.max(place))]).max(1);
    Excerpt {
        line: format!(
            "{front}{}{back}",
            chars[start..end].iter().collect::<String>()
        ),
        indent: " ".repeat(front.chars().count() + columns(&chars[start..place])),
        carets: "^".repeat(marked),
    }
}

/// The character from which at most `width` columns lead up to the place.
fn back(chars: &[char], place: usize, width: usize) -> usize {
    let (mut start, mut used) = (place, 0);
    while start > 0 && used + columns_of(chars[start - 1]) <= width {
        start -= 1;
        used += columns_of(chars[start]);
    }
    start
}

/// A message on one line: it may quote a text of any length.
pub(super) fn message(text: &str) -> String {
    let mut cut: String = text.chars().take(MESSAGE).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    printable(&cut)
}

/// Control characters as visible ones, so that a hostile file cannot steer the terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' => ' ',
            c if c.is_control() || turns_text(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn columns(chars: &[char]) -> usize {
    chars.iter().map(|c| columns_of(*c)).sum()
}

/// Columns that a terminal gives a character: two for the wide ones of East Asia and for pictures, none for combining marks.
fn columns_of(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
