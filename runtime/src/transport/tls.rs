//! In: certificates to trust beside the system's. Out: the HTTP client's way of TLS, or why https cannot be used.

/// Sets how https is done. What comes back beside is why it cannot be done, where that is no mistake of the configuration.
#[cfg(feature = "rustls")]
pub(super) fn set(
    builder: reqwest::ClientBuilder,
    roots: Option<&[u8]>,
) -> Result<(reqwest::ClientBuilder, Option<String>), String> {
    use std::sync::Arc;

    let roots = roots.map(certificates).transpose()?.unwrap_or_default();
    // Given explicitly, so that no provider has to be installed for the whole process.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let start = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("ring supports the default TLS versions");
    let (config, problem) = match verifier(roots, provider) {
        Ok(verifier) => {
            let verified = start
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier));
            (verified, None)
        }
        Err(error) => {
            let nobody = start.with_root_certificates(rustls::RootCertStore::empty());
            let problem = format!(
                "https cannot be used, the system's trusted certificates cannot be read: {error}"
            );
            (nobody, Some(problem))
        }
    };
    let mut config = config.with_no_client_auth();
    // reqwest takes a configuration as it is, and without an offer there is no HTTP/2.
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok((builder.tls_backend_preconfigured(config), problem))
}

#[cfg(feature = "rustls")]
type Certificate = rustls::pki_types::CertificateDer<'static>;

/// Trusts what the system trusts, and these.
#[cfg(feature = "rustls")]
fn verifier(
    roots: Vec<Certificate>,
    provider: std::sync::Arc<rustls::crypto::CryptoProvider>,
) -> Result<rustls_platform_verifier::Verifier, rustls::Error> {
    use rustls_platform_verifier::Verifier;

    if roots.is_empty() {
        return Verifier::new(provider);
    }
    #[cfg(not(target_os = "android"))]
    return Verifier::new_with_extra_roots(roots, provider);
    #[cfg(target_os = "android")]
    return Err(rustls::Error::General(
        "Android takes root certificates from its settings only".to_owned(),
    ));
}

/// The certificates of a PEM bundle. What is wrong is told by its place, and nothing of the text is shown: people mix up files.
#[cfg(feature = "rustls")]
fn certificates(pem: &[u8]) -> Result<Vec<Certificate>, String> {
    use rustls::pki_types::pem::{Error, PemObject as _, SectionKind};

    const WHAT: &str = "Config::builder().root_certificates_pem";
    let mut roots = Vec::new();
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem) {
        let number = roots.len() + 1;
        let (kind, der) = section.map_err(|error| {
            let reason = match error {
                Error::MissingSectionEnd { .. } => "it has no end line",
                Error::IllegalSectionStart { .. } => "its first line is malformed",
                Error::Base64Decode(_) => "it is no base64",
                _ => "it is malformed",
            };
            format!("{WHAT}: certificate {number} cannot be read, {reason}")
        })?;
        let other = match kind {
            SectionKind::Certificate => None,
            SectionKind::PrivateKey | SectionKind::RsaPrivateKey | SectionKind::EcPrivateKey => {
                Some("a private key, which belongs into no bundle of certificates")
            }
            _ => Some("a section that is no certificate"),
        };
        if let Some(other) = other {
            return Err(format!("{WHAT}: there is {other}"));
        }
        let root = Certificate::from(der);
        rustls::RootCertStore::empty()
            .add(root.clone())
            .map_err(|error| {
                format!("{WHAT}: certificate {number} is no X.509 certificate ({error})")
            })?;
        roots.push(root);
    }
    if roots.is_empty() {
        return Err(format!(
            "{WHAT}: there is no certificate in it; one begins with -----BEGIN CERTIFICATE-----"
        ));
    }
    Ok(roots)
}

#[cfg(not(feature = "rustls"))]
pub(super) fn set(
    builder: reqwest::ClientBuilder,
    roots: Option<&[u8]>,
) -> Result<(reqwest::ClientBuilder, Option<String>), String> {
    if roots.is_some() {
        return Err(
            "Config::builder().root_certificates_pem needs the feature `rustls`".to_owned(),
        );
    }
    let problem = "https cannot be used: enable the feature `rustls`, or pass a client that has TLS to Config::builder().http_client";
    Ok((builder, Some(problem.to_owned())))
}
