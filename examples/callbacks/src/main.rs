//! In: secrets from the environment. Out: a web service that prints what Tencent E-Sign and Volcengine SMS report.
//!
//! Put it behind something that speaks HTTPS, and enter in the consoles:
//! `https://<host>/esign` and `https://<host>/sms/<the secret>`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the output is what the program is for"
)]

use std::env;
use std::error::Error as StdError;

use tokio::net::TcpListener;
use yunqiao::callback::{EsignCallbacks, EsignData, ReplayGuard, SmsCallbacks, SmsData};
use yunqiao_example_callbacks::{Arrived, Service, router};

const USAGE: &str = "set ESIGN_CALLBACK_TOKEN (and ESIGN_CALLBACK_KEY, if the console has one) and SMS_CALLBACK_SECRET;
LISTEN is 127.0.0.1:3000 unless set";

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let (Ok(token), Ok(secret)) = (
        env::var("ESIGN_CALLBACK_TOKEN"),
        env::var("SMS_CALLBACK_SECRET"),
    ) else {
        return Err(USAGE.into());
    };
    let mut esign = EsignCallbacks::builder().token(token);
    if let Ok(key) = env::var("ESIGN_CALLBACK_KEY") {
        esign = esign.key(key);
    }
    let service = Service {
        esign: esign.build()?,
        sms: SmsCallbacks::new(secret)?,
        guard: ReplayGuard::in_memory(),
        handler: Box::new(|arrived| Box::pin(async move { print(&arrived) })),
        log: Box::new(|line| eprintln!("{line}")),
    };
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(&address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router(service)).await?;
    Ok(())
}

/// Where a real service would write to its database, and say if it could not.
fn print(arrived: &Arrived) -> Result<(), String> {
    match arrived {
        Arrived::Esign(event) => match event.data() {
            EsignData::FlowStatusChange(change) => {
                let is_final = change
                    .status
                    .as_ref()
                    .is_some_and(|status| status.is_final());
                println!(
                    "contract {:?}: {:?}, final: {is_final}",
                    change.flow_id, change.status
                );
            }
            _ => println!("{event:?}"),
        },
        Arrived::Sms(event) => match event.data() {
            SmsData::Report(report) => {
                println!(
                    "message {:?} delivered: {:?}",
                    report.message_id,
                    report.is_delivered()
                );
            }
            _ => println!("{event:?}"),
        },
        _ => println!("{arrived:?}"),
    }
    Ok(())
}
