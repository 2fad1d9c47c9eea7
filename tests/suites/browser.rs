//! Pages that this project writes in, what a person sees of them in Chromium out. Without a Chromium each test says so and passes.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

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
