//! In: an error of reqwest. Out: how far the request got, and what to mend where another attempt would be in vain.

use std::error::Error as StdError;

use super::TransportError;

/// What hyper-util says of status 407, and nothing else: its type is not public.
const UNAUTHORIZED: &str = "tunnel error: proxy authorization required";

/// The error for a request that has no answer.
pub(super) fn diagnose(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportError::connect_timeout(error),
        (true, false) => match refusal(&error) {
            Some(reason) => TransportError::refused(reason).because(error),
            None => TransportError::connect(error),
        },
        _ => TransportError::broken(error),
    }
}

/// Why no attempt would come to a connection, if that is so.
fn refusal(error: &(dyn StdError + 'static)) -> Option<String> {
    let mut layer = Some(error);
    while let Some(error) = layer {
        if error.to_string() == UNAUTHORIZED {
            let reason = "the proxy does not let the request through (407): it wants a user name and a password, or others than these";
            return Some(reason.to_owned());
        }
        if let Some(reason) = distrust(error) {
            return Some(reason);
        }
        layer = cause(error);
    }
    None
}

/// What is below an error. An `io::Error` does not count what it wraps among its sources.
fn cause<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(|error| error.get_ref());
    match wrapped {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// What is wrong with the server's certificate, if that is it.
#[cfg(feature = "rustls")]
fn distrust(error: &(dyn StdError + 'static)) -> Option<String> {
    let rustls::Error::InvalidCertificate(what) = error.downcast_ref()? else {
        return None;
    };
    let advice = match what {
        rustls::CertificateError::UnknownIssuer => {
            "; if your company has signed it, pass its root certificate to Config::builder().root_certificates_pem"
        }
        _ => "",
    };
    Some(format!(
        "the server's certificate is not trusted ({error}){advice}"
    ))
}

#[cfg(not(feature = "rustls"))]
fn distrust(_: &(dyn StdError + 'static)) -> Option<String> {
    None
}
