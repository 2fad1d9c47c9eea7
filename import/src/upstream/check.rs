//! What a file declares in, everything out that holds no sense: names that cannot be names, objects that are not there,
//! structures that would never end.

use std::collections::{BTreeMap, BTreeSet};

use super::place::escape;
use super::{Item, Member, Upstream};
use crate::Problem;
use crate::problem::shown;

/// Every contradiction of a file whose values all have the right types.
pub(super) fn check(upstream: &Upstream) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut report =
        |pointer: String, message: String| problems.push(Problem::at(&pointer, message));
    let service = &upstream.service;
    let is_service = service.starts_with(|c: char| c.is_ascii_lowercase())
        && service
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !is_service {
        report(
            "/metadata/serviceShortName".to_owned(),
            format!(
                "\"{}\" is no service name: lower-case letters and digits",
                shown(service)
            ),
        );
    }
    if !is_version(&upstream.version) {
        report(
            "/metadata/apiVersion".to_owned(),
            format!("\"{}\" is no version: YYYY-MM-DD", shown(&upstream.version)),
        );
    }
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for name in upstream.structs.keys() {
        let pointer = format!("/objects/{}", escape(name));
        if !is_struct_name(name) {
            report(
                pointer,
                format!("\"{}\" cannot name a structure", shown(name)),
            );
        } else if let Some(other) = folded.insert(name.to_ascii_lowercase(), name) {
            let message =
                format!("differs from \"{other}\" by letter case only, and so would their files");
            report(pointer, message);
        }
    }
    folded.clear();
    for name in upstream.actions.keys() {
        let pointer = format!("/actions/{}", escape(name));
        if !is_action_name(name) {
            report(
                pointer,
                format!("\"{}\" cannot name an action", shown(name)),
            );
        } else if let Some(other) = folded.insert(name.to_ascii_lowercase(), name) {
            let message =
                format!("differs from \"{other}\" by letter case only, and so would their files");
            report(pointer, message);
        }
    }
    for (pointer, members) in bodies(upstream) {
        check_members(&pointer, members, upstream, &mut problems);
    }
    if problems.is_empty() {
        endless(upstream, &mut problems);
    }
    problems
}

/// Every list of members with its pointer.
fn bodies(upstream: &Upstream) -> Vec<(String, &[Member])> {
    let mut all = Vec::new();
    for (name, item) in &upstream.structs {
        all.push((
            format!("/objects/{}", escape(name)),
            item.members.as_slice(),
        ));
    }
    for (name, action) in &upstream.actions {
        let pointer = format!("/actions/{}", escape(name));
        all.push((format!("{pointer}/input"), &action.request));
        all.push((format!("{pointer}/output"), &action.response));
    }
    all
}

fn check_members(
    pointer: &str,
    members: &[Member],
    upstream: &Upstream,
    problems: &mut Vec<Problem>,
) {
    let mut seen = BTreeSet::new();
    for (index, member) in members.iter().enumerate() {
        let name = &member.name;
        // An action's input and output are named there, and their members stand elsewhere.
        let at = if pointer.starts_with("/objects/") {
            format!("{pointer}/members/{index}")
        } else {
            pointer.to_owned()
        };
        if !is_member_name(name) {
            problems.push(Problem::at(
                &at,
                format!("\"{}\" cannot name a member", shown(name)),
            ));
        } else if !seen.insert(name) {
            problems.push(Problem::at(
                &at,
                format!("the member \"{name}\" stands twice"),
            ));
        }
        if let Item::Struct(target) = &member.ty.item
            && !upstream.structs.contains_key(target)
        {
            let target = shown(target);
            let message = format!(
                "\"{}\" is of type \"{target}\", and there is no such structure",
                shown(name)
            );
            problems.push(Problem::at(&at, message));
        }
        // Bytes are a part of a form, or the whole body: nothing else can hold them.
        let in_place = pointer.ends_with("/input") && !member.ty.list;
        if matches!(member.ty.item, Item::Scalar("binary", _)) && !in_place {
            let message = format!(
                "\"{}\" is binary, which only a member of an action's own input can be, and no list",
                shown(name)
            );
            problems.push(Problem::at(&at, message));
        }
    }
}

/// Reports structures that contain themselves by members that must be present: no value of them could ever be written.
fn endless(upstream: &Upstream, problems: &mut Vec<Problem>) {
    // Taking away whatever can be written, and what waited for it, leaves what cannot.
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    let mut waiting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, item) in &upstream.structs {
        let needs = item
            .members
            .iter()
            .filter(|member| member.required && !member.ty.list);
        let needs = needs.filter_map(|member| match &member.ty.item {
            Item::Struct(target) => Some(target.as_str()),
            Item::Scalar(..) => None,
        });
        let mut number = 0;
        for target in needs {
            waiting.entry(target).or_default().push(name);
            number += 1;
        }
        open.insert(name, number);
    }
    let mut done: Vec<&str> = open
        .iter()
        .filter(|(_, needs)| **needs == 0)
        .map(|(name, _)| *name)
        .collect();
    while let Some(name) = done.pop() {
        open.remove(name);
        for other in waiting.remove(name).into_iter().flatten() {
            if let Some(needs) = open.get_mut(other) {
                *needs -= 1;
                if *needs == 0 {
                    done.push(other);
                }
            }
        }
    }
    for name in open.keys() {
        let message =
            "needs itself to be present, directly or through others: no value could be written";
        problems.push(Problem::at(&format!("/objects/{}", escape(name)), message));
    }
}

/// Longest name in bytes; names become names of files. The longest real one has 70.
const LONGEST: usize = 128;

fn is_action_name(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_member_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Two real structures have an underscore; all others are UpperCamel.
fn is_struct_name(name: &str) -> bool {
    is_action_name(&name.replace('_', ""))
        && !name.starts_with('_')
        && !name.ends_with('_')
        && name != "Self"
}

fn is_version(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    let number = |range| {
        text.get::<std::ops::Range<usize>>(range)
            .and_then(|part| part.parse::<u32>().ok())
    };
    text.len() == 10
        && digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && text.as_bytes()[4] == b'-'
        && text.as_bytes()[7] == b'-'
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day))
}
