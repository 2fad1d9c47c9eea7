//! In: JSON as vendors really send it. Out: the value it is read as, or the path and the reason.

use crate::sample::{Everything, IdCardType, decoded, encoded};

/// Reads one member and writes what it was read as: `{}` when absent.
fn read(member: &str, value: &str) -> Result<String, String> {
    decoded::<Everything>(&format!("{{\"{member}\":{value}}}")).map(|value| encoded(&value))
}

#[test]
fn scalars_are_read_leniently() {
    for (member, value, expected) in [
        ("Text", r#""x""#, r#"{"Text":"x"}"#),
        ("Text", r#""""#, r#"{"Text":""}"#),
        ("Text", "12", r#"{"Text":"12"}"#),
        (
            "Text",
            "-9223372036854775808",
            r#"{"Text":"-9223372036854775808"}"#,
        ),
        (
            "Text",
            "18446744073709551615",
            r#"{"Text":"18446744073709551615"}"#,
        ),
        ("Text", "true", r#"{"Text":"true"}"#),
        ("Text", "null", "{}"),
        ("Int", "12", r#"{"Int":12}"#),
        ("Int", "-1", r#"{"Int":-1}"#),
        (
            "Int",
            "9223372036854775807",
            r#"{"Int":9223372036854775807}"#,
        ),
        ("Int", r#""12""#, r#"{"Int":12}"#),
        (
            "Int",
            r#""9007199254740993""#,
            r#"{"Int":9007199254740993}"#,
        ),
        ("Int", "119.0", r#"{"Int":119}"#),
        ("Int", "1.19e2", r#"{"Int":119}"#),
        ("Int", r#""119.0""#, r#"{"Int":119}"#),
        ("Int", r#""""#, "{}"),
        ("Int", "null", "{}"),
        ("Float", "12", r#"{"Float":12.0}"#),
        ("Float", "1.5", r#"{"Float":1.5}"#),
        ("Float", r#""1.5""#, r#"{"Float":1.5}"#),
        ("Float", r#""""#, "{}"),
        ("Float", "null", "{}"),
        ("Flag", "true", r#"{"Flag":true}"#),
        ("Flag", "1", r#"{"Flag":true}"#),
        ("Flag", "0", r#"{"Flag":false}"#),
        ("Flag", r#""true""#, r#"{"Flag":true}"#),
        ("Flag", r#""False""#, r#"{"Flag":false}"#),
        ("Flag", r#""0""#, r#"{"Flag":false}"#),
        ("Flag", r#""""#, "{}"),
        ("Kind", r#""ID_CARD""#, r#"{"Kind":"ID_CARD"}"#),
        ("Kind", r#""NEW_ONE""#, r#"{"Kind":"NEW_ONE"}"#),
        ("Kind", "7", r#"{"Kind":"7"}"#),
        ("Kind", r#""""#, "{}"),
        ("Kind", "null", "{}"),
        ("Verdict", "4", r#"{"Verdict":4}"#),
        ("Verdict", r#""4""#, r#"{"Verdict":4}"#),
        ("Verdict", "99", r#"{"Verdict":99}"#),
        ("Verdict", r#""""#, "{}"),
        ("Agent", "null", "{}"),
        ("Agent", r#""""#, "{}"),
        ("Agent", "{}", r#"{"Agent":{}}"#),
        ("Texts", "null", "{}"),
        ("Texts", r#""""#, "{}"),
        ("Texts", "[]", "{}"),
        (
            "Texts",
            r#"["a", 1, true]"#,
            r#"{"Texts":["a","1","true"]}"#,
        ),
        // There is no absent item, and a made-up one would be a lie.
        ("Texts", r#"["a", null, "b"]"#, r#"{"Texts":["a","b"]}"#),
        ("Texts", r#"["a", "", "b"]"#, r#"{"Texts":["a","","b"]}"#),
        ("Ints", r#"[1, "", null, "2"]"#, r#"{"Ints":[1,2]}"#),
        (
            "Agents",
            r#"[{"AppId":"a"}, null, "", {}]"#,
            r#"{"Agents":[{"AppId":"a"},{}]}"#,
        ),
        ("Grid", "[[1],[],[2,3]]", r#"{"Grid":[[1],[],[2,3]]}"#),
        (
            "Kinds",
            r#"["ID_CARD","X"]"#,
            r#"{"Kinds":["ID_CARD","X"]}"#,
        ),
        (
            "Any",
            r#"{"a":[1,null,"x"]}"#,
            r#"{"Any":{"a":[1,null,"x"]}}"#,
        ),
        (
            "Any",
            "18446744073709551615",
            r#"{"Any":18446744073709551615}"#,
        ),
        ("Any", "[]", r#"{"Any":[]}"#),
        ("Any", "null", "{}"),
        ("tagIDs", r#"["a"]"#, r#"{"tagIDs":["a"]}"#),
        // Neither the Rust name nor another case is the name on the wire.
        ("TagIds", r#"["a"]"#, "{}"),
        ("Unknown", r#"{"deep":[1,{"x":null}]}"#, "{}"),
    ] {
        assert_eq!(
            read(member, value).as_deref(),
            Ok(expected),
            "{member}: {value}"
        );
    }
}

#[test]
fn what_would_lose_or_guess_is_an_error_with_its_path() {
    for (member, value, expected) in [
        (
            "Int",
            "9223372036854775808",
            "Int: expected an integer, found a number beyond its range",
        ),
        (
            "Int",
            "18446744073709551615",
            "Int: expected an integer, found a number beyond its range",
        ),
        (
            "Int",
            "1e30",
            "Int: expected an integer, found a number beyond its range",
        ),
        (
            "Int",
            "9007199254740994.0",
            "Int: expected an integer, found a number beyond its range",
        ),
        (
            "Int",
            r#""9223372036854775808""#,
            "Int: expected an integer, found a number beyond its range",
        ),
        (
            "Int",
            "119.5",
            "Int: expected an integer, found a number with a fraction",
        ),
        (
            "Int",
            r#""twelve""#,
            "Int: expected an integer, found a text",
        ),
        ("Int", r#""inf""#, "Int: expected an integer, found a text"),
        (
            "Int",
            "true",
            "Int: expected an integer, found true or false",
        ),
        ("Int", "[1]", "Int: expected an integer, found a list"),
        ("Int", "{}", "Int: expected an integer, found an object"),
        (
            "Float",
            r#""NaN""#,
            "Float: expected a number, found a text",
        ),
        (
            "Float",
            r#""1e999""#,
            "Float: expected a number, found a number beyond its range",
        ),
        (
            "Flag",
            "2",
            "Flag: expected true or false, found an integer",
        ),
        (
            "Flag",
            r#""yes""#,
            "Flag: expected true or false, found a text",
        ),
        ("Text", "{}", "Text: expected a text, found an object"),
        ("Text", "[]", "Text: expected a text, found a list"),
        ("Kind", "[]", "Kind: expected a text, found a list"),
        (
            "Verdict",
            r#""INTACT""#,
            "Verdict: expected an integer, found a text",
        ),
        ("Agent", "5", "Agent: expected an object, found an integer"),
        ("Agent", "[]", "Agent: expected an object, found a list"),
        ("Texts", r#""a""#, "Texts: expected a list, found a text"),
        ("Texts", "{}", "Texts: expected a list, found an object"),
        ("Texts", "5", "Texts: expected a list, found an integer"),
        (
            "Ints",
            "[1,{}]",
            "Ints[1]: expected an integer, found an object",
        ),
        (
            "Grid",
            "[[1],[2,[]]]",
            "Grid[1][1]: expected an integer, found a list",
        ),
        (
            "Agents",
            r#"[{},{"AppId":{}}]"#,
            "Agents[1].AppId: expected a text, found an object",
        ),
        (
            "Next",
            r#"{"Next":{"Agent":{"ProxyOperator":{"OpenId":[]}}}}"#,
            "Next.Next.Agent.ProxyOperator.OpenId: expected a text, found a list",
        ),
    ] {
        assert_eq!(
            read(member, value),
            Err(expected.to_owned()),
            "{member}: {value}"
        );
    }
}

#[test]
fn a_number_in_a_text_field_keeps_its_spelling() {
    for spelling in [
        "1.10",
        "119.0",
        "1E+2",
        "123456789012345678901234567890",
        "-0.0",
        "1.0000000000000000000001",
    ] {
        let value: Everything = decoded(&format!(r#"{{"Text": {spelling} , "Texts": [ "a", {spelling}, null], "Kind":{spelling}, "Int": 5}}"#)).unwrap();
        assert_eq!(value.text.as_deref(), Some(spelling));
        assert_eq!(value.texts, ["a", spelling]);
        assert_eq!(value.kind, Some(IdCardType::from(spelling)));
        assert_eq!(value.int, Some(5));
    }
}
