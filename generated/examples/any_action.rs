//! The name of any action in, and its parameters as JSON on stdin; the JSON of the answer out. No service need be known.
//!
//! ```sh
//! cargo run -p yunqiao --example any_action --features rustls
//! ```
//!
//! Signature, limits and errors are those of every call. What the types of a service would check and hide, nobody does here:
//! the answer is printed with all that it holds.

use std::io::Read;
use std::process::ExitCode;

use yunqiao::{Client, Config, JsonValue, Service, Vendor};

#[path = "common/ending.rs"]
mod ending;

use ending::{Misused, Outcome, ending, misused};

const USAGE: &str = "\
usage: any_action tencent|volcengine SERVICE VERSION ACTION < PARAMETERS.json
       such as any_action tencent cvm 2017-03-12 DescribeZones
environment: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_REGION
             or VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY, VOLCENGINE_REGION
             YUNQIAO_ENDPOINT  such as http://127.0.0.1:8080 for a local cloud
exit code: 0 the call worked, 1 an error, 2 wrong usage";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    ending(run(&words).await, USAGE)
}

async fn run(words: &[&str]) -> Outcome {
    let [vendor, service, version, action] = *words else {
        return Err(misused());
    };
    let (vendor, host) = match vendor {
        "tencent" => (Vendor::Tencent, format!("{service}.tencentcloudapi.com")),
        "volcengine" => (Vendor::Volcengine, "open.volcengineapi.com".to_owned()),
        _ => return Err(misused()),
    };
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let parameters: JsonValue = match text.trim() {
        "" => JsonValue::Null,
        text => text
            .parse()
            .map_err(|error| Misused(format!("the parameters are no JSON: {error}")))?,
    };
    let service = Service::described(vendor, service, version, host);
    let client = Client::of_described(&Config::from_env(vendor)?, service);
    let answer = client.call_any(action, parameters).await?;
    println!("{}", *answer);
    Ok(())
}
