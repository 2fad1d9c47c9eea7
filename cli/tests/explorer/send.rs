//! A request that a person sends in, the tabs that tell what became of it out.

use serde_json::json;
use yunqiao_tests::browser::Browser;

use crate::{choose, open, pages, text};

const CREATE_FLOW: &str = "tencent/ess/2020-11-11/CreateFlow";

fn tab(browser: &mut Browser, name: &str) {
    browser.click(&format!("[data-tab={name}]"));
}

/// The panel that is shown.
fn panel(browser: &mut Browser) -> String {
    text(browser, ".results > [role=tabpanel]:not([hidden])")
}

#[test]
fn an_example_is_sent_and_answered() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    open(&mut browser, &server, CREATE_FLOW);
    choose(&mut browser, ".tools select", "made from a template");
    browser.wait("document.querySelector('.results').textContent.includes('办公桌采购合同')");
    let wire = panel(&mut browser).to_lowercase();
    assert!(
        wire.contains("post / http/1.1") && wire.contains("tc3-hmac-sha256"),
        "{wire}"
    );
    browser.press_with_control("Enter");
    browser.wait("document.querySelector('.status-line')");
    let answer = panel(&mut browser);
    assert!(
        answer.contains("HTTP 200") && answer.contains("\"FlowId\""),
        "{answer}"
    );
    tab(&mut browser, "signature");
    let steps = browser.eval("document.querySelectorAll('.steps li').length");
    assert!(steps.as_u64().unwrap() >= 5, "{steps}");
    let steps = panel(&mut browser);
    assert!(
        steps.contains("tc3_request") && steps.contains("TC3-HMAC-SHA256"),
        "{steps}"
    );
    tab(&mut browser, "code");
    for (name, word) in [
        ("rust", "create_flow"),
        ("curl", "curl"),
        ("cli", "yunqiao call"),
    ] {
        tab(&mut browser, name);
        assert!(panel(&mut browser).contains(word), "{name}");
    }
    // The one that was looked at last comes first, and is copied as it stands.
    let cli =
        browser.eval("document.querySelector('.panel .panel:not([hidden]) code').textContent");
    browser.click(".panel .panel:not([hidden]) .copy");
    browser.wait(
        "document.querySelector('.panel .panel:not([hidden]) .copy').textContent === 'Copied'",
    );
    assert_eq!(browser.eval("navigator.clipboard.readText()"), cli);
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn tabs_follow_the_arrows() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    open(&mut browser, &server, CREATE_FLOW);
    browser.eval("document.querySelector('[data-tab=request]').focus()");
    for (key, name) in [
        ("ArrowRight", "signature"),
        ("End", "code"),
        ("ArrowRight", "request"),
        ("ArrowLeft", "code"),
        ("Home", "request"),
    ] {
        browser.press(key);
        assert_eq!(
            browser.eval("document.activeElement.dataset.tab"),
            name,
            "{key}"
        );
        let shown = browser.eval("document.getElementById(document.activeElement.getAttribute('aria-controls')).checkVisibility()");
        assert_eq!(shown, true);
    }
    let reached =
        browser.eval("document.querySelectorAll('.results > .tabs [tabindex=\"0\"]').length");
    assert_eq!(reached, 1, "Tab stops at one of them");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn a_refusal_is_explained() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    open(&mut browser, &server, CREATE_FLOW);
    // A rule, as a script would have it.
    let code = "FailedOperation.AgeNotAchieveNormalLegal";
    let rule = json!({ "action": "ess.CreateFlow", "error": { "code": code } });
    let added = browser.eval(&format!(
        "fetch('/-/rules', {{method: 'POST', headers: {{'content-type': 'application/json'}}, body: {:?}}}).then(answer => answer.ok)",
        rule.to_string()
    ));
    assert_eq!(added, true);
    choose(&mut browser, ".tools select", "made from a template");
    browser.press_with_control("Enter");
    browser.wait("document.querySelector('.trouble')");
    let trouble = text(&mut browser, ".trouble");
    for word in [code, "Meaning", "signatory", "The call", "What to do"] {
        assert!(trouble.contains(word), "{word}: {trouble}");
    }
    // A request that is not complete is not refused by the page: the server says what is missing.
    browser.click(".tools .quiet");
    browser.press_with_control("Enter");
    browser.wait("document.querySelectorAll('.field .problem').length >= 3");
}

/// An answer of some megabytes in place of the server's.
const LARGE: &str = r#"(() => {
  const real = window.fetch;
  window.fetch = (path, options) => path !== "/api/send" ? real(path, options) : Promise.resolve(new Response(JSON.stringify({
    wire: null, status: 200, headers: [], error: null, elapsed_ms: 1, attempts: 1,
    answer: { Response: { Items: Array.from({ length: 60000 }, (_, at) => ({ Id: at, Text: "x".repeat(40) })), Long: "y".repeat(1000000) } },
  })));
})()"#;

#[test]
fn a_large_answer_does_not_freeze_the_page() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    open(&mut browser, &server, CREATE_FLOW);
    browser.eval(LARGE);
    let longest = "new Promise(done => { let last = performance.now(), longest = 0, end = last + WAIT; const step = now => { \
                   longest = Math.max(longest, now - last); last = now; if (now > end) done(longest); else requestAnimationFrame(step); }; \
                   requestAnimationFrame(step); ACT })";
    let send = longest
        .replace("WAIT", "1500")
        .replace("ACT", "document.querySelector('.send').click()");
    let gap = browser.eval(&send);
    let shown = browser.eval("document.querySelector('.results > [role=tabpanel]:not([hidden]) code').textContent.length");
    assert!(shown.as_u64().unwrap() < 60_000, "{shown} characters");
    assert!(gap.as_f64().unwrap() < 1500.0, "{gap} ms without a frame");
    let all = longest
        .replace("WAIT", "1500")
        .replace("ACT", "document.querySelector('.all').click()");
    let gap = browser.eval(&all);
    let shown = browser.eval("document.querySelector('.results > [role=tabpanel]:not([hidden]) code').textContent.length");
    assert!(shown.as_u64().unwrap() > 5_000_000, "{shown} characters");
    assert!(gap.as_f64().unwrap() < 3000.0, "{gap} ms without a frame");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

/// A server that may call the real clouds, as far as the page can tell. Nothing is sent.
const LIVE: &str = r#"(() => {
  const real = window.fetch;
  window.sent = [];
  window.fetch = async (path, options) => {
    if (path === "/api/state") return new Response(JSON.stringify({ version: "0", url: "http://127.0.0.1:1", live: true, live_vendors: ["tencent"] }));
    if (path !== "/api/send") return real(path, { ...options, body: options.body?.replace('"target":"live"', '"target":"local"') });
    window.sent.push(JSON.parse(options.body).target);
    return new Response(JSON.stringify({ wire: null, status: 200, headers: [], answer: {}, error: null, elapsed_ms: 1, attempts: 1 }));
  };
})()"#;

#[test]
fn the_real_cloud_is_asked_only_by_those_who_mean_it() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    open(&mut browser, &server, CREATE_FLOW);
    assert_eq!(
        browser.eval("document.querySelectorAll('[value=live]').length"),
        0,
        "not without the server's leave"
    );
    browser.call(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": LIVE }),
    );
    open(&mut browser, &server, CREATE_FLOW);
    browser.click("[value=live]");
    browser.wait("document.querySelector('.notice.live')?.checkVisibility()");
    assert!(text(&mut browser, ".notice.live").contains("real cloud (tencent)"));
    browser.press_with_control("Enter");
    browser.wait("document.querySelector('dialog[open]')");
    // The safe answer is at hand.
    assert_eq!(browser.eval("document.activeElement.textContent"), "Cancel");
    browser.press("Escape");
    browser.wait("!document.querySelector('dialog')");
    assert_eq!(browser.eval("window.sent"), json!([]));
    browser.press_with_control("Enter");
    browser.wait("document.querySelector('dialog[open]')");
    browser.click("dialog .danger");
    browser.wait("window.sent.length === 1");
    assert_eq!(browser.eval("window.sent"), json!(["live"]));
    // What does no harm is not asked about.
    open(
        &mut browser,
        &server,
        "tencent/ess/2020-11-11/DescribeFlowInfo",
    );
    browser.click("[value=live]");
    browser.press_with_control("Enter");
    browser.wait("window.sent.length === 1");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}
