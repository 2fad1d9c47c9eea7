//! The command `local-cloud`: what it prints, serves and exits with.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use crate::http::Request;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_local-cloud"));
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn output(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A running command, ended with the test.
struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already, which is what some tests are about.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line
    }

    /// Everything up to the last line of the greeting.
    fn greeting(&mut self) -> String {
        let mut greeting = String::new();
        while !greeting.contains("Ctrl-C") {
            let line = self.line();
            assert_ne!(line, "", "it ended after: {greeting}");
            greeting.push_str(&line);
        }
        greeting
    }
}

/// A schema folder of this test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("local-cloud-{name}-{}", std::process::id()));
        for (file, text) in files {
            let place = root.join(file);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        Self(root)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the build's own temporary folder hurts nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SERVICE: &str = "{service: demo, version: '2024-01-01', title: D, doc: D., host: demo.tencentcloudapi.com, region: optional}";
const ACTION: &str = "{action: Hello, summary: S, request: {}, response: {}}";

#[test]
fn it_serves_a_folder_and_prints_a_line_per_call() {
    let folder = Folder::new(
        "serves",
        &[
            ("tencent/demo/2024-01-01/service.yaml", SERVICE),
            ("tencent/demo/2024-01-01/actions/Hello.yaml", ACTION),
            ("dialect/action.schema.json", "{}"),
            ("README.md", "no schema"),
            ("tencent/.hidden.yaml", "no schema"),
        ],
    );
    let mut running = Running::start(&[
        "--port",
        "0",
        "--schemas",
        folder.path(),
        "--key",
        "my-id:my-secret",
    ]);
    let greeting = running.greeting();
    assert!(
        greeting.contains("my-id") && !greeting.contains("my-secret"),
        "{greeting}"
    );
    assert!(
        greeting.contains("tencent/demo/2024-01-01 (1 action)"),
        "{greeting}"
    );
    let address = greeting
        .split("http://")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let mut request = Request {
        method: "POST".to_owned(),
        target: "/".to_owned(),
        ..Request::default()
    };
    request.set("Host", "localhost");
    request.set("X-TC-Action", "Hello");
    request.send(address);
    let line = running.line();
    for part in [
        "tencent/-/-/Hello",
        "refused",
        "200 AuthFailure.InvalidAuthorization",
        " ms",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(!line.contains('\x1b'), "colour is for terminals: {line}");
}

#[cfg(unix)]
#[test]
fn it_stops_cleanly_on_ctrl_c() {
    let folder = Folder::new(
        "stops",
        &[("tencent/demo/2024-01-01/service.yaml", SERVICE)],
    );
    let mut running = Running::start(&["--port", "0", "--quiet", "--schemas", folder.path()]);
    let greeting = running.greeting();
    assert!(
        greeting.contains(yunqiao_mock::DEMO_SECRET_KEY),
        "{greeting}"
    );
    let id = running.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let status = running.child.wait().unwrap();
    assert_eq!(status.code(), Some(0));
}

#[test]
fn broken_schemas_are_shown_and_end_it() {
    let folder = Folder::new(
        "broken",
        &[("tencent/demo/2024-01-01/service.yaml", "service: demo\n")],
    );
    let output = output(&["--schemas", folder.path()]);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        message.contains("error[")
            && message.contains("service.yaml")
            && message.contains("problems in the schemas"),
        "{message}"
    );
}

#[test]
fn an_unreadable_or_empty_folder_ends_it() {
    let empty = Folder::new("empty", &[("README.md", "no schema")]);
    for folder in ["/nowhere/at/all", empty.path()] {
        let output = output(&["--schemas", folder]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(folder),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_taken_port_ends_it() {
    let folder = Folder::new(
        "taken",
        &[("tencent/demo/2024-01-01/service.yaml", SERVICE)],
    );
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = output(&["--port", &port, "--schemas", folder.path()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains(&format!("port {port} is in use")),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn help_shows_examples_and_wrong_usage_hides_secrets() {
    let help = output(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    let help = text(&help.stdout);
    for part in ["Examples:", "--port", "--schemas", "--key", "--quiet"] {
        assert!(help.contains(part), "{help}");
    }
    let wrong = output(&["--key", "no-colon-but-secret"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        text(&wrong.stderr).contains("colon"),
        "{}",
        text(&wrong.stderr)
    );
}
