//! Nothing in, what the local cloud serves on one core out, beside a bare axum server that answers the same bytes in the same run.
//!
//! `cargo xtask bench serve` runs it. The program runs itself as the servers; calls are signed once and sent again and again over
//! connections that stay open, as fast as they are answered.
#![allow(
    clippy::print_stdout,
    reason = "this is a command; printing is its job"
)]

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs, thread};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use yunqiao_mock::{DEMO_SECRET_ID, DEMO_SECRET_KEY, LocalCloud};

type Done<T> = Result<T, Box<dyn Error>>;

/// Connections that call at the same time.
const CONNECTIONS: usize = 16;
/// Rounds of both servers, one after the other.
const ROUNDS: usize = 3;
/// Hundredths of a second, in which Linux counts CPU time for everybody to see.
const TICK: f64 = 100.0;

fn main() -> Done<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("cloud") => cloud(),
        Some("bare") => bare(words.get(1).map_or("", String::as_str)),
        mode => measure(
            mode == Some("--quick"),
            words.iter().any(|word| word == "--json"),
        ),
    }
}

fn cloud() -> Done<()> {
    let cloud = LocalCloud::start()?;
    println!("{}", cloud.address());
    wait()
}

/// axum as it is, with an answer of so many bytes.
fn bare(answer: &str) -> Done<()> {
    let body = answer.to_owned();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let answer = move |request: axum::extract::Request| async move {
            // As little as a server can do: it has read the request.
            drop(axum::body::to_bytes(request.into_body(), 1 << 20).await);
            body
        };
        axum::serve(listener, axum::Router::new().fallback(answer)).await?;
        Ok(())
    })
}

/// Until the one who started it is gone.
fn wait() -> Done<()> {
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// On the first core only, where that can be said.
    fn start(words: &[&str]) -> Done<Self> {
        let program = env::current_exe()?;
        let pinned = Command::new("taskset")
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        let mut command = if pinned.is_ok_and(|status| status.success()) {
            let mut command = Command::new("taskset");
            command.args(["-c", "0"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let mut child = command
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().ok_or("no output")?;
        let mut address = String::new();
        BufReader::new(out).read_line(&mut address)?;
        Ok(Self {
            child,
            address: address.trim().to_owned(),
        })
    }

    /// Seconds of CPU that it has taken.
    fn cpu(&self) -> Option<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let numbers: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = numbers.get(11)?.parse::<f64>().ok()? + numbers.get(12)?.parse::<f64>().ok()?;
        Some(ticks / TICK)
    }

    /// Megabytes that it takes of the memory.
    fn memory(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kilobytes / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What one server did.
#[derive(Clone, Copy, Default)]
struct Rate {
    per_second: f64,
    /// Calls in a second of its own CPU time: what a core would serve that has nothing else to do.
    per_cpu_second: f64,
}

fn measure(quick: bool, as_json: bool) -> Done<()> {
    let time = Duration::from_millis(if quick { 300 } else { 3_000 });
    let started = Instant::now();
    let cloud = Server::start(&["cloud"])?;
    let request = signed(&cloud.address);
    let (answer, _) = exchange(&mut TcpStream::connect(&cloud.address)?, &request)?;
    let start = started.elapsed();
    let memory = cloud.memory();
    if !answer.contains("FlowBriefs") {
        return Err(format!("the call was refused: {answer}").into());
    }
    let bare = Server::start(&["bare", &answer])?;
    let (mut ours, mut floor) = (Rate::default(), Rate::default());
    for _ in 0..if quick { 1 } else { ROUNDS } {
        // The best round of each: what disturbs makes everything slower and nothing faster.
        better(&mut ours, load(&cloud, &request, time)?);
        better(&mut floor, load(&bare, &request, time)?);
    }
    let after = cloud.memory();
    let found = json!({
        "calls_per_second": ours.per_second,
        "calls_per_cpu_second": ours.per_cpu_second,
        "bare_axum_per_second": floor.per_second,
        "bare_axum_per_cpu_second": floor.per_cpu_second,
        "start_to_first_answer_ms": start.as_secs_f64() * 1_000.0,
        "memory_at_start_mb": memory,
        "memory_after_mb": after,
    });
    if as_json {
        println!("{found:#}");
    } else {
        print!("{}", table(&found));
    }
    Ok(())
}

fn table(found: &Json) -> String {
    let row = |(name, value): (&String, &Json)| {
        format!("{name:<28} {:>10.0}\n", value.as_f64().unwrap_or_default())
    };
    found.as_object().into_iter().flatten().map(row).collect()
}

fn better(best: &mut Rate, other: Rate) {
    best.per_second = best.per_second.max(other.per_second);
    best.per_cpu_second = best.per_cpu_second.max(other.per_cpu_second);
}

/// Calls over all connections for so long.
fn load(server: &Server, request: &[u8], time: Duration) -> Done<Rate> {
    let calls = AtomicU64::new(0);
    let before = server.cpu();
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let Ok(mut stream) = TcpStream::connect(&server.address) else {
                    return;
                };
                drop(stream.set_nodelay(true));
                while started.elapsed() < time {
                    if exchange(&mut stream, request).is_ok_and(|(_, good)| good) {
                        calls.fetch_add(1, Ordering::Relaxed);
                    } else {
                        return;
                    }
                }
            });
        }
    });
    let seconds = started.elapsed().as_secs_f64();
    let cpu = server
        .cpu()
        .zip(before)
        .map(|(after, before)| after - before);
    #[allow(clippy::cast_precision_loss, reason = "nobody counts so far")]
    let calls = calls.load(Ordering::Relaxed) as f64;
    Ok(Rate {
        per_second: calls / seconds,
        per_cpu_second: cpu.filter(|cpu| *cpu > 0.0).map_or(0.0, |cpu| calls / cpu),
    })
}

/// One call; the body of its answer, and whether it is the answer of an action.
fn exchange(stream: &mut TcpStream, request: &[u8]) -> Done<(String, bool)> {
    stream.write_all(request)?;
    let mut bytes = Vec::with_capacity(4096);
    let mut piece = [0; 8192];
    loop {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            return Err("the connection was closed".into());
        }
        bytes.extend(&piece[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.ok_or("no length")?.trim().parse()?;
        if bytes.len() >= end + 4 + length {
            let body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
            let good = !body.contains("\"Error\"");
            return Ok((body, good));
        }
    }
}

/// A call of an action that is asked often, as Tencent's SDKs sign it.
fn signed(address: &str) -> Vec<u8> {
    let body = json!({
        "Operator": { "UserId": "yDfCxDvKUBoa2PPpB7ndFyJGZxsgv8Ve" },
        "FlowIds": ["yDBXHGAsozs3giw7FdF9hvBug5evwart", "yDsyLSkGCDw6RDBiY9tzPPuVzGEHp31R"],
    })
    .to_string();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let date = date(now / 86_400);
    let action = "describeflowbriefs";
    let canonical = format!(
        "POST\n/\n\ncontent-type:application/json\nhost:{address}\nx-tc-action:{action}\n\n\
        content-type;host;x-tc-action\n{}",
        hex(&Sha256::digest(&body))
    );
    let scope = format!("{date}/ess/tc3_request");
    let text = format!(
        "TC3-HMAC-SHA256\n{now}\n{scope}\n{}",
        hex(&Sha256::digest(canonical))
    );
    let mut key = format!("TC3{DEMO_SECRET_KEY}").into_bytes();
    for step in [date.as_str(), "ess", "tc3_request", &text] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of every length");
        mac.update(step.as_bytes());
        key = mac.finalize().into_bytes().to_vec();
    }
    format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nX-TC-Action: DescribeFlowBriefs\r\n\
        X-TC-Version: 2020-11-11\r\nX-TC-Timestamp: {now}\r\nX-TC-RequestClient: load\r\nAuthorization: TC3-HMAC-SHA256 \
        Credential={DEMO_SECRET_ID}/{scope}, SignedHeaders=content-type;host;x-tc-action, Signature={}\r\n\
        Content-Length: {}\r\n\r\n{body}",
        hex(&key),
        body.len()
    )
    .into_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `2026-01-31` of the days since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn date(days: u64) -> String {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
