//! In: a proxy's URL, from the program or from environment variables. Out: the way that https takes.

use std::fmt;

use reqwest::Url;

use crate::credential::Variables;

/// curl's order: small letters first, and what is for https before what is for all.
const PROXY: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const EXEMPT: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// A proxy that https goes through.
#[derive(Clone, PartialEq)]
pub(crate) struct Proxy {
    url: Url,
    /// Hosts that are reached directly, as `NO_PROXY` lists them.
    exempt: String,
}

impl Proxy {
    /// Reads a URL. The error is a sentence that says what to write instead; it never repeats the URL, which may hold a
    /// password.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        const FORM: &str = "write it as http://host:port or http://user:password@host:port";
        // As curl reads it, since variables are often set so.
        let url = if text.contains("://") {
            Url::parse(text)
        } else {
            Url::parse(&format!("http://{text}"))
        };
        let url = url.map_err(|error| format!("the proxy is no URL ({error}); {FORM}"))?;
        let known = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];
        if !known.contains(&url.scheme()) {
            return Err(format!(
                "the proxy's scheme is none of {}; {FORM}",
                known.join(", ")
            ));
        }
        // What else there is would be dropped without a word, and so would the whole proxy if the client cannot read it.
        let is_bare =
            matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        let is_readable = url
            .as_str()
            .parse::<http::Uri>()
            .is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()));
        if !is_bare || !is_readable {
            return Err(format!(
                "the proxy has more or other parts than scheme, user, password, host and port; {FORM}"
            ));
        }
        Ok(Self {
            url,
            exempt: String::new(),
        })
    }

    /// The proxy that the environment names, if it names one. The error says which variable is to be mended.
    pub(crate) fn from_variables(variables: &Variables) -> Result<Option<Self>, String> {
        let Some((name, url)) = variables.trimmed(&PROXY)? else {
            return Ok(None);
        };
        let proxy = Self::parse(&url).map_err(|problem| format!("{name}: {problem}"))?;
        let exempt = variables.trimmed(&EXEMPT)?;
        // curl takes spaces for commas.
        let exempt = exempt.map(|(_, list)| list.split_whitespace().collect::<Vec<_>>().join(","));
        Ok(Some(Self {
            exempt: exempt.unwrap_or_default(),
            ..proxy
        }))
    }

    /// For https only: what goes over plain http stays on this machine.
    pub(super) fn for_https(&self) -> Result<reqwest::Proxy, String> {
        let proxy = reqwest::Proxy::https(self.url.clone())
            .map_err(|_| "the proxy cannot be used".to_owned())?;
        Ok(proxy.no_proxy(reqwest::NoProxy::from_string(&self.exempt)))
    }

    /// The URL without user and password.
    pub(super) fn shown(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        let port = self.url.port().map(|port| format!(":{port}"));
        format!("{}://{host}{}", self.url.scheme(), port.unwrap_or_default())
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Proxy").field(&self.shown()).finish()
    }
}

#[cfg(test)]
mod tests;
