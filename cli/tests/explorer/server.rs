//! Arguments in, a running `yunqiao serve` out. It ends with the test.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A server at a port of its own.
pub(crate) struct Server {
    child: Child,
    url: String,
}

impl Server {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_yunqiao"))
            .args(["serve", "--port", "0"])
            .args(arguments)
            // What a developer has set must not decide what is seen.
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().expect("it says where it is").unwrap();
        let url = first
            .split_whitespace()
            .find(|word| word.starts_with("http"));
        let url = url
            .unwrap_or_else(|| panic!("no address in {first:?}"))
            .to_owned();
        // It must not wait for somebody who reads what else it says.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url }
    }

    /// The address of a path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Calls of an action that nobody has signed, one after the other: each is refused.
    pub(crate) fn call_unsigned(&self, action: &str, times: usize) {
        let host = self.url.trim_start_matches("http://");
        let body = r#"{"FlowName":"x"}"#;
        let mut stream = TcpStream::connect(host).unwrap();
        let request = format!(
            "POST / HTTP/1.1\r\nhost: ess.tencentcloudapi.com\r\ncontent-type: application/json\r\nx-tc-action: {action}\r\n\
             x-tc-version: 2020-11-11\r\nx-tc-timestamp: 1700000000\r\nx-tc-region: ap-guangzhou\r\ncontent-length: {}\r\n\
             authorization: TC3-HMAC-SHA256 Credential=AKIDnobody/2023-11-14/ess/tc3_request, SignedHeaders=content-type;host, \
             Signature=00\r\n\r\n{body}",
            body.len()
        );
        for _ in 0..times {
            stream.write_all(request.as_bytes()).unwrap();
            skip_answer(&mut stream);
        }
    }
}

/// Reads one answer to its end.
fn skip_answer(stream: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.unwrap().trim().parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
