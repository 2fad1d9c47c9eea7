//! What the explorer asks for in, what it is told out.

use serde_json::{Value as Json, json};

use super::{Server, request};

const BRIEFS: &str = "tencent/ess/2020-11-11/DescribeFlowBriefs";

fn briefs() -> Json {
    json!({
        "id": BRIEFS,
        "parameters": { "Operator": { "UserId": "yDRS" }, "FlowIds": ["yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm"] },
        "region": null,
        "target": "local",
    })
}

#[test]
fn every_answer_keeps_browsers_in_bounds() {
    let server = Server::start(&[]);
    for path in ["/", "/inspector", "/api/state", "/nowhere", "/api/nothing"] {
        let page = server.get(path);
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(page.header(name), value, "{path}: {name}");
        }
    }
    assert_eq!(server.get("/api/state").header("cache-control"), "no-store");
    let page = server.get("/");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let known = [("if-none-match", page.header("etag"))];
    let again = request(&server.url, "GET", "/", &known, b"");
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn what_cannot_be_used_is_refused_in_clear_words() {
    let server = Server::start(&[]);
    let json = ("content-type", "application/json");
    let long = format!("{{\"id\": \"{}\"}}", "x".repeat(9 << 20));
    let live = json!({ "id": BRIEFS, "target": "live" }).to_string();
    for (method, path, header, body, status, told) in [
        (
            "POST",
            "/api/prepare",
            ("content-type", "text/plain"),
            "{}",
            415,
            "has to be JSON",
        ),
        (
            "POST",
            "/api/prepare",
            json,
            "{\"id\":",
            400,
            "no JSON: line 1, column",
        ),
        ("POST", "/api/prepare", json, "[]", 400, "no JSON object"),
        ("POST", "/api/prepare", json, "{}", 400, "id is missing"),
        ("POST", "/api/send", json, &*long, 413, "too long"),
        (
            "POST",
            "/api/send",
            json,
            "{\"id\": \"a/b/c/d\"}",
            404,
            "no action",
        ),
        (
            "POST",
            "/api/send",
            json,
            &*live,
            403,
            "yunqiao serve --live",
        ),
        ("POST", "/api/prepare", json, &*live, 403, "not allowed"),
        (
            "POST",
            "/api/test",
            json,
            "{\"numbers\": []}",
            400,
            "1 to 200",
        ),
        (
            "POST",
            "/api/test",
            json,
            "{\"numbers\": [77]}",
            404,
            "call 77 is not kept",
        ),
        ("GET", "/api/send", json, "", 405, "POST"),
        ("POST", "/api/state", json, "{}", 405, "GET"),
        ("POST", "/", json, "{}", 405, "GET"),
        (
            "GET",
            "/api/action?id=tencent%2Fess",
            json,
            "",
            404,
            "no action",
        ),
    ] {
        let reply = request(&server.url, method, path, &[header], body.as_bytes());
        let text = reply.text();
        assert_eq!(reply.status, status, "{method} {path}: {text}");
        assert!(text.contains(told), "{method} {path}: {text}");
        assert!(
            reply.json()["error"].is_string() && reply.json()["hint"].is_string(),
            "{text}"
        );
    }
    // A page of another site may not ask at all.
    let foreign = [json, ("origin", "https://evil.example")];
    let body = briefs().to_string();
    let reply = request(&server.url, "POST", "/api/send", &foreign, body.as_bytes());
    assert_eq!(reply.status, 403);
    let rebound = [json, ("host", "evil.example")];
    let reply = request(&server.url, "POST", "/api/send", &rebound, body.as_bytes());
    assert_eq!(reply.status, 403);
    assert_eq!(server.get("/-/calls").json()["last"], 0);
}

/// Each of them can be shown, prepared without a problem, and called as its example calls it.
#[test]
fn every_action_and_every_example_works() {
    let server = Server::start(&[]);
    let all = server.get("/api/actions").json();
    let all = all.as_array().unwrap();
    assert!(all.len() > 300, "{}", all.len());
    let mut called = 0;
    for one in all {
        let id = one["id"].as_str().unwrap();
        let shown = server.get(&format!("/api/action?id={id}")).json();
        assert_eq!((&shown["id"], &shown["name"]), (&one["id"], &one["name"]));
        for list in ["request", "response", "errors", "examples", "regions"] {
            assert!(shown[list].is_array(), "{id}: {list}");
        }
        for field in shown["request"].as_array().unwrap() {
            reaches(&shown, &field["type"]);
        }
        let region = shown["regions"]
            .get(0)
            .filter(|_| shown["region"] == "required");
        for example in shown["examples"].as_array().unwrap().iter().take(1) {
            let asked = json!({ "id": id, "parameters": example["request"], "region": region });
            let prepared = server.post("/api/prepare", &asked).json();
            assert_eq!(prepared["problems"], json!([]), "{id}");
            let snippets = &prepared["snippets"];
            assert!(
                snippets["rust"]
                    .as_str()
                    .unwrap()
                    .contains("#[tokio::main]"),
                "{id}: {snippets}"
            );
            assert!(
                snippets["cli"].as_str().unwrap().contains("yunqiao call "),
                "{id}: {snippets}"
            );
            assert!(
                snippets["curl"].as_str().unwrap().contains("curl -X "),
                "{id}: {snippets}"
            );
            let sent = server.post("/api/send", &asked).json();
            assert_eq!(
                (&sent["error"], &sent["status"]),
                (&Json::Null, &json!(200)),
                "{id}: {sent}"
            );
            called += 1;
        }
    }
    assert!(called > 250, "{called}");
}

/// Whatever a type names is there.
fn reaches(shown: &Json, ty: &Json) {
    match ty["kind"].as_str().unwrap() {
        "list" => reaches(shown, &ty["item"]),
        kind @ ("struct" | "enum") => {
            let name = ty["name"].as_str().unwrap();
            assert!(shown[format!("{kind}s")][name].is_object(), "{name}");
        }
        _ => {}
    }
}

#[test]
fn problems_are_told_with_their_place_and_what_was_meant() {
    let server = Server::start(&[]);
    let mut asked = briefs();
    asked["parameters"] =
        json!({ "Operator": { "UserID": "y", "a\nb": 1 }, "FlowIds": [1, { "a": 1 }] });
    let prepared = server.post("/api/prepare", &asked).json();
    let problems = prepared["problems"].as_array().unwrap();
    let unknown = problems
        .iter()
        .find(|one| one["path"] == "Operator.UserID")
        .unwrap();
    assert_eq!(unknown["suggestion"], "UserId", "{unknown}");
    assert!(
        problems.iter().any(|one| one["path"] == "FlowIds[1]"),
        "{problems:?}"
    );
    let rust = prepared["snippets"]["rust"].as_str().unwrap();
    assert!(
        rust.contains("Left out, as the schema does not take it:"),
        "{rust}"
    );
    // No name leaves the comment.
    let lines = rust.lines().filter(|line| !line.starts_with("//"));
    assert!(
        !lines.into_iter().any(|line| line.starts_with('b')),
        "{rust}"
    );
}

#[test]
fn an_error_is_explained() {
    let server = Server::start(&[]);
    let mut asked = briefs();
    asked["parameters"] = json!({ "Operator": {}, "Flow": 1 });
    let sent = server.post("/api/send", &asked).json();
    let error = &sent["error"];
    assert!(
        error["code"].is_string() && error["message"].is_string(),
        "{sent}"
    );
    assert!(error["meaning"].as_str().unwrap().len() > 10, "{error}");
    assert_eq!(error["delivery"], "rejected");
    assert!(
        error["advice"]
            .as_str()
            .unwrap()
            .contains("Mend the parameter"),
        "{error}"
    );
    assert_eq!(
        (&sent["attempts"], &sent["status"]),
        (&json!(1), &json!(200))
    );
    let code = &sent["answer"]["Response"]["Error"]["Code"];
    assert_eq!(code, &error["code"], "the answer is there as it came");
    assert_eq!(sent["wire"]["method"], "POST");
    let headers = sent["headers"].as_array().unwrap();
    assert!(
        headers.iter().any(|pair| pair[0] == "x-tc-requestid"),
        "{headers:?}"
    );
}

#[test]
fn a_script_says_what_is_answered() {
    let file = std::env::temp_dir().join(format!("yunqiao-script-{}.yaml", std::process::id()));
    let path = file.to_str().unwrap();
    let rule = "- action: ess.DescribeFlowBriefs\n  error: { code: FailedOperation, message: As the script says. }\n";
    std::fs::write(&file, rule).unwrap();
    let server = Server::start(&["--script", path]);
    let sent = server.post("/api/send", &briefs()).json();
    assert_eq!(sent["error"]["message"], "As the script says.", "{sent}");
    std::fs::write(
        &file,
        "- action: ess.DescribeFlowBrief\n  error: { code: A, message: b }\n",
    )
    .unwrap();
    let output = crate::yunqiao(&["serve", "--port", "0", "--script", path])
        .output()
        .unwrap();
    assert_eq!(crate::code(&output), 2);
    let told = crate::stderr(&output);
    assert!(told.contains("DescribeFlowBriefs"), "{told}");
    std::fs::remove_file(file).unwrap();
}
