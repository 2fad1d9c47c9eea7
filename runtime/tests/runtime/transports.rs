//! In: ways to a server. Out: whether calls take them, and what is told when one does not lead there.

mod compression;
mod own;
#[cfg(feature = "rustls")]
mod proxies;
#[cfg(feature = "rustls")]
mod roots;

use yunqiao_runtime::{Client, ConfigBuilder, Error};

use crate::sample::{Agent, Everything, SERVICE, VERIFY};

fn request() -> Agent {
    Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    }
}

/// The `Text` of the answer to one call.
async fn text(config: ConfigBuilder) -> Result<String, Error> {
    let client = Client::new(&config.build()?, &SERVICE);
    let answer = client.call::<Everything>(&VERIFY, request()).await?;
    Ok(answer.text.clone().unwrap_or_default())
}
