//! The list of generated methods in, a program that knows them all out: it is built against the generated crate, reads tasks
//! and answers what the types made of them. 326 pairs of types cannot be listed by hand, and `api.lock` lists them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value as Json, json};
use yunqiao_mock::LocalCloud;
use yunqiao_tests::{cargo_in, own_target, root};

/// What does not depend on the actions.
const FRAME: &str = include_str!("frame.rs.txt");

/// A generated method, as the lock tells it.
struct Method {
    vendor: String,
    service: String,
    version: String,
    method: String,
    request: String,
    response: String,
    action: String,
}

impl Method {
    /// Reads `method tencent::ca::v20230228::Client::upload_file: UploadFileRequest -> UploadFileResponse = UploadFile`.
    fn read(line: &str) -> Option<Self> {
        let (place, types) = line.strip_prefix("method ")?.split_once(": ")?;
        let path: Vec<&str> = place.split("::").collect();
        // Anything else joins versions, and calls one of these.
        let [vendor, service, version, "Client", method] = path.as_slice() else {
            return None;
        };
        let (request, rest) = types.split_once(" -> ")?;
        let (response, action) = rest.split_once(" = ")?;
        Some(Self {
            vendor: (*vendor).to_owned(),
            service: (*service).to_owned(),
            version: (*version).to_owned(),
            method: (*method).to_owned(),
            request: request.to_owned(),
            response: response.to_owned(),
            action: action.to_owned(),
        })
    }

    fn constant(&self) -> String {
        format!("{}_{}_{}", self.vendor, self.service, self.version).to_uppercase()
    }

    /// As a service version writes itself: `2023-02-28`.
    fn date(&self) -> String {
        let digits = &self.version[1..];
        format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])
    }

    fn arm(&self) -> String {
        let Self {
            vendor,
            service,
            version,
            method,
            request,
            response,
            action,
        } = self;
        let (api, date) = (
            format!("yunqiao::{vendor}::{service}::{version}"),
            self.date(),
        );
        format!(
            "        \"{vendor}/{service}/{date}/{action}\" => work::<{api}::{request}, {api}::{response}>(task, &{}, \"{action}\", |config, request| {api}::Client::new(config).{method}(request)),\n",
            self.constant()
        )
    }
}

fn methods() -> Vec<Method> {
    let lock = std::fs::read_to_string(root().join("generated/api.lock")).unwrap();
    lock.lines().filter_map(Method::read).collect()
}

fn source(methods: &[Method]) -> String {
    let mut text = String::from(FRAME);
    let services: BTreeSet<String> = methods
        .iter()
        .map(|method| {
            let vendor = match method.vendor.as_str() {
                "tencent" => "Tencent",
                _ => "Volcengine",
            };
            format!(
                "static {}: Service = Service::new(Vendor::{vendor}, {:?}, {:?}, \"localhost\");\n",
                method.constant(),
                method.service,
                method.date()
            )
        })
        .collect();
    text.extend(services);
    text.push_str("\nfn dispatch(action: &str, task: &Task<'_>) -> Json {\n    match action {\n");
    text.extend(methods.iter().map(Method::arm));
    let _ = writeln!(
        text,
        "        _ => json!({{ \"unknown\": action }}),\n    }}\n}}"
    );
    text
}

fn manifest(methods: &[Method]) -> String {
    let features: BTreeSet<String> = methods
        .iter()
        .map(|method| format!("{}-{}-{}", method.vendor, method.service, method.version))
        .collect();
    format!(
        "[package]\nname = \"conformance\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         reqwest = {{ version = \"0.13\", default-features = false }}\nserde = \"1\"\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", default-features = false, features = [\"net\", \"rt\", \"time\"] }}\n\
         yunqiao = {{ path = {}, default-features = false, features = {} }}\n\
         yunqiao-runtime = {{ path = {}, default-features = false }}\n\n\
         [workspace]\n",
        json!(root().join("generated")),
        json!(features),
        json!(root().join("runtime"))
    )
}

/// Writes and builds the program, once for all tests.
fn built() -> &'static PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = root().join("target/conformance");
        let methods = methods();
        std::fs::create_dir_all(folder.join("src")).unwrap();
        for (path, text) in [
            ("Cargo.toml", manifest(&methods)),
            ("src/main.rs", source(&methods)),
        ] {
            // A file that stays the same keeps its time, and cargo has nothing to do.
            let path = folder.join(path);
            if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
                std::fs::write(&path, text).unwrap();
            }
        }
        std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let output = cargo_in(&folder)
            .args(["build", "--quiet"])
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "the program does not build:\n{errors}"
        );
        own_target()
            .join("debug")
            .join(format!("conformance{}", std::env::consts::EXE_SUFFIX))
    })
}

/// The running program.
pub(crate) struct Program {
    child: Child,
    tasks: Option<ChildStdin>,
    outcomes: BufReader<ChildStdout>,
}

impl Program {
    /// Starts the program; its calls go to the cloud.
    pub(crate) fn start(cloud: &LocalCloud) -> Self {
        let mut child = Command::new(built())
            .args([cloud.url(), cloud.secret_id(), cloud.secret_key()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (tasks, outcomes) = (child.stdin.take(), child.stdout.take().unwrap());
        Self {
            child,
            tasks,
            outcomes: BufReader::new(outcomes),
        }
    }

    /// Has one task done. The action is `tencent/ca/2023-02-28/UploadFile`.
    pub(crate) fn work(&mut self, job: &str, action: &str, document: &str) -> Json {
        let task = json!({ "job": job, "action": action, "document": document });
        writeln!(self.tasks.as_mut().unwrap(), "{task}").unwrap();
        let mut line = String::new();
        self.outcomes.read_line(&mut line).unwrap();
        let outcome: Json = serde_json::from_str(&line).unwrap();
        assert!(
            outcome["unknown"].is_null(),
            "api.lock has no method for {action}"
        );
        outcome
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The end of its input is the end of the program.
        self.tasks = None;
        let _ = self.child.wait();
    }
}
