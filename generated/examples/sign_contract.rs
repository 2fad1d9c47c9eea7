//! A PDF and a person in, a contract that the person has signed out.
//!
//! ```sh
//! cargo run -p yunqiao --example sign_contract --features tencent-ess
//! ```
//!
//! Uploads the file, makes a contract of it, prints the link at which the person signs, and waits for the end. For contracts from
//! files, creating is starting: `CreateFlowByFiles` does both. (From a template it takes three calls: `CreateFlow`,
//! `CreateDocument`, `StartFlow`.) A contract that is started is charged, so no call that starts one is sent twice.
//!
//! Ctrl-C is harmless at any time: the contract goes on without the program, and `sign_contract wait FLOW_ID` waits again.

use std::process::ExitCode;

use yunqiao::tencent::ess::{self, Client, FlowStatus};

#[path = "common/base64.rs"]
mod base64;
#[path = "common/ending.rs"]
mod ending;
#[path = "common/environment.rs"]
mod environment;
#[path = "common/patience.rs"]
mod patience;

use ending::{Outcome, ending, misused};
use environment::variable;
use patience::{Patience, may_pass};

const USAGE: &str = "\
usage: sign_contract send FILE.pdf TITLE
       sign_contract wait FLOW_ID
environment: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY
             OPERATOR_USER_ID            employee who sends the contract
             SIGNER_NAME, SIGNER_MOBILE  person who signs (send)
             WAIT_SECONDS                how long to wait, 3600 if it is not set
             YUNQIAO_ENDPOINT            such as http://127.0.0.1:8080 for a local cloud
exit code: 0 signed, 1 not signed or an error, 2 wrong usage";

/// The person who signs.
struct Signer {
    name: String,
    mobile: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    ending(run(&words).await, USAGE)
}

async fn run(words: &[&str]) -> Outcome {
    // Everything is read before the first call: half a job is worse than none.
    let patience = Patience::from_env()?;
    let operator = ess::UserInfo::new().user_id(variable("OPERATOR_USER_ID")?);
    match *words {
        ["send", file, title] => {
            let content = base64::read(file)?;
            let signer = Signer {
                name: variable("SIGNER_NAME")?,
                mobile: variable("SIGNER_MOBILE")?,
            };
            let client = Client::from_env()?;
            let flow = send(&client, &operator, &content, title, &signer).await?;
            wait(&client, &operator, &flow, patience).await
        }
        ["wait", flow] => wait(&Client::from_env()?, &operator, flow, patience).await,
        _ => Err(misused()),
    }
}

/// Gives the id of the contract, which is on its way.
async fn send(
    client: &Client,
    operator: &ess::UserInfo,
    content: &str,
    title: &str,
    signer: &Signer,
) -> Outcome<String> {
    // Uploads have a host of their own; the client knows.
    let caller = ess::Caller::new().operator_id(operator.user_id.clone().unwrap_or_default());
    let file = ess::UploadFile::new()
        .file_name("contract.pdf")
        .file_body(content);
    let upload = ess::UploadFilesRequest::new()
        .business_type(ess::UploadBusinessType::Document)
        .caller(caller)
        .file_infos([file]);
    let uploaded = client.upload_files(upload).await?;
    let file = uploaded
        .file_ids
        .first()
        .ok_or("the upload has no file id")?;
    println!("uploaded: {file}");

    // Where to sign: 100 x 50 points on the last page.
    let place = ess::Component::new()
        .component_type(ess::ComponentType::Signature)
        .file_index(0)
        .component_page(-1)
        .component_pos_x(160)
        .component_pos_y(260)
        .component_width(100)
        .component_height(50);
    let approver = ess::ApproverInfo::new()
        .approver_type(ess::ApproverType::Person)
        .approver_name(&signer.name)
        .approver_mobile(&signer.mobile)
        // The link below is the notice.
        .notify_type(ess::NotifyType::NoNotice)
        .sign_components([place]);
    let flow = ess::CreateFlowByFilesRequest::new()
        .operator(operator.clone())
        .flow_name(title)
        .file_ids([file.as_str()])
        .approvers([approver]);
    let created = client.create_flow_by_files(flow).await?;
    let flow = created.flow_id.clone().ok_or("the contract has no id")?;
    println!("contract: {flow}");

    let link = ess::CreateSchemeUrlRequest::new()
        .operator(operator.clone())
        .flow_id(&flow)
        .name(&signer.name)
        .mobile(&signer.mobile)
        .path_type(ess::SchemePathType::FlowDetail)
        .end_point(ess::LinkType::MiniProgramShortUrl);
    // Without a link the contract is on its way all the same: the person finds it in the mini program.
    match client.create_scheme_url(link).await {
        Ok(link) => println!("link: {}", link.scheme_url.as_deref().unwrap_or("none")),
        Err(error) => eprintln!("no link: {error}"),
    }
    Ok(flow)
}

/// Asks how far the contract is until it has come to an end or the time is over.
async fn wait(
    client: &Client,
    operator: &ess::UserInfo,
    flow: &str,
    mut patience: Patience,
) -> Outcome {
    let mut shown = None;
    loop {
        let request = ess::DescribeFlowBriefsRequest::new()
            .operator(operator.clone())
            .flow_ids([flow]);
        let status = match client.describe_flow_briefs(request).await {
            // Contracts that the service does not know (yet) are left out.
            Ok(answer) => {
                let mut briefs = answer.flow_briefs.iter();
                let brief = briefs.find(|brief| brief.flow_id.as_deref() == Some(flow));
                brief.and_then(|brief| brief.flow_status.clone())
            }
            Err(error) if may_pass(&error) => shown.clone(),
            Err(error) => return Err(error.into()),
        };
        if status != shown {
            let name = status.as_ref().map(|status| format!("{status:?}"));
            println!("status: {}", name.as_deref().unwrap_or("unknown"));
            shown.clone_from(&status);
        }
        match status {
            Some(FlowStatus::Signed) => return Ok(()),
            Some(
                end @ (FlowStatus::Rejected
                | FlowStatus::FillingRejected
                | FlowStatus::Expired
                | FlowStatus::Cancelled
                | FlowStatus::Invalid
                | FlowStatus::Rescinded),
            ) => return Err(format!("the contract has ended unsigned: {end:?}").into()),
            // Not started, waiting, partly signed; or a status of the future, which may lead anywhere.
            _ => {}
        }
        if !patience.pause().await {
            return Err(format!("no end yet; go on with: sign_contract wait {flow}").into());
        }
    }
}
