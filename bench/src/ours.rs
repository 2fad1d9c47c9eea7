//! In: a server's address. Out: typed calls to it: checked, signed, repeated if need be, and decoded.

use std::time::Duration;

use yunqiao::tencent::essbasic::{
    Agent, ChannelVerifyPdfRequest, Client, CreateSealByImageRequest, UserInfo,
};
use yunqiao::{Config, ConfigBuilder, Credential};

/// Longer than any measurement.
const PATIENCE: Duration = Duration::from_secs(3_600);

/// A client as users make it, without the limit of 20 calls a second.
pub(crate) fn client(address: &str) -> Result<Client, String> {
    of(builder(address).without_rate_limit())
}

/// A client that keeps the limit.
pub(crate) fn limited(address: &str) -> Result<Client, String> {
    of(builder(address))
}

fn of(builder: ConfigBuilder) -> Result<Client, String> {
    let config: Config = builder.build().map_err(|error| error.to_string())?;
    Ok(Client::new(&config))
}

fn builder(address: &str) -> ConfigBuilder {
    Config::builder()
        .credential(credential())
        .endpoint(format!("http://{address}"))
        .attempt_timeout(PATIENCE)
        .total_timeout(PATIENCE)
}

pub(crate) fn credential() -> Credential {
    Credential::new(
        "AKIDexampleexampleexampleexampleexam",
        "examplekeyexamplekeyexamplekey12",
    )
}

/// The call that is measured.
pub(crate) async fn verify(client: &Client) -> Result<(), String> {
    let request = ChannelVerifyPdfRequest::new()
        .flow_id("yDbHvOp47r4fX3wKM3pyrypY1s7QlItU")
        .agent(agent());
    let answer = client
        .channel_verify_pdf(request)
        .await
        .map_err(|error| error.to_string())?;
    match answer.pdf_verify_results.len() {
        1 => Ok(()),
        other => Err(format!(
            "{other} areas were read, not the one that was sent"
        )),
    }
}

/// A request with a seal's picture of so many bytes of base64.
pub(crate) fn seal(bytes: usize) -> CreateSealByImageRequest {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut image = String::with_capacity(bytes);
    image.extend(
        ALPHABET
            .iter()
            .cycle()
            .take(bytes)
            .map(|byte| char::from(*byte)),
    );
    CreateSealByImageRequest::new()
        .agent(agent())
        .seal_name("财务专用章")
        .seal_image(image)
}

/// The call with the large body. The answer is that of another action: what is unknown in it is skipped.
pub(crate) async fn create(
    client: &Client,
    request: CreateSealByImageRequest,
) -> Result<(), String> {
    let answer = client.create_seal_by_image(request).await;
    answer.map(drop).map_err(|error| error.to_string())
}

fn agent() -> Agent {
    Agent::new()
        .app_id("yDHgXyvCqLxm08fqf0lHrbyziTn2K8It")
        .proxy_organization_open_id("org_qinglanmed")
        .proxy_operator(UserInfo::new().open_id("k3021"))
}
