//! The versions of one service in, the page of their common module out: which action is of which version, and what is where.

use std::fmt::Write as _;

use crate::emit::docs;
use crate::join::{Joined, Plain};
use crate::outline::Places as _;

pub(super) fn of(joined: &Joined<'_>) -> String {
    let Some(newest) = joined.versions.last() else {
        return String::new();
    };
    let mut out = format!(
        "{}.\n\nThe [`Client`] has the actions of all versions, and the types here are those of its methods. Where several \
         versions have an action of one name, the method is the newest one's; the others are in reach through the client of \
         their version, for example [`Client::{}`].\n\n# Versions\n",
        docs::line(&newest.title),
        joined.versions[0].version_module(),
    );
    for version in joined.versions {
        let count = version.actions();
        let s = if count == 1 { "" } else { "s" };
        let (module, date) = (version.version_module(), &version.id.version);
        let _ = write!(out, "\n- [`{module}`], {date}: {count} action{s}.");
        let doc = docs::line(&version.doc);
        if !doc.is_empty() {
            let _ = write!(out, " {doc}");
        }
        if let Some(page) = &version.docs {
            let _ = write!(out, "\n  {}", docs::link("The vendor's page", page));
        }
    }
    if !joined.methods.is_empty() {
        out.push_str("\n\n# Actions\n");
    }
    // A former name is of interest where an older version still goes by it.
    let shown = |plain: &Plain<'_>| !plain.former || !plain.others.is_empty();
    for (name, plain) in joined.methods.iter().filter(|(_, plain)| shown(plain)) {
        action(joined, name, plain, &mut out);
    }
    if !joined.split.is_empty() {
        out.push_str(
            "\n\n# Types of the versions\n\nMethods here take or answer types of these names from more than one version. They stand in the versions' modules only:\n",
        );
    }
    for (name, versions) in &joined.split {
        let versions = versions
            .iter()
            .map(|place| joined.versions[*place].version_module());
        let links: Vec<String> = versions
            .map(|module| format!("[`{module}`]({module}::{name})"))
            .collect();
        let _ = write!(out, "\n- `{name}`: {}", links.join(", "));
    }
    out
}

/// The line of an action.
fn action(joined: &Joined<'_>, name: &str, plain: &Plain<'_>, out: &mut String) {
    let version = joined.versions[plain.version];
    let _ = write!(
        out,
        "\n- [`{name}`](Client::{name}), {}",
        version.id.version
    );
    if plain.former {
        let _ = write!(out, " (now `{}`)", plain.action.method);
    }
    for (index, (place, method)) in plain.others.iter().enumerate() {
        let other = joined.versions[*place];
        let before = if index == 0 { "; also in" } else { "," };
        let _ = write!(
            out,
            "{before} [{}]({}::Client::{method})",
            other.id.version,
            other.version_module()
        );
    }
    let summary = docs::line(&plain.action.summary);
    if !summary.is_empty() && !plain.former {
        let _ = write!(out, ": {summary}");
    }
}
