//! In: texts and integers. Out: open enums that keep what they do not know.

use std::borrow::Cow;

use yunqiao_runtime::{IntEnum, TextEnum};

use crate::sample::{IdCardType, VerifyResult};

#[test]
fn a_text_enum_is_made_from_every_kind_of_text() {
    let owned = "ID_CARD".to_owned();
    let made = [
        IdCardType::from("ID_CARD"),
        IdCardType::from(&owned),
        IdCardType::from(Cow::Borrowed("ID_CARD")),
        IdCardType::from(owned),
    ];
    assert!(made.iter().all(|value| *value == IdCardType::IdCard));
}

#[test]
fn an_unknown_value_is_kept_and_shown() {
    let unknown = IdCardType::from("PASSPORT");
    assert!(matches!(unknown, IdCardType::Unknown(_)));
    assert_eq!(
        (unknown.as_text(), unknown.to_string().as_str()),
        ("PASSPORT", "PASSPORT")
    );
    assert_eq!(format!("{:>10}|", IdCardType::IdCard), "   ID_CARD|");
    let unknown = VerifyResult::from(99_i32);
    assert!(matches!(unknown, VerifyResult::Unknown(_)));
    assert_eq!((unknown.as_int(), unknown.to_string().as_str()), (99, "99"));
    assert_eq!(VerifyResult::from(4_i64), VerifyResult::Altered);
}

#[test]
fn every_documented_value_is_a_known_one() {
    for text in IdCardType::values() {
        assert!(!matches!(
            IdCardType::from_text(text),
            IdCardType::Unknown(_)
        ));
        assert_eq!(IdCardType::from_text(text).as_text(), *text);
    }
    for value in VerifyResult::values() {
        assert!(!matches!(
            VerifyResult::from_int(*value),
            VerifyResult::Unknown(_)
        ));
        assert_eq!(VerifyResult::from_int(*value).as_int(), *value);
    }
}
