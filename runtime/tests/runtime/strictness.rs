//! In: JSON that differs from its description. Out: one report per place, and the same value as without reports.

use yunqiao_runtime::codec::inspect;
use yunqiao_runtime::inspect_answer;

use crate::sample::{Everything, SEND, VERIFY, decoded};

fn report(json: &str) -> Vec<String> {
    let mut value = Everything::default();
    let deviations = inspect(json.as_bytes(), &mut value).unwrap();
    assert_eq!(
        value,
        decoded(json).unwrap(),
        "strict reading must read the same"
    );
    deviations.iter().map(ToString::to_string).collect()
}

#[test]
fn every_deviation_is_reported_by_path() {
    let json = r#"{"Text":12,"Int":"5","Float":3,"Flag":"","Kind":"NEW","Verdict":"1","Agent":{"AppId":true,"New":{"x":1}},
        "Texts":null,"Ints":[1,"2",null],"Kinds":["ID_CARD","X"],"Next":{"Verdict":77},"Other":[]}"#;
    assert_eq!(
        report(json),
        [
            "Text: expected a text, read from an integer",
            "Int: expected an integer, read from a text",
            "Flag: expected true or false, an empty text read as absent",
            "Kind: value outside the documented list",
            "Verdict: expected an integer, read from a text",
            "Agent.AppId: expected a text, read from true or false",
            "Agent.New: unknown key",
            "Texts: expected a list, null read as absent",
            "Ints[1]: expected an integer, read from a text",
            "Ints[2]: item without a value left out",
            "Kinds[1]: value outside the documented list",
            "Next.Verdict: value outside the documented list",
            "Other: unknown key",
        ]
    );
}

#[test]
fn a_document_as_described_has_none() {
    let json = r#"{"Text":"x","Int":5,"Float":1.5,"Flag":true,"Kind":"ID_CARD","Verdict":1,"Agent":{"AppId":"a"},"Texts":["a"],"Int":null,"Any":{"x":1}}"#;
    assert_eq!(report(json), [""; 0]);
}

#[test]
fn a_spelling_that_needs_a_second_look_is_reported_once() {
    assert_eq!(
        report(r#"{"X":1,"Text":1.10}"#),
        [
            "X: unknown key",
            "Text: expected a text, read from a number"
        ]
    );
}

#[test]
fn answers_are_inspected_with_their_envelope() {
    let mut value = Everything::default();
    let answer = br#"{"Response":{"Int":"5","New":1,"RequestId":"r-1"},"Extra":1}"#;
    let deviations = inspect_answer(&VERIFY, answer, &mut value).unwrap();
    let paths: Vec<&str> = deviations
        .iter()
        .map(yunqiao_runtime::codec::Deviation::path)
        .collect();
    assert_eq!(paths, ["Response.Int", "Response.New", "Extra"]);
    assert_eq!(value.int, Some(5));

    let answer = br#"{"ResponseMetadata":{"RequestId":"r-2","Action":"SendSms","Version":"v","Service":"s","Region":"r"},"Result":{"Text":1}}"#;
    let deviations = inspect_answer(&SEND, answer, &mut Everything::default()).unwrap();
    assert_eq!(
        deviations
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["Result.Text: expected a text, read from an integer"]
    );

    let failure = br#"{"Response":{"Error":{"Code":"X","Message":"m"},"RequestId":"r-3"}}"#;
    let error = inspect_answer(&VERIFY, failure, &mut Everything::default()).unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("X"), Some("r-3")));
    assert!(
        inspect_answer(&VERIFY, b"{}", &mut Everything::default())
            .unwrap_err()
            .is_decode()
    );
}
