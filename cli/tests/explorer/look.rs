//! The pages in, how they look and sound to people out: on a phone, in the dark, in Chinese, to a screen reader.

use serde_json::{Value as Json, json};
use yunqiao_tests::browser::Browser;

use crate::{Server, choose, open, pages, text};

const CREATE_FLOW: &str = "tencent/ess/2020-11-11/CreateFlow";

/// Each place of the pages that looks different, one after the other.
fn everywhere(browser: &mut Browser, server: &Server, mut look: impl FnMut(&mut Browser, &str)) {
    browser.visit(&server.at("/"));
    browser.wait("document.querySelectorAll('#found li').length >= 10");
    look(browser, "search");
    open(browser, server, CREATE_FLOW);
    choose(browser, ".tools select", "");
    browser.eval("document.querySelector('.tools select').value = '0'; document.querySelector('.tools select').dispatchEvent(new Event('change'))");
    browser.wait("document.querySelector('[data-path=\"Approvers[0].ApproverName\"]')");
    look(browser, "form");
    browser.eval("document.querySelectorAll('.reference summary, details.struct:not([open]) > summary').forEach(e => e.click())");
    browser.press_with_control("Enter");
    browser.wait("document.querySelector('.status-line')");
    for name in ["request", "signature", "code", "answer"] {
        browser.eval(&format!(
            "document.querySelector('[data-tab={name}]').click()"
        ));
        look(browser, name);
    }
    browser.eval("document.querySelector('.tools .quiet').click()");
    browser.press_with_control("Enter");
    browser.wait("document.querySelector('.all-problems details')");
    browser.eval("document.querySelector('[data-tab=json]').click()");
    look(browser, "problems and JSON");
    browser.visit(&server.at("/inspector"));
    browser.wait("document.querySelectorAll('tr[data-number]').length >= 12");
    look(browser, "calls");
    browser.eval("document.querySelector('tr[data-number] .open').click()");
    look(browser, "details");
}

#[test]
fn a_phone_shows_everything_without_moving_sideways() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    server.call_unsigned("DescribeFlowInfo", 12);
    browser.size(390, 844);
    everywhere(&mut browser, &server, |browser, place| {
        for (width, height) in [(320, 568), (390, 844)] {
            browser.size(width, height);
            let wide = browser.eval(
                "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('pre, .raw, .code, .unseen, .skip, .tabs, .masked, thead, .latin') && \
                 e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.outerHTML.slice(0, 90))",
            );
            assert_eq!(wide, json!([]), "{place}, {width} pixels");
            assert_eq!(
                browser.eval("document.documentElement.scrollWidth"),
                width,
                "{place}"
            );
            let small = browser.eval(
                "[...document.querySelectorAll('button, select, summary, input:not([type=radio], [type=checkbox])')].filter(e => e.checkVisibility() && \
                 e.getBoundingClientRect().height < 23.5).map(e => e.outerHTML.slice(0, 90))",
            );
            assert_eq!(small, json!([]), "{place}: too small for a finger");
        }
    });
    // The list gives way to the action, and comes back with the search.
    browser.size(390, 844);
    open(&mut browser, &server, CREATE_FLOW);
    assert_eq!(
        browser.eval("document.querySelector('#found').checkVisibility()"),
        false
    );
    assert_eq!(browser.eval("(r => r.bottom <= innerHeight && r.top > 0)(document.querySelector('.send').getBoundingClientRect())"), true);
    browser.eval("document.querySelector('#q').focus()");
    assert_eq!(
        browser.eval("document.querySelector('#found').checkVisibility()"),
        true
    );
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn both_themes_can_be_read_and_chosen() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    server.call_unsigned("DescribeFlowInfo", 12);
    everywhere(&mut browser, &server, |browser, place| {
        for dark in [false, true] {
            browser.theme(dark);
            // A colour that is still changing is nobody's choice.
            browser.wait("document.getAnimations().length === 0");
            // Placeholders and small pages have less text than the page of a diff.
            let faint =
                browser.eval(&yunqiao_tests::browser::FAINT.replace("seen > 100", "seen > 10"));
            assert_eq!(faint, json!([]), "{place}, dark: {dark}");
        }
    });
    let ground = "getComputedStyle(document.body).backgroundColor";
    let dark = browser.eval(ground);
    choose(&mut browser, "#theme", "Light");
    let light = browser.eval(ground);
    assert_ne!(dark, light);
    // It is remembered, and there from the beginning.
    browser.visit(&server.at("/"));
    assert_eq!(browser.eval(ground), light);
    browser.wait("document.querySelector('#theme')");
    choose(&mut browser, "#theme", "Auto");
    assert_eq!(browser.eval(ground), dark);
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn the_language_is_that_of_the_browser_until_somebody_chooses() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    server.call_unsigned("DescribeFlowInfo", 12);
    browser.call(
        "Emulation.setUserAgentOverride",
        json!({ "userAgent": "Chromium", "acceptLanguage": "zh-CN" }),
    );
    browser.visit(&server.at(&format!("/#{CREATE_FLOW}")));
    browser.wait("document.querySelector('.send')?.textContent.includes('发送')");
    assert_eq!(browser.eval("document.documentElement.lang"), "zh-CN");
    everywhere(&mut browser, &server, |browser, place| {
        // What is said of schemas and by clouds is English, what the page says is not.
        let english = browser.eval(
            "[...document.querySelectorAll('button, summary, label, th, h2, [aria-label]')].filter(e => !e.closest('.steps')).flatMap(e => [e.getAttribute('aria-label') ?? '', \
             ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)]).filter(text => /\\b(the|not|Send|Copy|Search|Filter|Clear|Show|Add|Reset|Problems?|Fields|more)\\b/.test(text))",
        );
        assert_eq!(english, json!([]), "{place}");
    });
    open(&mut browser, &server, CREATE_FLOW);
    browser.eval("(e => { e.focus(); e.value = '合同'; e.dispatchEvent(new Event('input')); })(document.querySelector('[data-path=FlowName] textarea'))");
    browser.click("#language");
    browser.wait("document.querySelector('.send').textContent.includes('Send')");
    assert_eq!(browser.eval("document.documentElement.lang"), "en");
    assert_eq!(text(&mut browser, "#language"), "中文");
    // What was filled in is still there.
    assert_eq!(
        browser.eval("document.querySelector('[data-path=FlowName] textarea').value"),
        "合同"
    );
    browser.visit(&server.at("/inspector"));
    browser.wait("document.querySelectorAll('tr[data-number]').length > 12");
    assert!(text(&mut browser, ".pause").contains("Pause"));
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn everything_has_a_name_and_a_place_in_the_order() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    server.call_unsigned("DescribeFlowInfo", 12);
    everywhere(&mut browser, &server, |browser, place| {
        let wrong = browser.eval(
            "(() => { const all = s => [...document.querySelectorAll(s)]; const named = e => (e.getAttribute('aria-label') ?? '').trim() || \
             e.getAttribute('aria-labelledby') || e.labels?.[0]?.textContent.trim() || (e.tagName === 'BUTTON' && e.textContent.trim()); \
             const ids = all('[id]').map(e => e.id); return [\
             all('input, select, textarea, button, [role=tabpanel], [role=listbox], [role=combobox]').filter(e => !named(e)).map(e => 'no name: ' + e.outerHTML.slice(0, 120)), \
             ids.filter((id, at) => ids.indexOf(id) !== at).map(id => 'twice: ' + id), \
             all('[aria-controls], [aria-describedby], [aria-labelledby], label[for]').flatMap(e => ['aria-controls', 'aria-describedby', 'aria-labelledby', 'for'].flatMap(a => \
             (e.getAttribute(a) ?? '').split(' ').filter(Boolean))).filter(id => !document.getElementById(id)).map(id => 'leads nowhere: ' + id), \
             all('[tabindex]').filter(e => e.tabIndex > 0).map(e => 'out of order: ' + e.outerHTML.slice(0, 90)), \
             all('h1').filter(e => e.checkVisibility()).length === 1 ? [] : ['one h1'], \
             all('main, header').length === 2 ? [] : ['one main and one header']].flat(); })()",
        );
        assert_eq!(wrong, json!([]), "{place}");
    });
    // What has the focus can be seen.
    open(&mut browser, &server, CREATE_FLOW);
    browser.eval("document.querySelector('.skip').focus()");
    let mut unseen = Vec::new();
    for _ in 0..40 {
        browser.press("Tab");
        let seen = browser.eval(
            "(e => { const at = e.closest('.choice') ?? e; const s = getComputedStyle(at); return e === document.body || s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 ? null : e.outerHTML.slice(0, 90); })(document.activeElement)",
        );
        if seen != Json::Null {
            unseen.push(seen);
        }
    }
    assert_eq!(unseen, Vec::<Json>::new());
    // Nothing moves for those who cannot bear it.
    browser.call(
        "Emulation.setEmulatedMedia",
        json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] }),
    );
    let moving = browser.eval(
        "[...document.querySelectorAll('*')].filter(e => (s => parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none' || s.scrollBehavior === 'smooth')(getComputedStyle(e))).length",
    );
    assert_eq!(moving, 0);
    assert_eq!(browser.troubles(), Vec::<String>::new());
}
