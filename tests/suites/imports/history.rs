//! Real pairs of releases in: the old one imported and worked on, the new one merged. What must happen out, pair by pair, in
//! `import/history/<pair>.txt`: the remarks, what the lint says beside missing descriptions, and what breaks callers.

use std::path::{Path, PathBuf};
use std::thread;

use yunqiao_codegen::{LOCK_FILE, Options, check, generate};
use yunqiao_import::{Docs, Imported, Release};
use yunqiao_model::{Code, Document, Node, Source, load, render};
use yunqiao_tests::{home, shared};

use crate::case::{Schemas, problems, sources, sources_of};

/// What people do to a service in one pair: beside descriptions for everything, which each pair gets.
struct Curation {
    pair: &'static str,
    /// Field that becomes an enum: the file, the part of it, the field, and what its values are.
    enumerated: (&'static str, &'static str, &'static str, &'static str),
    /// Field that is personal.
    personal: (&'static str, &'static str, &'static str),
    /// An action with offset and limit: its list and total.
    paged: Option<(&'static str, &'static str, &'static str)>,
    /// Whether the new release breaks callers whatever is done about it.
    breaks: bool,
}

const CURATIONS: [Curation; 8] = [
    Curation {
        pair: "actions-removed",
        enumerated: ("structs/AuthDomain", "fields", "Type", "string"),
        personal: ("structs/AuthDomain", "fields", "Domain"),
        paged: Some(("DescribeCloudBaseGWAPI", "APISet", "Total")),
        breaks: false,
    },
    Curation {
        pair: "field-rename",
        enumerated: ("structs/AgentTool", "fields", "Status", "int"),
        personal: ("structs/App", "fields", "AppId"),
        paged: None,
        breaks: false,
    },
    Curation {
        pair: "request-field-reorder",
        enumerated: ("structs/AuditLogFile", "fields", "Status", "string"),
        personal: ("structs/Account", "fields", "AccountName"),
        paged: Some(("DescribeAccounts", "AccountSet", "TotalCount")),
        breaks: false,
    },
    Curation {
        pair: "request-string-to-bool",
        enumerated: ("structs/BillUsageDetail", "fields", "Status", "int"),
        personal: ("structs/Agent", "fields", "ProxyOperator"),
        paged: Some(("DescribeFileUrls", "FileUrls", "TotalCount")),
        breaks: true,
    },
    Curation {
        pair: "response-object-to-list-a",
        enumerated: ("structs/AdhocRecord", "fields", "Status", "string"),
        personal: ("structs/AdhocRecord", "fields", "ScriptContent"),
        paged: None,
        breaks: true,
    },
    Curation {
        pair: "response-object-to-list-b",
        enumerated: ("structs/ColumnInfo", "fields", "Type", "string"),
        personal: ("structs/ColumnInfo", "fields", "Description"),
        paged: None,
        breaks: false,
    },
    Curation {
        pair: "struct-rename",
        enumerated: ("structs/ExtensionInfo", "fields", "Status", "int"),
        personal: ("structs/ExtensionInfo", "fields", "FullExtensionId"),
        paged: Some(("DescribeChatMessages", "Messages", "TotalCount")),
        breaks: true,
    },
    Curation {
        pair: "wire-case-rename",
        enumerated: ("structs/BandwidthPackage", "fields", "Status", "string"),
        personal: (
            "structs/ConnectionStateTimeouts",
            "fields",
            "TcpTimeWaitTimeout",
        ),
        paged: Some(("DescribeAddresses", "AddressSet", "TotalCount")),
        breaks: false,
    },
];

/// The files of one release of a pair.
fn release(folder: &Path) -> Release {
    let mut found: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(path) = found.pop() {
        if path.is_dir() {
            found.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
        } else if path.ends_with("api.json") {
            return Release::read(&std::fs::read(path).unwrap(), None).unwrap();
        }
    }
    panic!("{} holds no api.json", folder.display());
}

/// A sentence that stands nowhere else.
fn words(path: &str, place: &str) -> String {
    format!("Curated {path} {place}.")
}

/// Describes every item, and makes the decisions of the pair.
fn curate(release: &Release, fresh: Schemas, curation: &Curation) -> Schemas {
    let folder = format!("{}/", release.id());
    let mut out = Schemas::new();
    for (path, text) in fresh {
        let mut file = Document::read(&Source::new(path.clone(), text)).unwrap();
        let name = path
            .strip_prefix(&folder)
            .unwrap()
            .strip_suffix(".yaml")
            .unwrap();
        let root = file.root_mut();
        root.remove("undescribed");
        let key = if name.starts_with("actions/") {
            "summary"
        } else {
            "doc"
        };
        root.set(key, words(name, "itself"));
        for part in ["request", "response", "fields"] {
            let Some(fields) = root.get_mut(part) else {
                continue;
            };
            let names: Vec<String> = fields.entries().map(|(name, _)| name.to_owned()).collect();
            for field in names {
                let place = (name, part, field.as_str());
                let node = fields.get_mut(&field).unwrap();
                node.set("doc", words(name, &format!("{part} {field}")));
                let (file, of, chosen, _) = curation.enumerated;
                if place == (file, of, chosen) {
                    node.set("type", "Curated");
                }
                if place == curation.personal {
                    node.set("sensitive", "personal");
                }
            }
        }
        if let Some((action, items, total)) = curation.paged
            && name == format!("actions/{action}")
        {
            let mut paging = Node::mapping();
            let keys = [
                ("style", "offset"),
                ("input", "Offset"),
                ("size", "Limit"),
                ("items", items),
                ("total", total),
            ];
            for (key, value) in keys {
                paging.set(key, value);
            }
            root.set("pagination", paging);
        }
        out.insert(path, file.text().unwrap());
    }
    let (kind, value) = match curation.enumerated.3 {
        "int" => ("int", "1"),
        _ => ("string", "ONE"),
    };
    let text = format!(
        "enum: Curated\ndoc: By hand.\ntype: {kind}\nvalues:\n  - value: {value}\n    name: One\n    doc: The first.\n"
    );
    out.insert(format!("{folder}enums/Curated.yaml"), text);
    out
}

/// Nothing that people wrote may be gone, wherever it stands now.
fn assert_kept(old: &Schemas, new: &Schemas, pair: &str) {
    let all: Vec<String> = new
        .values()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let all = all.join("\n");
    for (path, text) in old {
        let now = &new[path];
        for key in [
            "sensitive: personal",
            "type: Curated",
            "style: offset",
            "total: ",
        ] {
            assert_eq!(
                text.matches(key).count(),
                now.matches(key).count(),
                "{pair}: {path}: {key}"
            );
        }
        // Sentences may be folded over lines.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for sentence in text.split("doc: Curated ").skip(1) {
            let sentence = sentence.split('.').next().unwrap();
            assert!(
                all.contains(&format!("doc: Curated {sentence}.")),
                "{pair}: {path}: {sentence}"
            );
        }
    }
}

/// Fields stand in the order of the release; what is not in it any more stands between them.
fn assert_ordered(fresh: &Schemas, now: &Schemas, pair: &str) {
    for (path, text) in fresh {
        let read = |text: &str| Document::read(&Source::new(path.clone(), text)).unwrap();
        let (fresh, now) = (read(text), read(&now[path]));
        for part in ["request", "response", "fields"] {
            let names = |file: &Document| -> Vec<String> {
                let entries = file.root().get(part).into_iter().flat_map(Node::entries);
                entries.map(|(name, _)| name.to_owned()).collect()
            };
            let (upstream, mut all) = (names(&fresh), names(&now));
            all.retain(|name| upstream.contains(name));
            assert_eq!(all, upstream, "{pair}: {path}");
        }
    }
}

fn merge(release: &Release, schemas: &Schemas) -> Imported {
    release
        .merge(&sources_of(release, schemas), Docs::None)
        .unwrap()
}

/// What became of one pair.
fn report(folder: &Path, curation: &Curation) -> String {
    let pair = curation.pair;
    let (old, new) = (release(&folder.join("old")), release(&folder.join("new")));
    let before = curate(&old, merge(&old, &Schemas::new()).files, curation);
    let sources_before = sources(&before);
    let found = problems(&sources_before);
    // The curation itself is in order.
    assert!(
        found.is_empty(),
        "{pair}\n{}",
        render(&found, &sources_before, "", false)
    );
    let lock = generate(&load(&sources_before).api, &Options::default())
        .unwrap()
        .remove(LOCK_FILE);
    let merged = merge(&new, &before);
    let mut after = before.clone();
    after.extend(merged.files.clone());
    assert_kept(&before, &after, pair);
    assert_ordered(&merge(&new, &Schemas::new()).files, &after, pair);
    let again = merge(&new, &after);
    assert!(again.files.is_empty(), "{pair}: {:#?}", again.files.keys());

    let mut out: String = merged
        .notes
        .iter()
        .map(|note| format!("{note}\n"))
        .collect();
    for path in merged
        .files
        .keys()
        .filter(|path| !before.contains_key(*path))
    {
        out.push_str(&format!("new: {path}\n"));
    }
    let sources_after = sources(&after);
    let mut loaded = load(&sources_after);
    loaded.diagnostics.extend(check(&loaded.api));
    // Only new things lack a description, and only that.
    let (undescribed, rest): (Vec<_>, Vec<_>) = loaded
        .diagnostics
        .into_iter()
        .partition(|problem| problem.code == Code::MissingDescription);
    assert_eq!(undescribed.is_empty(), !out.contains("new"), "{pair}");
    for problem in rest {
        out.push_str(&format!(
            "{}: {}: {}\n",
            problem.code, problem.at.path, problem.message
        ));
    }
    let options = Options {
        lock,
        ..Options::default()
    };
    let surface = generate(&loaded.api, &options).err().unwrap_or_default();
    assert!(surface.schema.is_empty(), "{pair}: {surface}");
    assert_eq!(
        surface.surface.is_empty(),
        !curation.breaks,
        "{pair}: {surface}"
    );
    for problem in surface.surface {
        assert!(matches!(
            problem.code,
            Code::LostFromSurface | Code::ChangedSurface
        ));
        out.push_str(&format!("{}: {}\n", problem.code, problem.message));
    }
    out
}

#[test]
fn every_pair_comes_out_as_it_should() {
    let Some(history) = shared()
        .map(|shared| shared.join("history"))
        .filter(|path| path.is_dir())
    else {
        eprintln!("skipped: there is no ../shared/history with pairs of releases");
        return;
    };
    let reports: Schemas = thread::scope(|scope| {
        let run = |curation: &'static Curation| {
            let folder = history.join(curation.pair);
            let text = scope.spawn(move || report(&folder, curation));
            (format!("{}.txt", curation.pair), text)
        };
        let running: Vec<_> = CURATIONS.iter().map(run).collect();
        let joined = running
            .into_iter()
            .map(|(name, text)| (name, text.join().unwrap()));
        joined.collect()
    });
    let wrong = crate::case::compare(&home().join("import/history"), &reports);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known: Vec<&str> = CURATIONS.iter().map(|curation| curation.pair).collect();
    for entry in history.read_dir().unwrap() {
        let name = entry.unwrap().file_name();
        assert!(
            known.iter().any(|pair| name == *pair),
            "no test for {name:?}"
        );
    }
}
