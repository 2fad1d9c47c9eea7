//! The project's schemas in, the committed crate out, byte for byte.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::fs;

use yunqiao_codegen::{Files, LOCK_FILE, Options, generate};
use yunqiao_model::{Source, format, load, render};
use yunqiao_tests::{root, schemas};

fn generated(sources: &[Source]) -> Files {
    let loaded = load(sources);
    assert!(
        loaded.diagnostics.is_empty(),
        "{}",
        render(&loaded.diagnostics, sources, "schemas", false)
    );
    let lock = fs::read_to_string(root().join("generated").join(LOCK_FILE)).unwrap();
    generate(
        &loaded.api,
        &Options {
            lock: Some(lock),
            ..Options::default()
        },
    )
    .unwrap()
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
