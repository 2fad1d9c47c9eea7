//! Starting, serving many at once, and stopping.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::Ordering;
use std::thread;

use serde_json::json;
use yunqiao_mock::{LocalCloud, StartError};

use crate::bench::{Bench, NOW};
use crate::http::{Answer, Request};

#[test]
fn dropping_the_cloud_frees_the_port_and_closes_connections() {
    let bench = Bench::new();
    let address = bench.cloud.address();
    // A connection that is open and idle must not keep the cloud alive.
    let mut idle = TcpStream::connect(address).unwrap();
    bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    drop(bench);
    let mut rest = Vec::new();
    let closed = idle.read_to_end(&mut rest);
    assert!(matches!(closed, Ok(0) | Err(_)));
    drop(TcpListener::bind(address).unwrap());
}

#[test]
fn a_taken_port_is_an_error_that_says_so() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error: StartError = LocalCloud::builder().port(port).start().unwrap_err();
    assert!(error.is_port_taken());
    assert!(error.to_string().contains(&port.to_string()), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn a_chosen_port_is_taken() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let cloud = LocalCloud::builder().port(free).start().unwrap();
    assert_eq!(cloud.url(), format!("http://127.0.0.1:{free}"));
}

#[test]
fn fifty_clients_at_once_are_all_served() {
    let bench = Bench::new();
    thread::scope(|scope| {
        for number in 0..50 {
            let bench = &bench;
            scope.spawn(move || {
                for _ in 0..4 {
                    let answer = if number % 2 == 0 {
                        bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }))
                    } else {
                        bench.call_volcengine("Apply", &json!({ "name": "n" }))
                    };
                    assert_eq!(answer.status, 200);
                }
            });
        }
    });
    let calls = bench.cloud.calls();
    assert_eq!(calls.len(), 200);
    assert!(
        calls
            .iter()
            .all(|call| call.signature.is_verified() && call.error_code.is_none())
    );
    let ids: BTreeSet<String> = calls.into_iter().map(|call| call.request_id).collect();
    assert_eq!(ids.len(), 200, "request ids are unique");
}

#[test]
fn ids_of_several_clouds_differ() {
    let (one, two) = (Bench::new(), Bench::new());
    let id = |bench: &Bench| {
        bench
            .call_tencent("DescribeFlow", &json!({ "FlowId": "a" }))
            .header("X-TC-RequestId")
            .to_owned()
    };
    assert_ne!(id(&one), id(&two));
}

#[test]
fn the_date_is_that_of_the_cloud_s_clock() {
    let bench = Bench::new();
    let date = || {
        bench
            .call_tencent("DescribeFlow", &json!({}))
            .header("Date")
            .to_owned()
    };
    assert_eq!(date(), "Tue, 14 Nov 2023 22:13:20 GMT");
    bench.now.store(NOW + 86_400, Ordering::Relaxed);
    assert_eq!(date(), "Wed, 15 Nov 2023 22:13:20 GMT");
}

#[test]
fn a_connection_serves_several_calls() {
    let bench = Bench::new();
    let mut stream = TcpStream::connect(bench.cloud.address()).unwrap();
    for _ in 0..3 {
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let answer = Answer::read(&head);
        let mut body = vec![0; answer.header("Content-Length").parse().unwrap()];
        stream.read_exact(&mut body).unwrap();
        assert_eq!(answer.status, 404);
    }
}

#[test]
fn what_is_no_call_is_told_what_lives_here() {
    let bench = Bench::new();
    let mut request = Request {
        method: "GET".to_owned(),
        target: "/".to_owned(),
        ..Request::default()
    };
    request.set("Host", "localhost");
    let answer = bench.send(&request);
    assert_eq!(answer.status, 404);
    assert!(
        String::from_utf8(answer.body)
            .unwrap()
            .contains("X-TC-Action")
    );
    assert_eq!(bench.cloud.calls(), []);
}

#[test]
fn a_body_that_nobody_would_send_is_not_read() {
    let bench = Bench::new();
    let first_line = |head: &str| {
        let mut stream = TcpStream::connect(bench.cloud.address()).unwrap();
        stream
            .write_all(
                format!("{head}\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\n")
                    .as_bytes(),
            )
            .unwrap();
        let mut answer = [0; 512];
        let read = stream.read(&mut answer).unwrap();
        String::from_utf8_lossy(&answer[..read])
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(
        first_line("POST / HTTP/1.1\r\nX-TC-Action: Upload"),
        "HTTP/1.1 200 OK"
    );
    assert_eq!(
        first_line("POST /?Action=Apply&Version=2021-01-11 HTTP/1.1"),
        "HTTP/1.1 413 Payload Too Large"
    );
    for call in bench.cloud.calls() {
        assert_eq!(call.error_code.as_deref(), Some("RequestSizeLimitExceeded"));
    }
}

#[test]
fn a_call_that_breaks_off_is_no_call() {
    let bench = Bench::new();
    let mut stream = TcpStream::connect(bench.cloud.address()).unwrap();
    stream
        .write_all(
            b"POST / HTTP/1.1\r\nHost: x\r\nX-TC-Action: Upload\r\nContent-Length: 10\r\n\r\n{",
        )
        .unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    // Whether the connection is closed in silence or with a 400 does not matter.
    drop(stream.read_to_end(&mut answer));
    assert!(
        answer.is_empty() || answer.starts_with(b"HTTP/1.1 400"),
        "{}",
        String::from_utf8_lossy(&answer)
    );
    assert_eq!(bench.cloud.calls(), []);
}

#[test]
fn it_serves_asynchronous_tests_too() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let bench = Bench::new();
        assert_eq!(
            bench
                .call_tencent("DescribeFlow", &json!({ "FlowId": "a" }))
                .status,
            200
        );
        drop(bench);
    });
}
