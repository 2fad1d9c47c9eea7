//! Troubles on a line, seen from raw sockets: what arrives of the answer, and what the cloud has executed.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::json;
use yunqiao_mock::{Answer, Call, ClosedPort, Trouble};

use crate::bench::Bench;
use crate::http::Answer as Received;

/// What comes back of one call, and how the connection ends; and what the cloud has recorded.
struct Seen {
    bytes: Vec<u8>,
    end: Result<(), ErrorKind>,
    calls: Vec<Call>,
}

impl Seen {
    fn answer(&self) -> Received {
        Received::read(&self.bytes)
    }
}

/// Makes a good call over a line with the trouble, and reads for so long.
fn call(trouble: Trouble, patience: Duration) -> Seen {
    let bench = Bench::new();
    let line = bench.cloud.line(move |_| trouble.clone()).unwrap();
    let request = signed(&bench, line.address());
    let mut stream = TcpStream::connect(line.address()).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    // A connection that is reset early may refuse the rest.
    drop(stream.write_all(&request));
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    let end = loop {
        match stream.read(&mut piece) {
            Ok(0) => break Ok(()),
            Ok(count) => bytes.extend(&piece[..count]),
            Err(error) => break Err(error.kind()),
        }
    };
    Seen {
        bytes,
        end,
        calls: bench.cloud.calls(),
    }
}

fn signed(bench: &Bench, to: SocketAddr) -> Vec<u8> {
    let mut request = bench.tencent("Upload", &json!({}).to_string());
    request.set("Host", &to.to_string());
    bench.signer("demo").tc3(&mut request);
    let mut bytes = format!("{} {} HTTP/1.1\r\n", request.method, request.target).into_bytes();
    for (name, value) in &request.headers {
        bytes.extend(format!("{name}: {value}\r\n").bytes());
    }
    bytes.extend(format!("Content-Length: {}\r\n\r\n", request.body.len()).bytes());
    bytes.extend(&request.body);
    bytes
}

const SHORT: Duration = Duration::from_millis(300);

fn is_reset(seen: &Seen) -> bool {
    seen.end == Err(ErrorKind::ConnectionReset)
}

/// Whether nothing more came, though the connection was open.
fn is_stalled(seen: &Seen) -> bool {
    matches!(seen.end, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut))
}

#[test]
fn without_trouble_a_line_answers_as_the_cloud_does() {
    let seen = call(Trouble::None, SHORT);
    assert!(
        is_stalled(&seen),
        "the connection stays open: {:?}",
        seen.end
    );
    let answer = seen.answer();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("date"), "Tue, 14 Nov 2023 22:13:20 GMT");
    let id = answer.json()["Response"]["RequestId"].clone();
    assert_eq!(seen.calls.len(), 1);
    assert_eq!(id, seen.calls[0].request_id);
    assert!(seen.calls[0].signature.is_verified(), "{:?}", seen.calls);
    assert!(seen.calls[0].error_code.is_none(), "{:?}", seen.calls);
}

#[test]
fn a_reset_comes_before_or_after_the_work() {
    for (trouble, executed) in [
        (Trouble::ResetUnread, 0),
        (Trouble::ResetUnexecuted, 0),
        (Trouble::ResetExecuted, 1),
    ] {
        assert_eq!(trouble.executes(), executed == 1);
        let seen = call(trouble.clone(), SHORT);
        assert!(is_reset(&seen), "{trouble:?}: {:?}", seen.end);
        assert_eq!(seen.bytes, b"", "{trouble:?}");
        assert_eq!(seen.calls.len(), executed, "{trouble:?}");
    }
}

/// The first half of the body is waited for, and no more.
#[test]
fn a_reset_comes_in_the_middle_of_a_request() {
    let bench = Bench::new();
    let line = bench.cloud.line(|_| Trouble::ResetMidway).unwrap();
    let head = "POST / HTTP/1.1\r\nX-TC-Action: Upload\r\nContent-Length: 200000\r\n\r\n";
    let mut stream = TcpStream::connect(line.address()).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&[b'x'; 99_999]).unwrap();
    stream.set_read_timeout(Some(SHORT)).unwrap();
    let waiting = stream.read(&mut [0]).unwrap_err().kind();
    assert!(matches!(
        waiting,
        ErrorKind::WouldBlock | ErrorKind::TimedOut
    ));
    stream.write_all(b"x").unwrap();
    let end = stream.read(&mut [0]).unwrap_err().kind();
    assert_eq!(end, ErrorKind::ConnectionReset);
    assert!(!Trouble::ResetMidway.executes());
    assert_eq!(bench.cloud.calls().len(), 0);
}

#[test]
fn a_connection_closes_or_stalls() {
    let seen = call(Trouble::CloseUnexecuted, SHORT);
    assert_eq!(
        (seen.end, seen.bytes.len(), seen.calls.len()),
        (Ok(()), 0, 0)
    );
    for (trouble, executed) in [(Trouble::StallUnexecuted, 0), (Trouble::StallExecuted, 1)] {
        let seen = call(trouble.clone(), SHORT);
        assert!(is_stalled(&seen), "{trouble:?}: {:?}", seen.end);
        assert_eq!(
            (seen.bytes.len(), seen.calls.len()),
            (0, executed),
            "{trouble:?}"
        );
    }
}

#[test]
fn an_answer_breaks_off() {
    let head = call(Trouble::CutHead, SHORT);
    assert!(!head.bytes.windows(4).any(|four| four == b"\r\n\r\n"));
    let body = call(Trouble::CutBody, SHORT);
    assert!(is_reset(&body), "{:?}", body.end);
    let answer = body.answer();
    let length: usize = answer.header("content-length").parse().unwrap();
    assert_eq!(answer.body.len(), length / 2);
    assert_eq!((head.calls.len(), body.calls.len()), (1, 1));
    let silent = call(Trouble::StallBody, SHORT);
    assert!(is_stalled(&silent), "{:?}", silent.end);
    assert_eq!(silent.answer().body.len(), length / 2);
}

#[test]
fn half_of_an_answer_is_said_to_be_all() {
    let seen = call(Trouble::HalfBody, SHORT);
    let answer = seen.answer();
    let length: usize = answer.header("content-length").parse().unwrap();
    assert!(is_stalled(&seen), "the connection stays open");
    assert_eq!(answer.body.len(), length);
    let whole = call(Trouble::None, SHORT).answer();
    assert_eq!(answer.body, whole.body[..whole.body.len() / 2]);
    // There is no event to be the last.
    let other = call(Trouble::LastEvent("{}".to_owned()), SHORT).answer();
    assert_eq!(other.body.len(), whole.body.len());
}

#[test]
fn a_length_is_wrong() {
    for (trouble, difference) in [(Trouble::LengthTooLong, 7), (Trouble::LengthTooShort, -7)] {
        let seen = call(trouble.clone(), SHORT);
        let answer = seen.answer();
        let length: i64 = answer.header("content-length").parse().unwrap();
        let there = i64::try_from(answer.body.len()).unwrap();
        assert_eq!(
            (seen.end, length - there),
            (Ok(()), difference),
            "{trouble:?}"
        );
        // All of it is there all the same.
        assert_ne!(answer.json()["Response"]["RequestId"], json!(null));
    }
}

#[test]
fn an_answer_drips() {
    let started = Instant::now();
    let seen = call(Trouble::Drip(SHORT), SHORT);
    assert!(started.elapsed() >= SHORT);
    assert_ne!(seen.answer().json()["Response"]["RequestId"], json!(null));
}

#[test]
fn what_an_intermediary_sends_twice_is_recorded_as_a_copy() {
    let seen = call(Trouble::Twice, SHORT);
    let copies: Vec<bool> = seen.calls.iter().map(|call| call.is_copy).collect();
    assert_eq!(copies, [false, true]);
    let id = seen.answer().json()["Response"]["RequestId"].clone();
    assert_eq!(id, seen.calls[0].request_id);
}

#[test]
fn a_connection_closes_after_the_answer() {
    let seen = call(Trouble::CloseAfter, SHORT);
    assert_eq!(seen.end, Ok(()));
    assert_eq!(seen.answer().header("connection"), "");
    assert_ne!(seen.answer().json()["Response"]["RequestId"], json!(null));
}

#[test]
fn somebody_else_answers() {
    let page = || Answer::raw(502, "text/html", "<html>").with_header("retry-after", "3");
    let seen = call(Trouble::instead(page()), SHORT);
    let answer = seen.answer();
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (502, &b"<html>"[..])
    );
    assert_eq!(answer.header("retry-after"), "3");
    assert_eq!(seen.calls.len(), 0);
    assert_eq!(call(Trouble::in_spite(page()), SHORT).calls.len(), 1);

    let expired = Answer::error("AuthFailure.SignatureExpire", "Late.")
        .with_header("date", "Mon, 01 Jan 2024 00:00:00 GMT");
    let seen = call(Trouble::instead(expired), SHORT);
    let answer = seen.answer();
    assert_eq!(answer.header("date"), "Mon, 01 Jan 2024 00:00:00 GMT");
    let code = &answer.json()["Response"]["Error"]["Code"];
    assert_eq!(code, "AuthFailure.SignatureExpire");
}

#[test]
fn a_bomb_is_small_and_says_what_it_is() {
    let seen = call(Trouble::instead(Answer::gzip_bomb(10 << 20)), SHORT);
    let answer = seen.answer();
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.body.len() < 70_000, "{}", answer.body.len());
    assert_eq!(answer.body[..2], [0x1f, 0x8b]);
}

#[test]
fn trouble_is_chosen_for_each_request_of_a_connection() {
    let bench = Bench::new();
    let line = bench
        .cloud
        .line(|arrival| match arrival.find("Upload") {
            Some(rest) if rest.starts_with(b"Upload\r\n") => Trouble::None,
            _ => Trouble::CloseUnexecuted,
        })
        .unwrap();
    let request = signed(&bench, line.address());
    let mut stream = TcpStream::connect(line.address()).unwrap();
    // Two requests in one go, and then one that is none of the kind.
    stream.write_all(&request.repeat(2)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.matches("HTTP/1.1 200").count(), 2);
    assert_eq!(bench.cloud.calls().len(), 2);
}

#[test]
fn a_closed_port_refuses() {
    let closed = ClosedPort::new().unwrap();
    let address = closed.url().strip_prefix("http://").unwrap();
    assert_eq!(closed.address().to_string(), address);
    let error = TcpStream::connect(address).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn a_line_closes_and_opens_at_the_same_address() {
    let bench = Bench::new();
    let mut line = bench.cloud.line(|_| Trouble::None).unwrap();
    let address = line.address();
    for round in 1..=3 {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(&signed(&bench, address)).unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
        let closed = line.close().unwrap();
        assert_eq!(closed.address(), address);
        let error = TcpStream::connect(address).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
        // The connection that was open is over, too.
        stream.read_to_end(&mut Vec::new()).unwrap();
        line = bench.cloud.line_at(closed, |_| Trouble::None).unwrap();
        assert_eq!(bench.cloud.calls().len(), round);
    }
}
