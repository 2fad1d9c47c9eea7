//! The page of a diff with whatever anybody writes into a schema in, what runs and what is copied out.

use serde_json::{Value as Json, json};

use crate::browser;
use crate::diff::{expect_all, search};
use crate::pages::{HOSTILE, mixed};

#[test]
fn a_line_to_paste_is_copied() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("copy");
    browser.open(&page.file, "");
    let line = browser.eval("document.querySelector('.cards .paste code').textContent");
    assert_eq!(line, "renamed_from: Tags");
    browser.click(".cards .copy");
    browser.wait("document.querySelector('.cards .copy').textContent === 'Copied'");
    // Read where anybody could paste it.
    search(&mut browser, "x");
    browser.eval("document.querySelector('#q').select()");
    browser.call(
        "Input.dispatchKeyEvent",
        json!({ "type": "keyDown", "key": "v", "commands": ["paste"] }),
    );
    assert_eq!(
        browser.eval("document.querySelector('#q').value"),
        "renamed_from: Tags"
    );
    assert!(browser.troubles().is_empty());
}

#[test]
fn hostile_text_is_text() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("hostile");
    browser.open(&page.file, "");
    browser.wait("document.querySelectorAll('li.entry').length > 0");
    let text = HOSTILE.replace("\\\"", "\"");
    assert_eq!(
        browser.eval(&format!(
            "document.body.textContent.split({}).length > 2",
            Json::from(text)
        )),
        true,
        "it is shown as it is"
    );
    assert_eq!(
        browser.eval(
            "document.querySelectorAll('img, svg, iframe, main script, header script').length"
        ),
        0
    );
    assert_eq!(browser.eval("document.scripts.length"), 1);
    assert_eq!(
        browser.eval("document.querySelector('header code b')"),
        Json::Null
    );
    assert_eq!(
        browser.eval("document.title.includes('<b>branch</b>')"),
        true
    );
    assert_eq!(browser.troubles(), Vec::<String>::new());
    // And if something got through, the policy would stop it: nothing runs, nothing is fetched.
    browser.eval(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.com/x.png\" onerror=\"window.ran=1\"><p style=\"color:red\">x</p>');\
         const s = document.createElement('script'); s.textContent = 'window.ran = 2'; document.body.append(s);",
    );
    let stopped = browser.troubles();
    assert!(
        stopped.len() >= 3
            && stopped
                .iter()
                .all(|text| text.contains("Content Security Policy")),
        "{stopped:?}"
    );
    assert_eq!(browser.eval("window.ran ?? 0"), 0);
}

#[test]
fn without_scripts_everything_is_there() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("plain");
    browser.scripts(false);
    browser.open(&page.file, "");
    expect_all(&mut browser, &page);
    let controls =
        "[...document.querySelectorAll('#filters, .copy, .keys')].some(e => e.checkVisibility())";
    assert_eq!(
        browser.eval(controls),
        false,
        "what does nothing is not shown"
    );
    assert_eq!(
        browser.eval("[...document.querySelectorAll('.rust')].every(e => e.checkVisibility())"),
        true
    );
    assert!(browser.troubles().is_empty());
}
