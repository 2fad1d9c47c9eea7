//! Pages that this project writes in, what a person sees of them in Chromium out. Without a Chromium each test says so and passes.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;

use yunqiao_tests::browser::Browser;

#[path = "browser/diff.rs"]
mod diff;
#[path = "browser/look.rs"]
mod look;
#[path = "browser/pages.rs"]
mod pages;
#[path = "browser/trust.rs"]
mod trust;

/// A browser, if there is one.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn browser() -> Option<Browser> {
    match Browser::start() {
        Ok(browser) => Some(browser),
        Err(reason) => {
            println!("skipped: {reason}");
            None
        }
    }
}

#[test]
fn chromium_ends_with_a_test_that_panics() {
    let Some(browser) = browser() else { return };
    let id = browser.id().to_string();
    let lives = || {
        let output = Command::new("kill").args(["-0", &id]).output();
        output.unwrap().status.success()
    };
    assert!(lives());
    let ended = catch_unwind(AssertUnwindSafe(|| {
        let _browser = browser;
        panic!("as a test does");
    }));
    assert!(ended.is_err() && !lives());
}
