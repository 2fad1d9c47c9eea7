//! What a person fills into the form of an action in, the request that it becomes out.

use std::fs;

use serde_json::{Value as Json, json};
use yunqiao_tests::browser::{Browser, scratch};

use crate::{choose, focus, open, pages, text};

pub(crate) const FILL_IN: &str = "tencent/desk/2026-01-01/FillIn";

/// Services of our own, with fields of every kind.
pub(crate) fn schemas() -> String {
    let folder = yunqiao_tests::root().join("cli/tests/explorer/schemas");
    folder.to_str().unwrap().to_owned()
}

/// The request as the editor has it.
fn written(browser: &mut Browser) -> String {
    let text = browser.eval("document.querySelector('.raw').value");
    text.as_str().unwrap().to_owned()
}

fn request(browser: &mut Browser) -> Json {
    serde_json::from_str(&written(browser)).unwrap()
}

fn field(path: &str, rest: &str) -> String {
    format!("[data-path='{path}'] {rest}")
}

fn fill(browser: &mut Browser, path: &str, value: &str) {
    focus(browser, &field(path, ":is(textarea, input)"));
    browser.eval("document.activeElement.select()");
    browser.type_text(value);
}

fn edit(browser: &mut Browser, text: &str) {
    browser.click("[data-tab=json]");
    focus(browser, ".raw");
    browser.eval("document.activeElement.select()");
    browser.type_text(text);
}

#[test]
fn a_moment_is_a_number_that_says_what_it_means() {
    let Some((mut browser, server)) = pages(&["--schemas", &schemas()]) else {
        return;
    };
    open(&mut browser, &server, FILL_IN);
    let until = field("Until", "");
    assert!(text(&mut browser, &until).contains("seconds since 1970 UTC"));
    fill(&mut browser, "Until", "1700000000");
    assert!(text(&mut browser, &field("Until", ".meaning")).contains("2023"));
    browser.click(&field("Until", ".with button"));
    let written = request(&mut browser)["Until"].as_i64().unwrap();
    let now = browser.eval("Math.floor(Date.now() / 1000)");
    assert!((0..60).contains(&(now.as_i64().unwrap() - written)));
    browser.click("#language");
    assert!(text(&mut browser, &until).contains("1970 年起的秒数"));
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn each_kind_of_field_becomes_what_it_is() {
    let Some((mut browser, server)) = pages(&["--schemas", &schemas()]) else {
        return;
    };
    open(&mut browser, &server, FILL_IN);
    assert_eq!(request(&mut browser), json!({}));
    fill(&mut browser, "Name", "Ada\n\"quoted\"");
    fill(&mut browser, "Secret", "s3cret");
    // More than a number of JavaScript holds.
    fill(&mut browser, "Number", "9007199254740993");
    fill(&mut browser, "Share", "0.10");
    browser.click(&field("Agreed", "label:nth-child(3)"));
    choose(&mut browser, &field("Colour", "select"), "Blue");
    choose(&mut browser, &field("Level", "select"), "High");
    fill(
        &mut browser,
        "Anything",
        r#"{"a": [1, 12345678901234567890]}"#,
    );
    browser.click(&field("Person", "summary"));
    fill(&mut browser, "Person.Name", "Grace");
    browser.click(&field("Person.Boss", "summary"));
    fill(&mut browser, "Person.Boss.Name", "Howard");
    for word in ["one", "two", "three"] {
        browser.click(&field("Words", ".add"));
        browser.type_text(word);
    }
    browser.click(&field("People", ".add"));
    fill(&mut browser, "People[0].Name", "Alan");
    let expected = r#"{"Name":"Ada\n\"quoted\"","Secret":"s3cret","Number":9007199254740993,"Share":0.10,"Agreed":false,"Colour":"BLUE","Level":2,
        "Anything":{"a":[1,12345678901234567890]},"Person":{"Name":"Grace","Boss":{"Name":"Howard"}},"Words":["one","two","three"],
        "People":[{"Name":"Alan"}]}"#;
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(dense(&written(&mut browser)), dense(expected));
    // The server gets the same digits.
    browser.wait("document.querySelector('.results').textContent.includes('9007199254740993')");
    browser.wait("document.querySelector('.results').textContent.includes('12345678901234567890')");
    // Moved and removed.
    browser.click(&field("Words", "li:nth-child(3) .up"));
    browser.click(&field("Words", "li:nth-child(1) .remove"));
    assert_eq!(request(&mut browser)["Words"], json!(["three", "two"]));
    // Nothing set is nothing sent.
    fill(&mut browser, "Number", "");
    browser.eval("document.execCommand('delete')");
    fill(&mut browser, "Person.Boss.Name", "");
    browser.eval("document.execCommand('delete')");
    let request = request(&mut browser);
    assert_eq!(request.get("Number"), None);
    assert_eq!(request["Person"], json!({ "Name": "Grace" }));
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn values_that_no_schema_lists_can_be_sent() {
    let Some((mut browser, server)) = pages(&["--schemas", &schemas()]) else {
        return;
    };
    open(&mut browser, &server, FILL_IN);
    for (path, typed, value) in [
        ("Colour", "GREEN", json!("GREEN")),
        ("Level", "7", json!(7)),
    ] {
        choose(&mut browser, &field(path, "select"), "another value");
        browser.type_text(typed);
        assert_eq!(request(&mut browser)[path], value);
    }
    // Sensitive values are not for those who look over a shoulder.
    let masked = "getComputedStyle(document.querySelector(\"[data-path=Secret] textarea\")).webkitTextSecurity";
    assert_eq!(browser.eval(masked), "disc");
    browser.click(&field("Secret", "button"));
    assert_eq!(browser.eval(masked), "none");
    // What is no longer needed stands behind a line.
    assert_eq!(
        browser.eval("document.querySelector(\"[data-path=Old]\")"),
        Json::Null
    );
    browser.click(".old-fields summary");
    browser.wait("document.querySelector(\"[data-path=Old]\")");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn a_file_becomes_base64() {
    let Some((mut browser, server)) = pages(&["--schemas", &schemas()]) else {
        return;
    };
    open(&mut browser, &server, "tencent/desk/2026-01-01/StoreScan");
    let folder = scratch("upload");
    fs::write(folder.join("scan.bin"), [0, 255, 16, 32]).unwrap();
    let found = browser.call(
        "Runtime.evaluate",
        json!({ "expression": "document.querySelector('input[type=file]')" }),
    );
    let upload =
        json!({ "files": [folder.join("scan.bin")], "objectId": found["result"]["objectId"] });
    browser.call("DOM.setFileInputFiles", upload);
    browser.wait("document.querySelector('.raw').value.includes('AP8QIA==')");
    assert!(text(&mut browser, &field("Scan", ".meaning")).contains("4 bytes"));
    drop(fs::remove_dir_all(folder));
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn form_and_json_say_the_same() {
    let Some((mut browser, server)) = pages(&["--schemas", &schemas()]) else {
        return;
    };
    open(&mut browser, &server, FILL_IN);
    edit(
        &mut browser,
        r#"{"Name": "Ada", "Number": 18446744073709551615, "People": [{"Name": "a"}, {"Name": "b"}], "Agreed": true}"#,
    );
    browser.click("[data-tab=form]");
    browser
        .wait("document.querySelector(\"[data-path='People[1].Name'] textarea\")?.value === 'b'");
    let number = browser.eval("document.querySelector(\"[data-path=Number] input\").value");
    assert_eq!(number, "18446744073709551615");
    fill(&mut browser, "People[1].Name", "c");
    assert_eq!(request(&mut browser)["People"][1]["Name"], "c");
    assert!(written(&mut browser).contains("18446744073709551615"));
    // What is no JSON is said where it is, and is not sent.
    edit(&mut browser, "{\n  \"Name\": \"Ada\",,\n}");
    browser.wait(
        "document.querySelector('.editor .problem')?.textContent.includes('Line 2, column 17')",
    );
    assert_eq!(
        browser.eval("document.querySelector('.send').disabled"),
        true
    );
    edit(&mut browser, "{}");
    browser.wait("!document.querySelector('.send').disabled");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn problems_stand_at_their_fields_and_can_be_solved_by_a_click() {
    let Some((mut browser, server)) = pages(&["--schemas", &schemas()]) else {
        return;
    };
    open(&mut browser, &server, FILL_IN);
    // Nobody has done anything wrong yet.
    assert_eq!(
        browser.eval("document.querySelectorAll('.problem').length"),
        0
    );
    edit(&mut browser, r#"{"Nmae": "Ada", "Person": {"Boss": {}}}"#);
    browser.click("[data-tab=form]");
    browser.wait("document.querySelectorAll('.all-problems li').length >= 2");
    browser.wait("document.querySelector(\"[data-path='Name'] .problem\")");
    // Also deep inside.
    browser.wait("[...document.querySelectorAll('.all-problems .to')].some(e => e.textContent === 'Person.Boss.Name')");
    browser.eval("[...document.querySelectorAll('.all-problems .to')].find(e => e.textContent === 'Person.Boss.Name').click()");
    browser
        .wait("document.activeElement.closest('[data-path]')?.dataset.path === 'Person.Boss.Name'");
    assert_eq!(
        browser.eval("document.activeElement.getAttribute('aria-invalid')"),
        "true"
    );
    browser.click(".all-problems .proposal");
    browser.wait("JSON.parse(document.querySelector('.raw').value).Name === 'Ada'");
    browser.wait("!document.querySelector(\"[data-path='Name'] .problem\")");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}
