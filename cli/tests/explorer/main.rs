//! The pages of `yunqiao serve` in, what a person who uses them sees in Chromium out. Without a Chromium each test says so and
//! passes.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use yunqiao_tests::browser::Browser;

mod find;
mod form;
mod inspect;
mod look;
mod rows;
mod send;
mod server;
mod trust;

use server::Server;

/// A browser, if there is one, and a server for it.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn pages(arguments: &[&str]) -> Option<(Browser, Server)> {
    match Browser::start() {
        Ok(mut browser) => {
            browser.size(1280, 800);
            browser.theme(false);
            Some((browser, Server::start(arguments)))
        }
        Err(reason) => {
            println!("skipped: {reason}");
            None
        }
    }
}

/// Opens an action and waits until it has been prepared.
fn open(browser: &mut Browser, server: &Server, id: &str) {
    browser.visit(&server.at(&format!("/#{id}")));
    let name = id.rsplit('/').next().unwrap();
    browser.wait(&format!(
        "document.querySelector('.workbench h1')?.textContent === {name:?}"
    ));
    browser.wait("document.querySelector('.results .box')");
}

/// The text of the first element that a selector finds.
fn text(browser: &mut Browser, selector: &str) -> String {
    let text = browser.eval(&format!(
        "document.querySelector({selector:?})?.textContent ?? ''"
    ));
    text.as_str().unwrap().to_owned()
}

/// Puts the focus on an element, as Tab would, once it is there.
fn focus(browser: &mut Browser, selector: &str) {
    browser.wait(&format!("document.querySelector({selector:?})"));
    let found = browser.eval(&format!(
        "(e => {{ e?.focus(); return document.activeElement === e; }})(document.querySelector({selector:?}))"
    ));
    assert_eq!(found, true, "{selector} takes no focus");
}

/// Chooses an option by its text.
fn choose(browser: &mut Browser, selector: &str, option: &str) {
    let found = browser.eval(&format!(
        "(s => {{ const o = [...s.options].find(o => o.textContent.includes({option:?})); if (!o) return false; \
         s.value = o.value; s.dispatchEvent(new Event('change', {{bubbles: true}})); return true; }})(document.querySelector({selector:?}))"
    ));
    assert_eq!(found, true, "{selector} has no {option}");
}
