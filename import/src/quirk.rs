//! A service in, the oddities of its metadata out, counted by kind: what the generator has rules for.

use std::collections::BTreeMap;

use crate::upstream::{Item, Member, Status, Upstream};

/// How often each kind of oddity occurs.
pub type Quirks = BTreeMap<&'static str, usize>;

/// Counts what the metadata themselves show; what takes a decision is counted where it is taken.
pub(crate) fn count(upstream: &Upstream) -> Quirks {
    let mut quirks = Quirks::new();
    let mut add = |kind, number: usize| {
        if number > 0 {
            *quirks.entry(kind).or_default() += number;
        }
    };
    add("structure that nothing uses, left out", upstream.strays);
    for action in upstream.actions.values() {
        match action.status {
            Status::Online => {}
            Status::Deprecated => add("deprecated action", 1),
            Status::Offline => add("action that is offline", 1),
        }
        add("streamed answer", usize::from(action.streaming));
        let binary = action.request.iter().any(is_binary);
        add("multipart body", usize::from(binary));
        let own_error = action.response.iter().any(|member| member.name == "Error");
        add("answer with an `Error` of its own", usize::from(own_error));
        let paged = |member: &&Member| {
            ["Offset", "Limit"].contains(&member.name.as_str()) && is_text(member)
        };
        add(
            "offset or limit as text",
            action.request.iter().filter(paged).count(),
        );
    }
    let requests = upstream.reached(upstream.actions.values().flat_map(|action| &action.request));
    let answers = upstream.reached(
        upstream
            .actions
            .values()
            .flat_map(|action| &action.response),
    );
    for (name, item) in &upstream.structs {
        let roles = (
            requests.contains(name.as_str()),
            answers.contains(name.as_str()),
        );
        let says = match item.usage.as_str() {
            "in" => Some((true, false)),
            "out" => Some((false, true)),
            "both" => Some((true, true)),
            _ => None,
        };
        add(
            "wrong usage flag",
            usize::from(says.is_some_and(|says| says != roles)),
        );
        add(
            "structure without members",
            usize::from(item.members.is_empty()),
        );
        let name_of_rust = [
            "Option", "Result", "Box", "Vec", "String", "Some", "None", "Ok", "Err",
        ];
        add(
            "structure named like one of Rust's",
            usize::from(name_of_rust.contains(&name.as_str())),
        );
        match upstream.contains_itself(name) {
            Some(true) => add("structure inside itself by value", 1),
            Some(false) => add("structure inside itself through a list", 1),
            None => {}
        }
    }
    for member in upstream.members() {
        add("disabled member", usize::from(member.disabled));
        add(
            "present, but may be null",
            usize::from(member.present_or_null),
        );
        add(
            "date or time as text",
            usize::from(matches!(member.ty.item, Item::Scalar("string", Some(_)))),
        );
        add(
            "member named by a Rust keyword",
            usize::from(is_keyword(&member.name)),
        );
        add(
            "example that contradicts the type",
            usize::from(contradicts(member)),
        );
    }
    quirks
}

/// Whether the Rust name of a member needs a mark. Keywords are short, and deriving names costs much.
fn is_keyword(name: &str) -> bool {
    const LONGEST: usize = "continue".len();
    name.len() <= LONGEST && yunqiao_codegen::field_name(name).ends_with('_')
}

fn is_binary(member: &Member) -> bool {
    matches!(member.ty.item, Item::Scalar("binary", _))
}

fn is_text(member: &Member) -> bool {
    !member.ty.list && matches!(member.ty.item, Item::Scalar("string", _))
}

/// Whether the example of a member, which nothing is made of, could not be its value.
fn contradicts(member: &Member) -> bool {
    let example = member.example.trim();
    if example.is_empty() || ["无", "none", "null", "-"].contains(&example) {
        return false;
    }
    match (&member.ty.item, member.ty.list) {
        (_, true) => !example.starts_with('['),
        (Item::Struct(_), false) => !example.starts_with('{'),
        (Item::Scalar("int64" | "uint64", _), false) => example.parse::<i64>().is_err(),
        (Item::Scalar("float", _), false) => example.parse::<f64>().is_err(),
        (Item::Scalar("bool", _), false) => !["true", "false"].contains(&example),
        _ => false,
    }
}
