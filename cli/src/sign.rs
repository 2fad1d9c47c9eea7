//! `yunqiao sign`: a request on standard input, its signature with every step out; or what is wrong with the one it has.

mod capture;
mod claim;
pub(crate) mod explain;
mod http;
mod plan;
mod slip;
mod steps;
mod verify;

use std::io::{self, Read as _, Write as _};

use serde_json::{Value as Json, json};

use self::capture::Capture;
use self::plan::Plan;
use self::steps::Steps;
use crate::Outcome;
use crate::failure::{Failure, Result};

pub(crate) const EXAMPLES: &str = r#"Standard input is JSON with these keys; those of the second line may be left out:
  vendor (tencent or volcengine), secret_id, secret_key, service, timestamp, host
  token, region (Volcengine needs it), method, path, query, headers, signed_headers, body, body_base64
query is a text that is taken as it is, or pairs that are encoded as the vendor does. Pairs are [["name", "value"]].
With --verify it may also be a request as it went over the wire, with its Authorization header; the secret key is then taken from
TENCENTCLOUD_SECRET_KEY or VOLCENGINE_SECRET_KEY.

Examples:
  echo '{"vendor": "tencent", "secret_id": "AKIDexample", "secret_key": "secret", "service": "ess",
         "timestamp": 1700000000, "host": "ess.tencentcloudapi.com",
         "headers": [["content-type", "application/json"]], "body": "{}"}' | yunqiao sign
  yunqiao sign < request.json | jq -r .canonical_request
  yunqiao sign --verify < captured.http

Exit codes: 0 signed, or the signature is right; 1 it is not; 2 the input cannot be used."#;

/// Longer input is no request that a vendor takes.
const LONGEST: u64 = 64 << 20;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Say whether the signature of a captured request is right, and if not, which part differs.
    #[arg(long)]
    verify: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut input = Vec::new();
    let read = io::stdin().lock().take(LONGEST + 1).read_to_end(&mut input);
    read.map_err(|error| Failure::io("cannot read standard input", &error))?;
    if input.len() as u64 > LONGEST {
        return Err(Failure::new(
            "standard input: more than 64 MiB is no request that a vendor takes",
        ));
    }
    if input.trim_ascii().is_empty() {
        return Err(Failure::new(
            "standard input is empty: give it a request as JSON (yunqiao sign --help shows one)",
        ));
    }
    let is_json = input.trim_ascii_start().starts_with(b"{");
    if arguments.verify {
        let capture = if is_json {
            Capture::from_json(&input)?
        } else {
            http::read(&input)?
        };
        let (report, outcome) = verify::verify(capture)?;
        print(&report)?;
        return Ok(outcome);
    }
    if !is_json {
        return Err(Failure::new(
            "standard input is no JSON object: only --verify takes a request as it went over the wire",
        ));
    }
    let plan = Plan::of(Capture::from_json(&input)?)?;
    print(&steps(&plan.steps))?;
    Ok(Outcome::Fine)
}

/// What the vendor computes from a request, step by step.
fn steps(steps: &Steps) -> Json {
    let signed = steps.sign();
    json!({
        "canonical_request": signed.canonical_request,
        "string_to_sign": signed.string_to_sign,
        "signature": signed.signature,
        "authorization": signed.authorization,
    })
}

fn print(value: &Json) -> Result<()> {
    writeln!(io::stdout().lock(), "{value:#}")
        .map_err(|error| Failure::io("cannot write to standard output", &error))
}
