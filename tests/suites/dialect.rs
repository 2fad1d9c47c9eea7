//! The dialect's reader against its JSON Schema, judged by a validator that is not ours; and the canonical form.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use jsonschema::Validator;
use serde_json::{Map, Value as Json, json};
use yunqiao_model::{
    Code, FileKind, JSON_SCHEMA_FILES, Source, format, json_schema, load, reference, to_json,
};
use yunqiao_tests::{cases, files, root, schemas};

/// Problems that concern the form of a file, which is all that JSON Schema can see. Whether descriptions may be missing is said
/// in another file.
const FORM: [Code; 5] = [
    Code::UnknownKey,
    Code::MissingKey,
    Code::WrongKind,
    Code::NotAllowed,
    Code::Malformed,
];

fn kind(path: &str) -> FileKind {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        [_, _] => FileKind::Vendor,
        [_, _, _, _] => FileKind::Service,
        [_, _, _, "actions", _] => FileKind::Action,
        [_, _, _, "structs", _] => FileKind::Struct,
        _ => FileKind::Enum,
    }
}

fn validator(kind: FileKind) -> Validator {
    jsonschema::validator_for(&json_schema(kind)).unwrap()
}

/// Schema files of the project and of the goldens: everything that is right.
fn right() -> Vec<Source> {
    let golden = |case: &std::path::PathBuf| files(&case.join("schemas"));
    let goldens = cases("golden")
        .iter()
        .flat_map(golden)
        .map(|(path, bytes)| Source::new(path, bytes))
        .collect::<Vec<_>>();
    schemas().into_iter().chain(goldens).collect()
}

#[test]
fn the_committed_json_schemas_are_the_readers() {
    for (kind, name) in JSON_SCHEMA_FILES {
        let path = root().join("schemas/dialect").join(name);
        let found: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_default())
            .unwrap_or_default();
        assert_eq!(
            found,
            json_schema(kind),
            "{}: run `cargo xtask generate`",
            path.display()
        );
    }
}

#[test]
fn the_reference_names_every_key() {
    let page = std::fs::read_to_string(root().join("schemas/README.md")).unwrap();
    assert!(
        page.contains(&reference()),
        "schemas/README.md: run `cargo xtask generate`"
    );
}

#[test]
fn right_files_satisfy_the_json_schema() {
    let all = right();
    assert!(all.len() > 30);
    for source in all {
        let document = to_json(&source).unwrap();
        let errors: Vec<String> = validator(kind(&source.path))
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", source.path);
    }
}

/// Changes every place of every file in every way that changes its form: reader and JSON Schema must agree each time.
#[test]
fn reader_and_json_schema_agree_on_damaged_files() {
    let mut seen = 0;
    // A file is damaged at each of its places, so that large ones would cost by the square. The small ones of the goldens have
    // every key.
    let small = right()
        .into_iter()
        .filter(|source| source.bytes.len() < 1_600);
    for (index, source) in small.enumerate() {
        if index % 9 > 0 && source.path.starts_with("tencent/ess") {
            continue;
        }
        let validator = validator(kind(&source.path));
        let document = to_json(&source).unwrap();
        let mut damaged = Vec::new();
        damage(&document, &mut |changed| damaged.push(changed));
        for changed in damaged {
            let judged = validator.is_valid(&changed);
            let read = Source::new(source.path.replace(".yaml", ".json"), changed.to_string());
            let problems = load(&[read]).diagnostics;
            let formal: Vec<_> = problems
                .iter()
                .filter(|problem| FORM.contains(&problem.code))
                .collect();
            // The schema does not know the syntax of every text; the reader may be stricter there, never laxer.
            let stricter = judged && formal.iter().all(|problem| problem.code == Code::Malformed);
            assert!(
                judged == formal.is_empty() || stricter,
                "{}: schema says {judged}, reader {formal:?}\n{changed:#}",
                source.path
            );
            seen += 1;
        }
    }
    assert!(seen > 1_000, "only {seen} damaged files");
}

/// Every way to change the form of a document in one place.
fn damage(document: &Json, found: &mut dyn FnMut(Json)) {
    match document {
        Json::Object(members) => {
            let mut more = members.clone();
            more.insert("zzz".to_owned(), json!("unknown"));
            found(Json::Object(more));
            for key in members.keys() {
                let without: Map<String, Json> = members
                    .iter()
                    .filter(|(other, _)| *other != key)
                    .map(|(k, v)| (k.clone(), v.clone()))
                    .collect();
                found(Json::Object(without));
                let mut put = |value: Json| {
                    let mut changed = members.clone();
                    changed.insert(key.clone(), value);
                    found(Json::Object(changed));
                };
                for other in [
                    json!([]),
                    json!({}),
                    json!(7),
                    json!(true),
                    json!("zzz"),
                    json!([["a"], "b"]),
                ] {
                    put(other);
                }
                // What an example holds is free in form.
                if key != "examples" {
                    damage(&members[key], &mut put);
                }
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let mut put = |value: Json| {
                    let mut changed = items.clone();
                    changed[index] = value;
                    found(Json::Array(changed));
                };
                put(json!({ "zzz": 1 }));
                damage(item, &mut put);
            }
        }
        _ => {}
    }
}

#[test]
fn formatting_keeps_the_meaning_and_settles_at_once() {
    for source in right() {
        let once = format(&source).unwrap();
        let again = Source::new(source.path.clone(), once.clone());
        assert_eq!(format(&again).unwrap(), once, "{}", source.path);
        assert_eq!(
            sorted(&to_json(&source).unwrap()),
            sorted(&to_json(&again).unwrap()),
            "{}",
            source.path
        );
    }
}

/// Order of keys is what formatting may change.
fn sorted(value: &Json) -> Json {
    match value {
        Json::Object(members) => {
            let mut all: Vec<_> = members
                .iter()
                .map(|(key, value)| (key.clone(), sorted(value)))
                .collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(all.into_iter().collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[test]
fn formatting_orders_keys_and_keeps_comments_with_what_they_belong_to() {
    let text = "\
# The file.
doc: >
  Two
  lines.
enum: Colour   # its name
values:
    # The first.
    - {doc: 'Like blood.', name: Red, value: \"RED\"}
    - doc: \"Yes: really\"
      value: 'no'   # not a truth value
      name: No
type: string
# The end.
";
    let source = Source::new("tencent/demo/2024-01-01/enums/Colour.yaml", text);
    let expected = "\
# its name
enum: Colour
# The file.
doc: \"Two lines.\\n\"
type: string
values:
  # The first.
  - value: RED
    name: Red
    doc: Like blood.
  # not a truth value
  - value: \"no\"
    name: \"No\"
    doc: \"Yes: really\"
# The end.
";
    assert_eq!(format(&source).unwrap(), expected);
}

#[test]
fn json_is_read_too() {
    let service = json!({
        "service": "demo", "version": "2024-01-01", "title": "Demonstration 😀", "doc": "Only in tests.",
        "host": "demo.tencentcloudapi.com", "region": "optional",
    });
    // Tabs and surrogate pairs are JSON, though not YAML.
    let text = service
        .to_string()
        .replace('😀', "\\ud83d\\ude00")
        .replace(",\"", ",\n\t\"");
    let loaded = load(&[Source::new("tencent/demo/2024-01-01/service.json", text)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(
        loaded.api.services.values().next().unwrap().title,
        "Demonstration 😀"
    );
}
