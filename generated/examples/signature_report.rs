//! A signed file in, a link to a sealed report on its signatures out.
//!
//! ```sh
//! cargo run -p yunqiao --example signature_report --features tencent-ca
//! ```
//!
//! Uploads the file, orders the report and waits until it is there, which may take a day: `signature_report wait ORDER` asks
//! again later. Nothing in an order marks a repeat, so ordering twice would be charged twice: the order is sent once.

use std::process::ExitCode;

use yunqiao::tencent::ca::{self, Client};

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
usage: signature_report order FILE.pdf
       signature_report wait ORDER
environment: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY
             TENCENTCLOUD_REGION            such as ap-guangzhou
             APPLICANT_NAME                 company that applies (order)
             CONTACT_NAME, CONTACT_MOBILE   person who handles it (order)
             WAIT_SECONDS                   how long to wait, 3600 if it is not set
             YUNQIAO_ENDPOINT               such as http://127.0.0.1:8080 for a local cloud
exit code: 0 the report is there, 1 it is not or there was an error, 2 wrong usage";

/// The code of an order that was accepted and of a report that is there. Codes are the certificate authority's, as text.
const DONE: Option<&str> = Some("0");

/// Who applies.
struct Applicant {
    company: String,
    contact: String,
    mobile: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    ending(run(&words).await, USAGE)
}

async fn run(words: &[&str]) -> Outcome {
    let patience = Patience::from_env()?;
    match *words {
        ["order", file] => {
            let content = base64::read(file)?;
            let applicant = Applicant {
                company: variable("APPLICANT_NAME")?,
                contact: variable("CONTACT_NAME")?,
                mobile: variable("CONTACT_MOBILE")?,
            };
            let client = Client::from_env()?;
            let number = order(&client, &content, &applicant).await?;
            wait(&client, &number, patience).await
        }
        ["wait", number] => wait(&Client::from_env()?, number, patience).await,
        _ => Err(misused()),
    }
}

/// Gives the number of the order.
async fn order(client: &Client, content: &str, applicant: &Applicant) -> Outcome<String> {
    // The vendor's example puts the kind of the file in front of its content.
    let file = ca::FileInfo::new()
        .file_name("signed.pdf")
        .file_body(format!("data:application/pdf;base64,{}", content));
    let uploaded = client
        .upload_file(ca::UploadFileRequest::new().file_infos([file]))
        .await?;
    let file = uploaded
        .file_ids
        .first()
        .ok_or("the upload has no file id")?;
    println!("uploaded: {file}");

    let request = ca::CreateVerifyReportRequest::new()
        .apply_customer_type(ca::ApplyCustomerType::Company)
        .apply_customer_name(&applicant.company)
        .apply_name(&applicant.contact)
        .apply_mobile(&applicant.mobile)
        .file_id(file);
    let ordered = client.create_verify_report(request).await?;
    // A refusal by the certificate authority is a code in the answer, not an error of the call.
    if ordered.code.as_deref() != DONE {
        let code = ordered.code.as_deref().unwrap_or("none");
        return Err(format!("the order was not accepted, code {code}").into());
    }
    let number = ordered
        .signature_id
        .clone()
        .ok_or("the order has no number")?;
    println!("ordered: {number}");
    Ok(number)
}

/// Asks for the report until it is there or the time is over.
async fn wait(client: &Client, number: &str, mut patience: Patience) -> Outcome {
    loop {
        let request = ca::DescribeVerifyReportRequest::new().signature_id(number);
        match client.describe_verify_report(request).await {
            Ok(answer) => match (answer.code.as_deref(), answer.report_url.as_deref()) {
                (DONE, Some(link)) if !link.is_empty() => {
                    // Good for 12 hours; a new one comes with every call.
                    println!("report: {link}");
                    return Ok(());
                }
                (code, _) => println!("not ready, code {}", code.unwrap_or("none")),
            },
            Err(error) if may_pass(&error) => eprintln!("asking again: {error}"),
            Err(error) => return Err(error.into()),
        }
        if !patience.pause().await {
            return Err(
                format!("no report yet; go on with: signature_report wait {number}").into(),
            );
        }
    }
}
