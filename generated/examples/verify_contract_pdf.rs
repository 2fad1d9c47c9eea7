//! A contract's id in, a verdict on its PDF and on every signature in it out.
//!
//! ```sh
//! cargo run -p yunqiao --example verify_contract_pdf --features tencent-ess,tencent-essbasic
//! ```
//!
//! Tencent E-Sign answers the same question in two services: `essbasic` for platforms that act for their client companies, and
//! `ess` for a company that acts for itself. The credential comes from `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`;
//! `YUNQIAO_ENDPOINT=http://127.0.0.1:8080` leads to a local cloud (`cargo run -p yunqiao-mock`).

use std::process::ExitCode;

use yunqiao::tencent::essbasic::{SignatureVerifyResult, VerifyResult};
use yunqiao::tencent::{ess, essbasic};

#[path = "common/ending.rs"]
mod ending;

use ending::{Outcome, ending, misused};

const USAGE: &str = "\
usage: verify_contract_pdf essbasic FLOW_ID APP_ID ORGANIZATION_OPEN_ID OPERATOR_OPEN_ID
       verify_contract_pdf ess FLOW_ID OPERATOR_USER_ID
exit code: 0 the file is as it was signed, 1 it is not or there was an error, 2 wrong usage";

/// What both services answer, without the names of the signers: they hold identity numbers.
struct Verdict {
    file: Option<VerifyResult>,
    signatures: Vec<Signature>,
    serial: Option<String>,
}

struct Signature {
    result: Option<SignatureVerifyResult>,
    page: Option<i64>,
    /// Milliseconds since 1970 UTC.
    time: Option<i64>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    ending(run(&words).await, USAGE)
}

async fn run(words: &[&str]) -> Outcome {
    let verdict = match *words {
        ["essbasic", flow, app, company, person] => of_platform(flow, app, company, person).await?,
        ["ess", flow, person] => of_company(flow, person).await?,
        _ => return Err(misused()),
    };
    explain(&verdict)
}

/// A platform names its application, the client company and the client's employee with every call.
async fn of_platform(
    flow: &str,
    app: &str,
    company: &str,
    person: &str,
) -> Result<Verdict, yunqiao::Error> {
    let client = essbasic::Client::from_env()?;
    let agent = essbasic::Agent::new()
        .app_id(app)
        .proxy_organization_open_id(company)
        .proxy_operator(essbasic::UserInfo::new().open_id(person));
    let request = essbasic::ChannelVerifyPdfRequest::new()
        .flow_id(flow)
        .agent(agent);
    let answer = client.channel_verify_pdf(request).await?;
    let signatures = answer.pdf_verify_results.iter();
    Ok(Verdict {
        file: answer.verify_result.clone(),
        signatures: signatures
            .map(|one| Signature {
                result: one.verify_result.clone(),
                page: one.component_page,
                time: one.sign_time,
            })
            .collect(),
        serial: answer.verify_serial_no.clone(),
    })
}

/// A company names just its employee. The types are those of another service, but the numbers on the wire mean the same.
async fn of_company(flow: &str, person: &str) -> Result<Verdict, yunqiao::Error> {
    let client = ess::Client::from_env()?;
    let request = ess::VerifyPdfRequest::new()
        .flow_id(flow)
        .operator(ess::UserInfo::new().user_id(person));
    let answer = client.verify_pdf(request).await?;
    let signatures = answer.pdf_verify_results.iter();
    Ok(Verdict {
        file: answer.verify_result.as_ref().map(|it| it.as_i64().into()),
        signatures: signatures
            .map(|one| Signature {
                result: one.verify_result.as_ref().map(|it| it.as_i64().into()),
                page: one.component_page,
                time: one.sign_time,
            })
            .collect(),
        serial: answer.verify_serial_no.clone(),
    })
}

fn explain(verdict: &Verdict) -> Outcome {
    for (number, signature) in (1..).zip(&verdict.signatures) {
        // Answers may leave anything out, and enums may get new values: both are ordinary cases, not errors.
        let result = match &signature.result {
            Some(SignatureVerifyResult::ValidByTencent) => "holds, made on Tencent E-Sign".into(),
            Some(SignatureVerifyResult::ValidByOtherPlatform) => {
                "holds, made on another platform".into()
            }
            Some(SignatureVerifyResult::Invalid) => "does not hold".into(),
            Some(SignatureVerifyResult::NoSignatureField) => "nothing is signed here".into(),
            Some(SignatureVerifyResult::MalformedSignature) => "malformed, not checked".into(),
            Some(other) => format!("result {}, unknown to this program", other.as_i64()),
            None => "without a result".to_owned(),
        };
        let page = signature
            .page
            .map_or("?".to_owned(), |page| page.to_string());
        let time = signature.time.map_or("an unknown time".to_owned(), |time| {
            format!("{} s since 1970", time / 1_000)
        });
        println!("signature {number} on page {page}, {time}: {result}");
    }
    let (holds, file) = match &verdict.file {
        Some(VerifyResult::IntactSignedByTencent) => (
            true,
            "unchanged, every signature made on Tencent E-Sign".into(),
        ),
        Some(VerifyResult::IntactSignedPartlyByTencent) => (
            true,
            "unchanged, some signatures made on other platforms".into(),
        ),
        Some(VerifyResult::Tampered) => (false, "changed after it was signed".into()),
        Some(VerifyResult::NoSignatureField) => (false, "nobody has signed it yet".into()),
        Some(VerifyResult::MalformedSignature) => {
            (false, "a signature is malformed and was not checked".into())
        }
        Some(other) => (
            false,
            format!("verdict {}, unknown to this program", other.as_i64()),
        ),
        None => (false, "without a verdict".to_owned()),
    };
    println!("the file: {file}");
    println!(
        "check number: {}",
        verdict.serial.as_deref().unwrap_or("none")
    );
    if holds {
        Ok(())
    } else {
        Err(format!("the contract is not as it was signed: {file}").into())
    }
}
