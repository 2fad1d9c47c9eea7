//! HTML or Markdown of the vendor's pages in, text out: elements become lines or vanish, entities become characters, links
//! become their text and address.

/// Elements that end a line.
const BLOCKS: [&str; 19] = [
    "p", "div", "br", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr",
    "thead", "tbody", "dl", "dd",
];
/// Elements whose content is no text.
const SILENT: [&str; 3] = ["svg", "script", "style"];
/// Elements that mark text up and nothing else.
const INLINE: [&str; 24] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "font",
    "span",
    "code",
    "img",
    "td",
    "th",
    "sup",
    "sub",
    "s",
    "del",
    "small",
    "big",
    "center",
    "label",
    "blockquote",
    "dt",
    "nobr",
    "section",
];

/// The text of a description.
pub(super) fn text(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut link = None;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        if c == '<'
            && let Some((tag, behind)) = tag(tail)
        {
            rest = element(&tag, behind, &mut link, &mut out);
            continue;
        }
        if let Some((shown, behind)) = markdown_link(rest) {
            out.push_str(&shown);
            rest = behind;
            continue;
        }
        if c == '&'
            && let Some((character, behind)) = entity(tail)
        {
            out.push(character);
            rest = behind;
            continue;
        }
        match c {
            '\n' | '\t' => out.push(c),
            '\u{a0}' | '\u{3000}' => out.push(' '),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
        rest = tail;
    }
    // Emphasis in Markdown says nothing in plain text.
    out.replace("**", "")
}

/// The start of a text: whatever is looked for ends soon, or hostile text would be searched to its end again and again.
fn window(text: &str, characters: usize) -> &str {
    text.char_indices()
        .nth(characters)
        .map_or(text, |(end, _)| &text[..end])
}

/// A tag: its name in lower case with `/` in front of a closing one, and its attributes.
struct Tag<'a> {
    name: String,
    attributes: &'a str,
}

/// The known element that a text behind `<` opens or closes. Anything else is text, `<placeholder>` say.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let end = window(text, 1_000).find('>')?;
    let inner = &text[..end];
    let (slash, name) = match inner.strip_prefix('/') {
        Some(name) => ("/", name),
        None => ("", inner),
    };
    let length = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let word = name[..length].to_ascii_lowercase();
    let known = BLOCKS.contains(&word.as_str())
        || INLINE.contains(&word.as_str())
        || SILENT.contains(&word.as_str())
        || word == "li";
    let tag = Tag {
        name: format!("{slash}{word}"),
        attributes: &name[length..],
    };
    known.then_some((tag, &text[end + 1..]))
}

/// Writes what an element stands for; returns what follows it.
fn element<'a>(
    tag: &Tag<'_>,
    behind: &'a str,
    link: &mut Option<String>,
    out: &mut String,
) -> &'a str {
    let name = tag.name.trim_start_matches('/');
    match tag.name.as_str() {
        "li" => out.push_str("\n- "),
        "a" => *link = attribute(tag.attributes, "href").filter(|target| is_address(target)),
        "/a" => {
            if let Some(target) = link.take()
                && !out.ends_with(target.as_str())
            {
                out.push_str(&format!(" ({target})"));
            }
        }
        "td" | "th" => out.push(' '),
        "p" | "/p" | "ul" | "ol" | "/ul" | "/ol" | "table" | "/table" => out.push_str("\n\n"),
        _ if BLOCKS.contains(&name) => out.push('\n'),
        _ if SILENT.contains(&tag.name.as_str()) => {
            let close = format!("</{name}");
            let end = behind
                .to_ascii_lowercase()
                .find(&close)
                .unwrap_or(behind.len());
            return behind[end..].split_once('>').map_or("", |(_, rest)| rest);
        }
        _ => {}
    }
    behind
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let at = attributes.find(&format!("{name}="))?;
    let value = &attributes[at + name.len() + 1..];
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split(quote).next()?.trim().to_owned())
}

fn is_address(target: &str) -> bool {
    (target.starts_with("https://") || target.starts_with("http://"))
        && !target.contains(|c: char| c.is_whitespace() || "<>\"".contains(c))
}

/// A Markdown link or image at the start of a text, as plain text.
fn markdown_link(text: &str) -> Option<(String, &str)> {
    let (image, inner) = match text.strip_prefix("![") {
        Some(inner) => (true, inner),
        None => (false, text.strip_prefix('[')?),
    };
    let label = window(inner, 500).split_once("](")?.0;
    let rest = &inner[label.len() + 2..];
    let target = window(rest, 1_000).split_once(')')?.0;
    let behind = &rest[target.len() + 1..];
    if label.contains(['[', '\n']) || target.contains('\n') {
        return None;
    }
    let target = target.split_whitespace().next().unwrap_or_default();
    // A picture is nothing in text, and a path within the vendor's site leads nowhere from here.
    Some(match (image, is_address(target) && target != label) {
        (true, _) => (String::new(), behind),
        (false, true) => (format!("{label} ({target})"), behind),
        (false, false) => (label.to_owned(), behind),
    })
}

/// The character of an entity; the text starts behind `&`.
fn entity(text: &str) -> Option<(char, &str)> {
    let name = window(text, 12).split_once(';')?.0;
    let behind = &text[name.len() + 1..];
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "middot" => '·',
        "times" => '×',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "mdash" => '—',
        "le" => '≤',
        "ge" => '≥',
        _ => {
            let number = name.strip_prefix('#')?;
            let value = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(value).filter(|c| !c.is_control())?
        }
    };
    Some((character, behind))
}
