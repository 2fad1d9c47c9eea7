//! The project's schemas in, the committed crate out, byte for byte.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::collections::BTreeSet;
use std::fs;

use yunqiao_codegen::{Files, LOCK_FILE, Options, Program, features, generate};
use yunqiao_model::{Api, Source, format, load, render};
use yunqiao_tests::{root, schemas};

fn generated(sources: &[Source]) -> Files {
    let loaded = load(sources);
    assert!(
        loaded.diagnostics.is_empty(),
        "{}",
        render(&loaded.diagnostics, sources, "schemas", false)
    );
    let lock = fs::read_to_string(root().join("generated").join(LOCK_FILE)).unwrap();
    let options = Options {
        lock: Some(lock),
        programs: programs(&loaded.api),
        ..Options::default()
    };
    generate(&loaded.api, &options).unwrap()
}

/// The programs below `generated/examples/`, which the manifest lists.
fn programs(api: &Api) -> Vec<Program> {
    let features = api.services.keys().flat_map(features);
    let known: BTreeSet<String> = features.chain(["rustls".to_owned()]).collect();
    let mut paths: Vec<_> = fs::read_dir(root().join("generated/examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let program = Program::read(name, &fs::read_to_string(path).unwrap(), &known);
        program.unwrap_or_else(|problem| panic!("{name}: {}", problem.message))
    };
    paths.iter().map(read).collect()
}

#[test]
fn the_committed_crate_is_what_the_schemas_give() {
    for (path, text) in generated(&schemas()) {
        let found = fs::read_to_string(root().join("generated").join(&path)).unwrap_or_default();
        assert!(
            found == text,
            "generated/{path} is stale: run `cargo xtask generate` and commit what it writes"
        );
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut sources = schemas();
    let straight = generated(&sources);
    sources.reverse();
    assert_eq!(straight, generated(&sources));
    for _ in 0..3 {
        sources.rotate_left(7);
        assert_eq!(straight, generated(&sources));
    }
}

#[test]
fn every_schema_is_in_canonical_form() {
    for source in schemas() {
        let text = format(&source).unwrap();
        assert!(
            text.as_bytes() == source.bytes,
            "schemas/{}: run `cargo xtask fmt`",
            source.path
        );
    }
}
