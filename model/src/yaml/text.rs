//! Bytes of a schema file in, the text to parse out: UTF-8, of bearable size, without characters that could hide something.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::yaml::{line, syntax};
use crate::{Code, Diagnostic, Location, Source};

/// The text of a file, or why there is none.
pub(super) fn text<'a>(source: &'a Source, path: &Arc<str>) -> Result<Cow<'a, str>, Diagnostic> {
    check_size(source, path)?;
    let text = decode(&source.bytes, path)?;
    check_characters(text, path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !source.path.ends_with(".json") {
        return Ok(text.into());
    }
    check_json(text, path)?;
    Ok(Cow::Owned(join_surrogates(text)))
}

fn check_size(source: &Source, path: &str) -> Result<(), Diagnostic> {
    let size = source.oversized.unwrap_or(source.bytes.len() as u64);
    if size <= Source::MAX_BYTES {
        return Ok(());
    }
    let message = format!(
        "the file has {size} bytes; {} are allowed",
        Source::MAX_BYTES
    );
    Err(
        Diagnostic::new(Code::TooLarge, Location::file(path), message)
            .help("describe one action, struct or enum a file"),
    )
}

fn decode<'a>(bytes: &'a [u8], path: &Arc<str>) -> Result<&'a str, Diagnostic> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = error.valid_up_to();
        let before = String::from_utf8_lossy(&bytes[..valid]);
        let message = format!("byte 0x{:02x} is not UTF-8", bytes[valid]);
        Diagnostic::new(Code::NotUtf8, behind(&before, path), message)
            .help("save the file as UTF-8")
    })
}

/// Refuses what an editor or a terminal does not show as it is: control characters, and those that turn text around.
fn check_characters(text: &str, path: &Arc<str>) -> Result<(), Diagnostic> {
    // Nearly every file is plain ASCII, and quickly seen to be so.
    let plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    if text.bytes().all(plain) {
        return Ok(());
    }
    let hidden = |c: char| (c.is_control() && !"\t\n\r".contains(c)) || turns_text(c);
    let Some((index, c)) = text.char_indices().find(|(_, c)| hidden(*c)) else {
        return Ok(());
    };
    let message = format!("the invisible character U+{:04X}", u32::from(c));
    Err(
        Diagnostic::new(Code::Syntax, behind(&text[..index], path), message)
            .help("remove it; where a text really holds it, put it in double quotes and write it as \\uXXXX"),
    )
}

/// Whether a character changes the direction of what follows, so that a reader sees another text than the machine.
pub(crate) fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// YAML is more tolerant than JSON, so a file that calls itself JSON is first read as JSON.
fn check_json(text: &str, path: &Arc<str>) -> Result<(), Diagnostic> {
    if text.trim().is_empty() {
        // Reported as an empty file.
        return Ok(());
    }
    let Err(error) = serde_json::from_str::<Json>(text) else {
        return Ok(());
    };
    let row = text.lines().nth(error.line().saturating_sub(1));
    // The column counts bytes, and stands behind the offending character.
    let bytes = error.column().saturating_sub(1);
    let before = row
        .unwrap_or_default()
        .bytes()
        .take(bytes)
        .collect::<Vec<_>>();
    let at = Location {
        path: Arc::clone(path),
        line: line(error.line()),
        column: line(String::from_utf8_lossy(&before).chars().count() + 1),
        length: 1,
    };
    let words = error.to_string();
    let words = words
        .rsplit_once(" at line ")
        .map_or(words.as_str(), |(words, _)| words);
    if words.contains("recursion limit") {
        return Err(syntax::too_deep(at));
    }
    Err(
        Diagnostic::new(Code::Syntax, at, format!("not JSON: {words}"))
            .help("mend it, or write YAML into a .yaml file"),
    )
}

/// The place behind a text.
fn behind(before: &str, path: &Arc<str>) -> Location {
    let row = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .trim_start_matches('\u{feff}');
    Location {
        path: Arc::clone(path),
        line: line(row),
        column: line(column.chars().count() + 1),
        length: 1,
    }
}

/// JSON writes characters beyond U+FFFF as two escapes; YAML knows no such pairs.
fn join_surrogates(text: &str) -> String {
    let escape = |at: usize| -> Option<u32> {
        let hex = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(hex, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while let Some(found) = text[index..].find('\\') {
        let start = index + found;
        out.push_str(&text[index..start]);
        let pair = escape(start).zip(escape(start + 6)).filter(|(high, low)| {
            (0xd800..0xdc00).contains(high) && (0xdc00..0xe000).contains(low)
        });
        if let Some((high, low)) = pair {
            let joined = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            out.push_str(&format!("\\U{joined:08x}"));
            index = start + 12;
        } else {
            let next = text[start + 1..].chars().next().map_or(0, char::len_utf8);
            out.push_str(&text[start..start + 1 + next]);
            index = start + 1 + next;
        }
    }
    out.push_str(&text[index..]);
    out
}
