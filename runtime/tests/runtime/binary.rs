//! In: bytes as a field. Out: what JSON, `Debug` and the checks make of them.

use yunqiao_runtime::{Binary, Check, Field, validate};

use crate::sample::{decoded, encoded, generated};

generated!(Picture {
    image: Option<Binary> = Field::new("Image")
        .required()
        .checks(&[Check::Bytes { max: 4 }, Check::Length { min: 9, max: 9 }]),
    face: Option<Binary> = Field::new("Face").sensitive(),
    pages: Vec<Binary> = Field::new("Pages"),
});

#[test]
fn bytes_come_from_all_that_holds_bytes() {
    let expected = Binary::from(vec![0, 255, b'a']);
    let borrowed: &[u8] = &[0, 255, b'a'];
    for binary in [
        Binary::from(borrowed),
        Binary::from(&[0, 255, b'a']),
        Binary::from([0, 255, b'a']),
        Binary::from(b"\0\xffa"),
        Binary::from(&vec![0, 255, b'a']),
    ] {
        assert_eq!(binary, expected);
        assert_eq!(binary.as_bytes(), borrowed);
        assert_eq!(binary.as_ref(), borrowed);
        assert_eq!(Vec::from(binary), borrowed);
    }
    assert_eq!(expected.into_bytes(), borrowed);
}

#[test]
fn in_json_they_are_base64_text() {
    let picture = Picture {
        image: Some(b"\0\xff".into()),
        face: None,
        pages: vec![b"a".into(), Binary::default()],
    };
    let json = r#"{"Image":"AP8=","Pages":["YQ==",""]}"#;
    assert_eq!(encoded(&picture), json);
    assert_eq!(serde_json::to_string(&picture).unwrap(), json);
    assert_eq!(serde_json::from_str::<Picture>(json).unwrap(), picture);
    assert_eq!(decoded::<Picture>(json).unwrap(), picture);
    let error = decoded::<Picture>(r#"{"Image":"hunter2"}"#).unwrap_err();
    assert!(error.contains("Image: expected base64 text"), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
    assert_eq!(
        decoded::<Picture>(r#"{"Image":null}"#).unwrap(),
        Picture::default()
    );
}

#[test]
fn debug_shows_how_many_there_are() {
    let picture = Picture {
        image: Some(b"hunter2".into()),
        face: Some(b"hunter2".into()),
        pages: vec![b"x".into(), Binary::default()],
    };
    assert_eq!(
        format!("{picture:?}"),
        "Picture { Image: <7 bytes>, Face: <redacted>, Pages: [<1 byte>, <0 bytes>] }"
    );
    assert_eq!(format!("{:?}", Binary::from(b"hunter2")), "<7 bytes>");
}

#[test]
fn their_size_is_checked_and_nothing_that_only_text_has() {
    let with = |image: Option<Binary>| {
        let picture = Picture {
            image,
            ..Picture::default()
        };
        let problems = validate(&picture);
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(with(None), ["Image is required"]);
    assert_eq!(
        with(Some([0xff; 5].into())),
        ["Image must have at most 4 bytes, has 5"]
    );
    assert!(with(Some([0xff; 4].into())).is_empty());
}
