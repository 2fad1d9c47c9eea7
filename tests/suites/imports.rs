//! The vendor's metadata in, schema files word for word out: new ones, merged ones, or why nothing is imported.
//!
//! Three kinds of cases, each a folder: `import/quirks/<case>` (`upstream/`, the schema files in `expected/`, the counted oddities in
//! `quirks.txt`), `import/refused/<case>` (`upstream/api.json` or the `recipe.txt` that makes it, the report in `expected.txt`), and
//! `import/merged/<case>` (curated files in `existing/`, `upstream/`, the files afterwards in `expected/`, the remarks in
//! `notes.txt`, and in `lint.txt` what is left to do). An empty file `docs-upstream` takes the vendor's prose over.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

#[path = "imports/case.rs"]
mod case;
#[path = "imports/history.rs"]
mod history;
#[path = "imports/merged.rs"]
mod merged;
#[path = "imports/quirks.rs"]
mod quirks;
#[path = "imports/refused.rs"]
mod refused;
