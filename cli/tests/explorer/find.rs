//! What a person types into the search in, what the explorer finds and opens out.

use serde_json::Value as Json;
use yunqiao_tests::browser::Browser;

use crate::{open, pages, text};

const CREATE_FLOW: &str = "tencent/ess/2020-11-11/CreateFlow";

fn search(browser: &mut Browser, text: &str) {
    browser.eval("document.querySelector('#q').focus(); document.querySelector('#q').select()");
    browser.type_text(text);
}

fn first(browser: &mut Browser) -> Json {
    browser.eval("document.querySelector('#found li')?.dataset.id ?? null")
}

fn listed(browser: &mut Browser) {
    browser.wait("document.querySelectorAll('#found li').length >= 10");
}

#[test]
fn names_are_found_in_any_spelling() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/"));
    listed(&mut browser);
    for typed in [
        "CreateFlow",
        "createflow",
        "create_flow",
        "create-flow",
        "create flow",
        "flow create ess",
        "ess.CreateFlow",
        "ess CREATEFLOW",
    ] {
        search(&mut browser, typed);
        assert_eq!(first(&mut browser), CREATE_FLOW, "{typed}");
    }
    // By what it does, where no name has the words.
    search(
        &mut browser,
        "contract flow from a template: the first of three",
    );
    assert_eq!(first(&mut browser), CREATE_FLOW);
    search(&mut browser, "volcengine send text");
    assert!(
        first(&mut browser)
            .as_str()
            .unwrap()
            .starts_with("volcengine/sms/")
    );
    // By a name that nobody has spelled so.
    search(&mut browser, "CretaeFlwo");
    assert_eq!(first(&mut browser), CREATE_FLOW);
    assert!(text(&mut browser, ".found-count").contains("Did you mean"));
    search(&mut browser, "qqqqqqqq");
    assert_eq!(first(&mut browser), Json::Null);
    assert_eq!(text(&mut browser, ".found-count"), "Nothing found");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn the_keyboard_is_enough_to_find_and_open() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/"));
    listed(&mut browser);
    browser.press("/");
    assert_eq!(browser.eval("document.activeElement.id"), "q");
    browser.type_text("create flow");
    browser.press("ArrowDown");
    let active = "document.getElementById(document.querySelector('#q').getAttribute('aria-activedescendant')).dataset.id";
    let second = browser.eval("document.querySelectorAll('#found li')[1].dataset.id");
    assert_eq!(browser.eval(active), second);
    browser.press("ArrowUp");
    browser.press("Enter");
    browser.wait("document.querySelector('.workbench h1')?.textContent === 'CreateFlow'");
    assert_eq!(browser.eval("location.hash"), format!("#{CREATE_FLOW}"));
    assert_eq!(browser.eval("document.activeElement.tagName"), "H1");
    assert_eq!(browser.eval("document.title"), "CreateFlow · Yunqiao");
    assert_eq!(
        browser.eval("document.querySelector('#found [aria-selected=true]').dataset.id"),
        CREATE_FLOW
    );
    browser.press("/");
    browser.press("Escape");
    assert_eq!(browser.eval("document.querySelector('#q').value"), "");
    browser.press("Escape");
    assert_ne!(browser.eval("document.activeElement.id"), "q");
    // The browser's own way back.
    browser.eval("history.back()");
    browser.wait("document.querySelector('.welcome')");
    browser.eval("history.forward()");
    browser.wait("document.querySelector('.workbench')");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn an_address_leads_to_its_action_and_a_wrong_one_says_so() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    open(&mut browser, &server, CREATE_FLOW);
    for word in [
        "ess.tencentcloudapi.com",
        "region optional",
        "Vendor's page",
    ] {
        assert!(text(&mut browser, ".notes").contains(word), "{word}");
    }
    let docs = browser.eval("document.querySelector('.notes a').href");
    assert!(
        docs.as_str()
            .unwrap()
            .starts_with("https://qian.tencent.com/")
    );
    // Answer and errors, when they are opened.
    browser.eval("document.querySelectorAll('.reference summary').forEach(e => e.click())");
    browser.wait("document.querySelector('.reference .tree')?.textContent.includes('FlowId')");
    browser.wait("document.querySelectorAll('.codes dt').length > 50");
    browser.eval("(e => { e.value = 'quota'; e.dispatchEvent(new Event('input')); })(document.querySelector('.reference input'))");
    browser.wait("document.querySelectorAll('.codes dt').length < 5");
    assert_eq!(browser.troubles(), Vec::<String>::new());
    browser.eval("location.hash = 'tencent/ess/2020-11-11/NoSuchAction'");
    browser.wait("document.querySelector('#main .trouble')");
    browser.eval("location.hash = ''");
    browser.wait("document.querySelector('.welcome')");
}

/// The longest of the shortest times that each of some searches takes, in milliseconds: other programs may be at work here.
const SLOWEST: &str = "(texts, search) => Math.max(...texts.map(text => Math.min(...Array.from({length: 7}, () => { \
    const from = performance.now(); search(text); return performance.now() - from; }))))";

#[test]
fn a_search_takes_less_than_a_frame() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/"));
    listed(&mut browser);
    let times = browser.eval(&format!(
        "(() => {{ const q = document.querySelector('#q'); const list = document.querySelector('#found'); \
         const begins = Array.from('create flow by files', (_, at) => 'create flow by files'.slice(0, at + 1)); \
         const search = ({SLOWEST})(begins, text => {{ q.value = text; q.dispatchEvent(new Event('input')); return list.offsetHeight; }}); \
         const rows = Array.from({{length: 326}}, (_, at) => list.children[at % list.children.length]); \
         const all = ({SLOWEST})([''], () => {{ list.replaceChildren(...rows.map(row => row.cloneNode(true))); return list.offsetHeight; }}); \
         return [search, all]; }})()"
    ));
    // A frame has 16 ms, of which a search takes a third on a machine that has nothing else to do. On any machine it takes
    // less than to draw all that there is.
    let [search, all] = [0, 1].map(|at| times[at].as_f64().unwrap());
    assert!(search < 100.0 && search < all * 0.8, "{times}");
    // Thirty times as many take about thirty times as long, and are still quick.
    let times = browser.eval(&format!(
        "(async () => {{ const {{ find, index }} = await import('/assets/explorer/search.js'); \
         const few = await (await fetch('/api/actions')).json(); const many = []; \
         while (many.length < 10000) many.push(...few.map(one => ({{...one, name: one.name + many.length}}))); \
         return [few, many].map(all => (entries => ({SLOWEST})(['create flow', 'f', 'describe contract', 'qqqq'], text => \
         find(entries, text)))(index(all))); }})()"
    ));
    let [few, many] = [0, 1].map(|at| times[at].as_f64().unwrap());
    assert!(many < 600.0 && many < (few + 0.2) * 31.0 * 4.0, "{times}");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}
