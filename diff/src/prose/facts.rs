//! A description in, what it promises out: values and what they stand for, numbers with their units, and duties.

use std::collections::BTreeSet;

/// Words that say what is asked of callers, or what a number counts. An edit that brings or drops one is more than wording.
const WORDS: &[&str] = &[
    "must",
    "required",
    "mandatory",
    "optional",
    "deprecated",
    "only",
    "default",
    "maximum",
    "minimum",
    "most",
    "least",
    "not",
    "never",
    "cannot",
    "millisecond",
    "second",
    "minute",
    "hour",
    "day",
    "month",
    "byte",
    "character",
    "pixel",
    "percent",
    "yuan",
];

/// The same in the vendors' language, which has no spaces between words.
const SIGNS: &[&str] = &[
    "必填",
    "必传",
    "必须",
    "选填",
    "可选",
    "不支持",
    "不可",
    "不能",
    "无需",
    "不再",
    "废弃",
    "弃用",
    "默认",
    "最多",
    "最大",
    "最少",
    "最小",
    "不超过",
    "仅支持",
    "毫秒",
    "秒",
    "分钟",
    "小时",
    "字节",
    "像素",
];

/// Whether a sign between these two counts something.
type Counts = fn(before: Option<char>, after: Option<char>) -> bool;

/// Signs that count something only beside certain others: a day is no chat, and a character no string.
const NEIGHBOURS: &[(&str, Counts)] = &[
    ("天", |before, _| {
        before.is_some_and(|c| c.is_ascii_digit() || c.is_whitespace() || "几每按：:".contains(c))
    }),
    ("字符", |_, after| after != Some('串')),
];

/// Acronyms that name no value.
const NAMES: &[&str] = &[
    "AI", "API", "APIS", "HTTP", "HTTPS", "ID", "IDS", "MCP", "SDK", "URI", "URL", "URLS",
];

/// What of the text is more than wording.
pub(super) fn facts(text: &str) -> BTreeSet<String> {
    let text = without_links(text);
    let mut facts = tokens(&text);
    facts.extend(quoted(&text));
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphabetic());
    let single = |word: &str| {
        word.strip_suffix('s')
            .map_or(word.to_owned(), str::to_owned)
    };
    let said: BTreeSet<String> = words
        .flat_map(|word| [word.to_owned(), single(word)])
        .collect();
    let duties = WORDS.iter().filter(|word| said.contains(**word));
    let signs = SIGNS.iter().filter(|sign| lower.contains(**sign));
    facts.extend(duties.chain(signs).map(|word| (*word).to_owned()));
    let beside = NEIGHBOURS.iter().filter(|(sign, counts)| {
        lower.match_indices(sign).any(|(at, _)| {
            let after = lower[at + sign.len()..].chars().next();
            counts(lower[..at].chars().next_back(), after)
        })
    });
    facts.extend(beside.map(|(sign, _)| (*sign).to_owned()));
    facts
}

/// Runs of ASCII letters, digits and the signs inside of names, if they look like a value: with a digit, an underscore, or all
/// in capitals. A number takes the letters after it along, as `10MB`, and a value that a colon or a
/// table's bar explains the first word of that.
fn tokens(text: &str) -> BTreeSet<String> {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '%');
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_inside) {
        let run = &rest[start..];
        let end = run.find(|c| !is_inside(c)).unwrap_or(run.len());
        let token = run[..end].trim_matches(['-', '.']);
        rest = &run[end..];
        if is_value(token) {
            let meaning = rest.trim_start().strip_prefix([':', '：', '=', '|']);
            found.insert(match meaning {
                Some(meaning) => format!("{token}: {}", first_word(meaning)),
                None => token.to_owned(),
            });
        }
    }
    found
}

fn is_value(token: &str) -> bool {
    let has = |is: fn(&u8) -> bool| token.bytes().any(|byte| is(&byte));
    let is_number = has(u8::is_ascii_digit);
    let is_name = token.contains('_');
    let is_shouted = token.len() > 1 && has(u8::is_ascii_uppercase) && !has(u8::is_ascii_lowercase);
    (is_number || is_name || is_shouted) && !NAMES.contains(&token)
}

fn first_word(text: &str) -> String {
    let letters = text.trim_start().chars();
    letters
        .take_while(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What stands in quotes or backticks, if it is short enough for a value.
fn quoted(text: &str) -> BTreeSet<String> {
    const LONGEST: usize = 40;
    let mut found = BTreeSet::new();
    for (open, close) in [('`', '`'), ('"', '"'), ('“', '”')] {
        let mut rest = text;
        while let Some(start) = rest.find(open) {
            let inner = &rest[start + open.len_utf8()..];
            let Some(end) = inner.find(close) else { break };
            let value = &inner[..end];
            if value.chars().count() <= LONGEST && !value.contains(char::is_whitespace) {
                found.insert(value.to_owned());
            }
            rest = &inner[end + close.len_utf8()..];
        }
    }
    found
}

/// The text without addresses and markup, whose numbers mean nothing.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let next = ["http://", "https://", "<", "](", "/document/"]
            .into_iter()
            .filter_map(|start| rest.find(start).map(|at| (at, start)))
            .min();
        let Some((at, start)) = next else {
            out.push_str(rest);
            return out;
        };
        out.push_str(&rest[..at]);
        out.push(' ');
        let after = &rest[at + start.len()..];
        // A sign for "less than" opens nothing.
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = match start {
            "<" if !is_tag => None,
            "<" => after.find('>').map(|end| end + 1),
            "](" => after.find(')').map(|end| end + 1),
            _ => after.find(|c: char| !(c.is_ascii_alphanumeric() || "/._-#?=&%:~+".contains(c))),
        };
        match end {
            Some(end) => rest = &after[end..],
            // An opening sign that nothing closes is text, and what follows an address is none.
            None if start == "<" || start == "](" => rest = after,
            None => return out,
        }
    }
}
