//! Two descriptions in, whether a person has to read the difference out: vendors keep values, limits and duties in prose.

use crate::change::Change;
use crate::rule::rule;

mod facts;

use self::facts::facts;

/// Adds what is to be said of a description that has changed.
pub(crate) fn compare(path: &str, old: &str, new: &str, actions: &[String], out: &mut Vec<Change>) {
    titles(path, (old, new), "H1", actions, out);
}

/// Adds what is to be said of a line that has changed, under its own rule where nobody has to read it.
pub(crate) fn titles(
    path: &str,
    (old, new): (&str, &str),
    wording: &str,
    actions: &[String],
    out: &mut Vec<Change>,
) {
    if old == new || words(old) == words(new) {
        return;
    }
    let id = if says_otherwise(old, new) {
        "H3"
    } else {
        wording
    };
    let change = Change::new(rule(id), path.to_owned());
    let text = |side: &str| if side.is_empty() { "none" } else { side }.to_owned();
    out.push(change.actions(actions).before(text(old)).after(text(new)));
}

/// Adds what is to be said of when a field is needed: a condition that comes or goes is always to be read.
pub(crate) fn conditions(
    path: &str,
    (old, new): (Option<&str>, Option<&str>),
    actions: &[String],
    out: &mut Vec<Change>,
) {
    match (old, new) {
        (Some(old), Some(new)) => compare(path, old, new, actions, out),
        (None, None) => {}
        _ => {
            let text = |side: Option<&str>| match side {
                Some(when) => format!("needed: {when}"),
                None => "never needed".to_owned(),
            };
            let change = Change::new(rule("H3"), path.to_owned()).actions(actions);
            out.push(change.before(text(old)).after(text(new)));
        }
    }
}

/// What is left of a text when spaces and line ends do not count.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn says_otherwise(old: &str, new: &str) -> bool {
    // A text that was not there promises nothing else; one that goes may take a promise along.
    if old.trim().is_empty() {
        return false;
    }
    facts(old) != facts(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording_is_no_fact() {
        for (old, new) in [
            ("The flow's id.", "Id of the flow."),
            ("Flow ID.", "The flow's id."),
            (
                "See https://a.example/document/12/34 for more.",
                "See https://a.example/document/56 for more.",
            ),
            (
                "See [page 12](https://a.example/12).",
                "See [page 12](https://b.example/34).",
            ),
            ("<p>签署人姓名</p>", "签署方姓名"),
            ("<span style=\"x: 1\">name</span>", "name"),
            ("流程ID", "合同流程ID"),
            ("| 0 | 免费 |\n| 1 | 收费 |", "- 0：免费\n- 1：收费"),
            ("A commonly used name.", "A name in use."),
            ("Note: a name.", "A name."),
            ("mcp插件工具配置", "MCP工具配置信息"),
            ("API插件支持对外调用的工具URL", "API插件外部调用地址"),
            ("聊天记录的字符串", "对话记录"),
            ("", "Up to 10MB, must be given."),
        ] {
            assert!(!says_otherwise(old, new), "{old} / {new}");
        }
    }

    #[test]
    fn values_limits_and_duties_are() {
        for (old, new) in [
            ("0: none, 1: some", "0: none, 1: some, 2: all"),
            ("0: none, 1: some", "0: some, 1: none"),
            ("0：无，1：有", "0：有，1：无"),
            ("ENTERPRISE or PERSON", "ENTERPRISE, PERSON or PROXY"),
            ("`asc` or `desc`", "`asc`"),
            ("\"asc\" or \"desc\"", "\"asc\" or \"down\""),
            ("取值：“升序”", "取值：“降序”"),
            ("Up to 10MB.", "Up to 20MB."),
            ("Size in GB.", "Size in MB."),
            ("Ends after 10 seconds.", "Ends after 10 minutes."),
            ("有效期10分钟", "有效期10天"),
            ("单位：天", "单位：小时"),
            ("最长200字符", "最长200字节"),
            ("200 字符", "200"),
            ("The name.", "The name; must be given."),
            ("It is required.", "It is not required."),
            ("选填", "必填"),
            ("最大 5 个", "最大 9 个"),
            (
                "At least 1 < n, at most n < 10 > 5.",
                "At least 1 < n, at most n < 12 > 5.",
            ),
            ("Up to 10MB, must be given.", ""),
        ] {
            assert!(says_otherwise(old, new), "{old} / {new}");
        }
    }

    #[test]
    fn a_condition_that_comes_or_goes_is_to_be_read() {
        let told = |old, new| {
            let mut out = Vec::new();
            conditions("a/b", (old, new), &[], &mut out);
            out.iter().map(|change| change.rule.id).collect::<Vec<_>>()
        };
        assert_eq!(told(None, Some("for orders on credit")), ["H3"]);
        assert_eq!(told(Some("for orders on credit"), None), ["H3"]);
        assert_eq!(
            told(Some("for orders on credit"), Some("on credit")),
            ["H1"]
        );
        assert!(told(None, None).is_empty());
    }
}
