//! A request in, why nobody serves it out, if it comes from a page of somebody else. A browser lets any page on the internet send
//! requests to this computer; what gives such a page away stands in headers that it cannot choose.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use crate::control;
use crate::lookup::Catalogue;
use crate::protocol;
use crate::received::Received;

/// What takes the place of a region in the hosts of the schemas.
const REGION: &str = "{region}";

/// The names under which this server may be asked.
#[derive(Debug)]
pub(crate) struct Guard {
    /// Hosts that the schemas name, in lower case.
    hosts: BTreeSet<String>,
    /// What stands before and behind the region in hosts that have one.
    regional: BTreeSet<(String, String)>,
    listens: IpAddr,
}

/// Why a request is not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It was sent to a name that is not this computer's: a foreign page whose name has been pointed here.
    Host,
    /// It was sent by a page of another site.
    Origin,
}

impl Guard {
    pub(crate) fn new(catalogue: &Catalogue, names: Vec<String>, address: SocketAddr) -> Self {
        let mut guard = Self {
            hosts: names.into_iter().collect(),
            regional: BTreeSet::new(),
            listens: address.ip(),
        };
        for service in &catalogue.services {
            let of_actions = service.actions.values().flat_map(|action| {
                let named = action.hosts.values();
                action.host.iter().chain(named)
            });
            let own = std::iter::once(&service.host).chain(service.hosts.values());
            for host in own.chain(of_actions) {
                let host = host.to_ascii_lowercase();
                match host.split_once(REGION) {
                    Some((before, behind)) => {
                        guard
                            .regional
                            .insert((before.to_owned(), behind.to_owned()));
                    }
                    None => {
                        guard.hosts.insert(host);
                    }
                }
            }
        }
        guard
    }

    /// Why the request is not served, if it is not. No browser leaves `Host` out, so whoever does is none.
    pub(crate) fn refusal(&self, received: &Received) -> Option<Refusal> {
        let host = received.header("host");
        if received.is_garbled("host") || host.is_some_and(|host| !self.knows(host)) {
            return Some(Refusal::Host);
        }
        let own = |origin: &str| {
            let name = origin.strip_prefix("http://");
            matches!((name, host), (Some(name), Some(host)) if name.eq_ignore_ascii_case(host))
        };
        let foreign = received.header("origin").is_some_and(|origin| !own(origin));
        let from = received.header("sec-fetch-site");
        let cross = matches!(from, Some("cross-site" | "same-site")) && !is_link(received);
        let garbled = received.is_garbled("origin") || received.is_garbled("sec-fetch-site");
        (foreign || cross || garbled).then_some(Refusal::Origin)
    }

    fn knows(&self, host: &str) -> bool {
        let name = without_port(host);
        if let Ok(address) = name.trim_matches(['[', ']']).parse::<IpAddr>() {
            // No name leads here by way of an address, so whoever listens everywhere may be asked at any.
            return address.is_loopback()
                || address == self.listens
                || self.listens.is_unspecified();
        }
        let name = name.to_ascii_lowercase();
        let is_region = |text: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !text.is_empty() && text.bytes().all(plain)
        };
        name == "localhost"
            || self.hosts.contains(&name)
            || self.regional.iter().any(|(before, behind)| {
                let region = name.strip_prefix(before.as_str());
                region
                    .and_then(|rest| rest.strip_suffix(behind.as_str()))
                    .is_some_and(is_region)
            })
    }
}

/// Whether somebody has followed a link to a page, which then is theirs alone to see; a link must not make calls.
fn is_link(received: &Received) -> bool {
    received.method == "GET"
        && received.header("sec-fetch-mode") == Some("navigate")
        && received.header("sec-fetch-dest") == Some("document")
        && !control::is_meant(received)
        && protocol::detect(received).is_none()
}

/// `[::1]:80` and `localhost:80` without the port.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') =>
        {
            // An IPv6 address without brackets is no host of a request.
            name
        }
        _ => host,
    }
}
