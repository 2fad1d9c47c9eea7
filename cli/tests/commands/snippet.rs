//! Calls in, what `yunqiao snippet` and the explorer write of them out: and that it does what it says.

mod package;

use serde_json::{Value as Json, json};

use crate::serve::Server;
use crate::{code, stderr, stdout, with_input, yunqiao};

/// Calls of each kind: nested structs, enums, lists, an upload, an older version, names that are no Rust names.
pub(crate) fn calls() -> Vec<(&'static str, Json)> {
    vec![
        (
            "tencent/ess/2020-11-11/DescribeFlowBriefs",
            json!({ "Operator": { "UserId": "it's $HOME" }, "FlowIds": ["@a", "--b"] }),
        ),
        (
            "tencent/ess/2020-11-11/UploadFiles",
            json!({
                "Caller": { "OperatorId": "yDRS" },
                "BusinessType": "DOCUMENT",
                "FileInfos": [{ "FileBody": "JVBERi0xLjQK", "FileName": "火 \"a\\b\".pdf" }],
            }),
        ),
        (
            "volcengine/sms/2020-01-01/SendSms",
            json!({
                "SmsAccount": "7a1b2c3d", "Sign": "火山", "TemplateID": "ST_1",
                "TemplateParam": "{\"code\":\"1234\"}", "PhoneNumbers": "13800001702", "Tag": "@tag",
            }),
        ),
    ]
}

/// The request of the last call that has arrived, as far as it is no secret.
fn arrived(server: &Server) -> Json {
    let calls = server.get("/-/calls?limit=1000").json();
    let last = calls["calls"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["signature"]["state"], "verified", "{last}");
    last
}

fn snippets(server: &Server, id: &str, parameters: &Json) -> Json {
    let asked = json!({ "id": id, "parameters": parameters, "region": null });
    server.post("/api/snippet", &asked).json()
}

/// What a shell makes of a text, with this command in its path.
fn shell(script: &str) -> std::process::Output {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_yunqiao"));
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", binary.parent().unwrap().display());
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script]).env("PATH", path);
    command.env("no_proxy", "*").env("NO_PROXY", "*");
    command.output().unwrap()
}

#[test]
fn the_line_and_curl_make_the_call_as_they_stand() {
    let server = Server::start(&[]);
    for (id, parameters) in calls() {
        let written = snippets(&server, id, &parameters);
        let sent = server.post("/api/send", &json!({ "id": id, "parameters": parameters }));
        assert_eq!(sent.json()["error"], Json::Null, "{id}");
        let wanted = arrived(&server);
        for language in ["cli", "curl"] {
            let script = written[language].as_str().unwrap();
            let output = shell(script);
            if language == "curl" && output.status.code() == Some(127) {
                continue;
            }
            let told = (stdout(&output), stderr(&output));
            assert_eq!(code(&output), 0, "{script}: {told:?}");
            let call = arrived(&server);
            assert!(
                call["number"].as_u64() > wanted["number"].as_u64(),
                "{script}"
            );
            for part in ["request", "request_bytes", "id", "error_code"] {
                assert_eq!(call[part], wanted[part], "{script}: {part}");
            }
        }
    }
}

#[test]
fn long_requests_go_over_standard_input() {
    let server = Server::start(&[]);
    let id = "tencent/ess/2020-11-11/UploadFiles";
    let file = |body: String| json!({ "FileBody": body, "FileName": "a.pdf" });
    // Longer than one argument of a command may be.
    let parameters = json!({
        "Caller": { "OperatorId": "yDRS" },
        "BusinessType": "DOCUMENT",
        "FileInfos": [file("QUJD".repeat(50_000))],
    });
    let written = snippets(&server, id, &parameters);
    for language in ["cli", "curl"] {
        let script = written[language].as_str().unwrap();
        assert!(script.contains("printf %s '"), "{language}");
        // The script itself is too long for an argument, and is read from a pipe.
        let mut command = std::process::Command::new("sh");
        let binary = std::path::Path::new(env!("CARGO_BIN_EXE_yunqiao"));
        let path = std::env::var("PATH").unwrap_or_default();
        command.env(
            "PATH",
            format!("{}:{path}", binary.parent().unwrap().display()),
        );
        command.env("no_proxy", "*");
        let output = with_input(command, script.as_bytes());
        if output.status.code() == Some(127) {
            continue;
        }
        assert_eq!(code(&output), 0, "{language}: {}", stderr(&output));
        assert_eq!(arrived(&server)["error_code"], Json::Null, "{language}");
    }
}

#[test]
fn the_command_writes_each_language() {
    let args = [
        "ess.DescribeFlowBriefs",
        "--Operator.UserId",
        "yDRS",
        "--FlowIds",
        "a",
    ];
    let written = |more: &[&str]| {
        let output = yunqiao(&[&["snippet"], &args[..], more].concat())
            .output()
            .unwrap();
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let rust = written(&["--region", "ap-guangzhou"]);
    assert!(
        rust.contains(".operator(UserInfo::new().user_id(\"yDRS\"))"),
        "{rust}"
    );
    assert!(rust.contains(".region(\"ap-guangzhou\")"), "{rust}");
    let curl = written(&["--language", "curl", "--endpoint", "http://127.0.0.1:9"]);
    assert!(
        curl.starts_with("curl -X POST 'http://127.0.0.1:9/'"),
        "{curl}"
    );
    let line = written(&["--language", "cli"]);
    assert!(
        line.contains("yunqiao call ess.DescribeFlowBriefs --endpoint http://127.0.0.1:4100"),
        "{line}"
    );
    assert!(
        line.trim_end()
            .ends_with("--Operator.UserId yDRS --FlowIds '[\"a\"]'"),
        "{line}"
    );
    // Words of other commands are no commands.
    let output = yunqiao(&["list", "snippet", "--output", "json"])
        .output()
        .unwrap();
    assert_eq!(stdout(&output).trim(), "[]");
    let output = yunqiao(&["snippet", "ess.CreateFlwo"]).output().unwrap();
    assert_eq!(code(&output), 2);
}
