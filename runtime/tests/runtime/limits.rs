//! In: servers that are slow, silent or not there. Out: an error in time, that says which limit it was.

use std::time::{Duration, Instant};

#[cfg(feature = "rustls")]
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use yunqiao_runtime::{Client, Config, Error};

use crate::sample::{Agent, Everything, SERVICE, VERIFY};
use crate::server::{Script, Server, credential};

/// A client of the caller's own, which follows redirects as reqwest does by default.
pub(crate) fn following_client() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy();
    #[cfg(feature = "rustls")]
    let builder = {
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider);
        let config = config.with_safe_default_protocol_versions().unwrap();
        let nobody = rustls::RootCertStore::empty();
        builder
            .tls_backend_preconfigured(config.with_root_certificates(nobody).with_no_client_auth())
    };
    builder.build().unwrap()
}

fn request() -> Agent {
    Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    }
}

const SHORT: Duration = Duration::from_millis(80);
const LONG: Duration = Duration::from_secs(20);

/// The error of a call, which must come long before the long limits do.
async fn in_time(call: yunqiao_runtime::Call<Everything>) -> Error {
    let start = Instant::now();
    let error = call.await.unwrap_err();
    assert!(start.elapsed() < LONG / 2, "{error}");
    error
}

#[tokio::test]
async fn an_attempt_has_its_limit_before_and_within_the_answer() {
    for bytes in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"] {
        let server = Server::run(Script::Stall(bytes.to_vec())).await;
        let config = server
            .config()
            .attempt_timeout(SHORT)
            .total_timeout(LONG)
            .build()
            .unwrap();
        let error = in_time(Client::new(&config, &SERVICE).call(&VERIFY, request())).await;
        assert!(error.is_timeout() && !error.is_connect());
        assert!(
            error
                .to_string()
                .contains("no answer within 80ms (attempt timeout)"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_call_has_its_limit_from_the_configuration_or_its_own() {
    let server = Server::run(Script::Stall(Vec::new())).await;
    let config = server
        .config()
        .attempt_timeout(LONG)
        .total_timeout(SHORT)
        .build()
        .unwrap();
    let error = in_time(Client::new(&config, &SERVICE).call(&VERIFY, request())).await;
    assert!(error.is_timeout());
    assert!(error.to_string().contains("(total timeout)"), "{error}");
    let config = server
        .config()
        .attempt_timeout(LONG)
        .total_timeout(LONG)
        .build()
        .unwrap();
    let call = Client::new(&config, &SERVICE)
        .call(&VERIFY, request())
        .timeout(Duration::from_millis(90));
    let error = in_time(call).await;
    assert!(
        error.to_string().contains("within 90ms (total timeout)"),
        "{error}"
    );
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn connecting_has_its_limit_and_includes_the_handshake() {
    // Accepts nothing: the connection stands, the TLS handshake never comes.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    let config = Config::builder()
        .endpoint(endpoint)
        .credential(credential())
        .connect_timeout(SHORT)
        .build()
        .unwrap();
    let error = in_time(Client::new(&config, &SERVICE).call(&VERIFY, request())).await;
    assert!(error.is_timeout() && error.is_connect());
    assert!(
        error.to_string().contains("within 80ms (connect timeout)"),
        "{error}"
    );
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_server_without_tls_is_no_connection() {
    assert!(
        rustls::crypto::CryptoProvider::get_default().is_none(),
        "nothing may rely on a provider for the process"
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let config = Config::builder()
        .endpoint(endpoint)
        .credential(credential())
        .build()
        .unwrap();
    let error = in_time(Client::new(&config, &SERVICE).call(&VERIFY, request())).await;
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_refused_connection_is_told_with_its_cause() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let authority = listener.local_addr().unwrap().to_string();
    drop(listener);
    let config = Config::builder()
        .endpoint(format!("http://{authority}"))
        .credential(credential())
        .max_attempts(1)
        .build()
        .unwrap();
    let error = in_time(Client::new(&config, &SERVICE).call(&VERIFY, request())).await;
    assert!(error.is_connect() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        format!("essbasic ChannelVerifyPdf: cannot connect ({authority})")
    );
    let mut causes = Vec::new();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        causes.push(inner.to_string());
        cause = inner.source();
    }
    assert!(
        causes.iter().any(|cause| cause.contains("refused")),
        "{causes:?}"
    );
}
