//! Text of a schema in, Markdown out that rustdoc shows as the same text: paragraphs and lists stay, all other markup is escaped.

/// Widest line of a doc comment, in characters.
const WIDTH: usize = 110;

/// A description of several lines.
pub(in crate::emit) fn prose(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut inside = 0;
    for line in text.lines().map(str::trim) {
        let marker = marker(line);
        if line.is_empty() {
            inside = 0;
            out.push(String::new());
        } else if marker > 0 {
            inside = marker;
            out.push(format!(
                "{}{}",
                &line[..marker],
                inline(line[marker..].trim())
            ));
        } else {
            // What follows a list's entry belongs to it.
            out.push(format!("{:inside$}{}", "", escape_start(&inline(line))));
        }
    }
    out.join("\n").trim().to_owned()
}

/// A description on one line.
pub(in crate::emit) fn line(text: &str) -> String {
    inline(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first sentence of a description, on one line.
pub(in crate::emit) fn first_sentence(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    // "e.g." and its like end no sentence.
    let ends = |index: usize| {
        let next = words.get(index + 1).and_then(|word| word.chars().next());
        words[index]
            .strip_suffix('.')
            .is_some_and(|word| !word.contains('.'))
            && next.is_none_or(|c| !c.is_lowercase())
            && words[..=index]
                .concat()
                .matches('`')
                .count()
                .is_multiple_of(2)
    };
    let end = (0..words.len())
        .find(|index| ends(*index))
        .map_or(words.len(), |end| end + 1);
    inline(&words[..end].join(" "))
}

/// A value as code.
pub(in crate::emit) fn code(text: &str) -> String {
    let visible: String = text.chars().filter_map(visible).collect();
    match (visible.trim().is_empty(), visible.contains('`')) {
        (true, _) => "an empty text".to_owned(),
        (false, false) => format!("`{visible}`"),
        (false, true) => format!("`` {visible} ``"),
    }
}

/// A link to a page of the vendor.
pub(in crate::emit) fn link(text: &str, address: &str) -> String {
    if address.contains(['(', ')']) {
        format!("[{text}](<{address}>)")
    } else {
        format!("[{text}]({address})")
    }
}

/// Breaks Markdown into lines of bearable width; code, headings and links stay as they are.
pub(super) fn wrap(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut code = false;
    for line in text.lines() {
        code ^= line.starts_with("```");
        // What is short in bytes is short in characters, too.
        if code || line.starts_with(['#', '[']) || line.len() <= WIDTH {
            out.push(line.to_owned());
        } else {
            wrap_line(line, &mut out);
        }
    }
    out
}

/// Breaks a paragraph or list entry at blanks; no new line may look like the start of a list or heading.
fn wrap_line(line: &str, out: &mut Vec<String>) {
    let text = line.trim_start();
    let blanks = line.len() - text.len();
    let indent = " ".repeat(blanks + marker(text));
    let mut current = " ".repeat(blanks);
    for (index, word) in text.split(' ').enumerate() {
        let breaks = word.starts_with(|c: char| c.is_alphabetic() || "`(<\"'".contains(c));
        let length = current.chars().count() + 1 + word.chars().count();
        if breaks && !current.trim().is_empty() && length > WIDTH {
            out.push(std::mem::replace(&mut current, format!("{indent}{word}")));
        } else {
            if index > 0 {
                current.push(' ');
            }
            current.push_str(word);
        }
    }
    out.push(current);
}

/// Length of a list's mark at the start of a line, with its blank: `- `, `1. ` or `1) `.
fn marker(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match (digits, line.as_bytes().get(digits)) {
        (0, Some(b'-')) | (1..=3, Some(b'.' | b')')) => digits + 2,
        _ => return 0,
    };
    let item = line
        .get(mark - 1..)
        .is_some_and(|rest| rest.starts_with(' '));
    let rule = line.chars().all(|c| "- ".contains(c));
    if item && !rule { mark } else { 0 }
}

/// A line that would be a heading, a rule, a table or a quotation by how it starts.
fn escape_start(line: &str) -> String {
    let drawn = line.chars().all(|c| "-=|:+ ".contains(c));
    if drawn || line.starts_with(['#', '>']) || line.starts_with("+ ") {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

/// Whether a line holds nothing that [`inline`] would change: most do not.
fn is_plain(line: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && !b"[<*~\\`_&".contains(&byte);
    line.bytes().all(plain) && !line.contains("://")
}

/// Escapes what is markup inside of a line, outside of code.
fn inline(line: &str) -> String {
    if is_plain(line) {
        return line.to_owned();
    }
    // A backtick without a partner would turn the rest of the paragraph into code.
    let paired = line.matches('`').count().is_multiple_of(2) && !line.contains("``");
    let mut out = String::with_capacity(line.len());
    let (mut code, mut before, mut rest) = (false, ' ', line);
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let address = if code || before.is_ascii_alphanumeric() {
            ""
        } else {
            address(rest)
        };
        if !address.is_empty() {
            out.push_str(&format!("<{address}>"));
            (before, rest) = ('>', &rest[address.len()..]);
            continue;
        }
        code ^= c == '`' && paired;
        if !code && is_markup(c, before, tail, paired) {
            out.push('\\');
        }
        out.extend(visible(c));
        (before, rest) = (c, tail);
    }
    out
}

fn is_markup(c: char, before: char, tail: &str, paired: bool) -> bool {
    match c {
        '[' | '<' | '*' | '~' | '\\' => true,
        '`' => !paired,
        '_' => {
            let next = tail.chars().next().unwrap_or(' ');
            !(before.is_alphanumeric() && next.is_alphanumeric())
        }
        // An entity such as `&lt;` would be shown as what it stands for.
        '&' => tail.split_once(';').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        }),
        _ => false,
    }
}

/// The web address at the start of a text, without the punctuation of the sentence around it.
fn address(text: &str) -> &str {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme));
    let Some(scheme) = scheme else { return "" };
    let belongs = |c: char| c.is_ascii_graphic() && !"<>\"`{}|\\^[]".contains(c);
    let mut end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    while let Some(last) = text[..end].chars().next_back() {
        let unmatched =
            last == ')' && text[..end].matches(')').count() > text[..end].matches('(').count();
        if !unmatched && !".,;:!?'*_".contains(last) {
            break;
        }
        end -= 1;
    }
    if end > scheme.len() { &text[..end] } else { "" }
}

/// Control characters become blanks; those that turn text around are left out, because rustc refuses them in comments.
fn visible(c: char) -> Option<char> {
    match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => Some(' '),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{code, first_sentence, line, prose, wrap};

    #[test]
    fn markup_becomes_text() {
        for (text, shown) in [
            ("a [b] <c> *d* 1~2", r"a \[b] \<c> \*d\* 1\~2"),
            ("snake_case _x_ `a_b [c]`", r"snake_case \_x\_ `a_b [c]`"),
            ("an odd ` tick [x]", r"an odd \` tick \[x]"),
            ("``a`` &lt; R&D", r"\`\`a\`\` \&lt; R&D"),
            (r"a\b", r"a\\b"),
        ] {
            assert_eq!(line(text), shown, "{text}");
        }
    }

    #[test]
    fn addresses_become_links_and_keep_their_punctuation_outside() {
        for (text, shown) in [
            ("See https://a.cn/b_c.", "See <https://a.cn/b_c>."),
            (
                "(https://a.cn/x), `https://a.cn`",
                "(<https://a.cn/x>), `https://a.cn`",
            ),
            ("见https://a.cn/z，后面", "见<https://a.cn/z>，后面"),
            ("https://a.cn/(b) http://", "<https://a.cn/(b)> http://"),
        ] {
            assert_eq!(line(text), shown, "{text}");
        }
    }

    #[test]
    fn lines_keep_their_meaning() {
        assert_eq!(
            prose("# a\n---\n| - |\n> b\n+ c"),
            "\\# a\n\\---\n\\| - |\n\\> b\n\\+ c"
        );
        assert_eq!(prose("- a\nb\n1. c\nd\n\ne"), "- a\n  b\n1. c\n   d\n\ne");
    }

    #[test]
    fn long_lines_break_before_words_and_keep_the_indent_of_a_list() {
        let lines = wrap(&format!("- {}", "word ".repeat(40).trim()));
        assert!(
            lines.len() > 1 && lines[1].starts_with("  word"),
            "{lines:?}"
        );
        assert!(
            lines.iter().all(|line| line.chars().count() <= 110),
            "{lines:?}"
        );
    }

    #[test]
    fn a_sentence_ends_at_its_full_stop() {
        assert_eq!(
            first_sentence("Use it, e.g. so. Not more."),
            "Use it, e.g. so."
        );
        assert_eq!(
            first_sentence("Version 1.2 of `a. B`. More"),
            "Version 1.2 of `a. B`."
        );
    }

    #[test]
    fn values_are_shown_whatever_they_hold() {
        assert_eq!(code(""), "an empty text");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("a\nb"), "`a b`");
    }
}
