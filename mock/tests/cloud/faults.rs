//! In: rules that ask for faults. Out: connections of the cloud's own port that break as they say.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::bench::Bench;
use crate::rules::{describe, scripted};

/// What a client sees of a call on a connection of its own, and the error that ends it, if one does.
fn raw(bench: &Bench) -> (Vec<u8>, Option<ErrorKind>) {
    let mut request = bench.tencent("DescribeFlow", &json!({ "FlowId": "a" }).to_string());
    bench.signer("demo").tc3(&mut request);
    let mut text = format!(
        "POST / HTTP/1.1\r\nContent-Length: {}\r\n",
        request.body.len()
    );
    for (name, value) in &request.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(bench.cloud.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(500)))
        .unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    stream.write_all(b"\r\n").unwrap();
    stream.write_all(&request.body).unwrap();
    let mut answer = Vec::new();
    let end = stream
        .read_to_end(&mut answer)
        .err()
        .map(|error| error.kind());
    (answer, end)
}

#[test]
fn faults_happen_on_the_clouds_own_port() {
    let reset = Some(ErrorKind::ConnectionReset);
    let waits = Some(ErrorKind::WouldBlock);
    // The name, how the connection ends, whether something comes, and whether the call was executed.
    for (name, end, comes, status) in [
        ("reset", reset, false, 0),
        ("reset-executed", reset, false, 200),
        ("close-unexecuted", None, false, 0),
        ("hang", waits, false, 0),
        ("stall-executed", waits, false, 200),
        ("cut", reset, true, 200),
        ("cut-head", reset, true, 200),
        ("stall-body", waits, true, 200),
        ("half", None, true, 200),
        ("length-too-long", None, true, 200),
        ("close-after", None, true, 200),
    ] {
        let bench = scripted(&format!(
            "[{{action: DescribeFlow, times: 1, fault: {name}}}]"
        ));
        let (answer, found) = raw(&bench);
        assert_eq!(found, end, "{name}");
        assert_eq!(!answer.is_empty(), comes, "{name}");
        let call = &bench.cloud.calls()[0];
        assert_eq!(
            (call.http_status, call.fault.as_deref()),
            (status, Some(name))
        );
        assert!(call.signature.is_verified());
        // The next call meets nothing.
        assert_eq!(
            describe(&bench, "a").json()["Response"]["Title"],
            "first",
            "{name}"
        );
    }
}

#[test]
fn half_an_answer_is_a_proper_one_and_a_whole_one_may_drip() {
    let whole = describe(&Bench::new(), "a").body.len();
    let bench = scripted(
        "[{action: '*', times: 1, fault: half}, {action: '*', after: 400ms, fault: drip}]",
    );
    assert_eq!(describe(&bench, "a").body.len(), whole / 2);
    let started = Instant::now();
    assert_eq!(describe(&bench, "a").json()["Response"]["Title"], "first");
    assert!(started.elapsed() >= Duration::from_millis(390));
}

#[test]
fn an_intermediary_may_send_a_call_twice() {
    let bench = scripted("[{action: '*', times: 1, fault: twice}]");
    assert_eq!(describe(&bench, "a").json()["Response"]["Title"], "first");
    let copies: Vec<bool> = bench
        .cloud
        .calls()
        .iter()
        .map(|call| call.is_copy)
        .collect();
    assert_eq!(copies, [false, true]);
}

#[test]
fn faults_of_rules_happen_on_other_lines_of_the_cloud_too() {
    let bench = scripted("[{action: '*', times: 1, fault: cut}]");
    let line = bench.cloud.line(|_| yunqiao_mock::Trouble::None).unwrap();
    let mut request = bench.tencent("DescribeFlow", "{\"FlowId\":\"a\"}");
    bench.signer("demo").tc3(&mut request);
    let address = line.address();
    let sent = request.clone();
    let failed = std::panic::catch_unwind(move || sent.send(address));
    assert!(failed.is_err(), "the answer breaks off");
}
