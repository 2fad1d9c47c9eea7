//! In: transports of a program's own. Out: what they are given, and what becomes of what they give back.

mod answers;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use yunqiao_runtime::credential::{InstanceRole, Variables};
use yunqiao_runtime::transport::{
    Bytes, ResponseBody, Transport, TransportError, TransportFuture, http,
};
use yunqiao_runtime::{
    Action, Binary, Client, Config, ConfigBuilder, Error, Field, RetryPolicy, Vendor,
};

use super::{request, text};
use crate::sample::{Everything, SERVICE, generated};
use crate::server::{Fixed, Script, Server, credential, http as answer};

static CREATE: Action = Action::new(&SERVICE, "CreateFlow");
static UPLOAD: Action = Action::new(&SERVICE, "UploadLog")
    .body(yunqiao_runtime::Body::OctetStream)
    .idempotent();

generated!(Upload {
    log: Option<Binary> = Field::new("Log"),
});

const BODY: &str = r#"{"Response":{"RequestId":"r","Text":"own"}}"#;

type Outcome = Result<http::Response<ResponseBody>, TransportError>;

/// Does with each request as it is told, and remembers it.
struct Own<F> {
    seen: Arc<Mutex<Vec<http::Request<Bytes>>>>,
    play: F,
}

impl<F: Fn(usize) -> Outcome + Send + Sync> Transport for Own<F> {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            let number = {
                let mut seen = self.seen.lock().unwrap();
                seen.push(request);
                seen.len()
            };
            (self.play)(number)
        })
    }
}

/// A configuration whose transport plays this, and the requests that it is given.
fn own(
    play: impl Fn(usize) -> Outcome + Send + Sync + 'static,
) -> (ConfigBuilder, Arc<Mutex<Vec<http::Request<Bytes>>>>) {
    let seen = Arc::default();
    let transport = Own {
        seen: Arc::clone(&seen),
        play,
    };
    let config = Config::builder()
        .credential(credential())
        .time_source(Arc::new(Fixed))
        .retry(RetryPolicy::standard().base_delay(Duration::from_millis(1)))
        .transport(transport);
    (config, seen)
}

fn fine() -> Outcome {
    Ok(http::Response::new(ResponseBody::from(BODY)))
}

async fn fail(config: ConfigBuilder, action: &'static Action) -> Error {
    let client = Client::new(&config.build().unwrap(), &SERVICE);
    client
        .call::<Everything>(action, request())
        .await
        .unwrap_err()
}

#[tokio::test]
async fn the_request_is_the_signed_one() {
    // What the HTTP client sends is the measure, but for what only a connection needs.
    let server = Server::with_body(BODY).await;
    text(server.config()).await.unwrap();
    let sent = server.only();
    let (config, seen) = own(|_| fine());
    assert_eq!(text(config.endpoint(server.url())).await.unwrap(), "own");
    let given = seen.lock().unwrap().pop().unwrap();
    assert_eq!((given.method().as_str(), given.uri().path()), ("POST", "/"));
    assert_eq!(given.body(), &sent.body);
    let connection = ["accept", "accept-encoding", "content-length"];
    let mut expected = sent.headers();
    expected.retain(|(name, _)| !connection.contains(&name.as_str()));
    let mut headers: Vec<(String, String)> = given
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    assert_eq!(headers, expected);
    assert!(given.headers()["authorization"].is_sensitive());
    assert!(!format!("{:?}", given.headers()).contains("Signature="));
}

#[tokio::test]
async fn https_is_the_transports_own_matter() {
    let (config, seen) = own(|_| fine());
    text(config).await.unwrap();
    let uri = seen.lock().unwrap()[0].uri().to_string();
    assert_eq!(uri, "https://essbasic.tencentcloudapi.com/");
}

#[tokio::test]
async fn attempts_share_the_bytes_of_the_body() {
    let (config, seen) = own(|number| match number {
        3 => fine(),
        _ => Err(TransportError::broken("gone")),
    });
    let client = Client::new(&config.build().unwrap(), &SERVICE);
    let upload = Upload {
        log: Some(vec![7; 10 << 20].into()),
    };
    let answer = client.call::<Everything>(&UPLOAD, upload).await.unwrap();
    assert_eq!(answer.attempts(), 3);
    let seen = seen.lock().unwrap();
    let bodies: Vec<_> = seen
        .iter()
        .map(|request| (request.body().as_ptr(), request.body().len()))
        .collect();
    assert_eq!(bodies, [bodies[0]; 3]);
    assert_eq!(bodies[0].1, 10 << 20);
}

#[tokio::test]
async fn a_client_of_reqwest_is_a_transport() {
    let server = Server::run(Script::Answer(answer("200 OK", &[], BODY.as_bytes()))).await;
    let client = crate::limits::following_client();
    let config = server.config().transport(Arc::new(client));
    assert_eq!(text(config).await.unwrap(), "own");
}

#[test]
fn what_would_have_no_effect_is_refused() {
    type Set = fn(ConfigBuilder) -> ConfigBuilder;
    for (set, name) in [
        (
            (|config| config.proxy("http://user:hunter2@proxy.example:1")) as Set,
            "proxy",
        ),
        (
            |config| config.root_certificates_pem("hunter2"),
            "root_certificates_pem",
        ),
    ] {
        for own in [
            own(|_| fine()).0,
            Config::builder().http_client(crate::limits::following_client()),
        ] {
            let error = set(own).build().unwrap_err();
            assert!(error.is_configuration());
            let told = format!("{error:?}");
            assert!(
                told.contains(&format!("builder().{name} has no effect")),
                "{told}"
            );
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
    // Where there is none to be dropped, nothing is wrong.
    assert!(own(|_| fine()).0.proxy("ftp://p").build().is_err());
}

#[tokio::test]
async fn the_metadata_service_is_asked_directly() {
    let metadata = Server::run(Script::Reply(Arc::new(|seen| {
        let body: &[u8] = if seen.line().contains("security-credentials/ ") {
            b"reader"
        } else {
            br#"{"TmpSecretId": "AKIDrole", "TmpSecretKey": "k", "Token": "t", "ExpiredTime": 1800000000, "Code": "Success"}"#
        };
        answer("200 OK", &[], body)
    })))
    .await;
    let role = InstanceRole::new(Vendor::Tencent).variables(Variables::of::<&str, &str>([]));
    let (config, seen) = own(|_| fine());
    let config = config.credential_provider(role.endpoint(&metadata.url()).unwrap());
    text(config).await.unwrap();
    assert_eq!(metadata.seen().len(), 2);
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].headers()["x-tc-token"], "t");
}

#[cfg(not(feature = "rustls"))]
#[tokio::test]
async fn without_tls_https_is_refused_before_sending() {
    let error = fail(Config::builder().credential(credential()), &CREATE).await;
    assert!(
        error.to_string().contains("enable the feature `rustls`"),
        "{error}"
    );
    let roots = Config::builder().root_certificates_pem("x").build();
    assert!(
        roots
            .unwrap_err()
            .to_string()
            .contains("needs the feature `rustls`")
    );
}
