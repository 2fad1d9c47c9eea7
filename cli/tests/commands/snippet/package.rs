//! Snippets in, one package of somebody else out, in which they compile; and the programs and tests do what they say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

use super::{arrived, calls, snippets};
use crate::serve::Server;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// Cargo in a package outside of the workspace, which shares what it builds with the other suites that do so.
fn cargo(package: &Path, server: &Server, args: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(package)
        .args(args)
        .env("CARGO_TARGET_DIR", root().join("target/goldens/target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CARGO_INCREMENTAL", "0")
        .env("YUNQIAO_ENDPOINT", &server.url)
        .env("TENCENTCLOUD_SECRET_ID", "local-cloud-demo-id")
        .env("TENCENTCLOUD_SECRET_KEY", "local-cloud-demo-key")
        .env("VOLCENGINE_ACCESS_KEY", "local-cloud-demo-id")
        .env("VOLCENGINE_SECRET_KEY", "local-cloud-demo-key");
    cargo.output().unwrap()
}

fn package(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    for below in ["src/bin", "tests"] {
        fs::create_dir_all(folder.join(below)).unwrap();
    }
    let root = root();
    // Nothing here speaks TLS, and nothing else would take as long to build.
    let features = ["tencent-ess", "volcengine-sms-v20200101"];
    let manifest = format!(
        "[package]\nname = \"snippets\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         yunqiao = {{ path = {:?}, default-features = false, features = {features:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n[dev-dependencies]\n\
         serde_json = \"1\"\nyunqiao-mock = {{ path = {:?}, default-features = false, features = [\"embedded\"] }}\n",
        root.join("generated"),
        root.join("mock"),
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

/// Slow: everything that a program of somebody else needs is built once.
#[test]
fn rust_compiles_runs_and_its_tests_pass() {
    let server = Server::start(&[]);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("snippets");
    package(&folder);
    let mut expected = Vec::new();
    for (number, (id, parameters)) in calls().iter().enumerate() {
        let rust = snippets(&server, id, parameters)["rust"]
            .as_str()
            .unwrap()
            .to_owned();
        fs::write(folder.join(format!("src/bin/call{number}.rs")), rust).unwrap();
        let sent = server.post("/api/send", &json!({ "id": id, "parameters": parameters }));
        assert_eq!(sent.json()["error"], Json::Null);
        expected.push(arrived(&server));
    }
    // A refused one, too.
    let refused = json!({ "id": calls()[0].0, "parameters": { "FlowIds": [] } });
    assert!(server.post("/api/send", &refused).json()["error"]["code"].is_string());
    let numbers: Vec<u64> = (1..=expected.len() as u64 + 1).collect();
    let test = server
        .post("/api/test", &json!({ "numbers": numbers }))
        .json();
    assert_eq!(test["left_out"], json!([]));
    let test = test["rust"].as_str().unwrap();
    assert!(
        test.contains("Stand-ins are in the place of:") && !test.contains("<redacted>"),
        "{test}"
    );
    fs::write(folder.join("tests/recorded.rs"), test).unwrap();
    for (number, expected) in expected.iter().enumerate() {
        let output = cargo(
            &folder,
            &server,
            &["run", "--quiet", "--bin", &format!("call{number}")],
        );
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && !told.contains("warning"),
            "{number}: {told}"
        );
        let call = arrived(&server);
        for part in ["request", "id", "error_code"] {
            assert_eq!(call[part], expected[part], "{number}: {part}");
        }
    }
    let output = cargo(&folder, &server, &["test", "--quiet", "--test", "recorded"]);
    let told = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{told:?}\n{test}");
    assert!(
        told.0.contains(&format!("{} passed", numbers.len())),
        "{told:?}"
    );
}
