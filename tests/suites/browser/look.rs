//! The page of a diff in, how it looks out: on a phone, in the dark, in print; and pictures where a folder for them is named.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use yunqiao_tests::browser::Browser;

use crate::browser;
use crate::pages::mixed;

#[test]
fn a_phone_shows_it_without_moving_sideways() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("phone");
    for (width, height) in [(390, 844), (320, 568)] {
        browser.size(width, height);
        browser.open(&page.file, "");
        // Also what comes only when it is scrolled to.
        browser.eval("document.querySelectorAll('.group').forEach(e => e.style.contentVisibility = 'visible')");
        let wide = browser.eval(
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('.unseen, .skip, thead, legend') && \
             e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 60))",
        );
        assert_eq!(wide, json!([]), "{width} pixels");
        assert_eq!(browser.eval("document.documentElement.scrollWidth"), width);
        assert_eq!(
            browser.eval("document.querySelector('#more').open"),
            false,
            "filters are folded"
        );
        browser.click("#more summary");
        assert_eq!(
            browser.eval("document.querySelector('#wire').checkVisibility()"),
            true
        );
        // What is pressed is large enough for a finger.
        let small = browser.eval(
            "[...document.querySelectorAll('button, select, .chip, summary')].filter(e => e.checkVisibility() && \
             e.getBoundingClientRect().height < 24).map(e => e.outerHTML.slice(0, 80))",
        );
        assert_eq!(small, json!([]), "{width} pixels");
        // The old line stands above the new one.
        let below = browser.eval(
            "[...document.querySelectorAll('.sides tr')].filter(e => e.querySelector('del') && e.querySelector('ins')).every(e => \
             e.querySelector('ins').getBoundingClientRect().top >= e.querySelector('del').getBoundingClientRect().bottom)",
        );
        assert_eq!(below, true);
    }
    browser.size(1280, 900);
    browser.open(&page.file, "");
    let beside = browser.eval(
        "(rows => rows.length > 0 && rows.every(e => e.querySelector('ins').getBoundingClientRect().left > \
         e.querySelector('del').getBoundingClientRect().right - 1))([...document.querySelectorAll('.sides tr')].filter(e => \
         e.querySelector('del') && e.querySelector('ins')))",
    );
    assert_eq!(beside, true);
    assert!(browser.troubles().is_empty());
}

#[test]
fn both_themes_can_be_read() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("themes");
    browser.size(1280, 900);
    let mut grounds = Vec::new();
    for dark in [false, true] {
        browser.theme(dark);
        browser.open(&page.file, "source=break");
        browser.eval("document.querySelectorAll('.group').forEach(e => e.style.contentVisibility = 'visible')");
        assert_eq!(
            browser.eval(yunqiao_tests::browser::FAINT),
            json!([]),
            "dark: {dark}"
        );
        browser.open(&page.file, "");
        browser.eval("document.querySelectorAll('.group').forEach(e => e.style.contentVisibility = 'visible')");
        assert_eq!(
            browser.eval(yunqiao_tests::browser::FAINT),
            json!([]),
            "dark: {dark}"
        );
        grounds.push(browser.eval("getComputedStyle(document.body).backgroundColor"));
    }
    assert_ne!(grounds[0], grounds[1]);
}

#[test]
fn the_judge_of_contrast_sees_what_is_faint() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("judge");
    browser.open(&page.file, "");
    browser.eval("document.querySelector('.lede').style.color = '#aaa'; document.body.style.background = '#fff'");
    let faint = browser.eval(yunqiao_tests::browser::FAINT);
    assert!(
        faint.as_array().is_some_and(|faint| !faint.is_empty()),
        "{faint}"
    );
}

#[test]
fn people_and_readers_find_their_way() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("structure");
    browser.open(&page.file, "");
    let levels =
        browser.eval("[...document.querySelectorAll('h1, h2, h3, h4')].map(e => +e.tagName[1])");
    let levels: Vec<u64> = levels
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Json::as_u64)
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
    assert_eq!(browser.eval("['header', 'main', 'footer', '[role=search]'].every(s => document.querySelectorAll(s).length === 1)"), true);
    let unnamed = browser.eval(
        "[...document.querySelectorAll('input, select')].filter(e => !e.labels.length || !e.labels[0].textContent.trim()).map(e => e.outerHTML)",
    );
    assert_eq!(unnamed, json!([]));
    let ids = browser.eval("(ids => ids.filter((id, at) => ids.indexOf(id) !== at))([...document.querySelectorAll('[id]')].map(e => e.id))");
    assert_eq!(ids, json!([]), "the same address twice");
    // What several classes of changes have in common is shown once, and referred to.
    let times = browser.eval(
        "[[...document.querySelectorAll('.sides')].filter(e => e.textContent.includes('pub struct CreateOrderRequest')).length, \
         document.querySelectorAll('p.same a').length > 0]",
    );
    assert_eq!(times, json!([1, true]));
    // What changed in Rust is marked by signs too.
    let signs = browser.eval(
        "['del', 'ins'].map(tag => getComputedStyle(document.querySelector('.sides ' + tag), '::before').content.trim())",
    );
    assert!(
        signs[0].as_str().unwrap().contains('\u{2212}') && signs[1].as_str().unwrap().contains('+'),
        "{signs}"
    );
    // Every link of the page leads somewhere in it.
    let dead = browser.eval(
        "[...document.querySelectorAll('a')].map(e => e.getAttribute('href')).filter(h => !h.startsWith('#') || !document.getElementById(h.slice(1)))",
    );
    assert_eq!(dead, json!([]));
}

#[test]
fn print_has_everything_but_the_controls() {
    let Some(mut browser) = browser() else { return };
    let page = mixed("print");
    browser.open(&page.file, "");
    browser.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let hidden = browser.eval(
        "[...document.querySelectorAll('#filters, .copy, .keys')].every(e => !e.checkVisibility())",
    );
    assert_eq!(hidden, true);
    let all = browser.eval("[...document.querySelectorAll('li.entry, .rust code')].every(e => e.checkVisibility({contentVisibilityAuto: true}))");
    assert_eq!(all, true);
}

/// Set to a folder to look at pictures of the pages that `YUNQIAO_PAGES` names, or of the tests' own.
const PICTURES: &str = "YUNQIAO_PICTURES";

#[test]
fn pictures_can_be_taken() {
    let Some(folder) = std::env::var_os(PICTURES) else {
        return;
    };
    let Some(mut browser) = browser() else { return };
    let own = mixed("pictures");
    let named = std::env::var("YUNQIAO_PAGES").unwrap_or_default();
    let mut pages: Vec<&Path> = named
        .split(':')
        .filter(|name| !name.is_empty())
        .map(Path::new)
        .collect();
    pages.push(&own.file);
    for page in pages {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        for (device, width, height) in [("desktop", 1280, 1600), ("phone", 390, 844)] {
            for (theme, dark) in [("light", false), ("dark", true)] {
                browser.size(width, height);
                browser.theme(dark);
                browser.open(page, "");
                for (part, at) in [("", "header"), ("-changes", ".of-class")] {
                    browser.eval(&format!("document.querySelector({at:?}).scrollIntoView()"));
                    let file = format!("html-{name}-{device}-{theme}{part}.png");
                    picture(&mut browser, &Path::new(&folder).join(file));
                }
            }
        }
    }
}

fn picture(browser: &mut Browser, path: &Path) {
    let data = browser.picture(false);
    let signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(data.len());
    let (mut bits, mut have) = (0_u32, 0);
    for sign in data
        .bytes()
        .filter_map(|byte| signs.iter().position(|sign| *sign == byte))
    {
        bits = (bits << 6) | u32::try_from(sign).unwrap();
        have += 6;
        if have >= 8 {
            have -= 8;
            bytes.push(u8::try_from((bits >> have) & 0xff).unwrap());
        }
    }
    fs::write(path, bytes).unwrap();
}
