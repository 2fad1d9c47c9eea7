//! In: a base URL from the configuration, or an action's host. Out: where requests go, and the `Host` that is signed.

use std::net::{Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// Scheme, host and port of a server.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Endpoint {
    secure: bool,
    /// The `Host` header: the port is there exactly when it is not the scheme's default.
    authority: String,
}

impl Endpoint {
    /// The vendor's own host, always over TLS.
    pub(crate) fn of_host(host: &str) -> Self {
        Self {
            secure: true,
            authority: host.to_owned(),
        }
    }

    /// Reads a base URL. The error is a sentence that says what to write instead; it never repeats the URL, which may hold
    /// a password.
    pub(crate) fn parse(url: &str) -> Result<Self, String> {
        let parsed = Url::parse(url).map_err(|error| {
            format!(
                "the endpoint is no URL ({error}); write it as https://host or https://host:port"
            )
        })?;
        let host = parsed.host_str().unwrap_or_default();
        if !matches!(parsed.scheme(), "https" | "http") || host.is_empty() {
            return Err(
                "the endpoint must begin with https:// (or, for this machine only, http://)"
                    .to_owned(),
            );
        }
        let extra = if !parsed.username().is_empty() || parsed.password().is_some() {
            Some("a user name or password")
        } else if parsed.query().is_some() {
            Some("a query")
        } else if parsed.fragment().is_some() {
            Some("a fragment")
        } else if parsed.path() != "/" {
            Some("a path")
        } else {
            None
        };
        if let Some(extra) = extra {
            return Err(format!(
                "the endpoint has {extra}; write only scheme, host and port"
            ));
        }
        let secure = parsed.scheme() == "https";
        if !secure && !is_loopback(host) {
            return Err(format!(
                "the endpoint {host} would be called over plain http, which shows requests to everybody on the way; write https:// (plain http is for 127.0.0.0/8, ::1 and localhost)"
            ));
        }
        let authority = match parsed.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Ok(Self { secure, authority })
    }

    /// Whether the connection is encrypted.
    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    /// The `Host` header, exactly as it is sent and signed.
    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// The URL for a query string (already encoded, without `?`).
    pub(crate) fn url(&self, query: &str) -> String {
        let scheme = if self.secure { "https://" } else { "http://" };
        let mark = if query.is_empty() { "/" } else { "/?" };
        [scheme, &self.authority, mark, query].concat()
    }
}

/// Whether a host, as a URL spells it, is this machine.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || bare
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || bare
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_told_when_it_is_not_the_default() {
        for (url, authority, with_query) in [
            (
                "https://ess.tencentcloudapi.com",
                "ess.tencentcloudapi.com",
                "https://ess.tencentcloudapi.com/?a=1",
            ),
            (
                "https://ess.tencentcloudapi.com:443/",
                "ess.tencentcloudapi.com",
                "https://ess.tencentcloudapi.com/?a=1",
            ),
            (
                "https://127.0.0.1:8443",
                "127.0.0.1:8443",
                "https://127.0.0.1:8443/?a=1",
            ),
            ("http://localhost:80", "localhost", "http://localhost/?a=1"),
            ("http://[::1]:9000", "[::1]:9000", "http://[::1]:9000/?a=1"),
            (
                "https://EXAMPLE.com",
                "example.com",
                "https://example.com/?a=1",
            ),
        ] {
            let endpoint = Endpoint::parse(url).unwrap();
            assert_eq!(endpoint.authority(), authority);
            assert_eq!(endpoint.url("a=1"), with_query);
            // What the HTTP client would put into the Host header on its own.
            let sent = Url::parse(&endpoint.url("")).unwrap();
            assert_eq!(
                sent.port()
                    .map_or(sent.host_str().unwrap().to_owned(), |port| format!(
                        "{}:{port}",
                        sent.host_str().unwrap()
                    )),
                authority
            );
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for url in [
            "http://127.0.0.1",
            "http://127.200.3.4:8080",
            "http://localhost:1",
            "http://[::1]",
            "http://127.1",
        ] {
            assert!(!Endpoint::parse(url).unwrap().is_secure(), "{url}");
        }
        for url in [
            "http://example.com",
            "http://10.0.0.1",
            "http://[::2]",
            "http://localhost.example.com",
            "http://128.0.0.1",
            "http://0.0.0.0",
        ] {
            assert!(
                Endpoint::parse(url).unwrap_err().contains("write https://"),
                "{url}"
            );
        }
    }

    #[test]
    fn every_refusal_says_what_to_write_and_no_password() {
        for (url, part) in [
            ("", "https://host"),
            ("ess.tencentcloudapi.com", "https://host"),
            ("ftp://example.com", "must begin with https://"),
            (
                "https://user:hunter2@example.com",
                "a user name or password",
            ),
            ("https://:hunter2@example.com", "a user name or password"),
            ("https://example.com/api?key=hunter2", "a query"),
            ("https://example.com/#hunter2", "a fragment"),
            ("https://example.com/hunter2", "a path"),
            ("https://exa mple.com/hunter2", "https://host"),
        ] {
            let message = Endpoint::parse(url).unwrap_err();
            assert!(message.contains(part), "{url}: {message}");
            assert!(!message.contains("hunter2"), "{message}");
        }
    }
}
