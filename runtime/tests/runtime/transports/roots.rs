//! In: a server whose certificate an authority of its own has signed. Out: a handshake for those who know the authority, and
//! which HTTP is spoken after it.

use yunqiao_runtime::{Client, Config, Delivery};

use super::{request, text};
use crate::sample::{Everything, SERVICE, VERIFY};
use crate::tls::{Authority, SecureServer};

/// What both sides can do.
const VERSION: &str = if cfg!(feature = "http2") {
    "HTTP/2"
} else {
    "HTTP/1.1"
};

#[tokio::test]
async fn a_root_of_ones_own_is_trusted() {
    let authority = Authority::new();
    let server = SecureServer::run(authority.acceptor("localhost")).await;
    let config = server.config().root_certificates_pem(&authority.pem);
    assert_eq!(text(config).await.unwrap(), VERSION);
    assert_eq!(server.hosts(), [format!("localhost:{}", server.port)]);
}

#[tokio::test]
async fn bundles_add_up_whatever_is_around_the_certificates() {
    let (other, authority) = (Authority::new(), Authority::new());
    let server = SecureServer::run(authority.acceptor("localhost")).await;
    let commented = format!("# our root\r\n{}", authority.pem.replace('\n', "\r\n"));
    for bundles in [
        vec![format!("{}{}", other.pem, authority.pem)],
        vec![other.pem.trim_end().to_owned(), commented],
    ] {
        let config = bundles.into_iter().fold(server.config(), |config, bundle| {
            config.root_certificates_pem(bundle)
        });
        assert_eq!(text(config).await.unwrap(), VERSION);
    }
}

#[tokio::test]
async fn an_unknown_root_is_no_connection_and_not_tried_again() {
    let server = SecureServer::run(Authority::new().acceptor("localhost")).await;
    let other = Authority::new().pem;
    for config in [
        server.config(),
        server.config().root_certificates_pem(other),
    ] {
        let error = text(config).await.unwrap_err();
        assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
        assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 1));
        assert!(!error.can_be_repeated());
        let told = error.to_string();
        assert!(
            told.contains("cannot connect: the server's certificate is not trusted"),
            "{told}"
        );
        assert!(told.contains("root_certificates_pem"), "{told}");
        assert!(std::error::Error::source(&error).is_some());
    }
    assert_eq!((server.connections(), server.hosts().len()), (2, 0));
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted() {
    let authority = Authority::new();
    let server = SecureServer::run(authority.acceptor("elsewhere.example")).await;
    let config = server.config().root_certificates_pem(&authority.pem);
    let error = text(config).await.unwrap_err();
    assert!(error.is_connect() && error.delivery() == Delivery::NotSent);
    let told = error.to_string();
    assert!(
        told.contains("is not trusted") && !told.contains("root_certificates_pem"),
        "{told}"
    );
}

#[test]
fn garbage_is_told_by_its_place_and_not_shown() {
    let (good, key) = (Authority::new().pem, rcgen::KeyPair::generate().unwrap());
    let section = |label: &str, text: &str| {
        format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
    };
    for (pem, part) in [
        (String::new(), "there is no certificate"),
        ("hunter2".to_owned(), "there is no certificate"),
        (
            section("CERTIFICATE", "hunter2!"),
            "certificate 1 cannot be read, it is no base64",
        ),
        (
            section("CERTIFICATE", "aHVudGVyMg=="),
            "certificate 1 is no X.509 certificate",
        ),
        (
            format!("{good}{}", section("CERTIFICATE", "aHVudGVyMg==")),
            "certificate 2 is no X.509",
        ),
        (
            format!("{good}{}", &good[..good.len() / 2]),
            "certificate 2 cannot be read, it has no end line",
        ),
        (
            good.replacen("-----\n", "--\n", 1),
            "certificate 1 cannot be read, its first line",
        ),
        (format!("{good}{}", key.serialize_pem()), "a private key"),
        (
            section("CERTIFICATE REQUEST", "aHVudGVyMg=="),
            "a section that is no certificate",
        ),
    ] {
        let error = Config::builder()
            .root_certificates_pem(&pem)
            .build()
            .unwrap_err();
        assert!(error.is_configuration());
        let told = format!("{error:?}");
        assert!(
            told.contains("root_certificates_pem: ") && told.contains(part),
            "{pem}: {told}"
        );
        let body = key.serialize_pem();
        let secret = body.lines().nth(1).unwrap();
        assert!(
            !told.contains("hunter2") && !told.contains("aHVudGVyMg") && !told.contains(secret)
        );
    }
}

#[tokio::test]
async fn http2_serves_many_calls_over_one_connection() {
    let authority = Authority::new();
    let server = SecureServer::run(authority.acceptor("localhost")).await;
    let config = server.config().root_certificates_pem(&authority.pem);
    let client = Client::new(&config.build().unwrap(), &SERVICE);
    // One to open the connection: before it stands, nobody knows what it can do.
    client.call::<Everything>(&VERIFY, request()).await.unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.call::<Everything>(&VERIFY, request()).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().text.as_deref(), Some(VERSION));
    }
    assert_eq!(
        server.connections() == 1,
        cfg!(feature = "http2"),
        "{}",
        server.connections()
    );
}
