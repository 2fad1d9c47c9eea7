//! `cargo xtask bench compile`: what a generated service costs to compile, against the same structs with derived traits.

use std::io::IsTerminal as _;
use std::path::Path;

use serde_json::{Value as Json, json};
use yunqiao_codegen::{Options, Package, Runtime, generate};
use yunqiao_model::Api;
use yunqiao_model::api::ServiceId;

use crate::cli::CompileArgs;
use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::{schemas, tree};

use super::Cost;

mod baseline;
mod build;
mod program;

pub(crate) use build::Mode;
use build::{Crate, compare};

/// Seconds an operation in the dev build of what progenitor generates: what others reach.
const ANCHOR: f64 = 0.012;

/// A service version and how it is enabled.
struct Version<'a> {
    id: &'a ServiceId,
    /// Start of its rows' names.
    name: String,
    feature: String,
    actions: usize,
}

/// Ours and the baseline, measured in turns.
struct Row {
    name: String,
    actions: usize,
    mode: Mode,
    costs: [Cost; 2],
}

pub(crate) fn run(args: &CompileArgs) -> Result {
    let (folder, shown) = schemas::folder(args.schemas.as_deref());
    let (sources, mut loaded) = schemas::read(&folder)?;
    if !loaded.diagnostics.is_empty() {
        schemas::report(&loaded.diagnostics, &sources, &shown);
        return Err(Failure::new("nothing is measured of schemas with problems"));
    }
    if !args.only.is_empty() {
        let wanted = |id: &ServiceId| args.only.iter().any(|only| is_named(id, only));
        loaded.api.services.retain(|id, _| wanted(id));
        if loaded.api.services.is_empty() {
            let only = args.only.join(", ");
            return Err(Failure::new(format!("{shown} has no service {only}")));
        }
    }
    let bench = tree::root().join("target/bench/compile");
    let versions = versions(&loaded.api);
    let (ours, derived) = crates(&bench, &loaded.api, &versions)?;
    let modes: Vec<Mode> = match args.build.as_slice() {
        [] => Mode::ALL.to_vec(),
        some => some.to_vec(),
    };
    let mut rows = Vec::new();
    for version in &versions {
        for mode in &modes {
            let (name, feature) = (&version.name, &version.feature);
            rows.push(row(
                &ours,
                &derived,
                (name, feature, version.actions),
                *mode,
            )?);
        }
    }
    if versions.len() > 1 {
        let features: Vec<&str> = versions.iter().map(|version| &*version.feature).collect();
        let actions = versions.iter().map(|version| version.actions).sum();
        for mode in &modes {
            rows.push(row(
                &ours,
                &derived,
                ("all", &features.join(","), actions),
                *mode,
            )?);
        }
    }
    let sizes = if modes.contains(&Mode::Release) && has_the_call(&loaded.api) {
        say("one-call-binary");
        Some(program::sizes(&bench, &ours.home)?)
    } else {
        None
    };
    if args.json {
        say!("{:#}", as_json(&rows, sizes));
    } else {
        print(&rows, sizes);
    }
    Ok(Outcome::Fine)
}

/// Whether `tencent/essbasic` or `tencent/essbasic/2021-05-26` means the service version.
fn is_named(id: &ServiceId, only: &str) -> bool {
    let whole = id.to_string();
    whole == only
        || whole
            .strip_prefix(only)
            .is_some_and(|rest| rest.starts_with('/') && only.contains('/'))
}

/// Whether the schemas have the call that the program makes.
fn has_the_call(api: &Api) -> bool {
    let mut services = api.services.values();
    services.any(|service| {
        service.id.service == "essbasic" && service.actions.contains_key("ChannelVerifyPdf")
    })
}

fn versions(api: &Api) -> Vec<Version<'_>> {
    let named = |name: &str| api.services.keys().filter(|id| id.service == name).count();
    api.services
        .values()
        .map(|service| {
            let id = &service.id;
            let version = format!("v{}", id.version.replace('-', ""));
            Version {
                id,
                name: if named(&id.service) == 1 {
                    id.service.clone()
                } else {
                    format!("{}-{}-{version}", id.vendor, id.service)
                },
                feature: format!("{}-{}-{version}", id.vendor, id.service),
                actions: service.actions.len(),
            }
        })
        .collect()
}

/// Both crates, written anew.
fn crates(bench: &Path, api: &Api, versions: &[Version<'_>]) -> Result<(Crate, Crate)> {
    let runtime = Runtime::Path(tree::root().join("runtime").display().to_string());
    let options = Options {
        package: Package::Standalone { runtime },
        ..Options::default()
    };
    let files = generate(api, &options).map_err(|problems| Failure::new(problems.to_string()))?;
    let files = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let ours = Crate::write(bench.join("generated"), files)?;
    let (manifest, library) = (
        baseline::manifest(versions),
        baseline::library(api, versions),
    );
    let files = [("Cargo.toml", &*manifest), ("src/lib.rs", &*library)];
    Ok((ours, Crate::write(bench.join(baseline::NAME), files)?))
}

fn row(ours: &Crate, derived: &Crate, of: (&str, &str, usize), mode: Mode) -> Result<Row> {
    let (name, features, actions) = of;
    let name = format!("{name}-{}", mode.row());
    say(&name);
    Ok(Row {
        name,
        actions,
        mode,
        costs: compare(ours, derived, mode, features)?,
    })
}

/// What is going on, for whoever waits.
fn say(what: &str) {
    if std::io::stderr().is_terminal() {
        eprintln!("measuring: {what}");
    }
}

impl Row {
    fn ratio(&self) -> f64 {
        let [ours, baseline] = self.costs;
        ours.seconds / baseline.seconds
    }

    /// Seconds an action, of a dev build.
    fn per_action(&self) -> Option<f64> {
        (self.mode == Mode::Dev && self.actions > 0)
            .then(|| self.costs[0].seconds / self.actions as f64)
    }
}

fn as_json(rows: &[Row], sizes: Option<[u64; 2]>) -> Json {
    let row = |row: &Row| {
        let [ours, baseline] = row.costs;
        let mut object = json!({
            "name": row.name,
            "seconds": ours.seconds,
            "baseline_seconds": baseline.seconds,
            "ratio": row.ratio(),
            "cpu": ours.cpu,
            "baseline_cpu": baseline.cpu,
            "actions": row.actions,
        });
        if let Some(seconds) = row.per_action() {
            object["seconds_per_action"] = seconds.into();
        }
        object
    };
    let size = sizes.map(|[ours, bare]| {
        json!({ "name": "one-call-binary", "bytes": ours, "baseline_bytes": bare, "ratio": ours as f64 / bare as f64 })
    });
    rows.iter().map(row).chain(size).collect()
}

fn print(rows: &[Row], sizes: Option<[u64; 2]>) {
    say!(
        "{:<36} {:>8} {:>9} {:>6} {:>8} {:>11}",
        "the crate alone, not incremental",
        "seconds",
        "baseline",
        "ratio",
        "actions",
        "s/action"
    );
    for row in rows {
        let [ours, baseline] = row.costs;
        let per_action = row
            .per_action()
            .map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.4}"));
        say!(
            "{:<36} {:>8.2} {:>9.2} {:>6.2} {:>8} {per_action:>11}",
            row.name,
            ours.seconds,
            baseline.seconds,
            row.ratio(),
            row.actions
        );
    }
    if let Some([ours, bare]) = sizes {
        say!("one-call-binary: {ours} bytes; with bare reqwest and serde_json {bare}");
    }
    say!(
        "baseline: the same structs and setters with derived serde, Debug, Clone, PartialEq, Default"
    );
    say!("s/action: of the dev build; progenitor's output takes {ANCHOR}");
}
