//! Why a call is refused, in words that belong to no vendor. Each vendor's own file turns it into a code.

use std::fmt;

/// A reason to refuse a call. None of them quotes a value that a caller sent as a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Neither GET nor POST.
    Method,
    /// More bytes than accepted.
    TooLarge(usize),
    /// No authentication data.
    NoAuthorization,
    /// The authentication data cannot be read; what is wrong.
    Authorization(String),
    /// The authentication data ends before the signature.
    NoSignature,
    /// The access key, service, region or time is missing from the authentication data.
    NoInfo(&'static str),
    /// No such access key.
    UnknownKey,
    /// The temporary credential's token is not the right one.
    Token,
    /// The time of signing is too far from now: seconds away, seconds allowed.
    Expired(i64, i64),
    /// The credential scope contradicts the rest of the request.
    Scope(String),
    /// The signature is wrong; more about it.
    Signature(String),
    /// No such service.
    UnknownService(String),
    /// No such version of the service.
    UnknownVersion(String),
    /// No such action in this version.
    UnknownAction(String),
    /// The action is gone.
    Offline(String),
    /// A required parameter is absent.
    Missing(String),
    /// More calls than this limit allows.
    Throttled(u64, u64),
    /// The body or query cannot be read as parameters.
    Body(String),
    /// A multipart body is malformed.
    Multipart(&'static str),
    /// A parameter that the action does not have.
    Unknown(String),
    /// A parameter of another type.
    Type(String, String),
    /// A parameter that breaks a constraint.
    Value(String, String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method => f.write_str("Only GET and POST are accepted."),
            Self::TooLarge(limit) => write!(f, "The request is larger than {limit} bytes."),
            Self::NoAuthorization => f.write_str("The request carries no authorization."),
            Self::Authorization(text) => write!(f, "The authorization is malformed: {text}."),
            Self::NoSignature => f.write_str("The authorization has no signature."),
            Self::NoInfo(what) => write!(f, "The request does not name its {what}."),
            Self::UnknownKey => f.write_str("No such access key."),
            Self::Token => f.write_str("The token does not belong to the access key."),
            Self::Expired(away, allowed) => {
                write!(
                    f,
                    "The request was signed {away} seconds away from now; {allowed} are allowed."
                )
            }
            Self::Scope(text) => {
                write!(f, "The credential scope does not fit the request: {text}.")
            }
            Self::Signature(text) => write!(f, "The signature is wrong: {text}."),
            Self::UnknownService(name) => write!(f, "No service is called `{name}`."),
            Self::UnknownVersion(name) => write!(f, "The service has no version `{name}`."),
            Self::UnknownAction(name) => {
                write!(f, "The service has no action `{name}` in this version.")
            }
            Self::Offline(name) => write!(f, "The action `{name}` has been taken out of service."),
            Self::Missing(name) => {
                write!(f, "The request is missing the required parameter `{name}`.")
            }
            Self::Throttled(calls, seconds) => {
                write!(f, "Calls come faster than {calls} in {seconds} s.")
            }
            Self::Body(text) => write!(f, "The parameters cannot be read: {text}."),
            Self::Multipart(text) => write!(f, "The multipart body is malformed: {text}."),
            Self::Unknown(name) => write!(f, "There is no parameter `{name}`."),
            Self::Type(name, text) => {
                write!(f, "The parameter `{name}` has the wrong type: {text}.")
            }
            Self::Value(name, text) => write!(
                f,
                "The parameter `{name}` has a value that is not accepted: {text}."
            ),
        }
    }
}
