//! Text of anybody's in, HTML in which nothing of it is markup out.

use std::fmt::{self, Write as _};

/// A text as it is. Whatever a schema holds may stand in it: nothing becomes markup, and what would turn the reading order or hide
/// is spelt out.
pub(super) struct Text<'a>(pub(super) &'a str);

/// A sentence, in which what stands between backticks is code.
pub(super) struct Prose<'a>(pub(super) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(c)?,
                c if c.is_control() || turns(c) => write!(f, "[U+{:04X}]", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Prose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<&str> = self.0.split('`').collect();
        // A backtick without a second one is a backtick.
        let paired = parts.len() - (parts.len() + 1) % 2;
        for (index, part) in parts.iter().enumerate() {
            match (index % 2 == 1, index < paired) {
                (true, true) => write!(f, "<code>{}</code>", Text(part))?,
                (_, false) => write!(f, "`{}", Text(part))?,
                (false, true) => write!(f, "{}", Text(part))?,
            }
        }
        Ok(())
    }
}

/// Signs that turn the reading order, or that nobody sees.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{Prose, Text};

    #[test]
    fn nothing_is_markup_and_nothing_hides() {
        let text = Text("</script><img src=\"x\" onerror='a&b'>\u{202e}\u{7}\n").to_string();
        assert_eq!(
            text,
            "&lt;/script&gt;&lt;img src=&quot;x&quot; onerror=&#39;a&amp;b&#39;&gt;[U+202E][U+0007]\n"
        );
    }

    #[test]
    fn backticks_are_code_in_pairs() {
        for (text, html) in [
            ("a", "a"),
            ("a `b<` c", "a <code>b&lt;</code> c"),
            ("a ` b", "a ` b"),
            ("`a` ` b", "<code>a</code> ` b"),
            ("`a``b`", "<code>a</code><code>b</code>"),
        ] {
            assert_eq!(Prose(text).to_string(), html);
        }
    }
}
