//! Made-up answers conform to the schema, are readable, and are always the same.

use serde_json::{Value as Json, json};
use yunqiao_model::{Source, conform_response};

use crate::bench::Bench;
use crate::schemas::model;

const ACTION: &str = "{action: Make, summary: S, request: {}, response: {
    Plain: {type: string, doc: D.},
    Exact: {type: string, doc: D., length: 12},
    Short: {type: string, doc: D., bytes: ..3},
    Code: {type: string, doc: D., pattern: '[HM]\\d{10}|x'},
    Padded: {type: string, doc: D., pattern: '[a-z]+', length: 4..},
    Dot: {type: string, doc: D., pattern: '.-中{2}'},
    File: {type: string, doc: D., format: base64},
    Inner: {type: string, doc: D., format: json},
    Link: {type: string, doc: D., format: url},
    Day: {type: string, doc: D., format: date},
    When: {type: string, doc: D., format: datetime},
    Iso: {type: string, doc: D., format: datetime-iso},
    Hash: {type: string, doc: D., format: md5},
    Phone: {type: string, doc: D., format: phone},
    Mail: {type: string, doc: D., format: email},
    Address: {type: string, doc: D., format: ip},
    Seconds: {type: int, doc: D., format: unix-seconds},
    Text: {type: string, doc: D., format: unix-seconds},
    Millis: {type: int, doc: D., format: unix-milliseconds},
    Lasts: {type: int, doc: D., format: seconds},
    Number: {type: int, doc: D., range: 5..9},
    Least: {type: int, doc: D., range: ..-2},
    Real: {type: float, doc: D., range: ..0.25},
    Truth: {type: bool, doc: D.},
    Any: {type: json, doc: D.},
    State: {type: State, doc: D.},
    Word: {type: Word, doc: D.},
    Rows: {type: [Node], doc: D., items: 2..},
    Table: {type: [[int]], doc: D.},
    Gone: {type: string, doc: D., removed: Gone.}}}";

fn made() -> (Json, Vec<yunqiao_model::Deviation>) {
    let folder = "tencent/make/2024-01-01";
    let files = [
        (
            "service.yaml",
            "{service: make, version: '2024-01-01', title: M, doc: D., host: make.tencentcloudapi.com, region: optional}",
        ),
        ("actions/Make.yaml", ACTION),
        (
            "enums/State.yaml",
            "{enum: State, doc: D., type: int, values: [{value: 0, name: Old, doc: D., removed: Gone.}, {value: 7, name: New, doc: D.}]}",
        ),
        (
            "enums/Word.yaml",
            "{enum: Word, doc: D., type: string, values: [{value: ON, name: On, doc: D.}]}",
        ),
        (
            "structs/Node.yaml",
            "{struct: Node, doc: D., fields: {Name: {type: string, doc: D.}, Parent: {type: Node, doc: D.}, Children: {type: [Node], doc: D.}}}",
        ),
    ];
    let sources: Vec<Source> = files
        .iter()
        .map(|(file, text)| Source::new(format!("{folder}/{file}"), *text))
        .collect();
    let api = model(&sources);
    let bench = Bench::with(|builder| builder.schemas(api.clone()));
    let mut request = bench.tencent("Make", "{}");
    bench.signer("make").tc3(&mut request);
    let mut answer = bench.send(&request).json()["Response"].clone();
    answer.as_object_mut().unwrap().remove("RequestId");
    let service = api.services.values().next().unwrap();
    let deviations = conform_response(service, &service.actions["Make"], &answer);
    (answer, deviations)
}

#[test]
fn made_up_answers_conform_and_repeat() {
    let (answer, deviations) = made();
    assert_eq!(deviations, [], "{answer}");
    assert_eq!(made().0, answer);
    let expected = json!({
        "Plain": "Plain",
        "Exact": "ExactExactEx",
        "Short": "Sho",
        "Code": "H1111111111",
        "Padded": "aaaa",
        "Dot": "1-中中",
        "File": "eXVucWlhbw==",
        "Inner": "{}",
        "Link": "https://example.com/",
        "Day": "2024-01-02",
        "When": "2024-01-02 03:04:05",
        "Iso": "2024-01-02T03:04:05Z",
        "Hash": "0123456789abcdef0123456789abcdef",
        "Phone": "13800000000",
        "Mail": "someone@example.com",
        "Address": "192.0.2.1",
        "Seconds": 1_704_164_645,
        "Text": "1704164645",
        "Millis": 1_704_164_645_000_i64,
        "Lasts": 60,
        "Number": 5,
        "Least": -2,
        "Real": 0.25,
        "Truth": true,
        "Any": {},
        "State": 7,
        "Word": "ON",
        "Rows": [{ "Name": "Name", "Children": [] }, { "Name": "Name", "Children": [] }],
        "Table": [[1]],
    });
    assert_eq!(answer, expected);
}
