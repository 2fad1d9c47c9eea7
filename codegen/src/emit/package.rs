//! The crate's manifest and the file that keeps rustfmt away.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::outline::{Frame, Outline, Places as _};
use crate::render::{Content, File};
use crate::{Options, Package, Program, Runtime};

/// `Cargo.toml`
pub(super) fn manifest(frame: &Frame<'_>, options: &Options) -> File {
    let services: Vec<&Outline> = frame
        .vendors
        .iter()
        .flat_map(|vendor| vendor.services.iter().copied())
        .collect();
    let mut out = String::from("\n[package]\nname = \"yunqiao\"\n");
    out.push_str("description = \"Typed, signed calls to Tencent Cloud and Volcengine: e-signatures, certificates, SMS.\"\n");
    out.push_str(match options.package {
        Package::Member => {
            "version.workspace = true\nedition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\n\
             readme = \"../README.md\"\nkeywords = [\"tencent-cloud\", \"volcengine\", \"esign\", \"sms\", \"sdk\"]\n\
             categories = [\"api-bindings\"]\n"
        }
        Package::Standalone { .. } => "version = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\npublish = false\n",
    });
    out.push_str(
        "\n[package.metadata.docs.rs]\nall-features = true\n\n[features]\ndefault = [\"rustls\"]\n",
    );
    out.push_str("# HTTPS through rustls; without it, hand in an HTTP client of your own.\nrustls = [\"yunqiao-runtime/rustls\"]\n");
    out.push_str("# HTTP/2 where the server offers it; 7 more crates to build.\nhttp2 = [\"yunqiao-runtime/http2\"]\n");
    out.push_str("# Answers compressed with gzip, the size limit is on what comes out; 10 more crates to build.\ngzip = [\"yunqiao-runtime/gzip\"]\n");
    out.push_str("# What the vendors send to a web service of yours: e-sign callbacks, SMS receipts.\ncallback = [\"yunqiao-runtime/callback\"]\n");
    out.push_str("# Calls, waits, lists and streams for programs without async: `call.blocking()`.\nblocking = [\"yunqiao-runtime/blocking\"]\n");
    features(&services, &mut out);
    out.push_str("\n[dependencies]\n");
    let (runtime, tokio) = match &options.package {
        Package::Member => (
            "{ workspace = true }".to_owned(),
            "{ workspace = true, features = [\"macros\", \"rt\"] }",
        ),
        Package::Standalone { runtime } => (
            format!("{{ {}, default-features = false }}", place(runtime)),
            "{ version = \"1\", features = [\"macros\", \"rt\"] }",
        ),
    };
    let _ = writeln!(
        out,
        "yunqiao-runtime = {runtime}\n\n[dev-dependencies]\ntokio = {tokio}"
    );
    let mut programs: Vec<&Program> = options.programs.iter().collect();
    programs.sort();
    for Program { name, features } in programs {
        let features: Vec<&str> = ["rustls"]
            .into_iter()
            .chain(features.iter().map(String::as_str))
            .collect();
        let _ = write!(
            out,
            "\n[[example]]\nname = {name:?}\nrequired-features = {features:?}\n"
        );
    }
    if matches!(options.package, Package::Standalone { .. }) {
        out.push_str("\n# A workspace of its own, wherever the folder lies.\n[workspace]\n");
    }
    File {
        path: "Cargo.toml".to_owned(),
        source: "schemas".to_owned(),
        content: Content::Text("#", out),
    }
}

/// The keys of a dependency that say where it comes from.
fn place(runtime: &Runtime) -> String {
    // A string in JSON is one in TOML too.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match runtime {
        Runtime::Path(path) => format!("path = {}", quoted(path)),
        Runtime::Version(version) => format!("version = {}", quoted(version)),
        Runtime::Git { url, rev } => format!("git = {}, rev = {}", quoted(url), quoted(rev)),
    }
}

fn features(services: &[&Outline], out: &mut String) {
    let mut by_service: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for service in services {
        let title = service.title.clone();
        let entry = by_service
            .entry(service.service_feature())
            .or_insert_with(|| (title.clone(), Vec::new()));
        entry.0 = title;
        entry.1.push(service.feature());
    }
    for (feature, (title, versions)) in by_service {
        let title: String = title.chars().filter(|c| !c.is_control()).collect();
        let _ = writeln!(out, "# {title}\n{feature} = {versions:?}");
        for version in versions {
            let _ = writeln!(out, "{version} = []");
        }
    }
}

/// `rustfmt.toml`: the output is formatted by the generator, not by the rustfmt that a developer happens to have.
pub(super) fn rustfmt() -> File {
    let text = "disable_all_formatting = true\n".to_owned();
    File {
        path: "rustfmt.toml".to_owned(),
        source: "schemas".to_owned(),
        content: Content::Text("#", text),
    }
}
