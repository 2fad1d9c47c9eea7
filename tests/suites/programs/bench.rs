//! The name of a program and what it gets in, what it did out: built once by cargo, run as a process against a local cloud.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value as Json;
use yunqiao_mock::{Call, LocalCloud};
use yunqiao_model::api::Api;
use yunqiao_tests::root;

pub(crate) const PROGRAMS: [&str; 7] = [
    "any_action",
    "assume_role",
    "sign_contract",
    "signature_report",
    "sms_code",
    "sms_signature_ident",
    "verify_contract_pdf",
];

pub(crate) const KEY_ID: &str = "permanent-id";
const KEY: &str = "hunter2-permanent-key";

/// What must stay out of whatever a program prints: the key, and the person whom every test calls the same.
pub(crate) const SECRETS: [&str; 6] = [
    KEY,
    "hunter2",
    "王小明",
    "13800000000",
    "11010119900307123X",
    // Of papers: the text of their bytes.
    "aHVudGVy",
];

/// Where cargo has put the programs. The features are those of the whole, with which a test of the workspace builds anyway.
fn built() -> &'static BTreeMap<String, PathBuf> {
    static BUILT: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--workspace", "--all-features", "--quiet"]);
        cargo.arg("--message-format=json-render-diagnostics");
        cargo.args(PROGRAMS.iter().flat_map(|name| ["--example", name]));
        // What cargo tells this test about its package would look like a changed environment to build scripts that read such
        // variables, and everything above them would be built anew.
        for (name, _) in std::env::vars_os() {
            let about = ["CARGO_PKG_", "CARGO_MANIFEST_"];
            let text = name.to_string_lossy();
            if about.iter().any(|start| text.starts_with(start)) {
                cargo.env_remove(&name);
            }
        }
        let output = cargo.current_dir(root()).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        // Cargo says itself where it puts things, whatever decides on the target folder.
        let messages = output.stdout.split(|byte| *byte == b'\n');
        let found = messages.filter_map(|line| {
            let message: Json = serde_json::from_slice(line).ok()?;
            let name = message["target"]["name"].as_str()?.to_owned();
            let is_program = message["target"]["kind"][0] == "example";
            let path = message["executable"].as_str().filter(|_| is_program)?;
            Some((name, PathBuf::from(path)))
        });
        found.collect()
    })
}

/// The embedded schemas, read once.
pub(crate) fn cloud() -> LocalCloud {
    static API: OnceLock<Api> = OnceLock::new();
    let api = API.get_or_init(|| yunqiao_mock::embedded().api);
    let builder = LocalCloud::builder().schemas(api.clone());
    builder.key(KEY_ID, KEY).start().unwrap()
}

/// A program about to run.
pub(crate) struct Program {
    command: Command,
    input: &'static str,
}

/// What a program did.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Program {
    /// A program with nothing in its environment.
    pub(crate) fn bare(name: &str) -> Self {
        let mut command = Command::new(&built()[name]);
        command.env_clear();
        Self { command, input: "" }
    }

    /// A program that calls the cloud with its key, for the person and with the patience that tests have.
    pub(crate) fn new(name: &str, cloud: &LocalCloud) -> Self {
        let person = ["王小明", "11010119900307123X", "13800000000"];
        let [name_of, id_card, mobile] = person;
        let variables = [
            ("YUNQIAO_ENDPOINT", cloud.url()),
            ("TENCENTCLOUD_SECRET_ID", KEY_ID),
            ("TENCENTCLOUD_SECRET_KEY", KEY),
            ("TENCENTCLOUD_REGION", "ap-guangzhou"),
            ("VOLCENGINE_ACCESS_KEY", KEY_ID),
            ("VOLCENGINE_SECRET_KEY", KEY),
            ("OPERATOR_USER_ID", "yDoperator"),
            ("SIGNER_NAME", name_of),
            ("SIGNER_MOBILE", mobile),
            ("APPLICANT_NAME", name_of),
            ("CONTACT_NAME", name_of),
            ("CONTACT_MOBILE", mobile),
            ("PHONE_NUMBER", mobile),
            ("OPERATOR_NAME", name_of),
            ("OPERATOR_ID_CARD", id_card),
            ("OPERATOR_MOBILE", mobile),
            ("RESPONSIBLE_NAME", name_of),
            ("RESPONSIBLE_ID_CARD", id_card),
            ("RESPONSIBLE_MOBILE", mobile),
            ("WAIT_SECONDS", "60"),
        ];
        let mut program = Self::bare(name);
        program.command.envs(variables);
        program
    }

    pub(crate) fn with(mut self, variable: &str, value: &str) -> Self {
        self.command.env(variable, value);
        self
    }

    pub(crate) fn without(mut self, variable: &str) -> Self {
        self.command.env_remove(variable);
        self
    }

    pub(crate) fn typed(mut self, input: &'static str) -> Self {
        self.input = input;
        self
    }

    /// Runs to the end, and looks for what must never be printed.
    #[track_caller]
    pub(crate) fn run(mut self, arguments: &[&str]) -> Run {
        let piped = self.command.args(arguments).stdin(Stdio::piped());
        let piped = piped.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that reads nothing may have ended already.
        drop(stdin.write_all(self.input.as_bytes()));
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let run = Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        for secret in SECRETS {
            let told = run.out.contains(secret) || run.err.contains(secret);
            assert!(!told, "{secret}: {run:?}");
        }
        assert!(!run.err.contains("panicked"), "{run:?}");
        run
    }
}

impl Run {
    /// The program has done what it should, and printed just this.
    #[track_caller]
    pub(crate) fn printed(&self, text: &str) {
        assert_eq!(
            (self.code, self.out.as_str(), self.err.as_str()),
            (Some(0), text, "")
        );
    }

    /// The program has ended with this code, and stderr holds each of these.
    #[track_caller]
    pub(crate) fn failed(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        for part in parts {
            assert!(self.err.contains(part), "{part}: {self:?}");
        }
    }
}

/// A call as the clouds tell them apart: who was called, with which action and version, where, and by whom.
pub(crate) type Seen<'a> = (&'a str, &'a str, &'a str, Option<&'a str>, &'a str);

/// Exactly these calls have arrived, each with a signature that holds and nothing that departs from the schemas.
#[track_caller]
pub(crate) fn assert_calls(cloud: &LocalCloud, expected: &[Seen<'_>]) -> Vec<Call> {
    let calls = cloud.calls();
    let seen: Vec<Seen<'_>> = calls.iter().map(seen).collect();
    assert_eq!(seen, expected);
    for call in &calls {
        assert!(call.signature.is_verified(), "{call:?}");
        assert!(call.deviations.is_empty(), "{call:?}");
    }
    calls
}

fn seen(call: &Call) -> Seen<'_> {
    (
        call.host.as_deref().unwrap_or_default(),
        &call.action,
        &call.version,
        call.region.as_deref(),
        call.key_id.as_deref().unwrap_or_default(),
    )
}

/// A folder of this test's own, with files of these names whose content must not be told.
pub(crate) fn papers(test: &str, names: &[&str]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&folder).unwrap();
    for name in names {
        std::fs::write(folder.join(name), b"hunter2").unwrap();
    }
    folder
}
