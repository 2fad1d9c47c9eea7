//! The vendor's prose in, plain text with paragraphs and list entries out. Nothing in it is markup any more.

mod html;

/// Joins descriptions into one text: paragraphs are parted by empty lines, list entries start with `- `.
pub(crate) fn clean(parts: &[String]) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for part in parts {
        let text = tidy(&html::text(part));
        // A title that the description repeats says nothing.
        if !text.is_empty() && !paragraphs.contains(&text) {
            paragraphs.push(text);
        }
    }
    paragraphs.join("\n\n")
}

/// Lines without blanks at their ends, at most one empty line in a row, no visible trace of Markdown that is not a list.
fn tidy(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let line = unmark(&words.join(" "));
        let blank = line.is_empty();
        if !(blank && out.last().is_none_or(String::is_empty)) {
            out.push(line);
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out.join("\n")
}

/// A line without what would start a heading, a quotation, a rule or a fence; other bullets become `- `.
fn unmark(line: &str) -> String {
    let rest = line.trim_start_matches(['#', '>']).trim_start();
    if rest.starts_with("```") || rest.starts_with("~~~") {
        return String::new();
    }
    if rest.len() > 2 && rest.chars().all(|c| "-=*_|: ".contains(c)) {
        return String::new();
    }
    let bullet = ["* ", "+ ", "· ", "• ", "- "]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark));
    match bullet {
        Some(entry) => format!("- {}", entry.trim_start()),
        None => rest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn prose_becomes_paragraphs_and_lists() {
        let html = "<p>A &lt;b&gt;</p><ul><li>one</li><li>two <a href=\"https://a.cn/x\">page</a></li></ul>";
        assert_eq!(
            clean(&[html.to_owned()]),
            "A <b>\n\n- one\n- two page (https://a.cn/x)"
        );
        let markdown = "## Head\n```rust\nlet x;\n```\n* a\n\n\n\n---\n[page](/document/1) ![](https://a.cn/i.png)\u{8}end";
        assert_eq!(
            clean(&[markdown.to_owned()]),
            "Head\n\nlet x;\n\n- a\n\npage end"
        );
    }
}
