//! The schema folder beside this crate in, a Rust table that embeds every schema file out, in its short form if nothing is wrong with
//! any of them. An absent folder gives an empty table.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

use yunqiao_model::{Source, condense, load};

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
    let sources = found
        .iter()
        .map(|file| Ok(Source::new(file.name.as_str(), fs::read(&file.place)?)))
        .collect::<io::Result<Vec<Source>>>()?;
    // Only what has no problems may lose its places. Others are told of by whoever runs the cloud.
    let is_right = load(&sources).diagnostics.is_empty();
    let mut table = String::from("&[\n");
    for (file, source) in found.iter().zip(&sources) {
        let short = condense(source).filter(|_| is_right);
        // Debug of a str is a Rust literal. `write!` to a String cannot fail.
        let _ = match short {
            Some(json) => writeln!(
                table,
                "    File {{ path: {:?}, content: Content::Condensed({json:?}) }},",
                file.name
            ),
            None => {
                let place = file.place.display().to_string();
                writeln!(
                    table,
                    "    File {{ path: {:?}, content: Content::AsItIs(include_bytes!({place:?})) }},",
                    file.name
                )
            }
        };
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
