//! The schema folder beside this crate in, a Rust table that embeds every schema file out. An absent folder gives an empty table.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

#[path = "src/walk.rs"]
mod walk;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/walk.rs");
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_none() {
        return Ok(());
    }
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("../schemas");
    // A folder is watched with everything below it, and a missing one for its appearance.
    println!("cargo::rerun-if-changed={}", root.display());
    let found = if root.is_dir() {
        walk::schema_files(&root)?
    } else {
        Vec::new()
    };
    let mut table = String::from("&[\n");
    for file in &found {
        // `write!` to a String cannot fail. Debug of a str is a Rust literal.
        let _ = writeln!(
            table,
            "    ({:?}, include_bytes!({:?})),",
            file.name,
            file.place.display().to_string()
        );
    }
    table.push_str("]\n");
    fs::write(
        PathBuf::from(variable("OUT_DIR")?).join("embedded.rs"),
        table,
    )
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|problem| io::Error::other(format!("{name}: {problem}")))
}
