//! A description that names other actions of its service in, the same with links to their methods out.

use crate::names::NamedService;
use crate::outline::Places as _;

/// Links the names of the service version's actions, where they stand as words. Code, addresses and links stay as they are.
pub(super) fn linked(service: &NamedService<'_>, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // How the text before ends, which says whether a word can be a name.
    let (mut code, mut before) = (false, ' ');
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| !is_of_a_word(c)).unwrap_or(rest.len());
        if end == 0 {
            code ^= first == '`';
            before = first;
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (word, after) = rest.split_at(end);
        let free = !code && !matches!(before, '/' | '[' | '<' | '#' | '=' | '.' | ':' | '\\' | '&');
        match method(service, word).filter(|_| free && !after.starts_with([']', '/', ':', '='])) {
            Some(method) => {
                out.push_str(&format!(
                    "[{word}](crate::{}::Client::{method})",
                    service.path()
                ));
            }
            None => out.push_str(word),
        }
        before = 'x';
        rest = after;
    }
    out
}

fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// The method of the action that a word names. A name of one part, such as Conversion, may be an ordinary word.
fn method<'a>(service: &'a NamedService<'_>, word: &str) -> Option<&'a str> {
    let parts = word.chars().filter(char::is_ascii_uppercase).count();
    if parts < 2 {
        return None;
    }
    let actions = &service.actions;
    let found = actions.binary_search_by(|action| action.action.name.as_str().cmp(word));
    found.ok().map(|index| actions[index].method.as_str())
}

#[cfg(test)]
mod tests {
    use yunqiao_model::{Source, load};

    use super::*;

    #[test]
    fn names_are_linked_where_they_are_words() {
        let action = |name: &str| {
            let path = format!("tencent/demo/2024-01-01/actions/{name}.yaml");
            Source::new(
                path,
                format!("action: {name}\nsummary: Do it.\nrequest: {{}}\nresponse: {{}}\n"),
            )
        };
        let sources = [
            Source::new(
                "tencent/vendor.yaml",
                "vendor: tencent\ntitle: T\ndoc: A cloud.\n",
            ),
            Source::new(
                "tencent/demo/2024-01-01/service.yaml",
                "service: demo\nversion: \"2024-01-01\"\ntitle: D\ndoc: A demo.\nhost: demo.example.com\nregion: optional\n",
            ),
            action("StartFlow"),
            action("Conversion"),
            action("DescribeVIPs"),
        ];
        let loaded = load(&sources);
        let mut problems = Vec::new();
        let service = loaded.api.services.values().next().expect("a service");
        let named = crate::names::service(service, None, &mut problems);
        let start = "[StartFlow](crate::tencent::demo::v20240101::Client::start_flow)";
        for (text, expected) in [
            ("Then StartFlow.", format!("Then {start}.")),
            (
                "StartFlow, or not (StartFlow)",
                format!("{start}, or not ({start})"),
            ),
            ("启动StartFlow后", format!("启动{start}后")),
            (
                "`StartFlow` and `a StartFlow b`",
                "`StartFlow` and `a StartFlow b`".to_owned(),
            ),
            ("Conversion of a file", "Conversion of a file".to_owned()),
            (
                "RestartFlow StartFlows Start-Flow",
                "RestartFlow StartFlows Start-Flow".to_owned(),
            ),
            (
                "<https://example.com/StartFlow> [StartFlow](x)",
                "<https://example.com/StartFlow> [StartFlow](x)".to_owned(),
            ),
            (
                "DescribeVIPs",
                "[DescribeVIPs](crate::tencent::demo::v20240101::Client::describe_vips)".to_owned(),
            ),
            ("", String::new()),
        ] {
            assert_eq!(linked(&named, text), expected);
        }
    }
}
