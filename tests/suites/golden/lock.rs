//! Goldens with changes in, what `api.lock` says to each out: nothing that was published is lost or changed by accident.

use yunqiao_codegen::{LOCK_FILE, Options};
use yunqiao_model::{Code, Source};
use yunqiao_tests::home;

use super::{generated, sources, try_generate};

mod plain;

/// A change of a file: its path below the service version, what is replaced, by what.
type Edit<'a> = (&'a str, &'a str, &'a str);

/// A case after edits: `path` (below the service version), what is replaced, by what. A path without edit removes the file.
fn edited(case: &str, edits: &[Edit<'_>]) -> Vec<Source> {
    let mut all = sources(&home().join("golden").join(case));
    for (path, from, to) in edits {
        let found = all.iter().position(|source| source.path.ends_with(path));
        let index = found.unwrap_or_else(|| panic!("{case} has no {path}"));
        if from.is_empty() {
            all.remove(index);
            continue;
        }
        let text = String::from_utf8(all[index].bytes.clone()).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        all[index].bytes = text.replacen(from, to, 1).into_bytes();
    }
    all
}

/// What the edits lose or change of the case's surface: the kinds of problem, and the messages.
fn broken(case: &str, edits: &[Edit<'_>]) -> (Vec<Code>, String) {
    let lock = generated(&edited(case, &[]), &Options::default())[LOCK_FILE].clone();
    let mut options = Options {
        lock: Some(lock),
        ..Options::default()
    };
    let now = edited(case, edits);
    let Err(problems) = try_generate(&now, &options) else {
        return (Vec::new(), String::new());
    };
    options.accept_breaking = true;
    assert!(
        try_generate(&now, &options).is_ok(),
        "accepting does not help"
    );
    let codes = problems.surface.iter().map(|problem| problem.code);
    (codes.collect(), problems.to_string())
}

#[test]
fn what_was_published_cannot_be_lost() {
    let (thing, second) = (
        "2024-01-01/structs/Thing.yaml",
        "2025-06-30/structs/Thing.yaml",
    );
    let describe = "2025-06-30/actions/DescribeThing.yaml";
    let field = "  Thing:\n    type: Thing\n    doc: The thing.\n";
    let name = "fields:\n  Name:\n    type: string\n    doc: Its name.\n";
    let nine = "  - value: \"9\"\n    name: Nine\n    doc: Looks like a number.\n";
    let lost = "  ResourceLost:\n    doc: It got lost.\n    removed: Not answered since 2024-06; ResourceNotFound is.\n";
    let edits: [(&str, &[Edit<'_>], &str); 5] = [
        (
            "two_versions",
            &[(thing, name, "fields: {}\n")],
            "field tencent::versions::v20240101::Thing::name",
        ),
        (
            "empty",
            &[("actions/Ping.yaml", "", "")],
            "method tencent::empty::v20240101::Client::ping",
        ),
        (
            "text_enums",
            &[("Colour.yaml", nine, "")],
            "variant tencent::text_enums::v20240101::Colour::Nine",
        ),
        (
            "two_versions",
            &[
                (describe, &format!("response:\n{field}"), "response: {}\n"),
                (second, "", ""),
            ],
            "struct tencent::versions::v20250630::Thing",
        ),
        (
            "lifecycle",
            &[("service.yaml", lost, "")],
            "const tencent::lifecycle::v20240101::error_code::RESOURCE_LOST",
        ),
    ];
    for (case, edits, item) in edits {
        let (codes, text) = broken(case, edits);
        assert!(
            text.contains(&format!("callers lose `{item}`")),
            "{item}: {text}"
        );
        assert!(
            codes.iter().all(|code| *code == Code::LostFromSurface),
            "{text}"
        );
    }
}

#[test]
fn what_was_published_cannot_change() {
    let path = "2025-06-30/actions/DescribeThing.yaml";
    let edits = [
        (path, "type: int64", "type: string"),
        (path, "ThingId: 1", "ThingId: \"1\""),
    ];
    let (codes, text) = broken("two_versions", &edits);
    assert_eq!(codes, [Code::ChangedSurface]);
    assert!(
        text.contains("was `Option<i64> = ThingId` and would become `Option<String> = ThingId`"),
        "{text}"
    );
}

#[test]
fn an_answer_cannot_begin_or_cease_to_stream() {
    let path = "actions/ChatCompletions.yaml";
    let (codes, text) = broken("streaming", &[(path, "streaming: true\n", "")]);
    assert_eq!(codes, [Code::ChangedSurface]);
    assert!(text.contains("Events<ChatCompletionsResponse>"), "{text}");
}

#[test]
fn a_neighbour_changes_no_line_of_the_lock() {
    let field =
        "  Zeal:\n    type: [Zeal]\n    doc: New.\n  Abc:\n    type: int64\n    doc: New.\n";
    let thing = "2025-06-30/structs/Thing.yaml";
    let mut more = edited(
        "two_versions",
        &[(thing, "fields:\n", &format!("fields:\n{field}"))],
    );
    let folder = "tencent/versions/2025-06-30";
    let zeal =
        "enum: Zeal\ndoc: New.\ntype: int\nvalues:\n  - value: 1\n    name: Much\n    doc: New.\n";
    let action = "action: Act\nsummary: Act.\nrequest: {}\nresponse: {}\n";
    more.push(Source::new(format!("{folder}/enums/Zeal.yaml"), zeal));
    more.push(Source::new(format!("{folder}/actions/Act.yaml"), action));
    let lock = |sources: &[Source]| generated(sources, &Options::default())[LOCK_FILE].clone();
    let (old, new) = (lock(&edited("two_versions", &[])), lock(&more));
    let gone: Vec<&str> = old
        .lines()
        .filter(|line| !new.lines().any(|now| now == *line))
        .collect();
    assert!(gone.is_empty() && new.len() > old.len(), "{gone:?}");
}

#[test]
fn tombstones_and_renames_keep_the_surface() {
    let thing = "2024-01-01/structs/Thing.yaml";
    let mark = |doc: &str, indent: &str| format!("{doc}{indent}removed: Since 2025.\n");
    let cases: [(&str, &[Edit<'_>]); 5] = [
        (
            "two_versions",
            &[(
                thing,
                "    doc: Its name.\n",
                &mark("    doc: Its name.\n", "    "),
            )],
        ),
        (
            "empty",
            &[(
                "Ping.yaml",
                "idempotent:",
                "removed: Since 2025.\nidempotent:",
            )],
        ),
        (
            "text_enums",
            &[(
                "Colour.yaml",
                "    doc: A deep red.\n",
                &mark("    doc: A deep red.\n", "    "),
            )],
        ),
        (
            "error_codes",
            &[(
                "service.yaml",
                "    doc: A keyword.\n",
                &mark("    doc: A keyword.\n", "    "),
            )],
        ),
        // The old field stays as a tombstone beside its successor.
        (
            "two_versions",
            &[(
                thing,
                "    doc: Its name.\n",
                "    doc: Its name.\n    removed: Since 2025.\n  Title:\n    type: string\n    doc: Its title.\n    renamed_from: Name\n",
            )],
        ),
    ];
    for (case, edits) in cases {
        let (codes, text) = broken(case, edits);
        assert!(codes.is_empty(), "{case}: {text}");
    }
}

#[test]
fn a_renamed_type_or_action_answers_to_its_old_name() {
    let folder = "2024-01-01";
    let (action, thing) = (
        format!("{folder}/actions/DescribeThing.yaml"),
        format!("{folder}/structs/Thing.yaml"),
    );
    let rename =
        |source: &mut Source, from: &str, to: &str| source.path = source.path.replace(from, to);
    let lock = generated(&edited("two_versions", &[]), &Options::default())[LOCK_FILE].clone();
    let mut now = edited(
        "two_versions",
        &[
            (&action, "action: DescribeThing\n", "action: ReadThing\n"),
            (
                &action,
                "idempotent:",
                "renamed_from: DescribeThing\nidempotent:",
            ),
            (&action, "type: Thing", "type: Item"),
            (&thing, "struct: Thing\n", "struct: Item\n"),
            (&thing, "fields:", "renamed_from: Thing\nfields:"),
        ],
    );
    for source in &mut now {
        if source.path.contains(folder) {
            rename(source, "actions/DescribeThing", "actions/ReadThing");
            rename(source, "structs/Thing", "structs/Item");
        }
    }
    let options = Options {
        lock: Some(lock),
        ..Options::default()
    };
    let files = generated(&now, &options);
    let alias = "alias tencent::versions::v20240101::Thing = Item";
    assert!(files[LOCK_FILE].lines().any(|line| line == alias));
    // A field is read by its name, and an alias is only a setter.
    let field = [(
        "2024-01-01/structs/Thing.yaml",
        "  Name:\n",
        "  Title:\n    renamed_from: Name\n",
    )];
    assert_eq!(broken("two_versions", &field).0, [Code::LostFromSurface]);
}

/// Upstream changes capitals now and then; what stays the same in Rust is no break.
#[test]
fn a_new_spelling_on_the_wire_changes_no_rust_name() {
    let lock = generated(&edited("acronyms", &[]), &Options::default())[LOCK_FILE].clone();
    let path = "actions/DescribeVPCs.yaml";
    let mut now = edited(
        "acronyms",
        &[
            (path, "action: DescribeVPCs\n", "action: DescribeVpcs\n"),
            (
                path,
                "idempotent:",
                "renamed_from: DescribeVPCs\nidempotent:",
            ),
            (path, "  TagIDs:\n", "  TagIds:\n    renamed_from: TagIDs\n"),
            (path, "      TagIDs:", "      TagIds:"),
        ],
    );
    for source in &mut now {
        source.path = source.path.replace("DescribeVPCs", "DescribeVpcs");
    }
    let options = Options {
        lock: Some(lock),
        ..Options::default()
    };
    drop(generated(&now, &options));
    // Without a word about the former name it may be a mistake.
    let field = [
        (path, "  TagIDs:\n", "  TagIds:\n"),
        (path, "      TagIDs:", "      TagIds:"),
    ];
    assert_eq!(broken("acronyms", &field).0, [Code::ChangedSurface]);
}
