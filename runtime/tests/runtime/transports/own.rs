//! In: transports of a program's own. Out: what they are given, and what becomes of what they give back.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::mpsc;
use yunqiao_runtime::transport::{
    Bytes, ResponseBody, Stream, Transport, TransportError, TransportFuture, http,
};
use yunqiao_runtime::{
    Action, Binary, Client, Config, ConfigBuilder, Delivery, Error, Field, RetryPolicy,
};

use super::{request, text};
use crate::sample::{Everything, SERVICE, VERIFY, generated};
use crate::server::{Fixed, Script, Server, credential, http as answer};

static CREATE: Action = Action::new(&SERVICE, "CreateFlow");
static UPLOAD: Action = Action::new(&SERVICE, "UploadLog")
    .body(yunqiao_runtime::Body::OctetStream)
    .idempotent();
static CHAT: Action = Action::new(&SERVICE, "ChatCompletions");

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

/// Pieces that somebody else hands in.
struct Coming(mpsc::Receiver<Result<Bytes, TransportError>>);

impl Stream for Coming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

#[tokio::test]
async fn an_answer_streams() {
    let (hand, coming) = mpsc::channel(1);
    let body = Mutex::new(Some(ResponseBody::pieces(Coming(coming))));
    let (config, _) = own(move |_| {
        let mut response = http::Response::new(body.lock().unwrap().take().unwrap());
        let kind = http::HeaderValue::from_static("text/event-stream");
        response.headers_mut().insert("content-type", kind);
        Ok(response)
    });
    let client = Client::new(&config.build().unwrap(), &SERVICE);
    let mut events = client.stream::<Everything>(&CHAT, request()).await.unwrap();
    for name in ["a", "b"] {
        // Each event is there before the next one is made.
        let piece = format!("data: {{\"Text\":\"{name}\"}}\n\n");
        hand.send(Ok(piece.into())).await.unwrap();
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.text.as_deref(), Some(name));
    }
    hand.send(Err(TransportError::connect("torn")))
        .await
        .unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert!(
        error.to_string().contains("the connection broke"),
        "{error}"
    );
    assert!(format!("{error:?}").contains("torn"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn each_error_says_what_has_become_of_the_request() {
    type Make = fn() -> TransportError;
    for (make, delivery, is_connect, is_timeout, safe, unsafe_, told) in [
        (
            (|| TransportError::connect("why")) as Make,
            Delivery::NotSent,
            true,
            false,
            4,
            4,
            "cannot connect",
        ),
        (
            || TransportError::connect_timeout("why"),
            Delivery::NotSent,
            true,
            true,
            4,
            4,
            "(connect timeout)",
        ),
        (
            || TransportError::refused("the company's gateway is closed"),
            Delivery::NotSent,
            true,
            false,
            1,
            1,
            "cannot connect: the company's gateway is closed",
        ),
        (
            || TransportError::broken("why"),
            Delivery::Unknown,
            false,
            false,
            4,
            1,
            "the connection broke",
        ),
    ] {
        for (action, attempts) in [(&VERIFY, safe), (&CREATE, unsafe_)] {
            let (config, seen) = own(move |_| Err(make()));
            let error = fail(config, action).await;
            assert_eq!(error.delivery(), delivery, "{error}");
            assert_eq!(
                (error.is_connect(), error.is_timeout()),
                (is_connect, is_timeout)
            );
            assert_eq!(error.attempts(), attempts, "{error}");
            assert_eq!(seen.lock().unwrap().len(), attempts as usize);
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let (config, seen) = own(|number| match number {
        1 => Err(TransportError::connect("why")),
        2 => Ok(http::Response::builder()
            .status(503)
            .body("busy".into())
            .unwrap()),
        _ => fine(),
    });
    assert_eq!(text(config).await.unwrap(), "own");
    assert_eq!(seen.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn limits_hold_for_every_transport() {
    let pieces = |pieces: Vec<Result<Bytes, TransportError>>| {
        let (hand, coming) = mpsc::channel(pieces.len());
        for piece in pieces {
            hand.try_send(piece).unwrap();
        }
        // Kept open: what ends the answer has to be its limit.
        std::mem::forget(hand);
        Ok(http::Response::new(ResponseBody::pieces(Coming(coming))))
    };
    let (config, _) = own(move |_| pieces(vec![Ok("{".into()), Ok(vec![b' '; 100].into())]));
    let error = fail(config.max_response_bytes(100), &CREATE).await;
    assert!(
        error.to_string().contains("larger than the 100 bytes"),
        "{error}"
    );

    let (config, _) = own(|_| {
        let response = http::Response::builder().header("content-length", "101");
        Ok(response.body("{}".into()).unwrap())
    });
    let error = fail(config.max_response_bytes(100), &CREATE).await;
    assert!(error.to_string().contains("101 are announced"), "{error}");

    // A body that ends, or stops, in the middle.
    let (config, _) =
        own(move |_| pieces(vec![Ok("{".into()), Err(TransportError::broken("why"))]));
    let error = fail(config, &CREATE).await;
    assert_eq!(
        (error.http_status(), error.delivery()),
        (Some(200), Delivery::Unknown)
    );
    let (config, _) = own(move |_| pieces(vec![Ok("{".into())]));
    let error = fail(config.attempt_timeout(Duration::from_millis(50)), &CREATE).await;
    assert!(error.is_timeout() && !error.is_connect(), "{error}");
}

#[tokio::test]
async fn a_transport_decompresses_what_it_asks_for() {
    let (config, _) = own(|_| {
        let response = http::Response::builder().header("content-encoding", "gzip");
        Ok(response.body("\u{1f}".into()).unwrap())
    });
    let error = fail(config, &CREATE).await;
    assert!(error.is_decode(), "{error:?}");
    assert!(
        error
            .to_string()
            .contains("a transport of your own has to decompress"),
        "{error}"
    );
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
