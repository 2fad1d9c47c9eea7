//! Every case in, what the lock of the generator says of each change out: neither ever contradicts the other, and where one of them
//! is left out or spoilt, that is noticed.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use yunqiao_codegen::{Surface, breaks, surface};
use yunqiao_diff::{Bump, Change, Report, SHOWN, Source, diff};
use yunqiao_model::{Api, on_all_cores};

use crate::case::{self, Case};

/// A case, judged.
struct Judged {
    case: &'static Case,
    report: Report,
    locks: [String; 2],
}

fn lock(api: &Api) -> String {
    surface(api).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn judged() -> &'static [Judged] {
    static JUDGED: OnceLock<Vec<Judged>> = OnceLock::new();
    JUDGED.get_or_init(|| {
        let all: Vec<&'static Case> = case::all().iter().collect();
        on_all_cores(&all, |case| {
            let case: &'static Case = case;
            let (old, new) = case.models();
            let locks = [lock(old), lock(new)];
            let mut report = diff(old, new);
            if let Err(wrong) = report.judge(&locks[0], &locks[1]) {
                panic!("{}: {wrong}", case.name());
            }
            Judged {
                case,
                report,
                locks,
            }
        })
    })
}

fn is_break(change: &Change) -> bool {
    change.verdict().source >= Source::Break
}

/// The diff says why callers break; `api.lock` proves that they do. Where the lock alone speaks, the case says why.
#[test]
fn the_lock_of_the_generator_agrees() {
    let mut wrong = Vec::new();
    for Judged {
        case,
        report,
        locks,
    } in judged()
    {
        let lost = breaks(&locks[0], &locks[1]);
        let told = report.changes.iter().any(is_break);
        if (told == lost.is_empty()) != case.lock_differs {
            wrong.push(format!("{}: told {told}, but {lost:?}", case.name()));
        }
        let is_shown = report.changes.iter().any(|it| it.surface == Some(true));
        if is_shown != (locks[0] != locks[1]) {
            wrong.push(format!("{}: shown {is_shown}", case.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What lines of the lock differ is looked up here in the simplest way: by place, where nothing else has changed.
#[test]
fn the_rules_that_a_lock_shows_are_listed() {
    let mut shown = BTreeSet::new();
    for Judged { report, locks, .. } in judged() {
        let [old, new] = locks.each_ref().map(|lock| Surface::read(lock));
        let mut places = BTreeSet::new();
        for (one, other) in [(&old, &new), (&new, &old)] {
            let items = one.items().filter(|item| {
                let there = other.get(item.item);
                there.is_none_or(|there| there.meaning != item.meaning)
            });
            places.extend(items.map(|item| item.place.as_str()));
        }
        for change in &report.changes {
            let others = report.changes.iter().filter(|it| it.path == change.path);
            if others.count() == 1 && places.contains(change.path.as_str()) {
                shown.insert(change.rule.id);
            }
        }
    }
    assert_eq!(shown, SHOWN.iter().copied().collect::<BTreeSet<_>>());
}

#[test]
fn a_lost_line_that_no_change_explains_is_a_contradiction() {
    let mut tried = 0;
    for Judged {
        case,
        report,
        locks,
    } in judged()
    {
        let lost = breaks(&locks[0], &locks[1]);
        if lost.is_empty() {
            continue;
        }
        tried += 1;
        let mut silent = Report::default();
        let wrong = silent.judge(&locks[0], &locks[1]).unwrap_err().to_string();
        assert!(wrong.contains("no change says why"), "{wrong}");
        // Changes beside it do not help.
        let changes = report.changes.iter();
        let beside = changes.filter(|it| !is_break(it) && it.surface != Some(true));
        let mut beside = Report {
            changes: beside.cloned().collect(),
        };
        let wrong = beside.judge(&locks[0], &locks[1]);
        assert!(wrong.is_err(), "{}", case.name());
    }
    assert!(tried > 30, "only {tried}");
}

#[test]
fn a_break_that_no_line_shows_is_a_contradiction() {
    let mut tried = 0;
    for Judged {
        case,
        report,
        locks,
    } in judged()
    {
        let Some(change) = report.changes.iter().find(|it| is_break(it)) else {
            continue;
        };
        tried += 1;
        let mut report = report.clone();
        let wrong = report.judge(&locks[0], &locks[0]).unwrap_err().to_string();
        let named = format!("{} {}", change.rule.id, change.path);
        let is_said = wrong.contains("no line of api.lock shows it") && wrong.contains(&named);
        assert!(is_said, "{}: {wrong}", case.name());
    }
    assert!(tried > 30, "only {tried}");
}

#[test]
fn a_new_line_of_a_service_that_nobody_speaks_of_is_a_contradiction() {
    let of = |name: &str| judged().iter().find(|it| it.case.name() == name).unwrap();
    let added = of("C1/new-action");
    let [old, new] = &added.locks;
    let mut elsewhere = of("X1/vendor").report.clone();
    let wrong = elsewhere.judge(old, new).unwrap_err().to_string();
    assert!(wrong.contains("tencent/shop/2024-01-01:"), "{wrong}");
}

#[test]
fn a_plain_name_that_leads_elsewhere_is_told_by_the_lock_alone() {
    let all = case::all().iter();
    let added = all.filter(|case| case.name() == "A5/new-version");
    let (old, new) = added.last().unwrap().models();
    let mut new = new.clone();
    let of = |version: &str| {
        let mut ids = new.services.keys();
        ids.find(|id| id.to_string() == format!("volcengine/post/{version}"))
            .unwrap()
            .clone()
    };
    let (first, second) = (of("2020-01-01"), of("2021-01-01"));
    // The new version has an action of the old one's, under the same name.
    let letter = new.services[&first].actions["SendLetter"].clone();
    let actions = &mut new.services.get_mut(&second).unwrap().actions;
    actions.insert(letter.name.clone(), letter);
    let mut report = diff(old, &new);
    assert!(!report.changes.iter().any(is_break));
    report.judge(&lock(old), &lock(&new)).unwrap();
    let moved: Vec<&Change> = report
        .changes
        .iter()
        .filter(|it| it.rule.id == "A7")
        .collect();
    let path = "volcengine/post/actions/SendLetter";
    let method = moved.iter().find(|it| it.path == path).unwrap();
    assert_eq!(
        method.before.as_deref(),
        Some("method volcengine::post::Client::send_letter = v20200101")
    );
    assert_eq!(
        method.after.as_deref(),
        Some("method volcengine::post::Client::send_letter = v20210101")
    );
    assert_eq!((report.bump(), report.is_breaking()), (Bump::Major, true));
    assert_eq!(report.changes[0].rule.id, "A7", "the worst comes first");
}

/// A committed lock with one thing done to it.
fn spoilt(lock: &str, from: &str, to: &str) -> String {
    assert_eq!(lock.matches(from).count(), 1, "{from}");
    lock.replacen(from, to, 1)
}

#[test]
fn what_the_generator_changes_is_told_apart_from_what_the_schemas_change() {
    let of = |name: &str| judged().iter().find(|it| it.case.name() == name).unwrap();
    let found = |name: &str, old: &str, new: &str| {
        let Judged { report, locks, .. } = of(name);
        let mut report = report.clone();
        report.judge_generator(locks.each_ref().map(|lock| lock.as_str()), [old, new]);
        let changes = report.changes.into_iter();
        let own: Vec<Change> = changes.filter(|it| it.rule.id == "H8").collect();
        own
    };
    let name = "D14/text";
    let [old, new] = &of(name).locks;
    assert_eq!(found(name, old, new), [], "the schemas explain it all");

    let agent = "field tencent::shop::v20240101::Order::order_id: Option<String> = OrderId\n";
    let retyped = spoilt(new, agent, &agent.replace("Option<String>", "Option<Id>"));
    let told = found(name, old, &retyped);
    assert_eq!(told.len(), 1, "{told:?}");
    let change = &told[0];
    assert_eq!(change.path, "tencent/shop/2024-01-01/structs/Order/OrderId");
    assert_eq!((change.bump(), is_break(change)), (Bump::Major, true));
    assert_eq!(change.before.as_deref(), Some(agent.trim_end()));

    let gone = found(name, old, &spoilt(new, agent, ""));
    assert_eq!((gone.len(), &gone[0].after), (1, &None));

    let more = format!("{new}wonder tencent::shop::v20240101::Order = new\n");
    let more = found(name, old, &more);
    assert_eq!((more.len(), more[0].bump()), (1, Bump::Minor));
    assert_eq!(more[0].after.as_deref(), Some("1 new line"));
    assert!(!more[0].class().is_breaking());
}
