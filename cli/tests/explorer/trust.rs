//! Hostile schemas and hostile calls in, text out; and the scripts themselves in, rules that they keep out.

use std::collections::BTreeSet;

use serde_json::json;
use yunqiao_tests::{files, root};

use crate::form::{FILL_IN, schemas};
use crate::inspect::wait_for;
use crate::{choose, open, pages, text};

/// What would show that something got through.
const STRANGE: &str =
    "document.querySelectorAll('img, iframe, main script, header script, svg').length";

#[test]
fn hostile_text_is_text() {
    let Some((mut browser, server)) = pages(&["--schemas", &schemas()]) else {
        return;
    };
    open(&mut browser, &server, FILL_IN);
    choose(&mut browser, ".tools select", "A name only");
    browser.eval("document.querySelectorAll('summary').forEach(e => e.click())");
    browser.press_with_control("Enter");
    browser.wait("document.querySelector('.status-line')");
    for name in ["request", "signature", "code", "answer"] {
        browser.eval(&format!(
            "document.querySelector('[data-tab={name}]').click()"
        ));
    }
    let times =
        browser.eval("document.body.textContent.split('<img src=x onerror=alert(1)>').length");
    assert!(times.as_u64().unwrap() > 8, "shown as it is {times} times");
    assert_eq!(browser.eval(STRANGE), 0);
    browser.visit(&server.at("/inspector"));
    wait_for(&mut browser, 1);
    browser.click("tr[data-number] .open");
    browser.wait("document.querySelector('.side').textContent.includes('<img src=x')");
    assert_eq!(browser.eval(STRANGE), 0);
    // An address of whoever sends a link to a victim.
    browser.visit(&server.at("/#<img src=x onerror=alert(1)>"));
    browser.wait("document.querySelector('#main .trouble')");
    browser.visit(&server.at("/#%E0%A4%A"));
    browser.wait("document.querySelector('#main .trouble, .welcome')");
    assert_eq!(browser.eval(STRANGE), 0);
    let troubles = browser.troubles();
    // That there is no such action is an answer with an error, and Chromium says so.
    assert!(
        troubles
            .iter()
            .all(|text| text.contains("404") || text.contains("400")),
        "{troubles:?}"
    );
}

#[test]
fn whatever_got_through_would_be_stopped() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    for path in ["/", "/inspector"] {
        browser.visit(&server.at(path));
        browser.wait("document.querySelector('#theme')");
        assert_eq!(browser.troubles(), Vec::<String>::new());
        browser.eval(
            "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.com/x.png\" onerror=\"window.ran=1\"><p style=\"color:red\">x</p>');\
             const s = document.createElement('script'); s.textContent = 'window.ran = 2'; document.body.append(s); \
             fetch('https://example.com/').catch(() => {});",
        );
        let stopped = browser.troubles();
        assert!(
            stopped.len() >= 4
                && stopped
                    .iter()
                    .all(|text| text.contains("Content Security Policy")),
            "{stopped:?}"
        );
        assert_eq!(browser.eval("window.ran ?? 0"), 0);
    }
}

#[test]
fn numbers_and_texts_survive_reading_and_writing() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/"));
    let wrong = browser.eval(
        r#"(async () => {
          const { parse, print } = await import("/assets/shared/json.js");
          const wrong = [];
          for (const text of ["0", "-0", "9007199254740993", "1.0", "1e400", "0.1", "-12345678901234567890.5", "\"\\u0000\\ud83d\\ude00\\\\\"",
            "{\"__proto__\":{\"a\":1},\"constructor\":2}", "[[],{},null,true,false,\"\"]", "{\"a\":{\"b\":[1,2,{\"c\":\"d\"}]}}"]) {
            const out = print(parse(text));
            if (out !== text && JSON.stringify(JSON.parse(text)) !== out) wrong.push(text + " -> " + out);
          }
          for (const text of ["", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "nul", "\"\n\"", "\"\\x\"", "{a:1}", "[1] 2", "[".repeat(600), "'a'"]) {
            try { wrong.push("taken: " + text + print(parse(text))); } catch (error) { if (error.constructor.name !== "NotJson") wrong.push(text + error); }
          }
          const pretty = print(parse("{\"a\":[1,{\"b\":2}]}"), 2);
          if (pretty !== JSON.stringify({ a: [1, { b: 2 }] }, null, 2)) wrong.push(pretty);
          if ({}.a !== undefined) wrong.push("a prototype has been changed");
          return wrong;
        })()"#,
    );
    assert_eq!(wrong, json!([]));
    assert!(text(&mut browser, "title").contains("Yunqiao"));
}

fn scripts() -> Vec<(String, String)> {
    let found = files(&root().join("cli/web")).into_iter();
    let all: Vec<_> = found
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    assert!(all.len() > 20);
    all
}

#[test]
fn no_file_parses_html_or_leads_away() {
    for (path, text) in scripts() {
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "DOMParser",
            "srcdoc",
            "eval(",
            "new Function",
            "javascript:",
            "setAttribute(\"style\"",
            "style=",
            " onclick",
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
        ] {
            assert!(!text.contains(word), "{path} has {word}");
        }
        for scheme in ["http://", "https://"] {
            for address in text.split(scheme).skip(1) {
                let host = address.split(['/', '"', ' ']).next().unwrap();
                assert_eq!(host, "www.w3.org", "{path} leads away");
            }
        }
        assert!(text.lines().count() <= 300, "{path} is too long");
        let is_script = path.ends_with(".js");
        assert!(
            !is_script || text.starts_with("// "),
            "{path} does not say what it is for"
        );
        if path.ends_with(".html") {
            assert!(
                !text.contains("<style")
                    && text.matches("<script").count()
                        == text.matches("<script src=").count()
                            + text.matches("<script type=\"module\" src=").count(),
                "{path}"
            );
        }
    }
}

#[test]
fn both_languages_have_every_text() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/"));
    let keys = browser.eval(
        "(async () => [(await import('/assets/shared/texts-en.js')).english, (await import('/assets/shared/texts-zh.js')).chinese].map(table => \
         Object.entries(table).map(([name, text]) => name + ' ' + typeof text).sort()))()",
    );
    assert_eq!(keys[0], keys[1]);
    let known: BTreeSet<String> = keys[0]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key.as_str().unwrap().split(' ').next().unwrap().to_owned())
        .collect();
    for (path, text) in scripts()
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        for part in text
            .split("data-text=\"")
            .chain(text.split("data-label=\""))
            .filter(|part| !part.starts_with('<'))
        {
            let name = part.split('"').next().unwrap();
            assert!(known.contains(name), "{path} names no text {name}");
        }
    }
    let all: String = scripts()
        .into_iter()
        .filter(|(path, _)| !path.contains("texts-"))
        .map(|(_, text)| text)
        .collect();
    for name in &known {
        let quoted = format!("\"{name}\"");
        let is_made = ["theme_", "kind_", "json_", "state_"]
            .iter()
            .any(|begin| name.starts_with(begin));
        assert!(is_made || all.contains(&quoted), "nobody uses {name}");
    }
    assert!(known.len() > 100);
}
