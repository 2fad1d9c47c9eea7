//! Actions that take bytes or answer in pieces, of schemas in a folder: files in, lines out.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value as Json, json};
use yunqiao_mock::{Answer, LocalCloud, sources_in};
use yunqiao_model::load;

use crate::call::call;
use crate::{code, stderr, stdout};

/// Services that nobody has, with uploads and streams.
fn schemas() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../chaos/schemas")
}

fn archive() -> LocalCloud {
    let sources = sources_in(&schemas()).unwrap();
    let loaded = load(&sources);
    assert!(loaded.diagnostics.is_empty());
    LocalCloud::builder().schemas(loaded.api).start().unwrap()
}

fn of_folder(cloud: &LocalCloud, args: &[&str]) -> std::process::Output {
    let folder = schemas();
    let own = ["--schemas", folder.to_str().unwrap()];
    call(cloud, &[args, &own].concat()).output().unwrap()
}

#[test]
fn files_are_sent_as_they_are() {
    let cloud = archive();
    let folder = std::env::temp_dir().join(format!("yunqiao-bytes-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("scan.bin");
    fs::write(&file, b"\x00\xff\xfe").unwrap();
    let from = format!("@{}", file.display());
    let store = ["archive.StoreRecord", "--Name", "n", "--Record", &from];
    let output = of_folder(&cloud, &store);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let scan = ["archive.StoreScan", "--Title", "t", "--Scan", &from];
    let output = of_folder(&cloud, &scan);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let output = of_folder(
        &cloud,
        &["archive.StoreScan", "--Title", "t", "--Scan", "text"],
    );
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // What is no text is marked where the cloud writes down what has come.
    let bytes = "\0??";
    let calls = cloud.calls();
    assert!(calls.iter().all(|call| call.signature.is_verified()));
    assert_eq!(
        [&calls[0].request, &calls[1].request, &calls[2].request],
        [
            &json!({ "Name": "n", "Record": bytes }),
            &json!({ "Title": "t", "Scan": bytes }),
            &json!({ "Title": "t", "Scan": "text" }),
        ]
    );
    let dry = of_folder(&cloud, &[&store[..], &["--dry-run"]].concat());
    assert!(
        stdout(&dry).starts_with("printf %s AP/+ | base64 -d | curl -X POST "),
        "{}",
        stdout(&dry)
    );
    let missing = of_folder(&cloud, &["archive.StoreRecord", "--Name", "n"]);
    assert_eq!(code(&missing), 2, "{}", stderr(&missing));
    assert_eq!(cloud.calls().len(), 3);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn events_are_lines() {
    let cloud = archive();
    let read = ["archive.ReadRecord", "--Name", "n"];
    let events = ["one", "two"].map(|part| json!({ "Part": part, "Content": ["x"] }));
    cloud.always("ReadRecord", Answer::events(events));
    let output = of_folder(&cloud, &read);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let lines: Vec<Json> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[1]["Part"], &lines[1]["Content"]),
        (&json!("two"), &json!(["x"]))
    );
    let output = of_folder(&cloud, &[&read[..], &["--query", "Part"]].concat());
    assert_eq!(stdout(&output), "\"one\"\n\"two\"\n");
    cloud.fail("ReadRecord", "ResourceNotFound", "No.");
    let output = of_folder(&cloud, &read);
    assert_eq!((code(&output), stdout(&output).as_str()), (1, ""));
    assert!(stderr(&output).contains("ResourceNotFound"));
}
