//! In: tables of variables. Out: which credential they make, or what the error lists.

use std::ffi::OsString;

use super::*;

/// A credential from a table of variables, as id, key and token.
fn read(
    vendor: Vendor,
    variables: &[(&str, &str)],
) -> Result<(String, String, Option<String>), String> {
    let table = variables.iter().rev().copied();
    credential(vendor, &Variables::of(table))
        .map(|own| {
            (
                own.id().to_owned(),
                own.key().to_owned(),
                own.token().map(str::to_owned),
            )
        })
        .map_err(|error| error.to_string())
}

fn found(
    id: &str,
    key: &str,
    token: Option<&str>,
) -> Result<(String, String, Option<String>), String> {
    Ok((id.to_owned(), key.to_owned(), token.map(str::to_owned)))
}

#[test]
fn tencent_has_one_spelling() {
    let (id, key, token) = (
        ("TENCENTCLOUD_SECRET_ID", "i"),
        ("TENCENTCLOUD_SECRET_KEY", "k"),
        ("TENCENTCLOUD_TOKEN", "t"),
    );
    assert_eq!(read(Vendor::Tencent, &[id, key]), found("i", "k", None));
    assert_eq!(
        read(Vendor::Tencent, &[id, key, token]),
        found("i", "k", Some("t"))
    );
    assert_eq!(
        read(Vendor::Tencent, &[id, key, ("TENCENTCLOUD_TOKEN", "")]),
        found("i", "k", None)
    );
    assert_eq!(
        read(Vendor::Tencent, &[("TENCENTCLOUD_SECRET_KEY", "")]).unwrap_err(),
        "TENCENTCLOUD_SECRET_ID is not set; TENCENTCLOUD_SECRET_KEY is empty"
    );
}

#[test]
fn volcengine_has_spellings_in_an_order() {
    let ids = [
        "VOLCENGINE_ACCESS_KEY",
        "VOLCSTACK_ACCESS_KEY_ID",
        "VOLCSTACK_ACCESS_KEY",
        "VOLC_ACCESSKEY",
    ];
    let keys = [
        "VOLCENGINE_SECRET_KEY",
        "VOLCSTACK_SECRET_ACCESS_KEY",
        "VOLCSTACK_SECRET_KEY",
        "VOLC_SECRETKEY",
    ];
    let all: Vec<(&str, &str)> = ids.iter().chain(&keys).map(|name| (*name, *name)).collect();
    for first in 0..4 {
        // The earlier ones unset, then empty.
        let later: Vec<_> = all
            .iter()
            .copied()
            .filter(|(name, _)| !ids[..first].contains(name) && !keys[..first].contains(name))
            .collect();
        assert_eq!(
            read(Vendor::Volcengine, &later),
            found(ids[first], keys[first], None)
        );
        let empty: Vec<_> = ids[..first]
            .iter()
            .chain(&keys[..first])
            .map(|name| (*name, ""))
            .chain(later)
            .collect();
        assert_eq!(
            read(Vendor::Volcengine, &empty),
            found(ids[first], keys[first], None)
        );
    }
    let tokens = [
        ("VOLCSTACK_SESSION_TOKEN", "b"),
        ("VOLCENGINE_SESSION_TOKEN", "a"),
    ];
    let with = |tokens: &[(&'static str, &'static str)]| {
        read(Vendor::Volcengine, &[&all[..], tokens].concat())
            .unwrap()
            .2
    };
    assert_eq!(with(&tokens).as_deref(), Some("a"));
    assert_eq!(with(&tokens[..1]).as_deref(), Some("b"));
    let told = read(Vendor::Volcengine, &[]).unwrap_err();
    assert!(
        ids.iter()
            .chain(&keys)
            .all(|name| told.contains(&format!("{name} is not set"))),
        "{told}"
    );
}

#[test]
fn whitespace_is_a_mistake_and_not_shown() {
    let told = read(
        Vendor::Tencent,
        &[
            ("TENCENTCLOUD_SECRET_ID", "i"),
            ("TENCENTCLOUD_SECRET_KEY", "hunter2\n"),
            ("TENCENTCLOUD_TOKEN", " hunter2"),
        ],
    )
    .unwrap_err();
    assert_eq!(
        told,
        "TENCENTCLOUD_SECRET_KEY has whitespace around its value; \
         TENCENTCLOUD_TOKEN has whitespace around its value"
    );
    // The caller meant this variable: the next spelling does not step in.
    let told = read(
        Vendor::Volcengine,
        &[
            ("VOLCENGINE_ACCESS_KEY", " i"),
            ("VOLC_ACCESSKEY", "i"),
            ("VOLC_SECRETKEY", "k"),
        ],
    );
    assert_eq!(
        told.unwrap_err(),
        "VOLCENGINE_ACCESS_KEY has whitespace around its value"
    );
}

#[test]
fn the_region_is_optional() {
    let region = |vendor, name: &'static str, value: &'static str| {
        region(vendor, &Variables::of([(name, value)])).map_err(|error| error.to_string())
    };
    assert_eq!(
        region(Vendor::Tencent, "TENCENTCLOUD_REGION", "ap-guangzhou"),
        Ok(Some("ap-guangzhou".to_owned()))
    );
    assert_eq!(
        region(Vendor::Volcengine, "VOLCENGINE_REGION", "cn-beijing"),
        Ok(Some("cn-beijing".to_owned()))
    );
    assert_eq!(region(Vendor::Tencent, "TENCENTCLOUD_REGION", ""), Ok(None));
    assert_eq!(region(Vendor::Tencent, "VOLCENGINE_REGION", "x"), Ok(None));
    assert_eq!(
        region(Vendor::Tencent, "TENCENTCLOUD_REGION", "x "),
        Err("TENCENTCLOUD_REGION has whitespace around its value".to_owned())
    );
}

#[test]
fn the_endpoint_is_optional_and_one_for_all_vendors() {
    let endpoint = |value: Option<&'static str>| {
        let table = value.map(|value| ("YUNQIAO_ENDPOINT", value));
        let found = endpoint(Vendor::Tencent, &Variables::of(table));
        found.map_err(|error| error.to_string())
    };
    assert_eq!(endpoint(None), Ok(None));
    assert_eq!(endpoint(Some("")), Ok(None));
    assert_eq!(
        endpoint(Some("http://127.0.0.1:8080")),
        Ok(Some((
            "YUNQIAO_ENDPOINT",
            "http://127.0.0.1:8080".to_owned()
        )))
    );
    assert_eq!(
        endpoint(Some("http://127.0.0.1:8080\n")),
        Err("YUNQIAO_ENDPOINT has whitespace around its value".to_owned())
    );
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_told() {
    use std::os::unix::ffi::OsStringExt as _;
    let bytes = Variables::of([("TENCENTCLOUD_SECRET_ID", OsString::from_vec(vec![0xff]))]);
    let error = credential(Vendor::Tencent, &bytes).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("TENCENTCLOUD_SECRET_ID is not UTF-8"),
        "{error}"
    );
}

#[test]
fn nothing_is_absent_and_half_is_broken() {
    let is_absent = |variables: &[(&str, &str)]| {
        let table = variables.iter().copied();
        let error = credential(Vendor::Tencent, &Variables::of(table)).unwrap_err();
        error.is_absent()
    };
    let (id, key) = (
        ("TENCENTCLOUD_SECRET_ID", "i"),
        ("TENCENTCLOUD_SECRET_KEY", "k"),
    );
    assert!(is_absent(&[]));
    assert!(is_absent(&[("TENCENTCLOUD_SECRET_ID", "")]));
    // A token alone says nothing.
    assert!(is_absent(&[("TENCENTCLOUD_TOKEN", "t")]));
    assert!(!is_absent(&[id]));
    assert!(!is_absent(&[key]));
    assert!(!is_absent(&[("TENCENTCLOUD_SECRET_ID", " ")]));
    assert!(!is_absent(&[id, key, ("TENCENTCLOUD_TOKEN", " ")]));
}
