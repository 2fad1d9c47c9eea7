//! A report in, all its entries out: by class, worst first, then by what they are in, each thing with its Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::axis::Class;
use crate::change::{Change, counted};
use crate::declared::Declarations;
use crate::render::group::{Group, groups};
use crate::report::Report;

use super::escape::Text;
use super::verdict::css;
use super::{entry, rust};

/// Actions that are named at once; the rest can be unfolded.
const NAMED: usize = 6;

/// What stands on the page already.
#[derive(Default)]
struct Told {
    /// Addresses of entries.
    ids: BTreeSet<String>,
    /// Things whose Rust differs, each with the address of where that is shown: by its worst change.
    rust: BTreeMap<String, String>,
}

pub(super) fn write(report: &Report, declarations: &Declarations, out: &mut String) {
    let mut told = Told::default();
    for (class, count) in report.counts() {
        let _ = writeln!(
            out,
            "<section class=\"of-class {0}\" aria-labelledby=\"class-{0}\">\n<h3 id=\"class-{0}\"><span class=\"class {0}\">{class}</span> \
             <span class=\"meaning\">{1}</span> <span class=\"times\">{count}</span></h3>",
            css(class),
            meaning(class)
        );
        for group in groups(report, class) {
            one(&group, declarations, &mut told, out);
        }
        out.push_str("</section>\n");
    }
}

fn meaning(class: Class) -> &'static str {
    match class {
        Class::Silent => "goes on, and means something else",
        Class::Compile => "code does not compile",
        Class::Wire => "programs that are deployed are hit",
        Class::Security => "something private may come to light: needs a signature",
        Class::Behaviour => "code compiles and acts differently",
        Class::Review => "prose that may hide a rule: for a person to read",
        Class::Additive => "something new, or marked to go",
        Class::Docs => "prose",
        Class::None => "nobody notices",
    }
}

fn one(group: &Group<'_>, declarations: &Declarations, told: &mut Told, out: &mut String) {
    let first = group.changes.first();
    let shared = first.map(|change| &change.actions);
    let is_shared = group
        .changes
        .iter()
        .all(|change| Some(&change.actions) == shared);
    let actions = shared.filter(|_| is_shared);
    let _ = write!(
        out,
        "<article class=\"group\" data-service=\"{}\"",
        Text(service(group.place))
    );
    if let Some(actions) = actions.filter(|actions| !actions.is_empty()) {
        let _ = write!(out, " data-actions=\"{}\"", Text(&actions.join(" ")));
    }
    let _ = writeln!(out, ">\n<h4>{}</h4>", place(group.place));
    reached(&group.actions(), out);
    for (thing, changes) in things(group) {
        out.push_str("<div class=\"thing\">\n<ul class=\"entries\">\n");
        for change in &changes {
            // What is told twice is found by its first entry.
            let id = Some(entry::id(change)).filter(|id| told.ids.insert(id.clone()));
            entry::write(change, id.as_deref(), group.name(change), !is_shared, out);
        }
        out.push_str("</ul>\n");
        if let Some(declared) = declarations.get(&thing) {
            let sources = changes.iter().map(|change| change.verdict().source);
            let source = sources.max().unwrap_or_default();
            match (told.rust.get(&thing), changes.first()) {
                (Some(address), _) => rust::refer(address, out),
                (None, Some(first)) => {
                    let address = format!("rust-{}", first.fingerprint());
                    if rust::write(declared, source, &address, out) {
                        told.rust.insert(thing, address);
                    }
                }
                (None, None) => {}
            }
        }
        out.push_str("</div>\n");
    }
    out.push_str("</article>\n");
}

/// The changes by what the generator declares, in the order of their first.
fn things<'a>(group: &Group<'a>) -> Vec<(String, Vec<&'a Change>)> {
    let mut things: Vec<(String, Vec<&Change>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for change in &group.changes {
        let thing = Declarations::thing(change);
        let index = *known.entry(thing.clone()).or_insert_with(|| {
            things.push((thing, Vec::new()));
            things.len() - 1
        });
        things[index].1.push(change);
    }
    things
}

/// The path with its end, which is what one looks for, in the foreground; lines may break at each slash.
fn place(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let (head, last) = match path.rsplit_once('/') {
        // The side of an action says nothing without the action.
        Some((head, side @ ("request" | "response"))) => {
            let (head, action) = head.rsplit_once('/').unwrap_or(("", head));
            (head, format!("{action}/{side}"))
        }
        Some((head, last)) => (head, last.to_owned()),
        None => ("", path.to_owned()),
    };
    let head = if head.is_empty() {
        String::new()
    } else {
        format!("<span class=\"dim\">{}/<wbr></span>", broken(head))
    };
    format!("<code>{head}{}</code>", broken(&last))
}

/// A path that breaks at its slashes and not in its date.
pub(super) fn broken(path: &str) -> String {
    let parts: Vec<String> = path
        .split('/')
        .map(|part| {
            if part.starts_with(|c: char| c.is_ascii_digit()) {
                format!("<span class=\"whole\">{}</span>", Text(part))
            } else {
                Text(part).to_string()
            }
        })
        .collect();
    parts.join("/<wbr>")
}

/// The service version that a path is in, or the vendor.
pub(super) fn service(path: &str) -> &str {
    match path.match_indices('/').nth(2) {
        Some((end, _)) => &path[..end],
        None => path,
    }
}

fn reached(actions: &[&str], out: &mut String) {
    if actions.is_empty() {
        return;
    }
    let code = |actions: &[&str]| -> String {
        let named: Vec<String> = actions
            .iter()
            .map(|action| format!("<code>{}</code>", Text(action)))
            .collect();
        named.join(", ")
    };
    let (named, rest) = actions.split_at(actions.len().min(NAMED));
    let _ = write!(
        out,
        "<p class=\"reached\">Reached by {}: {}</p>",
        counted(actions.len(), "action"),
        code(named)
    );
    if !rest.is_empty() {
        let _ = write!(
            out,
            "<details class=\"reached\"><summary>{} more</summary><p>{}</p></details>",
            rest.len(),
            code(rest)
        );
    }
    out.push('\n');
}
