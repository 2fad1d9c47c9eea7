//! In: the bytes of an answer that is not the vendor's. Out: a bounded excerpt that is safe to log.
//!
//! A truncated answer may hold personal data, so of anything that looks like JSON only the structure and the keys are
//! shown. A page of a gateway (HTML, plain text) is shown as it is, since nothing else tells what went wrong.

/// Characters of an answer that an error shows.
const LIMIT: usize = 200;

/// Bytes of an answer that are looked at: masking makes text shorter, but there is no need to walk megabytes.
const WINDOW: usize = 8 * 1024;

/// The part of a body that is looked at, as text.
pub(crate) fn window(body: &[u8]) -> String {
    String::from_utf8_lossy(&body[..body.len().min(WINDOW)]).into_owned()
}

/// What an error shows of such a part.
pub(crate) fn show(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').trim();
    if looks_like_json(text) {
        bounded(&mask(text), LIMIT)
    } else {
        bounded(text, LIMIT)
    }
}

/// Characters that an error's line takes of a vendor's own words.
const LINE: usize = 500;

/// A vendor's words for one line: escaped, and bounded, since nobody promises that they are short.
pub(crate) fn line(text: &str) -> String {
    bounded(text, LINE)
}

/// Text with its control characters escaped, so that it cannot forge a log line or move a cursor.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars()
        .for_each(|character| push_escaped(&mut out, character));
    out
}

fn push_escaped(out: &mut String, character: char) {
    // Line separators and text-direction marks are no control characters, but as good as.
    let misleading = matches!(character, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if character.is_control() || misleading {
        out.extend(character.escape_default());
    } else {
        out.push(character);
    }
}

fn bounded(text: &str, limit: usize) -> String {
    // Escaping only makes it longer, so what is cut off first would be cut off anyhow.
    let head: String = text.chars().take(limit + 1).collect();
    let escaped = escape(&head);
    match escaped.char_indices().nth(limit) {
        // The mark counts as one of the characters.
        Some(_) => escaped.chars().take(limit - 1).chain(['…']).collect(),
        None => escaped,
    }
}

/// Anything that may be JSON or a part of it; the doubt is for the side of the data.
fn looks_like_json(text: &str) -> bool {
    let starts_like_it = text.starts_with(['{', '[', '"', '-'])
        || text.starts_with(|character: char| character.is_ascii_digit());
    // Inside something else, as in `callback({"Name": ...})` or `data: {"Name": ...}`.
    starts_like_it || (!text.starts_with('<') && text.contains("\":"))
}

/// JSON with every value but `true`, `false` and `null` masked. Never fails: it reads characters, not grammar.
fn mask(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    // Whether a text at this place can be a key.
    let mut key_may_follow = false;
    while let Some(character) = rest.chars().next() {
        match character {
            '"' => {
                let (length, closed) = quoted(rest);
                let (text, after) = rest.split_at(length);
                let is_key = key_may_follow && closed && after.trim_start().starts_with(':');
                out.push_str(if is_key { text } else { "\"***\"" });
                rest = after;
                key_may_follow = false;
            }
            '{' | '}' | '[' | ']' | ',' | ':' => {
                out.push(character);
                rest = &rest[1..];
                key_may_follow = matches!(character, '{' | ',');
            }
            _ if character.is_whitespace() => rest = &rest[character.len_utf8()..],
            _ => {
                let length = rest
                    .find(['"', '{', '}', '[', ']', ',', ':'])
                    .unwrap_or(rest.len());
                let (word, after) = rest.split_at(length);
                out.push_str(match word.trim_end() {
                    literal @ ("true" | "false" | "null") => literal,
                    _ => "***",
                });
                rest = after;
                key_may_follow = false;
            }
        }
    }
    out
}

/// The length of the quoted text at the start, quotes included, and whether it is closed.
fn quoted(text: &str) -> (usize, bool) {
    let mut escaped = false;
    for (position, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return (position + 1, true),
            _ => {}
        }
    }
    (text.len(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(body: &[u8]) -> String {
        show(&window(body))
    }

    #[test]
    fn values_are_masked_and_keys_stay() {
        let answer = br#"{"Response": {"Name": "Li \"Four\"", "Ids": [1.5e3, "x"], "Ok": true, "Of": null, "Mobile": "138001"#;
        assert_eq!(
            excerpt(answer),
            r#"{"Response":{"Name":"***","Ids":[***,"***"],"Ok":true,"Of":null,"Mobile":"***""#
        );
    }

    #[test]
    fn a_text_before_a_colon_is_a_key_only_where_keys_stand() {
        assert_eq!(
            excerpt(br#"["Li Si": 1, {"a": "b": "c"}]"#),
            r#"["***":***,{"a":"***":"***"}]"#
        );
    }

    #[test]
    fn bare_words_numbers_and_texts_are_masked() {
        assert_eq!(excerpt(br#"{"a": Li Si 13800000000}"#), r#"{"a":***}"#);
        assert_eq!(excerpt(b"13800000000"), "***");
        assert_eq!(excerpt(b"-13800000000"), "***");
        assert_eq!(excerpt(br#""Li Si""#), r#""***""#);
        assert_eq!(
            excerpt("\u{feff}{\"a\":\"Li Si\"}".as_bytes()),
            r#"{"a":"***"}"#
        );
    }

    #[test]
    fn a_page_is_shown_bounded_and_escaped() {
        let page = format!("<html>\r\n\u{1b}[31m\u{202e}{}", "x".repeat(1000));
        let shown = excerpt(page.as_bytes());
        assert_eq!(shown.chars().count(), LIMIT);
        assert!(
            shown.starts_with(r"<html>\r\n\u{1b}[31m\u{202e}xx"),
            "{shown}"
        );
        assert!(shown.ends_with('…'));
    }

    #[test]
    fn no_bytes_panic() {
        let long: Vec<u8> = "张\"".bytes().cycle().take(WINDOW + 7).collect();
        for bytes in [
            &b""[..],
            b"\xff\xfe{\"",
            b"{\"\\",
            b"{\xff\xff\"a\":1",
            &long,
        ] {
            assert!(excerpt(bytes).chars().count() <= LIMIT);
        }
    }
}
