//! A program in, a running Chromium with a pipe for each way out. Each message is JSON and ends with a zero byte.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

/// How long Chromium may take to end by itself.
const FAREWELL: Duration = Duration::from_secs(3);

/// Chromium reads commands from descriptor 3 and writes to 4. Handing those on by Rust alone would need unsafe code, so a shell
/// moves the two that it has got, and becomes Chromium.
const HAND_ON: &str = "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";

const FLAGS: &[&str] = &[
    "--headless",
    "--remote-debugging-pipe",
    // Pages of our own only, and root in a container has no sandbox.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--password-store=basic",
];

/// A running Chromium.
#[derive(Debug)]
pub(super) struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Json>,
    profile: PathBuf,
    last: u64,
}

impl Pipe {
    pub(super) fn start(program: &Path) -> Result<Self, String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile = super::scratch(&format!("chromium-{count}"));
        let mut child = Command::new("/bin/sh")
            .arg("-c")
            .arg(HAND_ON)
            .arg(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("no output")?;
        let (sender, messages) = channel();
        // Ends with Chromium, which holds the other end.
        std::thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                let read = serde_json::from_slice(&message);
                if read.is_ok_and(|message| sender.send(message).is_err()) {
                    break;
                }
            }
        });
        Ok(Self {
            child,
            input,
            messages,
            profile,
            last: 0,
        })
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a command and hands out its number.
    pub(super) fn send(
        &mut self,
        method: &str,
        params: Json,
        session: &str,
    ) -> Result<u64, String> {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !session.is_empty() && !method.starts_with("Target.") && !method.starts_with("Browser.")
        {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        let input = self.input.as_mut().ok_or("it has been closed")?;
        input
            .write_all(&bytes)
            .and_then(|()| input.flush())
            .map_err(|error| format!("it has gone: {error}"))?;
        Ok(self.last)
    }

    pub(super) fn receive(&self, deadline: Instant) -> Result<Json, String> {
        let left = deadline.saturating_duration_since(Instant::now());
        self.messages
            .recv_timeout(left)
            .map_err(|error| match error {
                RecvTimeoutError::Timeout => "no answer in time".to_owned(),
                RecvTimeoutError::Disconnected => "it has ended".to_owned(),
            })
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        drop(self.send("Browser.close", json!({}), ""));
        // Without its input it ends too.
        self.input = None;
        let deadline = Instant::now() + FAREWELL;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        // By its own id, and only if it is still there: what has been waited for has none any more.
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.profile));
    }
}
