//! Starts the local cloud, calls five real actions through the generated clients, and prints what both sides saw.
#![allow(clippy::print_stdout, reason = "the output is what the program is for")]

use std::error::Error as StdError;
use std::time::{Duration, Instant};

use yunqiao::tencent::{ca, ess, essbasic};
use yunqiao::volcengine::sms;
use yunqiao::{Config, Credential, Error, Response};
use yunqiao_mock::LocalCloud;

mod table;

/// A call as the client saw it.
struct Seen {
    action: &'static str,
    request_id: String,
    elapsed: Duration,
    value: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn StdError>> {
    let cloud = LocalCloud::start()?;
    println!("local cloud at {}\n", cloud.url());

    let credential = Credential::new(cloud.secret_id(), cloud.secret_key());
    let config = Config::builder()
        .credential(credential.clone())
        .endpoint(cloud.url())
        .region("ap-guangzhou")
        .build()?;
    let beijing = Config::builder()
        .credential(credential)
        .endpoint(cloud.url())
        .region("cn-beijing")
        .build()?;

    let calls = [
        timed(
            "CreateVerifyReport",
            ca::Client::new(&config).create_verify_report(verify_report()),
            |answer| format!("order {}", answer.signature_id.as_deref().unwrap_or("none")),
        )
        .await?,
        timed(
            "CreateFileCounterSign",
            ess::Client::new(&config).create_file_counter_sign(counter_sign()),
            |answer| format!("status {:?}", answer.status),
        )
        .await?,
        timed(
            "ChannelVerifyPdf",
            essbasic::Client::new(&config).channel_verify_pdf(verify_pdf()),
            |answer| {
                format!(
                    "{:?}, {} signatures",
                    answer.verify_result,
                    answer.pdf_verify_results.len()
                )
            },
        )
        .await?,
        timed(
            "ChannelCreatePreparedPersonalEsign",
            essbasic::Client::new(&config).channel_create_prepared_personal_esign(personal_seal()),
            |answer| format!("seal {}", answer.seal_id.as_deref().unwrap_or("none")),
        )
        .await?,
        timed(
            "ApplySignatureIdent",
            sms::Client::new(&beijing).apply_signature_ident(identity()),
            |answer| format!("file {}", answer.id.unwrap_or_default()),
        )
        .await?,
    ];
    table::print(&rows(&cloud, &calls));

    println!("\nThe same call with a wrong key:");
    let wrong = Credential::new(cloud.secret_id(), "not-the-key");
    let config = Config::builder()
        .credential(wrong)
        .endpoint(cloud.url())
        .build()?;
    match essbasic::Client::new(&config)
        .channel_verify_pdf(verify_pdf())
        .await
    {
        Ok(_) => return Err("the local cloud has accepted a wrong key".into()),
        Err(error) => explain(&error),
    }

    println!("\nAnd a request with mistakes, which never leaves the program:");
    let request = essbasic::ChannelVerifyPdfRequest::new().agent(essbasic::Agent::new());
    match essbasic::Client::new(&config)
        .channel_verify_pdf(request)
        .await
    {
        Ok(_) => return Err("a request without its required fields has been sent".into()),
        Err(error) => println!("  {}", error.to_string().replace('\n', "\n  ")),
    }

    println!("\nWhat next:");
    println!("  the data      schemas/tencent/essbasic/2021-05-26/actions/ChannelVerifyPdf.yaml");
    println!(
        "  the Rust      generated/src/tencent/essbasic/v20210526/actions/channel_verify_pdf.rs"
    );
    println!("  this program  examples/quickstart.rs");
    println!("  the tests     cargo xtask test");
    println!("  your own      README.md, \"In your program\"; add an action: CONTRIBUTING.md");
    Ok(())
}

/// Awaits a call, takes its time and one value of its answer.
async fn timed<T>(
    action: &'static str,
    call: yunqiao::Call<T>,
    value: impl Fn(&Response<T>) -> String,
) -> Result<Seen, Error>
where
    yunqiao::Call<T>: IntoFuture<Output = Result<Response<T>, Error>>,
{
    let started = Instant::now();
    let answer = call.await?;
    let request_id = answer.request_id().unwrap_or_default().to_owned();
    Ok(Seen {
        action,
        request_id,
        elapsed: started.elapsed(),
        value: value(&answer),
    })
}

/// Joins what the client saw with what the cloud recorded, by request id.
fn rows(cloud: &LocalCloud, calls: &[Seen]) -> Vec<[String; 6]> {
    let header = [
        "action",
        "stands for",
        "signature",
        "request id",
        "ms",
        "decoded",
    ]
    .map(ToOwned::to_owned);
    let recorded = cloud.calls();
    let row = |seen: &Seen| {
        let other = recorded
            .iter()
            .find(|call| call.request_id == seen.request_id);
        [
            seen.action.to_owned(),
            other
                .and_then(|call| call.host.clone())
                .unwrap_or_else(|| "not recorded".to_owned()),
            other.map_or_else(
                || "not recorded".to_owned(),
                |call| call.signature.to_string(),
            ),
            seen.request_id.clone(),
            format!("{:.1}", seen.elapsed.as_secs_f64() * 1_000.0),
            seen.value.clone(),
        ]
    };
    std::iter::once(header)
        .chain(calls.iter().map(row))
        .collect()
}

fn explain(error: &Error) {
    println!("  {error}");
    println!(
        "  code {:?}, request id {:?}, HTTP status {:?}",
        error.code(),
        error.request_id(),
        error.http_status()
    );
    println!(
        "  is_authentication() {}, is_timeout() {}",
        error.is_authentication(),
        error.is_timeout()
    );
}

fn verify_report() -> ca::CreateVerifyReportRequest {
    ca::CreateVerifyReportRequest::new()
        .apply_customer_type(ca::ApplyCustomerType::Company)
        .apply_customer_name("Qinglan Internet Hospital")
        .apply_name("Wang Xiaoming")
        .apply_mobile("13800000000")
        .file_id("70c2a5eaf1420000aa12e81e7b03b637")
}

fn counter_sign() -> ess::CreateFileCounterSignRequest {
    ess::CreateFileCounterSignRequest::new()
        .file_id("yDtwuUUckpo1c11xUxtOq8cvKy24by9M")
        .operator(ess::UserInfo::new().user_id("yDCpyUUckpo1c11xUxtOq8cvKy24by9M"))
        .sync_mode(true)
}

fn verify_pdf() -> essbasic::ChannelVerifyPdfRequest {
    let agent = essbasic::Agent::new()
        .app_id("yDwhxUUckp3gl8j5UuFX33LSNozpRsbi")
        .proxy_organization_open_id("org_qinglanmed")
        .proxy_operator(essbasic::UserInfo::new().open_id("n9527"));
    essbasic::ChannelVerifyPdfRequest::new()
        .flow_id("yDSLVUUckpo1c11xUxtOq8cvKy24by9M")
        .agent(agent)
}

fn personal_seal() -> essbasic::ChannelCreatePreparedPersonalEsignRequest {
    essbasic::ChannelCreatePreparedPersonalEsignRequest::new()
        .agent(essbasic::Agent::new().app_id("yDwhxUUckp3gl8j5UuFX33LSNozpRsbi"))
        .user_name("Wang Xiaoming")
        .id_card_type(essbasic::IdCardType::ResidentIdCard)
        .id_card_number("11010119900307123X")
        .seal_name("prescriptions")
        .seal_image("iVBORw0KGgo=")
}

fn identity() -> sms::ApplySignatureIdentRequest {
    let person = || {
        sms::PersonInfo::new()
            .person_name("Wang Xiaoming")
            .person_id_card("11010119900307123X")
    };
    sms::ApplySignatureIdentRequest::new()
        .material_name("licence 2025")
        .business_info(
            sms::BusinessInfo::new().business_certificate_name("Qinglan Internet Hospital"),
        )
        .operator_person(person())
        .responsible_person_info(person())
        .purpose(sms::v20210111::Purpose::OwnUse)
}
