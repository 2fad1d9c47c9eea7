//! In: requests as browsers send them for pages of this server, and for pages of others. Out: the latter are refused everywhere.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};

use serde_json::json;

use crate::bench::Bench;
use crate::http::Request;

fn status(bench: &Bench, target: &str, headers: &[(&str, &str)]) -> u16 {
    let own = |(name, value): &(&str, &str)| {
        let value = value.replace("{here}", &bench.cloud.address().to_string());
        ((*name).to_owned(), value)
    };
    let request = Request {
        method: "GET".to_owned(),
        target: target.to_owned(),
        headers: headers.iter().map(own).collect(),
        body: Vec::new(),
    };
    bench.send(&request).status
}

#[test]
fn only_names_of_this_computer_and_hosts_of_the_schemas_are_served() {
    let bench = Bench::new();
    for good in [
        "{here}",
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1",
        "[::1]:8080",
        "127.8.8.8:1",
        "demo.tencentcloudapi.com",
        "file.demo.tencent.cn:443",
    ] {
        assert_eq!(
            status(&bench, "/-/health", &[("Host", good)]),
            200,
            "{good}"
        );
    }
    for bad in [
        "evil.example",
        "localhost.evil.example",
        "demo.tencentcloudapi.com.evil.example",
        "10.1.2.3",
        "0.0.0.0",
        "localhost:x",
    ] {
        assert_eq!(status(&bench, "/-/health", &[("Host", bad)]), 403, "{bad}");
    }
}

#[test]
fn what_is_no_text_gets_past_nobody() {
    let bench = Bench::new();
    for name in ["Host", "Origin", "Sec-Fetch-Site"] {
        let mut stream = TcpStream::connect(bench.cloud.address()).unwrap();
        let head = format!("GET /-/health HTTP/1.1\r\nConnection: close\r\n{name}: ");
        let request = [head.as_bytes(), b"evil.\xff.example\r\n\r\n"].concat();
        stream.write_all(&request).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 403 "), "{name}");
    }
}

#[test]
fn pages_of_others_are_refused() {
    let bench = Bench::new();
    let here = ("Host", "{here}");
    for (good, value) in [
        ("Origin", "http://{here}"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Site", "none"),
    ] {
        assert_eq!(
            status(&bench, "/-/health", &[here, (good, value)]),
            200,
            "{value}"
        );
    }
    for (bad, value) in [
        ("Origin", "http://evil.example"),
        ("Origin", "https://{here}"),
        ("Origin", "null"),
        ("Origin", "http://127.0.0.1:1"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ] {
        for target in [
            "/-/health",
            "/-/calls",
            "/",
            "/?Action=Apply&Version=2021-01-11",
        ] {
            assert_eq!(
                status(&bench, target, &[here, (bad, value)]),
                403,
                "{value}"
            );
        }
    }
    assert_eq!(bench.cloud.calls().len(), 0);
}

#[test]
fn a_link_of_others_leads_to_pages_and_makes_no_calls() {
    let bench = Bench::new();
    let link = |target: &str, dest: &str| {
        let headers = [
            ("Host", "{here}"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", dest),
        ];
        status(&bench, target, &headers)
    };
    // There are no pages here, but the way to them is open.
    assert_eq!(link("/", "document"), 404);
    assert_eq!(link("/", "iframe"), 403);
    assert_eq!(link("/-/things", "document"), 403);
    assert_eq!(link("/?Action=Apply&Version=2021-01-11", "document"), 403);
    assert_eq!(bench.cloud.calls().len(), 0);
}

#[test]
fn a_refusal_says_why_and_tells_no_page_anything() {
    let bench = Bench::new();
    let mut request = bench.tencent("DescribeFlow", &json!({ "FlowId": "a" }).to_string());
    request.set("Host", "evil.example");
    let answer = bench.send(&request);
    assert_eq!(answer.status, 403);
    assert!(
        answer.json()["hint"]
            .as_str()
            .unwrap()
            .contains("localhost")
    );
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[test]
fn a_name_of_ones_own_is_served_once_it_is_given() {
    let bench = Bench::with(|builder| builder.host("Cloud.Local"));
    assert_eq!(
        status(&bench, "/-/health", &[("Host", "cloud.local:80")]),
        200
    );
    assert_eq!(status(&bench, "/-/health", &[("Host", "cloud")]), 403);
}

#[test]
fn who_listens_everywhere_is_asked_by_address_but_by_no_foreign_name() {
    let everywhere = Ipv4Addr::UNSPECIFIED.into();
    let bench = Bench::with(|builder| builder.expose_to_the_network(everywhere));
    assert!(bench.cloud.url().starts_with("http://127.0.0.1:"));
    assert_eq!(bench.cloud.address().ip(), everywhere);
    let port = bench.cloud.address().port();
    for (host, expected) in [("10.1.2.3", 200), ("evil.example", 403)] {
        let request = Request {
            method: "GET".to_owned(),
            target: "/-/health".to_owned(),
            headers: vec![("Host".to_owned(), host.to_owned())],
            body: Vec::new(),
        };
        assert_eq!(request.send(([127, 0, 0, 1], port).into()).status, expected);
    }
}
