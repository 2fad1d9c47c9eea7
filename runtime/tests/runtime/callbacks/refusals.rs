//! In: messages that are forged, damaged, huge or not for us. Out: the refusal that each must get, and nothing in it.

use yunqiao_runtime::callback::EsignCallbacks;

use super::{callbacks, key, message, names, token};

#[test]
fn a_changed_byte_anywhere_is_a_forgery() {
    let genuine = message("flow-encrypted");
    for index in 0..genuine.body.len() {
        let mut body = genuine.body.clone();
        body[index] ^= 1;
        let rejection = callbacks().receive(genuine.headers(), &body).unwrap_err();
        assert!(rejection.is_forged(), "{index}: {rejection}");
        assert_eq!(rejection.http_status(), 401);
    }
    for index in 0..genuine.signature.len() {
        let mut signature = genuine.signature.clone().into_bytes();
        signature[index] ^= 1;
        let headers = [("content-signature", signature)];
        let rejection = callbacks().receive(headers, &genuine.body).unwrap_err();
        assert!(rejection.is_forged(), "{index}: {rejection}");
    }
}

#[test]
fn every_cut_is_a_forgery() {
    let genuine = message("flow");
    for end in 0..genuine.body.len() {
        let cut = callbacks().receive(genuine.headers(), &genuine.body[..end]);
        assert!(cut.unwrap_err().is_forged(), "{end}");
    }
}

#[test]
fn a_signature_is_needed_and_only_one() {
    let genuine = message("flow");
    let signature = genuine.signature.as_str();
    let none: [(&str, &str); 0] = [];
    assert!(
        callbacks()
            .receive(none, &genuine.body)
            .unwrap_err()
            .is_forged()
    );
    let other = [
        ("content-signature2", signature),
        ("x-content-signature", signature),
    ];
    assert!(
        callbacks()
            .receive(other, &genuine.body)
            .unwrap_err()
            .is_forged()
    );
    let two = [
        ("Content-Signature", signature),
        ("content-signature", signature),
    ];
    assert!(
        callbacks()
            .receive(two, &genuine.body)
            .unwrap_err()
            .is_forged()
    );
    let builder = EsignCallbacks::builder().token("another-token").key(key());
    let another = builder.build().unwrap();
    assert!(
        another
            .receive(genuine.headers(), &genuine.body)
            .unwrap_err()
            .is_forged()
    );
}

#[test]
fn a_huge_body_is_refused_before_anything_else() {
    let limit = callbacks().max_body();
    assert_eq!(limit, 1024 * 1024);
    let signed = [("content-signature", "sha256=00")];
    let at = callbacks().receive(signed, &vec![b' '; limit]).unwrap_err();
    assert!(at.is_forged(), "{at}");
    let over = callbacks()
        .receive(signed, &vec![b' '; limit + 1])
        .unwrap_err();
    assert!(over.is_too_large(), "{over}");
    assert_eq!(over.http_status(), 413);

    let genuine = message("flow");
    let builder = EsignCallbacks::builder()
        .token(token())
        .max_body(genuine.body.len() - 1);
    let small = builder.build().unwrap();
    let rejection = small.receive(genuine.headers(), &genuine.body).unwrap_err();
    assert!(rejection.is_too_large(), "{rejection}");
}

/// Who can sign needs no oracle; but should a token leak, the answers still must not tell padding from content.
#[test]
fn whatever_is_wrong_inside_the_encryption_looks_the_same() {
    let wrong: Vec<&str> = names()
        .filter(|name| name.starts_with("encrypted-"))
        .collect();
    assert_eq!(wrong.len(), 6);
    let seen: Vec<String> = wrong
        .iter()
        .map(|name| {
            let rejection = message(name).received().unwrap_err();
            assert!(rejection.is_unreadable(), "{name}: {rejection}");
            assert_eq!(rejection.http_status(), 400, "{name}");
            format!("{rejection} {rejection:?}")
        })
        .collect();
    assert!(seen.iter().all(|text| *text == seen[0]), "{seen:?}");

    let genuine = message("flow-encrypted");
    let builder = EsignCallbacks::builder()
        .token(token())
        .key("another-key-of-exactly-32-bytes.");
    let other_key = builder.build().unwrap();
    let rejection = other_key
        .receive(genuine.headers(), &genuine.body)
        .unwrap_err();
    assert_eq!(format!("{rejection} {rejection:?}"), seen[0]);
}

#[test]
fn without_a_key_an_encrypted_message_is_our_own_fault() {
    for name in [
        "flow-encrypted",
        "flow-encrypted-bare",
        "flow-encrypted-quoted",
    ] {
        let genuine = message(name);
        let keyless = EsignCallbacks::builder().token(token()).build().unwrap();
        let rejection = keyless
            .receive(genuine.headers(), &genuine.body)
            .unwrap_err();
        assert!(rejection.is_configuration(), "{name}: {rejection}");
        assert_eq!(rejection.http_status(), 500);
    }
}

#[test]
fn signed_nonsense_is_unreadable() {
    for name in ["no-json", "list", "truncated"] {
        let rejection = message(name).received().unwrap_err();
        assert!(rejection.is_unreadable(), "{name}: {rejection}");
        assert_eq!(rejection.http_status(), 400, "{name}");
    }
}

#[test]
fn mistakes_in_the_configuration_are_told_at_once() {
    let build = |token: Option<&str>, key: Option<&str>| {
        let mut builder = EsignCallbacks::builder();
        if let Some(token) = token {
            builder = builder.token(token);
        }
        if let Some(key) = key {
            builder = builder.key(key);
        }
        builder.build()
    };
    assert!(build(Some("t"), None).is_ok());
    for (token, key, says) in [
        (None, Some(key()), "without the callback token"),
        (Some(""), None, "the callback token is empty"),
        (Some("t\n"), None, "the callback token has whitespace"),
        (Some("t"), Some(""), "the callback key is empty"),
        (Some("t"), Some("hunter2"), "7 bytes instead of 32"),
    ] {
        let error = build(token, key).unwrap_err();
        assert!(error.is_configuration());
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(says), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn neither_secrets_nor_messages_are_shown() {
    let shown = format!(
        "{:?} {:?}",
        callbacks(),
        EsignCallbacks::builder().token(token()).key(key())
    );
    assert!(
        !shown.contains(token()) && !shown.contains(key()),
        "{shown}"
    );
    for name in names() {
        if let Err(rejection) = message(name).received() {
            let shown = format!("{rejection} {rejection:?}");
            for secret in [token(), key(), "张三", "13800000000"] {
                assert!(!shown.contains(secret), "{name}: {shown}");
            }
        }
    }
}
