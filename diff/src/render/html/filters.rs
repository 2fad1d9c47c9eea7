//! A report in, the search and the filters that fit it out. The script shows them; without it, everything is visible anyway.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::change::Change;
use crate::report::Report;

use super::escape::Text;
use super::verdict::css;

pub(super) fn write(report: &Report, out: &mut String) {
    let changes = &report.changes;
    let all = changes.len();
    let _ = writeln!(
        out,
        "<form id=\"filters\" role=\"search\" aria-label=\"Changes\">\n<div class=\"bar\">\n\
         <label class=\"search\"><span class=\"unseen\">Search path, action, reason and values</span>\
         <input id=\"q\" type=\"search\" placeholder=\"Search path, action, reason, value\" autocomplete=\"off\" spellcheck=\"false\"></label>\n\
         <output id=\"count\" for=\"q\">{all} of {all}</output>\n\
         <button type=\"button\" id=\"clear\" hidden>Clear</button>\n</div>\n\
         <details id=\"more\" open><summary>Filters</summary>\n<div class=\"controls\">\n<fieldset class=\"classes\"><legend>Class</legend>"
    );
    for (class, count) in report.counts() {
        let _ = writeln!(
            out,
            "<label class=\"chip {0}\"><input type=\"checkbox\" name=\"class\" value=\"{0}\"> {class} <span>{count}</span></label>",
            css(class)
        );
    }
    out.push_str("</fieldset>\n<div class=\"selects\">\n");
    let words = |word: &dyn Fn(&Change) -> &'static str| -> Vec<String> {
        let words: BTreeSet<&str> = changes.iter().map(word).collect();
        words.into_iter().map(str::to_lowercase).collect()
    };
    axis(
        "wire",
        "Wire",
        &words(&|change| change.verdict().wire.word()),
        out,
    );
    axis(
        "source",
        "Source",
        &words(&|change| change.verdict().source.word()),
        out,
    );
    let services: BTreeSet<&str> = changes
        .iter()
        .map(|change| super::section::service(&change.path))
        .collect();
    let actions: BTreeSet<&str> = changes
        .iter()
        .flat_map(|change| change.actions.iter().map(String::as_str))
        .collect();
    choice(
        "service",
        "Service",
        services.into_iter().map(|name| (name, name)),
        out,
    );
    choice(
        "action",
        "Action",
        actions.into_iter().map(|name| (name, name)),
        out,
    );
    out.push_str("<label class=\"toggle\"><input type=\"checkbox\" id=\"rust\" checked> Rust before and after</label>\n");
    out.push_str("</div>\n</div>\n</details>\n</form>\n");
}

/// What an axis can be; `any effect` is all but `ok`.
fn axis(id: &str, label: &str, words: &[String], out: &mut String) {
    let hit = words
        .iter()
        .any(|word| word != "ok")
        .then_some(("hit", "any effect"));
    let words = words.iter().map(|word| (word.as_str(), word.as_str()));
    choice(id, label, hit.into_iter().chain(words), out);
}

fn choice<'a>(
    id: &str,
    label: &str,
    options: impl Iterator<Item = (&'a str, &'a str)>,
    out: &mut String,
) {
    let _ = write!(
        out,
        "<label>{label} <select id=\"{id}\"><option value=\"\">all</option>"
    );
    for (value, shown) in options {
        let _ = write!(
            out,
            "<option value=\"{}\">{}</option>",
            Text(value),
            Text(shown)
        );
    }
    out.push_str("</select></label>\n");
}
