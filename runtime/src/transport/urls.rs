//! In: a URL as text. Out: the same, parsed; all that stands before its query is parsed only once.
//!
//! Parsing a host takes longer than signing, and a program calls few of them.

use std::sync::{PoisonError, RwLock};

use reqwest::Url;

/// Servers that are kept: more than any program calls, unless their names are made up as it runs.
const KEPT: usize = 64;

/// Parsed URLs without a query, each with its text.
static SERVERS: RwLock<Vec<(Box<str>, Url)>> = RwLock::new(Vec::new());

/// Parses a URL; `None` if it is none.
pub(super) fn parse(text: &str) -> Option<Url> {
    if text.contains('#') {
        return Url::parse(text).ok();
    }
    let Some((before, query)) = text.split_once('?') else {
        return server(text);
    };
    let mut url = server(before)?;
    url.set_query(Some(query));
    Some(url)
}

fn server(text: &str) -> Option<Url> {
    // A panic elsewhere leaves a list that is as good as before.
    let kept = SERVERS.read().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, url)) = kept.iter().find(|(known, _)| **known == *text) {
        return Some(url.clone());
    }
    drop(kept);
    let url = Url::parse(text).ok()?;
    let mut kept = SERVERS.write().unwrap_or_else(PoisonError::into_inner);
    if !kept.iter().any(|(known, _)| **known == *text) {
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((text.into(), url.clone()));
    }
    Some(url)
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
            "https://ess.tencentcloudapi.com/?a=b#c",
            "https://EXAMPLE.com:443/?A=B",
            "http://[::1]:9000/?a=1",
            "http://127.1/",
        ] {
            for _ in 0..2 {
                assert_eq!(parse(text), Url::parse(text).ok(), "{text}");
            }
        }
        assert_eq!(parse("no URL"), None);
        assert_eq!(parse("https://a b/?c"), None);
    }

    #[test]
    fn no_more_are_kept_than_are_in_use() {
        for number in 0..2 * KEPT {
            assert!(parse(&format!("https://host{number}.example/")).is_some());
        }
        assert!(SERVERS.read().unwrap().len() <= KEPT);
    }
}
