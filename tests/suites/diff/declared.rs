//! Every case in, what its changed things look like in Rust out; judged by `api.lock`, which comes another way from the same model.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_diff::{Declarations, Source, diff, render};
use yunqiao_model::on_all_cores;

use crate::{case, lock};

/// The members that a declaration shows, by `Type::member`, with their types.
fn members(text: &str) -> BTreeSet<String> {
    let mut owner = None;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let words = |prefix: &str| {
            line.strip_prefix(prefix)
                .and_then(|rest| rest.split([' ', '{']).next())
        };
        if !line.starts_with(' ') {
            owner = words("pub struct ").map(str::to_owned);
        } else if let (Some(owner), Some(member)) = (&owner, line.trim().strip_prefix("pub ")) {
            found.insert(format!("{owner}::{}", member.trim_end_matches(',')));
        }
    }
    found
}

/// What the lock pins of fields, by the module and in the same form.
fn pinned(lock: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut pinned: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in lock.lines().filter_map(|line| line.strip_prefix("field ")) {
        let (item, _) = line.rsplit_once(" = ").unwrap();
        let (path, ty) = item.split_once(": ").unwrap();
        let parts: Vec<&str> = path.split("::").collect();
        let (module, own) = parts.split_at(parts.len() - 2);
        pinned
            .entry(module.join("::"))
            .or_default()
            .insert(format!("{}: {ty}", own.join("::")));
    }
    pinned
}

/// The module of a thing's service version.
fn module(path: &str) -> String {
    let mut parts = path.split('/');
    let (vendor, service, version) = (parts.next(), parts.next(), parts.next());
    format!(
        "{}::{}::v{}",
        vendor.unwrap(),
        service.unwrap(),
        version.unwrap().replace('-', "")
    )
}

#[test]
fn the_lock_pins_just_the_fields_that_are_shown() {
    let wrong = on_all_cores(case::all(), |case| {
        let (old, new) = case.models();
        let report = diff(old, new);
        let declarations = Declarations::of(&report, old, new);
        let locks = [
            pinned(&lock(case, old, case.is_on_base())),
            pinned(&lock(case, new, false)),
        ];
        let mut wrong = Vec::new();
        let mut count = 0;
        for (path, declared) in declarations
            .iter()
            .filter(|(path, _)| path.matches('/').count() > 2)
        {
            for (text, lock) in [&declared.before, &declared.after].into_iter().zip(&locks) {
                let shown = members(text.as_deref().unwrap_or_default());
                let owners: BTreeSet<&str> = shown
                    .iter()
                    .map(|member| member.split("::").next().unwrap())
                    .collect();
                let pinned = lock.get(&module(path)).cloned().unwrap_or_default();
                let own = |member: &&String| owners.contains(member.split("::").next().unwrap());
                let pinned: BTreeSet<String> = pinned.iter().filter(own).cloned().collect();
                count += shown.len();
                if shown != pinned {
                    wrong.push(format!(
                        "{} {path}: shown {shown:?}, pinned {pinned:?}",
                        case.name()
                    ));
                }
            }
        }
        (wrong, count)
    });
    let count: usize = wrong.iter().map(|(_, count)| count).sum();
    assert!(count > 500, "only {count} fields were looked at");
    let wrong: Vec<String> = wrong.into_iter().flat_map(|(wrong, _)| wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Changes of code that its declarations do not show.
const UNSEEN: &[(&str, &str)] = &[
    (
        "A2/tombstones",
        "the client stays, and each of its methods is deprecated",
    ),
    (
        "A6/tombstones",
        "the client stays, and each of its methods is deprecated",
    ),
    (
        "C24/another-list",
        "items of the same type from another place",
    ),
    ("D42/swapped", "the same names for other values"),
];

/// What the rules call a change of code can be seen.
#[test]
fn what_changes_for_code_differs_in_rust() {
    let unseen = on_all_cores(case::all(), |case| {
        let (old, new) = case.models();
        let report = diff(old, new);
        let declarations = Declarations::of(&report, old, new);
        let differs = declarations
            .iter()
            .any(|(_, declared)| declared.before != declared.after);
        let told = report
            .changes
            .iter()
            .any(|change| change.verdict().source != Source::Ok);
        (told && !differs).then(|| case.name())
    });
    let unseen: BTreeSet<String> = unseen.into_iter().flatten().collect();
    let expected: BTreeSet<String> = UNSEEN.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(unseen, expected);
}

/// A page never says that nothing changes where the rules say that something does.
#[test]
fn no_page_denies_what_the_rules_say() {
    let wrong = on_all_cores(case::all(), |case| {
        let (old, new) = case.models();
        let report = diff(old, new);
        let declarations = Declarations::of(&report, old, new);
        let sides = render::Sides {
            old: "old",
            new: "new",
            declarations: &declarations,
        };
        let page = render::html(&report, "1.0.0", &sides);
        let hit =
            |text: &str| text.contains("data-source=\"") && !text.contains("data-source=\"ok\"");
        // A thing ends with its Rust, after all its entries.
        let things = page.split("<div class=\"thing\">").skip(1);
        let denied = things
            .filter(|thing| thing.contains("No change in Rust"))
            .any(|thing| thing.split("<li class=\"entry").skip(1).any(hit));
        denied.then(|| case.name())
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
