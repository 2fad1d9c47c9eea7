//! A role in, calls that are made as this role out.
//!
//! ```sh
//! cargo run -p yunqiao --example assume_role --features tencent-ess,tencent-sts
//! ```
//!
//! STS hands out a temporary credential: an id, a key and a token, all three needed. The program signs with it what it does from
//! then on, so that the permanent key is used for one call only.

use std::process::ExitCode;

use yunqiao::tencent::{ess, sts};
use yunqiao::{Config, Credential, Vendor};

#[path = "common/ending.rs"]
mod ending;
#[path = "common/environment.rs"]
mod environment;

use ending::{Outcome, ending, misused};
use environment::variable;

const USAGE: &str = "\
usage: assume_role ROLE_ARN SESSION_NAME
environment: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY
             TENCENTCLOUD_REGION  such as ap-guangzhou
             OPERATOR_USER_ID     employee who looks at the templates
             YUNQIAO_ENDPOINT     such as http://127.0.0.1:8080 for a local cloud
exit code: 0 both calls worked, 1 an error, 2 wrong usage";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    ending(run(&words).await, USAGE)
}

async fn run(words: &[&str]) -> Outcome {
    let [role, session] = *words else {
        return Err(misused());
    };
    let operator = variable("OPERATOR_USER_ID")?;
    let own = Config::from_env(Vendor::Tencent)?;
    let request = sts::AssumeRoleRequest::new()
        .role_arn(role)
        .role_session_name(session)
        // As short as the work allows: nobody can take a temporary credential back.
        .duration_seconds(900);
    let assumed = sts::Client::new(&own).assume_role(request).await?;
    // The parts are secrets: `{:?}` of the answer would not show them.
    let Some(sts::Credentials {
        tmp_secret_id: Some(id),
        tmp_secret_key: Some(key),
        token: Some(token),
        ..
    }) = &assumed.credentials
    else {
        return Err("the answer has no credential".into());
    };
    println!(
        "good until: {}",
        assumed.expiration.as_deref().unwrap_or("unknown")
    );

    // The same region, endpoint and connections, another signer.
    let temporary = own.with_credential(Credential::new(id, key).with_token(token))?;

    let request = sts::GetCallerIdentityRequest::new();
    let caller = sts::Client::new(&temporary)
        .get_caller_identity(request)
        .await?;
    println!("now: {}", caller.arn.as_deref().unwrap_or("unknown"));
    println!("kind: {}", caller.type_.as_deref().unwrap_or("unknown"));

    // Any other service takes the same configuration.
    let request = ess::DescribeFlowTemplatesRequest::new()
        .operator(ess::UserInfo::new().user_id(operator))
        .limit(1);
    let templates = ess::Client::new(&temporary)
        .describe_flow_templates(request)
        .await?;
    println!("templates: {}", templates.total_count.unwrap_or_default());
    Ok(())
}
