//! The page of a diff in, what it shows when somebody searches, filters and shares out.

use std::path::Path;

use serde_json::json;
use yunqiao_diff::{Change, Class};
use yunqiao_tests::browser::Browser;

use crate::browser;
use crate::pages::{Page, large, mixed};

/// The entries that can be seen, by their addresses.
fn shown(browser: &mut Browser) -> Vec<String> {
    let shown = browser.eval(
        "[...document.querySelectorAll('li.entry')].filter(e => e.checkVisibility({contentVisibilityAuto: false})).map(e => e.id)",
    );
    let shown = shown.as_array().unwrap().iter();
    shown.map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// Only these are shown, and the count says so; and no box around nothing.
fn expect(browser: &mut Browser, page: &Page, what: &str, is: impl Fn(&Change) -> bool) {
    let mut expected: Vec<String> = page
        .report
        .changes
        .iter()
        .filter(|change| is(change))
        .map(|change| format!("c-{}", change.fingerprint()))
        .collect();
    let all = page.report.changes.len();
    assert!(
        !expected.is_empty() && expected.len() < all,
        "{what} parts nothing"
    );
    let mut found = shown(browser);
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{what}");
    let count = browser.eval("document.querySelector('#count').textContent");
    assert_eq!(count, format!("{} of {all}", expected.len()), "{what}");
    let empty = browser.eval(
        "[...document.querySelectorAll('.thing, .group, .of-class')].filter(e => !e.hidden && \
         ![...e.querySelectorAll('li.entry')].some(e => !e.hidden)).length",
    );
    assert_eq!(empty, 0, "{what}");
}

pub(crate) fn expect_all(browser: &mut Browser, page: &Page) {
    assert_eq!(shown(browser).len(), page.report.changes.len());
}

pub(crate) fn search(browser: &mut Browser, text: &str) {
    browser.eval("document.querySelector('#q').focus(); document.querySelector('#q').select()");
    browser.type_text(text);
}

fn choose(browser: &mut Browser, id: &str, value: &str) {
    let found = browser.eval(&format!(
        "(() => {{ const s = document.getElementById({id:?}); s.value = {value:?}; \
         s.dispatchEvent(new Event('input', {{bubbles: true}})); return s.value; }})()"
    ));
    assert_eq!(found, value, "{id} cannot be {value}");
}

fn service(change: &Change) -> String {
    change.path.split('/').take(3).collect::<Vec<_>>().join("/")
}

#[test]
fn search_looks_at_path_action_reason_and_values() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("search");
    browser.open(&page.file, "");
    expect_all(&mut browser, &page);
    search(&mut browser, "enums/rank");
    expect(&mut browser, &page, "path", |change| {
        change.path.contains("enums/Rank")
    });
    search(&mut browser, "SendLetter");
    expect(&mut browser, &page, "action", |change| {
        change.path.contains("SendLetter")
            || change.actions.iter().any(|action| action == "SendLetter")
    });
    let why = "before sending";
    search(&mut browser, why);
    expect(&mut browser, &page, "reason", |change| {
        change.rule.why.contains(why)
    });
    search(&mut browser, "[person]");
    expect(&mut browser, &page, "value", |change| {
        change.after.as_deref() == Some("[Person]")
    });
    // Words stand for themselves, wherever they are.
    search(&mut browser, "buyer createorder");
    expect(&mut browser, &page, "two words", |change| {
        change.path.ends_with("CreateOrder/request/Buyer")
    });
    search(&mut browser, "no such word");
    assert_eq!(shown(&mut browser).len(), 0);
    assert_eq!(
        browser.eval("document.querySelector('#nothing').checkVisibility()"),
        true
    );
    browser.click("#clear");
    expect_all(&mut browser, &page);
    assert!(browser.troubles().is_empty());
}

#[test]
fn each_filter_keeps_what_it_names() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("filters");
    browser.open(&page.file, "");
    for class in [Class::Compile, Class::Behaviour] {
        let input = format!("input[value={}]", class.word().to_lowercase());
        browser.click(&input);
        expect(&mut browser, &page, class.word(), |change| {
            change.class() == class
        });
        browser.click(&input);
    }
    browser.click("input[value=compile]");
    browser.click("input[value=behaviour]");
    expect(&mut browser, &page, "two classes", |change| {
        matches!(change.class(), Class::Compile | Class::Behaviour)
    });
    browser.click("#clear");
    for word in ["fail", "risk", "hit"] {
        choose(&mut browser, "wire", word);
        expect(&mut browser, &page, word, |change| {
            let wire = change.verdict().wire.word().to_lowercase();
            if word == "hit" {
                wire != "ok"
            } else {
                wire == word
            }
        });
    }
    choose(&mut browser, "wire", "");
    choose(&mut browser, "source", "break");
    expect(&mut browser, &page, "source", |change| {
        change.verdict().source.word() == "BREAK"
    });
    choose(&mut browser, "source", "");
    choose(&mut browser, "service", "volcengine/post/2020-01-01");
    expect(&mut browser, &page, "service", |change| {
        service(change) == "volcengine/post/2020-01-01"
    });
    choose(&mut browser, "service", "");
    choose(&mut browser, "action", "ListOrders");
    expect(&mut browser, &page, "action", |change| {
        change.actions.iter().any(|action| action == "ListOrders")
    });
    // Together they narrow each other.
    choose(&mut browser, "source", "break");
    expect(&mut browser, &page, "both", |change| {
        change.verdict().source.word() == "BREAK"
            && change.actions.iter().any(|action| action == "ListOrders")
    });
    browser.click("#rust");
    assert_eq!(
        browser.eval("[...document.querySelectorAll('.rust')].some(e => e.checkVisibility())"),
        false
    );
    assert!(browser.troubles().is_empty());
}

#[test]
fn the_address_carries_the_state_and_an_entry() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("fragment");
    browser.open(
        &page.file,
        "q=structs/order&source=break&class=compile,wire&rust=off",
    );
    let is = |change: &Change| {
        change.verdict().source.word() == "BREAK"
            && matches!(change.class(), Class::Compile | Class::Wire)
    };
    expect(&mut browser, &page, "restored", |change| {
        is(change) && change.path.contains("structs/Order")
    });
    let controls = browser.eval(
        "[document.querySelector('#q').value, document.querySelector('#source').value, \
         document.querySelector('#rust').checked, [...document.querySelectorAll('input[name=class]:checked')].length]",
    );
    assert_eq!(controls, json!(["structs/order", "break", false, 2]));
    // What is done goes into the address, and from there into another page.
    browser.click("#clear");
    search(&mut browser, "host 100%&=#");
    browser.wait("location.hash.includes('q=host')");
    let fragment = browser.eval("location.hash.slice(1)");
    browser.open(&page.file, fragment.as_str().unwrap());
    assert_eq!(
        browser.eval("document.querySelector('#q').value"),
        "host 100%&=#"
    );
    // A link of the page itself.
    browser.open(&page.file, "");
    browser.click("a.count.compile");
    browser.wait("document.querySelector('input[value=compile]').checked");
    expect(&mut browser, &page, "count", |change| {
        change.class() == Class::Compile
    });
    // Whoever is sent to an entry sees it, whatever was filtered.
    let docs = page
        .report
        .changes
        .iter()
        .find(|change| change.class() == Class::Docs)
        .unwrap();
    let id = format!("c-{}", docs.fingerprint());
    browser.eval(&format!("location.hash = {id:?}"));
    browser.wait(&format!(
        "document.getElementById({id:?}).checkVisibility()"
    ));
    // Not under the bar either.
    browser.wait(&format!(
        "(e => {{ const r = e.getBoundingClientRect(); \
         const at = document.elementFromPoint(r.x + r.width / 2, Math.max(r.y, 0) + 8); return e.contains(at); }})\
         (document.getElementById({id:?}))"
    ));
    // What nobody has written is no state.
    browser.open(&page.file, "wire=%3Cimg%3E&class=nothing&x=y");
    expect_all(&mut browser, &page);
    assert!(browser.troubles().is_empty());
}

#[test]
fn keys_search_and_clear() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("keys");
    browser.open(&page.file, "");
    browser.press("/");
    assert_eq!(browser.eval("document.activeElement.id"), "q");
    assert_eq!(browser.eval("document.querySelector('#q').value"), "");
    browser.type_text("rank");
    assert!(shown(&mut browser).len() < page.report.changes.len());
    // In the search itself it is a sign like any other.
    browser.press("/");
    assert_eq!(browser.eval("document.querySelector('#q').value"), "rank/");
    browser.press("Escape");
    assert_eq!(browser.eval("document.querySelector('#q').value"), "");
    expect_all(&mut browser, &page);
    // From the search, every control is reached in turn and shows that it is.
    let mut reached = Vec::new();
    for _ in 0..40 {
        browser.press("Tab");
        let at = browser.eval(
            "(e => [e.id || e.name || e.tagName, getComputedStyle(e).outlineStyle !== 'none' || !!e.closest('.chip')])(document.activeElement)",
        );
        // The end of the page.
        if at[0] == "BODY" {
            break;
        }
        assert_eq!(at[1], true, "{at} does not show the focus");
        reached.push(at[0].as_str().unwrap().to_owned());
    }
    for id in ["class", "wire", "source", "service", "action", "rust"] {
        assert!(
            reached.iter().any(|at| at == id),
            "{id} is not reached: {reached:?}"
        );
    }
    assert!(browser.troubles().is_empty());
}

/// Five thousand changes are searched in time that grows as they do: with the square of their number, four times as many would take
/// sixteen times as long.
#[test]
fn a_large_page_is_filtered_in_linear_time() {
    let Some(mut browser) = browser() else { return };
    browser.size(1280, 900);
    let mut costs = [25, 100].map(|structs| {
        let page = large(&format!("large-{structs}"), structs, 50);
        let changes = page.report.changes.len();
        assert!(changes >= structs * 50, "{changes}");
        searched(&mut browser, &page.file, changes)
    });
    // A short one is lost in what every search costs.
    costs[0] = costs[0].max(1.0);
    assert!(costs[1] < costs[0] * 10.0, "{costs:?} ms");
    assert!(browser.troubles().is_empty());
}

/// How long searches in a page and back keep its thread busy, in milliseconds. Of each the best of some rounds, since work of before
/// may end in one.
fn searched(browser: &mut Browser, file: &Path, changes: usize) -> f64 {
    browser.open(file, "");
    browser.wait(&format!(
        "document.querySelector('#count').textContent.startsWith('{changes}')"
    ));
    browser.call("Performance.enable", json!({ "timeDomain": "threadTicks" }));
    let searches = ["thing7/", "before", "field1", "nothing like it"].map(|text| {
        let rounds = (0..6).map(|_| {
            type_in(browser, "");
            let before = worked(browser);
            type_in(browser, text);
            type_in(browser, "");
            worked(browser) - before
        });
        rounds.fold(f64::INFINITY, f64::min)
    });
    searches.iter().sum()
}

/// A search, until what it finds is laid out.
fn type_in(browser: &mut Browser, text: &str) {
    browser.eval(&format!(
        "{{ const q = document.querySelector('#q'); q.value = {text:?}; \
         q.dispatchEvent(new Event('input', {{bubbles: true}})); document.body.offsetHeight; }}"
    ));
}

/// How long scripts, styles and layouts have kept the page's thread busy, in milliseconds.
fn worked(browser: &mut Browser) -> f64 {
    let metrics = browser.call("Performance.getMetrics", json!({}));
    let metrics = metrics["metrics"].as_array().unwrap().iter();
    let of = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
    let found: Vec<f64> = metrics
        .filter(|metric| of.iter().any(|name| metric["name"] == *name))
        .map(|metric| metric["value"].as_f64().unwrap())
        .collect();
    assert_eq!(found.len(), of.len());
    found.iter().sum::<f64>() * 1000.0
}
