//! In: a URL as text. Out: the same as transports take it, and as reqwest takes it; what stands before a query is parsed once.
//!
//! Parsing a host takes longer than signing, and a program calls few of them.

use std::sync::{PoisonError, RwLock};

use http::Uri;
use reqwest::Url;

/// Servers that are kept: more than any program calls, unless their names are made up as it runs.
const KEPT: usize = 64;

static SERVERS: RwLock<Vec<Server>> = RwLock::new(Vec::new());

/// A URL without a query, and what it is once parsed.
struct Server {
    text: Box<str>,
    uri: Uri,
    /// Not all that transports take is anything for reqwest.
    url: Option<Url>,
}

/// Parses a URL; `None` if it is none.
pub(super) fn uri(text: &str) -> Option<Uri> {
    if text.contains(['?', '#']) {
        return text.parse().ok();
    }
    let take = |server: &Server| server.uri.clone();
    find(|known| known == text, take).or_else(|| keep(text, take))
}

/// A URL as reqwest takes it; `None` if it does not.
pub(super) fn url(uri: &Uri) -> Option<Url> {
    let take = |server: &Server| server.url.clone();
    let found = find(|known| stands_before_query(known, uri), take).or_else(|| {
        let text = uri.to_string();
        let before = text.split_once('?').map_or(&*text, |(before, _)| before);
        keep(before, take)
    });
    let mut url = found??;
    if let Some(query) = uri.query() {
        url.set_query(Some(query));
    }
    Some(url)
}

/// Whether a URL is that text, but for its query.
fn stands_before_query(text: &str, uri: &Uri) -> bool {
    let path = uri
        .scheme_str()
        .zip(uri.authority())
        .and_then(|(scheme, authority)| {
            text.strip_prefix(scheme)?
                .strip_prefix("://")?
                .strip_prefix(authority.as_str())
        });
    path == Some(uri.path())
}

fn find<T>(is_it: impl Fn(&str) -> bool, take: impl Fn(&Server) -> T) -> Option<T> {
    // A panic elsewhere leaves a list that is as good as before.
    let kept = SERVERS.read().unwrap_or_else(PoisonError::into_inner);
    kept.iter().find(|server| is_it(&server.text)).map(take)
}

fn keep<T>(text: &str, take: impl Fn(&Server) -> T) -> Option<T> {
    let server = Server {
        text: text.into(),
        uri: text.parse().ok()?,
        url: Url::parse(text).ok(),
    };
    let taken = take(&server);
    let mut kept = SERVERS.write().unwrap_or_else(PoisonError::into_inner);
    // Others that came at the same time have parsed the same.
    if !kept.iter().any(|other| other.text == server.text) {
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push(server);
    }
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_what_it_is_without_being_kept() {
        for text in [
            "https://ess.tencentcloudapi.com/",
            "https://ess.tencentcloudapi.com/?",
            "https://ess.tencentcloudapi.com/?a=b%20c&d=%E4%B8%AD+e",
            "https://ess.tencentcloudapi.com/?a='b'?c",
            "https://ess.tencentcloudapi.com/a/../b",
            "https://ess.tencentcloudapi.com",
            "https://EXAMPLE.com:443/?A=B",
            "HTTPS://example.com/",
            "http://[::1]:9000/?a=1",
            "http://127.1/",
        ] {
            for _ in 0..2 {
                let uri = uri(text);
                assert_eq!(uri, text.parse().ok(), "{text}");
                assert_eq!(url(&uri.unwrap()), Url::parse(text).ok(), "{text}");
            }
        }
        // A fragment is not sent.
        let uri_of_page = uri("https://example.com/?a=b#c").unwrap();
        assert_eq!(uri_of_page.to_string(), "https://example.com/?a=b");
        for text in ["no URL", "https://a b/?c", "https://a b/"] {
            assert_eq!(uri(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_nothing_for_reqwest_is_still_a_url() {
        for text in ["/relative", "https://example.com:99999/", "example.com:443"] {
            for _ in 0..2 {
                let uri = uri(text);
                assert_eq!(uri, text.parse().ok(), "{text}");
                assert_eq!(
                    uri.and_then(|uri| url(&uri)),
                    Url::parse(text).ok(),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn servers_are_told_apart() {
        for (text, other) in [
            ("https://a.example/", "http://a.example/"),
            ("https://a.example/", "https://a.example.cn/"),
            ("https://a.example/", "https://a.example:44/"),
            ("https://a.example/", "https://a.example/b"),
        ] {
            assert!(stands_before_query(text, &text.parse().unwrap()));
            assert!(
                !stands_before_query(text, &other.parse().unwrap()),
                "{other}"
            );
            assert!(
                !stands_before_query(other, &text.parse().unwrap()),
                "{other}"
            );
        }
    }

    #[test]
    fn no_more_are_kept_than_are_in_use() {
        for number in 0..2 * KEPT {
            assert!(uri(&format!("https://host{number}.example/")).is_some());
        }
        assert!(SERVERS.read().unwrap().len() <= KEPT);
    }
}
