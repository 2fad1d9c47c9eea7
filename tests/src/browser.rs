//! A page's address in, what Chromium makes of it out: for tests of pages as people see them.
//!
//! Chromium is driven by its own DevTools protocol, JSON over two pipes. That needs neither a driver of Chromium's exact version
//! nor generated types, which fail on each message that a newer Chromium adds; and it reaches what WebDriver does not: themes,
//! phones, the console, broken policies, dialogs. Chromium ends when its pipes do, whatever happens here.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

mod find;
mod keys;
mod pipe;

pub use find::VARIABLE;
use pipe::Pipe;

/// A script that finds texts whose contrast with what is behind them is too low, by the rules of WCAG 2: 4.5, and 3 for large ones.
pub const FAINT: &str = include_str!("browser/contrast.js");

/// How long a page may take for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// A Chromium of its own, with one page. It ends when this is dropped.
#[derive(Debug)]
pub struct Browser {
    pipe: Pipe,
    session: String,
    events: Vec<Json>,
}

/// Why there is no browser to test with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoBrowser(String);

impl std::fmt::Display for NoBrowser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Browser {
    /// Starts Chromium with an empty profile and an empty page.
    ///
    /// # Errors
    /// There is none on this machine, or it does not start. One that the variable names has to work.
    ///
    /// # Panics
    /// The one that the variable names does not work.
    pub fn start() -> Result<Self, NoBrowser> {
        let found = find::chromium().map_err(NoBrowser)?;
        match Self::of(&found.program) {
            Ok(browser) => Ok(browser),
            Err(reason) if found.is_named => {
                panic!("{VARIABLE}={}: {reason}", found.program.display())
            }
            Err(reason) => Err(NoBrowser(format!(
                "{} does not start: {reason}",
                found.program.display()
            ))),
        }
    }

    fn of(program: &Path) -> Result<Self, String> {
        let mut browser = Self {
            pipe: Pipe::start(program)?,
            session: String::new(),
            events: Vec::new(),
        };
        let target = browser.try_call("Target.createTarget", json!({ "url": "about:blank" }))?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.try_call("Target.attachToTarget", attach)?;
        session["sessionId"]
            .as_str()
            .ok_or("no session")?
            .clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log"] {
            browser.try_call(&format!("{domain}.enable"), json!({}))?;
        }
        browser.try_call(
            "Browser.grantPermissions",
            json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
        )?;
        Ok(browser)
    }

    /// Calls a method of the protocol.
    ///
    /// # Errors
    /// What Chromium says, or that it has gone.
    fn try_call(&mut self, method: &str, params: Json) -> Result<Json, String> {
        let id = self.pipe.send(method, params, &self.session)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let message = self.pipe.receive(deadline)?;
            if message["id"] != id {
                self.events.push(message);
            } else if let Some(error) = message.get("error") {
                return Err(format!("{method}: {}", error["message"]));
            } else {
                return Ok(message["result"].clone());
            }
        }
    }

    /// Calls a method of the protocol on the page.
    ///
    /// # Panics
    /// Chromium refuses it, or has gone.
    pub fn call(&mut self, method: &str, params: Json) -> Json {
        self.try_call(method, params)
            .unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// The number of Chromium's process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.pipe.id()
    }

    /// Opens a file, with what follows `#` in its address, and waits until it is loaded.
    pub fn open(&mut self, file: &Path, fragment: &str) {
        // Another fragment alone would load nothing.
        self.call("Page.navigate", json!({ "url": "about:blank" }));
        let mut url = format!("file://{}", file.display());
        if !fragment.is_empty() {
            url = format!("{url}#{fragment}");
        }
        self.call("Page.navigate", json!({ "url": url }));
        self.wait("location.protocol === 'file:' && document.readyState === 'complete'");
    }

    /// Opens an address, and waits until it is loaded.
    pub fn visit(&mut self, url: &str) {
        self.call("Page.navigate", json!({ "url": "about:blank" }));
        self.call("Page.navigate", json!({ "url": url }));
        self.wait("location.protocol !== 'about:' && document.readyState === 'complete'");
    }

    /// What an expression is, or what its promise becomes.
    ///
    /// # Panics
    /// It throws.
    pub fn eval(&mut self, expression: &str) -> Json {
        let params = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let result = self.call("Runtime.evaluate", params);
        if let Some(thrown) = result.get("exceptionDetails") {
            panic!("{expression}\n{thrown:#}");
        }
        result["result"]["value"].clone()
    }

    /// Waits until an expression is true, or is something that is there.
    ///
    /// # Panics
    /// It never is.
    pub fn wait(&mut self, expression: &str) {
        let deadline = Instant::now() + PATIENCE;
        let expression = format!("Boolean({expression})");
        while self.eval(&expression) != true {
            assert!(Instant::now() < deadline, "in vain: {expression}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Types into whatever has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Clicks in the middle of the first element that a selector finds, as a pointer would.
    ///
    /// # Panics
    /// There is none that could be seen.
    pub fn click(&mut self, selector: &str) {
        let place = self.eval(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); if (!e) return null; e.scrollIntoView({{block: 'center'}}); \
             const r = e.getBoundingClientRect(); return r.width ? [r.x + r.width / 2, r.y + r.height / 2] : null; }})()"
        ));
        assert!(place.is_array(), "{selector} cannot be seen");
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// The size of the window in CSS pixels; a phone's if it is narrow.
    pub fn size(&mut self, width: u32, height: u32) {
        let is_phone = width < 600;
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": if is_phone { 2 } else { 1 }, "mobile": is_phone }),
        );
    }

    /// What the person prefers.
    pub fn theme(&mut self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": [feature] }),
        );
    }

    /// Whether scripts of pages run.
    pub fn scripts(&mut self, run: bool) {
        self.call(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": !run }),
        );
    }

    /// What went wrong since the last time: errors and warnings of the console, what threw, what a policy stopped, dialogs.
    pub fn troubles(&mut self) -> Vec<String> {
        // What is under way may still go wrong; what has happened by then comes before the answer.
        std::thread::sleep(Duration::from_millis(50));
        self.eval("0");
        let events = std::mem::take(&mut self.events);
        let told = events.iter().filter_map(|event| {
            let params = &event["params"];
            match event["method"].as_str()? {
                "Runtime.exceptionThrown" => Some(params["exceptionDetails"].to_string()),
                "Runtime.consoleAPICalled"
                    if params["type"] == "error" || params["type"] == "warning" =>
                {
                    Some(params["args"].to_string())
                }
                "Log.entryAdded"
                    if params["entry"]["level"] == "error"
                        || params["entry"]["level"] == "warning" =>
                {
                    Some(params["entry"]["text"].to_string())
                }
                "Page.javascriptDialogOpening" => Some(format!("dialog: {}", params["message"])),
                _ => None,
            }
        });
        told.collect()
    }

    /// Writes a picture of the window, or of the whole page, as PNG in base64.
    pub fn picture(&mut self, whole: bool) -> String {
        let params = json!({ "format": "png", "captureBeyondViewport": whole });
        let answer = self.call("Page.captureScreenshot", params);
        answer["data"].as_str().unwrap_or_default().to_owned()
    }
}

/// A folder for the files of a test, empty.
///
/// # Panics
/// It cannot be made.
#[must_use]
pub fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("yunqiao-{}-{name}", std::process::id()));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    folder
}
