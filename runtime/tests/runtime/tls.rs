//! In: the name of a server. Out: an authority of the test's own, and a server that speaks TLS with its certificate, HTTP/2 or
//! HTTP/1.1 as the client asks.

use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use yunqiao_runtime::transport::http::Response;
use yunqiao_runtime::{Config, ConfigBuilder};

use crate::server::{credential, http, receive};

/// Signs certificates that nobody trusts who does not know it.
pub(crate) struct Authority {
    pub(crate) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        // One authority must not be taken for another.
        let name = format!("{:x?}", key.public_key_raw());
        params.distinguished_name.push(DnType::CommonName, name);
        Self {
            pem: params.self_signed(&key).unwrap().pem(),
            issuer: Issuer::new(params, key),
        }
    }

    /// What a server of this name needs.
    pub(crate) fn acceptor(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.into()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        TlsAcceptor::from(Arc::new(config))
    }
}

/// A server that answers with the version of HTTP that it was asked in.
pub(crate) struct SecureServer {
    pub(crate) port: u16,
    connections: Arc<Mutex<usize>>,
    hosts: Arc<Mutex<Vec<String>>>,
}

impl SecureServer {
    pub(crate) async fn run(acceptor: TlsAcceptor) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            connections: Arc::default(),
            hosts: Arc::default(),
        };
        let (connections, hosts) = (Arc::clone(&server.connections), Arc::clone(&server.hosts));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *connections.lock().unwrap() += 1;
                let (acceptor, hosts) = (acceptor.clone(), Arc::clone(&hosts));
                tokio::spawn(async move {
                    // A client that does not trust the certificate goes away.
                    if let Ok(stream) = acceptor.accept(stream).await {
                        serve(stream, &hosts).await;
                    }
                });
            }
        });
        server
    }

    /// A configuration that calls this server by the name of this machine.
    pub(crate) fn config(&self) -> ConfigBuilder {
        Config::builder()
            .endpoint(self.url())
            .credential(credential())
    }

    pub(crate) fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// How many connections there were, with or without TLS.
    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }

    /// The host that each request was for, as the request says.
    pub(crate) fn hosts(&self) -> Vec<String> {
        self.hosts.lock().unwrap().clone()
    }
}

fn answer(version: &str) -> Vec<u8> {
    format!(r#"{{"Response":{{"RequestId":"r","Text":"{version}"}}}}"#).into_bytes()
}

async fn serve(mut stream: TlsStream<TcpStream>, hosts: &Mutex<Vec<String>>) {
    if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        let mut connection = h2::server::handshake(stream).await.unwrap();
        while let Some(Ok((request, mut respond))) = connection.accept().await {
            assert_eq!(request.headers().get("host"), None, "`:authority` says it");
            let host = request.uri().authority().unwrap().to_string();
            hosts.lock().unwrap().push(host);
            let body = answer("HTTP/2").into();
            let sending = respond.send_response(head(), false);
            sending.unwrap().send_data(body, true).unwrap();
        }
        return;
    }
    while let Some(request) = receive(&mut stream).await {
        hosts.lock().unwrap().push(request.header("host").unwrap());
        let version = request.line().rsplit(' ').next().unwrap();
        let bytes = http("200 OK", &[], &answer(version));
        if stream.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

/// A head with status 200.
fn head() -> Response<()> {
    Response::new(())
}
