//! A terminal with somebody in front of it: keys in, what the screen shows out.

use std::path::Path;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};
use serde_json::json;
use yunqiao_mock::{Answer, LocalCloud};

use crate::call::cloud;
use crate::configure::Home;
use crate::yunqiao;

/// Longer than a busy machine needs.
const PATIENCE: u64 = 60_000;

/// A shell in a terminal that shows what is typed, as terminals do.
struct Terminal {
    session: PtySession,
}

impl Terminal {
    fn of(home: &Home, cloud: &LocalCloud) -> Self {
        // What the tests of commands take away is taken away here, too.
        let own = yunqiao(&[]);
        let mut command = Command::new("bash");
        command.args(["--norc", "--noprofile", "-i"]);
        for (name, value) in own.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let folder = Path::new(env!("CARGO_BIN_EXE_yunqiao")).parent().unwrap();
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        command
            .env("PATH", path)
            .env("HOME", home.path(""))
            .env("TERM", "xterm")
            .env("PS1", "ready> ")
            .env("YUNQIAO_ENDPOINT", cloud.url())
            .env_remove("NO_COLOR")
            .env_remove("TCCLI_PROFILE");
        let session = spawn_command(command, Some(PATIENCE)).unwrap();
        let mut terminal = Self { session };
        terminal.sees("ready> ");
        terminal
            .types("bind 'set enable-bracketed-paste off'; stty echo cols 200; echo is \"set\"\n");
        terminal.sees("is set");
        terminal.sees("ready> ");
        terminal
    }

    /// Types, without waiting for anything.
    fn types(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
        self.session.flush().unwrap();
    }

    /// Waits until this is on the screen; what has come before it.
    fn sees(&mut self, text: &str) -> String {
        match self.session.exp_string(text) {
            Ok(before) => before,
            Err(error) => panic!("{text:?} did not come: {error}"),
        }
    }

    /// Runs a command to its end: what it has shown, without the line that was typed.
    fn runs(&mut self, line: &str) -> String {
        self.types(&format!("{line}\n"));
        self.sees(line.split(' ').next_back().unwrap());
        self.sees("\n");
        self.sees("ready> ")
    }

    /// The exit code of the last command.
    fn code(&mut self) -> String {
        self.runs("echo code=$?").trim().to_owned()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A shell with somebody in front of it is ended by nothing less.
        self.session.process_mut().set_kill_timeout(Some(100));
        drop(self.session.send("\u{3}\nexit\n"));
        drop(self.session.flush());
    }
}

fn is_there(shell: &str) -> bool {
    Command::new(shell).arg("--version").output().is_ok()
}

const CONVERT: &str = "yunqiao call ess.CreateConvertTaskApi --ResourceType jpg --ResourceName a.jpg --ResourceId r --Operator.UserId u";

#[test]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn somebody_looks_up_calls_and_waits() {
    if !is_there("bash") {
        println!("skipped: there is no bash on this machine");
        return;
    }
    let (home, cloud) = (Home::new("terminal"), cloud());
    let mut terminal = Terminal::of(&home, &cloud);
    assert!(terminal.runs("yunqiao list").contains("SERVICE"));

    // TAB, as a bash hands it on.
    terminal.runs("source <(yunqiao completion bash)");
    terminal.types("yunqiao show ess.CreateConv\t");
    terminal.sees("ess.CreateConvertTaskApi ");
    terminal.types("\n");
    let shown = terminal.sees("ready> ");
    assert!(
        shown.contains("Parameters") && shown.contains("`--wait`"),
        "{shown}"
    );
    terminal.types("yunqiao call ess.CreateConvertTaskApi --ResourceT\t");
    terminal.sees("--ResourceType ");
    terminal.types("jpe\t");
    terminal.sees("jpeg");
    terminal.types("\u{3}");
    terminal.sees("ready> ");

    // A mistake stands out in red, and a refusal, too.
    terminal.runs(&format!(
        "export TENCENTCLOUD_SECRET_ID={} TENCENTCLOUD_SECRET_KEY={}",
        cloud.secret_id(),
        cloud.secret_key()
    ));
    let wrong = terminal.runs(&format!("{CONVERT} --regoin x"));
    assert!(
        wrong.contains("\u{1b}[1;31merror:\u{1b}[0m --regoin") && wrong.contains("--region?"),
        "{wrong:?}"
    );
    assert_eq!(terminal.code(), "code=2");
    let fine = terminal.runs("yunqiao call sts.GetCallerIdentity --region ap-guangzhou");
    assert!(fine.contains("\"AccountId\""), "{fine}");

    // The progress of a wait is shown and taken back.
    let action = "ess/2020-11-11/GetTaskResultApi";
    cloud.answer(
        "ess/2020-11-11/CreateConvertTaskApi",
        json!({ "TaskId": "t-1" }),
    );
    cloud.answer(action, json!({ "TaskStatus": 8, "ResourceId": "pdf" }));
    cloud.once(action, Answer::fields(json!({ "TaskStatus": 1 })));
    terminal.types(&format!("{CONVERT} --wait\n"));
    terminal.sees("\rCreateConvertTaskApi: state 1, asked 1 times in");
    let rest = terminal.sees("ready> ");
    let (before, answer) = rest.split_once("\r\u{1b}[K{").unwrap();
    assert!(before.contains("state 8, asked 2 times"), "{before:?}");
    assert!(answer.contains("\"ResourceId\": \"pdf\""), "{answer:?}");
    assert_eq!(terminal.code(), "code=0");

    // Ctrl-C ends a wait, and says what goes on.
    cloud.answer(action, json!({ "TaskStatus": 1 }));
    terminal.types(&format!("{CONVERT} --wait\n"));
    terminal.sees("state 1, asked 1 times");
    terminal.types("\u{3}");
    let told = terminal.sees("ready> ");
    assert!(
        told.contains("\r\u{1b}[Kinterrupted: the job goes on")
            && told.contains("yunqiao call ess.GetTaskResultApi --TaskId t-1"),
        "{told:?}"
    );
    assert_eq!(terminal.code(), "code=130");
}

#[test]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn somebody_types_a_secret_that_nobody_sees() {
    if !is_there("bash") {
        println!("skipped: there is no bash on this machine");
        return;
    }
    let (home, cloud) = (Home::new("secret"), cloud());
    let mut terminal = Terminal::of(&home, &cloud);
    let ask = |terminal: &mut Terminal, key: &str| {
        terminal.types("yunqiao configure --profile work\n");
        terminal.sees("Vendor (tencent or volcengine): ");
        terminal.types("nobody\n");
        terminal.sees("Vendor (tencent or volcengine): ");
        terminal.types("ten\n");
        terminal.sees("SecretId of profile work: ");
        terminal.types(&format!("{}\n", cloud.secret_id()));
        terminal.sees("SecretKey (is not shown): ");
        // The prompt may be there before the echo is off.
        std::thread::sleep(std::time::Duration::from_millis(500));
        terminal.types(key);
        terminal.sees("ready> ")
    };
    // Ctrl-C at the secret: nothing is written, and the terminal shows again what is typed.
    let shown = ask(&mut terminal, "half\u{3}");
    assert!(!shown.contains("half"), "{shown:?}");
    assert_eq!(terminal.code(), "code=130");
    assert!(!home.path(".tccli").exists());
    let modes = terminal.runs("stty -a");
    for mode in ["echo", "isig", "icanon"] {
        assert!(modes.split_whitespace().any(|one| one == mode), "{modes}");
    }

    let shown = ask(&mut terminal, &format!("{}\n", cloud.secret_key()));
    assert!(
        shown.contains("holds profile work") && !shown.contains(cloud.secret_key()),
        "{shown:?}"
    );
    let listed = terminal.runs("yunqiao configure list");
    assert!(
        listed.contains("work") && !listed.contains(cloud.secret_id()),
        "{listed:?}"
    );
    let call = format!(
        "yunqiao call sts.GetCallerIdentity --profile work --region ap-guangzhou --endpoint {}",
        cloud.url()
    );
    assert!(terminal.runs(&call).contains("\"AccountId\""));
    assert!(cloud.calls().last().unwrap().signature.is_verified());
}
