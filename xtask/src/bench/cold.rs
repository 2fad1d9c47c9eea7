//! `cargo xtask bench cold`: what a first build costs, against the same program with other choices, measured in one run.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::tree;

use super::{Cost, cargo, fresh};

/// A program that makes one call, built from nothing.
struct Variant {
    name: &'static str,
    /// What stands below `[dependencies]`; `{root}` is the project's folder.
    dependencies: &'static str,
}

/// The first is what users get; the others are what it is compared with.
const VARIANTS: [Variant; 4] = [
    Variant {
        name: "yunqiao: rustls on ring",
        dependencies: "yunqiao = { path = \"{root}/generated\", features = [\"tencent-essbasic\"] }\n",
    },
    Variant {
        name: "rustls on aws-lc-rs",
        dependencies: "yunqiao = { path = \"{root}/generated\", default-features = false, features = [\"tencent-essbasic\"] }\n\
                       reqwest = { version = \"0.13\", default-features = false, features = [\"rustls\"] }\n",
    },
    Variant {
        name: "reqwest with its default features",
        dependencies: "yunqiao = { path = \"{root}/generated\", default-features = false, features = [\"tencent-essbasic\"] }\n\
                       reqwest = \"0.13\"\n",
    },
    Variant {
        name: "no TLS provider (bring your own)",
        dependencies: "yunqiao = { path = \"{root}/generated\", default-features = false, features = [\"tencent-essbasic\"] }\n",
    },
];

const PROGRAM: &str = "\
use yunqiao::tencent::essbasic::{ChannelVerifyPdfRequest, Client};

#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), yunqiao::Error> {
    let request = ChannelVerifyPdfRequest::new().flow_id(\"yDSLVUUckpo1c11xUxtOq8cvKy24by9M\");
    println!(\"{:?}\", Client::from_env()?.channel_verify_pdf(request).await?);
    Ok(())
}
";

/// What was measured.
struct Measure {
    name: String,
    cost: Cost,
    crates: usize,
}

pub(crate) fn run(json: bool) -> Result {
    let folder = tree::root().join("target/bench");
    let mut measures = Vec::new();
    for variant in &VARIANTS {
        eprintln!("building: {}", variant.name);
        measures.push(program(&folder, variant)?);
    }
    eprintln!("building and running: the quickstart");
    measures.push(quickstart(&folder)?);
    print(&measures, json);
    Ok(Outcome::Fine)
}

fn program(folder: &Path, variant: &Variant) -> Result<Measure> {
    let home = fresh(folder, "program")?;
    let root = tree::root().display().to_string();
    let manifest = format!(
        "[package]\nname = \"one-call\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n",
        variant.dependencies.replace("{root}", &root)
    );
    write(&home.join("Cargo.toml"), &manifest)?;
    write(&home.join("src/main.rs"), PROGRAM)?;
    // The same versions as the project's, as far as it has them.
    fs::copy(tree::root().join("Cargo.lock"), home.join("Cargo.lock"))
        .map_err(|error| Failure::io("copy", Path::new("Cargo.lock"), &error))?;
    // Downloads are not part of a build.
    cargo(&home, &["fetch"], &home.join("target"))?;
    let crates = crates(&home)?;
    let cost = Cost::of(|| cargo(&home, &["build"], &home.join("target")))?;
    Ok(Measure {
        name: variant.name.to_owned(),
        cost,
        crates,
    })
}

/// The README's first command, from nothing to its last line.
fn quickstart(folder: &Path) -> Result<Measure> {
    let home = fresh(folder, "quickstart")?;
    let root = tree::root();
    let cost = Cost::of(|| cargo(&root, &["xtask", "quickstart"], &home))?;
    let built = fs::read_dir(home.join("debug/.fingerprint"))
        .map_err(|error| Failure::io("read", &home, &error))?
        .count();
    Ok(Measure {
        name: "cargo xtask quickstart, all of it".to_owned(),
        cost,
        crates: built,
    })
}

fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error))?;
    fs::write(path, text).map_err(|error| Failure::io("write", path, &error))
}

/// Packages that the program is built from, itself included.
fn crates(home: &Path) -> Result<usize> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--prefix",
            "none",
            "--edges",
            "normal,build",
            "--format",
            "{p}",
        ])
        .current_dir(home)
        .output()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut names: Vec<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .filter(|line| !line.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    Ok(names.len())
}

fn print(measures: &[Measure], json: bool) {
    let work = |measure: &Measure| measure.cost.cpu.unwrap_or(measure.cost.seconds);
    let base = measures.first().map_or(1.0, work);
    if json {
        let row = |m: &Measure| {
            let Cost { seconds, cpu } = m.cost;
            serde_json::json!({ "name": m.name, "seconds": seconds, "cpu": cpu, "ratio": work(m) / base, "crates": m.crates })
        };
        say!(
            "{:#}",
            measures.iter().map(row).collect::<serde_json::Value>()
        );
        return;
    }
    say!(
        "{:<40} {:>8} {:>8} {:>7} {:>7}",
        "cold build, dev profile",
        "seconds",
        "CPU s",
        "ratio",
        "crates"
    );
    for m in measures {
        let cpu = m
            .cost
            .cpu
            .map_or_else(|| "-".to_owned(), |cpu| format!("{cpu:.1}"));
        let ratio = work(m) / base;
        say!(
            "{:<40} {:>8.1} {cpu:>8} {ratio:>7.2} {:>7}",
            m.name,
            m.cost.seconds,
            m.crates
        );
    }
}
