//! In: a kind of client, a server's address, and orders on standard input. Out: calls made, and what they took.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use yunqiao::tencent::essbasic::Client;
use yunqiao_runtime::sign::{Parts, Payload, tc3};

use crate::floor::Floor;
use crate::{load, ours, process, usage};

/// Who makes the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Side {
    /// The generated client.
    Ours,
    /// reqwest alone.
    Floor,
    /// The generated client, which waits for the vendor's limit.
    Limited,
}

impl Side {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Floor => "floor",
            Self::Limited => "limited",
        }
    }
}

/// What was measured around a piece of work.
struct Cost {
    seconds: f64,
    cpu: Option<f64>,
}

impl Cost {
    fn of(work: impl FnOnce() -> Result<(), String>) -> Result<Self, String> {
        let (started, before) = (Instant::now(), usage::cpu());
        work()?;
        let seconds = started.elapsed().as_secs_f64();
        let spent = usage::cpu()
            .zip(before)
            .map(|(after, before)| after - before);
        Ok(Self {
            seconds,
            cpu: spent.as_ref().map(Duration::as_secs_f64),
        })
    }
}

pub(crate) fn run(side: Side, address: String) -> Result<(), String> {
    let open_files = usage::open_files();
    // As a program has it that begins with `#[tokio::main]`.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the client cannot start: {error}"))?;
    let mut stage = Stage {
        runtime,
        side,
        address,
        small: None,
        waiting: JoinSet::new(),
    };
    process::obey(|words| {
        let number = |text: &str| text.parse::<usize>().map_err(|error| error.to_string());
        match words {
            ["files"] => Ok(json!({ "files": open_files })),
            ["calls", concurrency, count] => stage.calls(number(concurrency)?, number(count)?),
            ["body", bytes] => stage.body(number(bytes)?),
            ["sign", count] => sign(number(count)?),
            ["wait", count] => stage.wait(number(count)?),
            ["memory"] => Ok(json!({
                "now": usage::memory().map(|memory| memory.now),
                "peak": usage::memory().map(|memory| memory.peak),
            })),
            ["join"] => stage.join(),
            _ => Err("no such order".to_owned()),
        }
    });
    Ok(())
}

struct Stage {
    runtime: Runtime,
    side: Side,
    address: String,
    /// Made with the first call.
    small: Option<Small>,
    waiting: JoinSet<Result<(), String>>,
}

/// The call with the small body.
#[derive(Clone)]
enum Small {
    Ours(Client),
    Floor(Arc<Floor>),
}

impl Small {
    async fn make(self) -> Result<(), String> {
        match self {
            Self::Ours(client) => ours::verify(&client).await,
            Self::Floor(floor) => floor.call().await,
        }
    }
}

impl Stage {
    fn small(&mut self) -> Result<Small, String> {
        if let Some(small) = &self.small {
            return Ok(small.clone());
        }
        let small = match self.side {
            Side::Ours => Small::Ours(ours::client(&self.address)?),
            Side::Limited => Small::Ours(ours::limited(&self.address)?),
            Side::Floor => {
                let catch = Floor::catch(&self.address, async |there: String| {
                    ours::verify(&ours::client(&there)?).await
                });
                Small::Floor(Arc::new(self.runtime.block_on(catch)?))
            }
        };
        Ok(self.small.insert(small).clone())
    }

    fn calls(&mut self, concurrency: usize, count: usize) -> Result<Json, String> {
        let small = self.small()?;
        let calls = load::calls(concurrency, count, move || small.clone().make());
        let Cost { seconds, cpu } = Cost::of(|| self.runtime.block_on(calls))?;
        Ok(json!({ "seconds": seconds, "cpu": cpu }))
    }

    /// Two calls with a large body, the second of which is measured: the first opens the connection. The floor also hashes
    /// what it sends, once.
    fn body(&mut self, bytes: usize) -> Result<Json, String> {
        match self.side {
            Side::Floor => {
                let catch = Floor::catch(&self.address, async |there: String| {
                    ours::create(&ours::client(&there)?, ours::seal(bytes)).await
                });
                let floor = self.runtime.block_on(catch)?;
                self.runtime.block_on(floor.call())?;
                let whole = self.measured(|runtime| runtime.block_on(floor.call()))?;
                let hash = Cost::of(|| {
                    black_box(Sha256::digest(black_box(floor.body())));
                    Ok(())
                })?;
                Ok(
                    json!({ "call": whole, "hash": { "seconds": hash.seconds, "cpu": hash.cpu }, "bytes": floor.body().len() }),
                )
            }
            _ => {
                let client = ours::client(&self.address)?;
                self.runtime
                    .block_on(ours::create(&client, ours::seal(bytes)))?;
                // The caller's own copy is there before, and goes with the call.
                let request = ours::seal(bytes);
                let call =
                    self.measured(|runtime| runtime.block_on(ours::create(&client, request)))?;
                Ok(json!({ "call": call }))
            }
        }
    }

    fn measured(&self, work: impl FnOnce(&Runtime) -> Result<(), String>) -> Result<Json, String> {
        let before = usage::forget_peak().then(usage::memory).flatten();
        let Cost { seconds, cpu } = Cost::of(|| work(&self.runtime))?;
        let more = usage::memory()
            .zip(before)
            .map(|(after, before)| after.peak.saturating_sub(before.now));
        Ok(json!({ "seconds": seconds, "cpu": cpu, "more_bytes": more }))
    }

    /// Starts calls and leaves them waiting.
    fn wait(&mut self, count: usize) -> Result<Json, String> {
        let small = self.small()?;
        for _ in 0..count {
            self.waiting
                .spawn_on(small.clone().make(), self.runtime.handle());
        }
        Ok(json!({}))
    }

    /// Waits for the calls that were left waiting.
    fn join(&mut self) -> Result<Json, String> {
        let (waiting, runtime) = (&mut self.waiting, &self.runtime);
        runtime.block_on(async {
            while let Some(call) = waiting.join_next().await {
                call.map_err(|error| error.to_string())??;
            }
            Ok(json!({}))
        })
    }
}

/// Signs a body of 200 bytes, again and again.
fn sign(count: usize) -> Result<Json, String> {
    let (credential, body) = (ours::credential(), [b'x'; 200]);
    let parts = Parts {
        method: "POST",
        path: "/",
        query: "",
        headers: &[
            ("content-type", "application/json"),
            ("host", "essbasic.tencentcloudapi.com"),
            ("x-tc-action", "channelverifypdf"),
        ],
        payload: Payload::Bytes(&body),
    };
    let Cost { seconds, cpu } = Cost::of(|| {
        for _ in 0..count {
            black_box(tc3::sign(
                black_box(&parts),
                &credential,
                "essbasic",
                1_741_655_718,
            ));
        }
        Ok(())
    })?;
    Ok(json!({ "seconds": seconds, "cpu": cpu, "sha_instructions": has_sha_instructions() }))
}

/// Whether the processor hashes by itself; `null` where nobody can tell.
fn has_sha_instructions() -> Option<bool> {
    #[cfg(target_arch = "x86_64")]
    return Some(std::arch::is_x86_feature_detected!("sha"));
    #[cfg(target_arch = "aarch64")]
    return Some(std::arch::is_aarch64_feature_detected!("sha2"));
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    None
}
