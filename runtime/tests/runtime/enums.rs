//! In: texts and integers. Out: open enums that keep what they do not know.

use yunqiao_runtime::{IntEnum, TextEnum};

use crate::sample::{IdCardType, VerifyResult};

#[test]
fn an_enum_is_made_from_what_the_wire_carries() {
    assert_eq!(IdCardType::from("ID_CARD"), IdCardType::IdCard);
    assert_eq!(IdCardType::from("ID_CARD".to_owned()), IdCardType::IdCard);
    assert_eq!(VerifyResult::from(4_i64), VerifyResult::Altered);
    // As a literal without a suffix is.
    assert_eq!(VerifyResult::from(4_i32), VerifyResult::Altered);
}

#[test]
fn values_are_equal_by_what_the_wire_carries() {
    let known = IdCardType::IdCard;
    assert_eq!(known.clone(), known);
    assert_ne!(known, IdCardType::HongkongAndMacao);
    assert_eq!(format!("{known:?}"), "IdCard");
    let unknown = IdCardType::from("PASSPORT");
    assert_eq!(unknown.clone(), unknown);
    assert_ne!(unknown, IdCardType::from("VISA"));
    assert_eq!(format!("{unknown:?}"), r#"Unknown("PASSPORT")"#);
    let (known, unknown) = (VerifyResult::Intact, VerifyResult::from(99));
    assert_eq!((known.clone(), unknown.clone()), (known, unknown));
    assert_ne!(VerifyResult::Intact, VerifyResult::Altered);
    assert_ne!(VerifyResult::from(99), VerifyResult::from(98));
    assert_eq!(format!("{:?}", VerifyResult::Intact), "Intact");
}

#[test]
fn an_unknown_value_is_kept_and_shown() {
    let unknown = IdCardType::from("PASSPORT");
    assert!(matches!(unknown, IdCardType::Unknown(_)));
    assert_eq!(
        (unknown.as_str(), unknown.to_string().as_str()),
        ("PASSPORT", "PASSPORT")
    );
    assert_eq!(format!("{:>10}|", IdCardType::IdCard), "   ID_CARD|");
    let unknown = VerifyResult::from(99_i32);
    assert!(matches!(unknown, VerifyResult::Unknown(_)));
    assert_eq!((unknown.as_i64(), unknown.to_string().as_str()), (99, "99"));
}

#[test]
fn every_documented_value_is_a_known_one() {
    for (text, _) in IdCardType::values() {
        assert!(!matches!(
            IdCardType::from_text(text),
            IdCardType::Unknown(_)
        ));
        assert_eq!(IdCardType::from_text(text).as_str(), *text);
    }
    for (value, _) in VerifyResult::values() {
        assert!(!matches!(
            VerifyResult::from_int(*value),
            VerifyResult::Unknown(_)
        ));
        assert_eq!(VerifyResult::from_int(*value).as_i64(), *value);
    }
}
