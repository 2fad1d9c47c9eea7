//! Every case in, what its changed things look like in Rust out; judged by `api.lock`, which comes another way from the same model.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use yunqiao_codegen::Part;
use yunqiao_diff::{Declarations, Report, Source as Code, diff, render};
use yunqiao_model::{Api, Source, load, on_all_cores};
use yunqiao_tests::{files, home};

use crate::case;

/// All cases with what there is to see of them, made once for all tests.
fn all() -> &'static [(&'static case::Case, Report, Declarations)] {
    static ALL: OnceLock<Vec<(&'static case::Case, Report, Declarations)>> = OnceLock::new();
    ALL.get_or_init(|| {
        on_all_cores(case::all(), |case| {
            let (old, new) = case.models();
            let report = diff(old, new);
            let declarations = Declarations::of(&report, old, new);
            (report, declarations)
        })
        .into_iter()
        .zip(case::all())
        .map(|((report, declarations), case)| (case, report, declarations))
        .collect()
    })
}

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

/// The lines of `api.lock` for all service versions.
fn surface(api: &Api) -> String {
    let services = api.services.values();
    services
        .map(|service| {
            let part = Part::new(service, api.vendors.get(&service.id.vendor)).unwrap();
            part.surface()
        })
        .collect()
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
    let wrong = on_all_cores(all(), |(case, _, declarations)| {
        let (old, new) = case.models();
        let locks = [pinned(&surface(old)), pinned(&surface(new))];
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
        "C26/another-list",
        "items of the same type from another place",
    ),
    ("D42/swapped", "the same names for other values"),
];

/// What the rules call a change of code can be seen.
#[test]
fn what_changes_for_code_differs_in_rust() {
    let unseen = on_all_cores(all(), |(case, report, declarations)| {
        let differs = declarations
            .iter()
            .any(|(_, declared)| declared.before != declared.after);
        let told = report
            .changes
            .iter()
            .any(|change| change.verdict().source != Code::Ok);
        (told && !differs).then(|| case.name())
    });
    let unseen: BTreeSet<String> = unseen.into_iter().flatten().collect();
    let expected: BTreeSet<String> = UNSEEN.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(unseen, expected);
}

/// What has another name is shown beside what it was, and what a vendor's services share is shown too.
#[test]
fn renamed_and_shared_things_are_found() {
    let both = |rule: &str, start: &str| {
        let mut of_rule = all()
            .iter()
            .filter(|(case, ..)| case.rule == rule)
            .peekable();
        assert!(of_rule.peek().is_some(), "no case of {rule}");
        of_rule.any(|(_, _, declarations)| {
            declarations.iter().any(|(path, declared)| {
                let is_both = declared.before.is_some() && declared.after.is_some();
                path.contains(start) && is_both && declared.before != declared.after
            })
        })
    };
    assert!(both("F3", "/structs/"), "a struct");
    assert!(both("C7", "/actions/"), "an action");
    let shared = all().iter().any(|(_, _, declarations)| {
        declarations.iter().any(|(path, declared)| {
            let text = declared
                .after
                .as_ref()
                .or(declared.before.as_ref())
                .unwrap();
            path.starts_with("tencent/errors/") && text.contains("pub const ")
        })
    });
    assert!(shared, "a code of a vendor");
}

/// A page never says that nothing changes where the rules say that something does.
#[test]
fn no_page_denies_what_the_rules_say() {
    let wrong = on_all_cores(all(), |(case, report, declarations)| {
        let sides = render::Sides {
            old: "old",
            new: "new",
            declarations,
        };
        let page = render::html(report, "1.0.0", &sides);
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

/// The service version of a golden case.
fn golden(case: &str) -> Api {
    let sources: Vec<Source> = files(&home().join("golden").join(case).join("schemas"))
        .into_iter()
        .map(|(path, bytes)| Source::new(path, bytes))
        .collect();
    load(&sources).api
}

#[test]
fn a_declaration_is_what_callers_see_and_nothing_else() {
    let mut wrong = Vec::new();
    for (case, place, expected) in [
        (
            "lifecycle",
            "structs/Thing",
            "pub struct Thing {\n    pub name: Option<String>,\n    pub tag: Option<Label>,\n}\n\
             #[deprecated(note = \"renamed to `Thing`\")]\npub type Object = Thing;\n",
        ),
        (
            "lifecycle",
            "structs/Hammer",
            "#[deprecated(note = \"Since 2024-06.\")]\npub struct Hammer {\n    pub weight: Option<f64>,\n}\n\
             impl Hammer {\n    pub fn new() -> Self;\n    pub fn weight(self, value: impl Into<f64>) -> Self;\n}\n",
        ),
        (
            "lifecycle",
            "enums/Shade",
            "pub enum Shade {\n    #[deprecated(note = \"Use Pale.\")]\n    Dark,\n    \
             #[deprecated(note = \"Since 2024-06 everything has a shade.\")]\n    None,\n    Pale,\n    Unknown(UnknownText),\n}\n\
             impl Shade {\n    pub fn as_str(&self) -> &str;\n}\n\
             #[deprecated(note = \"renamed to `Shade`\")]\npub type Tint = Shade;\n",
        ),
        (
            "lifecycle",
            "actions/DescribeThing",
            "impl Client {\n    pub fn describe_thing(&self, request: DescribeThingRequest) -> Call<DescribeThingResponse>;\n    \
             #[deprecated(note = \"renamed to `describe_thing`\")]\n    \
             pub fn get_thing(&self, request: DescribeThingRequest) -> Call<DescribeThingResponse>;\n}\n\
             #[deprecated(note = \"renamed to `DescribeThingRequest`\")]\npub type GetThingRequest = DescribeThingRequest;\n\
             #[deprecated(note = \"renamed to `DescribeThingResponse`\")]\npub type GetThingResponse = DescribeThingResponse;\n",
        ),
        (
            "lifecycle",
            "actions/DescribeThing/response",
            "pub struct DescribeThingResponse {\n    #[deprecated(note = \"Since 2024-06.\")]\n    pub old: Option<String>,\n    \
             pub thing: Option<Thing>,\n}\n",
        ),
        (
            "long_things",
            "actions/ListThings",
            "impl Client {\n    pub fn list_things(&self, request: ListThingsRequest) -> Call<ListThingsResponse>;\n}\n\
             impl Paged for ListThingsResponse {\n    type Item = Thing;\n}\n",
        ),
    ] {
        let api = golden(case);
        let service = api.services.values().next().unwrap();
        let part = Part::new(service, api.vendors.get(&service.id.vendor)).unwrap();
        let found = part.declarations(place).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{case}: {place}\n{found}"));
        }
        assert_eq!(part.declarations("structs/Nothing"), None);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
