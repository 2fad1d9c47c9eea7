//! In: URLs and variables. Out: which proxy they mean, and what is said of those that mean none.

use super::*;

#[test]
fn a_url_means_a_proxy() {
    for (text, shown) in [
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example:3128/", "http://proxy.example:3128"),
        (
            "http://user:hunter2@proxy.example:3128",
            "http://proxy.example:3128",
        ),
        (
            "http://user:hunter2%40%25@proxy.example",
            "http://proxy.example",
        ),
        ("http://us\u{e9}r:hunter2'\"@p:1", "http://p:1"),
        (
            "user:hunter2@proxy.example:3128",
            "http://proxy.example:3128",
        ),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("10.0.0.1:3128", "http://10.0.0.1:3128"),
        ("[::1]:3128", "http://[::1]:3128"),
        ("https://proxy.example", "https://proxy.example"),
        (
            "socks5h://user:hunter2@127.0.0.1:1080",
            "socks5h://127.0.0.1:1080",
        ),
    ] {
        let proxy = Proxy::parse(text).unwrap();
        assert_eq!(proxy.shown(), shown);
        assert!(!format!("{proxy:?}").contains("hunter2"));
        assert!(proxy.for_https().is_ok());
    }
}

#[test]
fn every_refusal_says_what_to_write_and_no_password() {
    for (text, part) in [
        ("", "is no URL"),
        ("http://", "is no URL"),
        ("http://user:hunter2@proxy.example:hunter2", "is no URL"),
        ("http://user:hunter2@:3128", "is no URL"),
        ("ftp://user:hunter2@proxy.example", "scheme"),
        ("file:///hunter2", "scheme"),
        ("socks5://", "other parts"),
        ("http://proxy.example/hunter2", "other parts"),
        ("http://proxy.example?hunter2", "other parts"),
        ("http://proxy.example#hunter2", "other parts"),
    ] {
        let message = Proxy::parse(text).unwrap_err();
        assert!(message.contains(part), "{text}: {message}");
        assert!(
            message.contains("http://user:password@host:port"),
            "{message}"
        );
        assert!(!message.contains("hunter2"), "{message}");
    }
}

fn found(table: &[(&str, &str)]) -> Option<(String, String)> {
    let variables = Variables::of(table.iter().copied());
    let proxy = Proxy::from_variables(&variables).unwrap()?;
    Some((proxy.shown(), proxy.exempt))
}

#[test]
fn variables_are_read_in_curls_order() {
    let mut table = vec![
        ("ALL_PROXY", "http://d:1"),
        ("all_proxy", "http://c:1"),
        ("HTTPS_PROXY", "http://b:1"),
        ("https_proxy", "http://a:1"),
    ];
    for host in ["a", "b", "c", "d"] {
        let (shown, _) = found(&table).unwrap();
        assert_eq!(shown, format!("http://{host}:1"));
        // An empty one is none.
        let last = table.pop().unwrap().0;
        table.insert(0, (last, ""));
        table.sort_by_key(|(_, value)| value.is_empty());
        table.retain(|(_, value)| !value.is_empty());
    }
    assert_eq!(
        found(&[("https_proxy", ""), ("ALL_PROXY", " p:1 ")])
            .unwrap()
            .0,
        "http://p:1"
    );
    assert_eq!(found(&[]), None);
    // For plain http, which never leaves this machine.
    assert_eq!(
        found(&[("HTTP_PROXY", "http://p:1"), ("NO_PROXY", "a")]),
        None
    );
}

#[test]
fn exempt_hosts_are_separated_by_commas_or_spaces() {
    for (list, exempt) in [
        ("", ""),
        ("a.example, b.example", "a.example,,b.example"),
        (" a.example b.example ", "a.example,b.example"),
        ("*", "*"),
    ] {
        let table = [("HTTPS_PROXY", "p:1"), ("NO_PROXY", list)];
        assert_eq!(found(&table).unwrap().1, exempt);
    }
    let both = [("HTTPS_PROXY", "p:1"), ("NO_PROXY", "a"), ("no_proxy", "b")];
    assert_eq!(found(&both).unwrap().1, "b");
}

#[test]
fn a_bad_variable_is_named() {
    let variables = Variables::of([("ALL_PROXY", "ftp://user:hunter2@p")]);
    let message = Proxy::from_variables(&variables).unwrap_err();
    assert!(
        message.starts_with("ALL_PROXY: the proxy's scheme"),
        "{message}"
    );
    assert!(!message.contains("hunter2"), "{message}");
}
