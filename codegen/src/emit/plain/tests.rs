//! Both ways of printing in, their difference out: over goldens, the project's schemas, and shapes at awkward widths.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::fs;
use std::path::Path;

use yunqiao_model::{Source, load};

use crate::emit::plain::Plain;
use crate::emit::service;
use crate::names;
use crate::render::{Content, Item, render};

/// How many items there were, and how many of them were printed from tokens although there is another way.
#[derive(Debug, Default)]
struct Count {
    items: usize,
    tokens: usize,
}

/// Prints every file of the services in both ways and compares.
fn compare(sources: &[Source]) -> Count {
    let loaded = load(sources);
    assert_eq!(loaded.diagnostics.first(), None);
    let mut count = Count::default();
    for of in loaded.api.services.values() {
        let vendor = loaded.api.vendors.get(&of.id.vendor);
        let mut problems = Vec::new();
        let of = names::service(of, vendor, &mut problems);
        assert_eq!(problems.first(), None);
        let plain = Plain::new(&of);
        for piece in service::pieces(&of) {
            let file = service::file(&of, piece, Some(&plain));
            let judge = service::file(&of, piece, None);
            let (text, wanted) = (render(&file), render(&judge));
            if let Some((line, (ours, theirs))) = text
                .lines()
                .zip(wanted.lines())
                .enumerate()
                .find(|(_, (a, b))| a != b)
            {
                panic!(
                    "{}:{}\n  direct:       {ours}\n  prettyplease: {theirs}\n{text}",
                    file.path,
                    line + 1
                );
            }
            assert_eq!(text, wanted, "{}", file.path);
            if let Content::Rust(items) = &file.content {
                count.items += items.len();
                count.tokens += items
                    .iter()
                    .filter(|item| matches!(item, Item::Tokens(_)))
                    .count();
            }
        }
    }
    count
}

fn read(folder: &Path, below: &str, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let below = format!("{below}{name}");
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{below}/"), sources);
        } else {
            sources.push(Source::new(below, fs::read(entry.path()).unwrap()));
        }
    }
}

fn folder(path: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    for vendor in ["tencent", "volcengine"] {
        let folder = path.join(vendor);
        if folder.is_dir() {
            read(&folder, &format!("{vendor}/"), &mut sources);
        }
    }
    assert!(!sources.is_empty(), "{}", path.display());
    sources
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn goldens_come_out_the_same_both_ways() {
    let mut cases = 0;
    for case in fs::read_dir(root().join("tests/golden")).unwrap() {
        compare(&folder(&case.unwrap().path().join("schemas")));
        cases += 1;
    }
    assert!(cases >= 10, "{cases}");
}

#[test]
fn the_projects_schemas_come_out_the_same_both_ways() {
    compare(&folder(&root().join("schemas")));
}

/// A name of a length, in the spelling of the wire.
fn name(start: &str, length: usize) -> String {
    let mut name = start.to_owned();
    name.extend(
        "abcdefghijkl"
            .chars()
            .cycle()
            .take(length.saturating_sub(start.len())),
    );
    name
}

/// A service version whose fields and names have every length up to a bound, with types of every shape.
fn awkward(service: &str, lengths: impl Iterator<Item = usize> + Clone) -> Vec<Source> {
    let below = format!("tencent/{service}/2024-01-01");
    let mut sources = vec![
        Source::new(
            "tencent/vendor.yaml",
            "vendor: tencent\ntitle: Tencent\ndoc: The vendor.\n",
        ),
        Source::new(
            format!("{below}/service.yaml"),
            format!(
                "service: {service}\nversion: \"2024-01-01\"\ntitle: Widths\ndoc: Names of every length.\nhost: w.tencentcloudapi.com\nregion: optional\n"
            ),
        ),
    ];
    let types = [
        "string",
        "int",
        "bool",
        "json",
        "[string]",
        "[int]",
        "[[float]]",
        "TYPE",
        "[TYPE]",
        "[[TYPE]]",
    ];
    for (index, length) in lengths.clone().enumerate() {
        let ty = name("T", length.max(2));
        let mut fields = String::new();
        for (at, shape) in types.iter().enumerate() {
            for extra in [0, 1, 7] {
                let field = name(
                    &format!("F{}{extra}", char::from(b'a' + at as u8)),
                    length + extra,
                );
                fields.push_str(&format!(
                    "  {field}:\n    type: {}\n    doc: A field.\n",
                    shape.replace("TYPE", &ty)
                ));
                // A struct that must contain itself has no value.
                let facts = if *shape == "TYPE" { 0 } else { at + extra };
                fields.push_str(
                    [
                        "",
                        "    required: true\n",
                        "    sensitive: personal\n",
                        "    required: true\n    sensitive: secret\n",
                    ][facts % 4],
                );
            }
        }
        // By-value recursion is boxed.
        let own = format!(
            "  {}:\n    type: {ty}\n    doc: The same again.\n",
            name("Own", length)
        );
        sources.push(Source::new(
            format!("{below}/structs/{ty}.yaml"),
            format!("struct: {ty}\ndoc: A struct.\nfields:\n{own}{fields}"),
        ));
        let action = name("Do", length.max(3));
        // Tables of a few entries, to meet the widths at which they fit on a line.
        let few = |count: usize| -> String {
            (0..count)
                .map(|at| {
                    format!(
                        "  {}:\n    type: string\n    doc: One of few.\n",
                        name(&format!("G{}", char::from(b'a' + at as u8)), length / 2)
                    )
                })
                .collect()
        };
        let idempotent = if index % 2 == 0 {
            "idempotent: true\n"
        } else {
            ""
        };
        let region = ["", "region: required\n", "region: unused\n"][index % 3];
        let limit = ["", "rate_limit: 20/s\n"][index / 3 % 2];
        sources.push(Source::new(
            format!("{below}/actions/{action}.yaml"),
            format!("action: {action}\nsummary: Do it.\n{region}{limit}{idempotent}request:\n{fields}{}response:\n  Item:\n    type: {ty}\n    doc: The thing.\n{}", few(index % 3), few(index % 4)),
        ));
    }
    sources
}

#[test]
fn every_width_comes_out_the_same_both_ways() {
    for (service, lengths) in [("w", 5..75), ("widths_of_names", 5..60)] {
        let count = compare(&awkward(service, lengths));
        // What is compared with itself proves nothing.
        assert!(count.tokens * 4 < count.items, "{count:?}");
    }
}
