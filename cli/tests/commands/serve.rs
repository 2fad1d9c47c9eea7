//! `yunqiao serve` as a browser and a shell see it: pages, the API of the explorer, its start and its end.

mod api;
mod http;
mod signature;

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{code, stderr, yunqiao};

pub(crate) use self::http::{Reply, request};

/// A running server, which ends with its handle.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    /// What it said when it had started.
    greeting: String,
}

impl Server {
    pub(crate) fn start(args: &[&str]) -> Self {
        Self::run(yunqiao(&[&["serve", "--port", "0"], args].concat()))
    }

    fn run(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        while !greeting.contains("Stop it with") {
            let read = lines.read_line(&mut greeting).unwrap();
            if read == 0 {
                let mut why = String::new();
                child
                    .stderr
                    .take()
                    .unwrap()
                    .read_to_string(&mut why)
                    .unwrap();
                panic!("it ended: {why}");
            }
        }
        let (_, rest) = greeting.split_once("Local cloud at ").unwrap();
        let url = rest.lines().next().unwrap().to_owned();
        Self {
            child,
            url,
            greeting,
        }
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        request(&self.url, "GET", path, &[], b"")
    }

    /// Sends JSON.
    pub(crate) fn post(&self, path: &str, body: &serde_json::Value) -> Reply {
        let headers = [("content-type", "application/json")];
        request(
            &self.url,
            "POST",
            path,
            &headers,
            body.to_string().as_bytes(),
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_says_where_everything_is() {
    let server = Server::start(&[]);
    let url = &server.url;
    for told in [
        "local-cloud-demo-id".to_owned(),
        "local-cloud-demo-key".to_owned(),
        format!("explorer   {url}/\n"),
        format!("inspector  {url}/inspector\n"),
    ] {
        assert!(server.greeting.contains(&told), "{}", server.greeting);
    }
    assert!(
        !server.greeting.contains("real clouds"),
        "{}",
        server.greeting
    );
    let live = Server::start(&["--live", "--key", "my-id:my-secret"]);
    assert!(
        live.greeting.contains("real clouds") && live.greeting.contains("my-id"),
        "{}",
        live.greeting
    );
    assert!(!live.greeting.contains("my-secret"), "{}", live.greeting);
}

#[test]
fn a_port_that_is_taken_is_told_with_one_that_is_free() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = yunqiao(&["serve", "--port", &port]).output().unwrap();
    assert_eq!(code(&output), 2);
    let told = stderr(&output);
    let (_, other) = told.split_once("--port ").unwrap();
    let other: u16 = other.split(' ').next().unwrap().parse().unwrap();
    assert!(told.contains(&format!("port {port} is in use")), "{told}");
    std::net::TcpListener::bind(("127.0.0.1", other)).unwrap();
}

#[test]
fn nobody_is_let_in_from_the_network_by_accident() {
    let everybody = ["serve", "--port", "0", "--listen", "0.0.0.0"];
    for more in [&[][..], &["--yes-expose-it-to-the-network", "--live"]] {
        let output = yunqiao(&[&everybody[..], more].concat()).output().unwrap();
        assert_eq!(code(&output), 2, "{more:?}");
        let told = stderr(&output);
        assert!(told.contains("--yes-expose-it-to-the-network"), "{told}");
    }
    let output = yunqiao(&["serve", "--key", "only-a-secret"])
        .output()
        .unwrap();
    assert_eq!(code(&output), 2);
    let told = stderr(&output);
    assert!(
        told.contains("write the id, a colon and the secret"),
        "{told}"
    );
}

/// Also while somebody waits for calls.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once() {
    use std::io::Write as _;

    let mut server = Server::start(&[]);
    let address = server.url.trim_start_matches("http://").to_owned();
    let mut waiting = std::net::TcpStream::connect(&address).unwrap();
    write!(
        waiting,
        "GET /-/calls?wait=30 HTTP/1.1\r\nhost: {address}\r\n\r\n"
    )
    .unwrap();
    // It has been read, since another request has been answered after it.
    assert_eq!(server.get("/-/health").status, 200);
    let begun = Instant::now();
    let pid = server.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    let ended = server.child.wait().unwrap();
    assert_eq!(ended.code(), Some(0));
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}
