//! In: proxies on this machine, and servers behind them. Out: which way calls take, and what is told when it is closed.

mod gate;

use std::process::Command;

use yunqiao_runtime::{Config, ConfigBuilder, Delivery, RetryPolicy};

use self::gate::Gate;
use super::text;
use crate::server::{Server, credential};
use crate::tls::{Authority, SecureServer};

/// `us@er` and `p:ss`, as headers have them.
const BASIC: &str = "Basic dXNAZXI6cDpzcw==";

async fn behind() -> (Authority, SecureServer, ConfigBuilder) {
    let authority = Authority::new();
    let server = SecureServer::run(authority.acceptor("localhost")).await;
    let retry = RetryPolicy::standard().base_delay(std::time::Duration::from_millis(1));
    let config = server
        .config()
        .root_certificates_pem(&authority.pem)
        .retry(retry);
    (authority, server, config)
}

#[tokio::test]
async fn https_goes_through_a_proxy() {
    let (_, server, config) = behind().await;
    let gate = Gate::http(None).await;
    let config = config.proxy(format!("http://127.0.0.1:{}", gate.port));
    assert!(text(config).await.unwrap().starts_with("HTTP/"));
    let seen = gate.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(
        seen[0].line(),
        format!("CONNECT localhost:{} HTTP/1.1", server.port)
    );
    // Nothing of the request but its host.
    assert_eq!(seen[0].names(), ["host"]);
}

#[tokio::test]
async fn a_password_is_sent_to_the_proxy_alone() {
    let (_, _server, config) = behind().await;
    let gate = Gate::http(Some(BASIC)).await;
    let config = config.proxy(format!("http://us%40er:p%3Ass@127.0.0.1:{}", gate.port));
    assert!(text(config).await.is_ok());
    assert_eq!(gate.seen()[0].header("proxy-authorization").unwrap(), BASIC);
}

#[tokio::test]
async fn a_wrong_password_is_told_and_not_tried_again() {
    let (_, server, _) = behind().await;
    let gate = Gate::http(Some(BASIC)).await;
    let authority = format!("127.0.0.1:{}", gate.port);
    for (number, url) in [
        format!("http://{authority}"),
        format!("http://user:hunter2@{authority}"),
    ]
    .into_iter()
    .enumerate()
    {
        let error = text(server.config().proxy(url)).await.unwrap_err();
        assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
        assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 1));
        assert!(
            error
                .to_string()
                .contains("the proxy does not let the request through (407)")
        );
        let told = format!("{error:?}");
        assert!(
            !told.contains("hunter2") && !told.contains("aHVudGVyMg"),
            "{told}"
        );
        assert_eq!(gate.seen().len(), number + 1);
    }
    assert!(server.hosts().is_empty());
}

#[tokio::test]
async fn a_proxy_that_cannot_reach_the_server_is_no_connection() {
    let (_, server, config) = behind().await;
    let gate = Gate::refusing("502 Bad Gateway").await;
    let config = config.proxy(format!("127.0.0.1:{}", gate.port));
    let error = text(config).await.unwrap_err();
    assert!(error.is_connect() && error.can_be_repeated(), "{error:?}");
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 4));
    assert_eq!((gate.seen().len(), server.connections()), (4, 0));
}

#[tokio::test]
async fn plain_http_on_this_machine_goes_past_the_proxy() {
    let server = Server::with_body(r#"{"Response":{"RequestId":"r","Text":"direct"}}"#).await;
    let gate = Gate::http(None).await;
    let config = server
        .config()
        .proxy(format!("http://127.0.0.1:{}", gate.port));
    assert_eq!(text(config).await.unwrap(), "direct");
    assert!(gate.seen().is_empty());
}

#[tokio::test]
async fn the_way_to_the_proxy_may_be_encrypted() {
    let (authority, _server, config) = behind().await;
    let gate = Gate::https(authority.acceptor("localhost"), BASIC).await;
    let config = config.proxy(format!("https://us%40er:p%3Ass@localhost:{}", gate.port));
    assert!(text(config).await.is_ok());
    assert_eq!(gate.seen().len(), 1);
}

#[tokio::test]
async fn a_proxy_may_speak_socks() {
    let (_, server, config) = behind().await;
    let gate = Gate::socks("us@er", "p:ss").await;
    let url = format!("socks5h://us%40er:p%3Ass@127.0.0.1:{}", gate.port);
    assert!(text(config.proxy(url)).await.is_ok());
    assert_eq!(gate.seen()[0].line(), format!("localhost:{}", server.port));

    let url = format!("socks5h://user:hunter2@127.0.0.1:{}", gate.port);
    let error = text(server.config().max_attempts(1).proxy(url))
        .await
        .unwrap_err();
    assert!(
        error.is_connect() && error.delivery() == Delivery::NotSent,
        "{error:?}"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn the_choice_is_checked_and_shown_without_its_password() {
    let with = |url: &str| Config::builder().credential(credential()).proxy(url);
    let config = with("http://hunter1:hunter2@proxy.example:3128");
    assert!(!format!("{config:?}").contains("hunter"));
    let shown = format!("{:?}", config.build().unwrap());
    assert!(
        shown.contains(r#"proxy: Some("http://proxy.example:3128")"#),
        "{shown}"
    );
    assert!(!shown.contains("hunter"), "{shown}");
    let error = with("http://hunter1:hunter2@proxy.example:port")
        .build()
        .unwrap_err();
    assert!(error.is_configuration());
    assert!(error.to_string().contains("the proxy is no URL"), "{error}");
    assert!(!format!("{error:?}").contains("hunter"), "{error:?}");
}

/// Names the folder of what another process has set up.
const MARK: &str = "YUNQIAO_TEST_CALLS_THROUGH_ITS_PROXY";

#[tokio::test]
#[allow(
    clippy::print_stdout,
    reason = "the printed text is what the outer process checks"
)]
async fn the_environment_leads_through_a_proxy_or_past_it() {
    if let Ok(endpoint) = std::env::var(MARK) {
        let config = Config::builder()
            .endpoint(endpoint)
            .credential(credential())
            .root_certificates_pem(std::env::var("ROOT").unwrap())
            .proxy_from_env();
        println!("{:?}", text(config).await);
        return;
    }
    let (authority, server, _) = behind().await;
    let gate = Gate::http(Some(BASIC)).await;
    let proxy = format!("http://us%40er:p%3Ass@127.0.0.1:{}", gate.port);
    for (variables, passes) in [
        (&[("HTTPS_PROXY", &*proxy)][..], true),
        (&[("all_proxy", &*proxy)], true),
        (
            &[
                ("https_proxy", &*proxy),
                ("HTTPS_PROXY", "http://127.0.0.1:9"),
            ],
            true,
        ),
        (&[("HTTP_PROXY", &*proxy)], false),
        (&[], false),
        (
            &[
                ("HTTPS_PROXY", &*proxy),
                ("NO_PROXY", "example.com, localhost"),
            ],
            false,
        ),
        (&[("HTTPS_PROXY", &*proxy), ("no_proxy", "*")], false),
        (
            &[("HTTPS_PROXY", &*proxy), ("NO_PROXY", "host,127.0.0.0/8")],
            true,
        ),
    ] {
        let before = (gate.seen().len(), server.hosts().len());
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "--nocapture"])
            .arg("transports::proxies::the_environment_leads_through_a_proxy_or_past_it")
            .env_clear()
            .env(MARK, server.url())
            .env("ROOT", &authority.pem)
            .envs(variables.iter().copied());
        let output = tokio::task::spawn_blocking(move || command.output());
        let output = output.await.unwrap().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.contains("Ok(\"HTTP/"), "{variables:?}: {told}");
        let after = (gate.seen().len(), server.hosts().len());
        assert_eq!(
            after,
            (before.0 + usize::from(passes), before.1 + 1),
            "{variables:?}"
        );
    }
}
