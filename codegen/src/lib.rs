//! The checked model in, the files of a Rust crate out. Pure: the same model gives the same bytes, whatever the machine.
//!
//! ```
//! use yunqiao_codegen::{Options, generate};
//!
//! let files = generate(&yunqiao_model::Api::default(), &Options::default())?;
//! assert!(files.contains_key("src/lib.rs"));
//! # Ok::<(), yunqiao_codegen::Problems>(())
//! ```

mod emit;
mod lock;
mod names;
mod outline;
mod part;
mod render;

use std::collections::BTreeMap;
use std::fmt;

use yunqiao_model::api::Service;
use yunqiao_model::{Api, Diagnostic, on_all_cores};

pub use lock::LOCK_FILE;
pub use outline::Outline;
pub use part::{Part, breaks, extend_surface, join_surfaces, root_files};

/// Files by path below the crate's folder.
pub type Files = BTreeMap<String, String>;

/// What the output depends on beside the model.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How the crate finds the runtime.
    pub package: Package,
    /// The committed `api.lock`: the surface that must not be lost or changed.
    pub lock: Option<String>,
    /// Take the surface as it comes out, even where it breaks callers. For major releases.
    pub accept_breaking: bool,
}

/// Where the crate lives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Package {
    /// A member of the workspace.
    #[default]
    Member,
    /// A crate that builds on its own; the path leads to the runtime's crate.
    Standalone {
        /// Folder of `yunqiao-runtime`.
        runtime: String,
    },
}

/// Why nothing was generated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// Places in the schemas.
    pub schema: Vec<Diagnostic>,
    /// Places in `api.lock`.
    pub surface: Vec<Diagnostic>,
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.schema.iter().chain(&self.surface) {
            writeln!(f, "{}: {}", problem.code, problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Every place where the schemas cannot become Rust: names that collide, and what is described but cannot be generated yet.
/// The model may be incomplete, so that a lint can report these beside its other problems.
#[must_use]
pub fn check(api: &Api) -> Vec<Diagnostic> {
    let services: Vec<&Service> = api.services.values().collect();
    let found = on_all_cores(&services, |service| part_of(api, service).err());
    let shared = join_surfaces(&api.vendors, &[], &[]).err();
    let mut problems: Vec<Diagnostic> = found.into_iter().flatten().flatten().collect();
    problems.extend(shared.into_iter().flatten());
    problems.sort();
    problems
}

fn part_of<'a>(api: &'a Api, service: &'a Service) -> Result<Part<'a>, Vec<Diagnostic>> {
    Part::new(service, api.vendors.get(&service.id.vendor))
}

/// Generates the crate.
///
/// # Errors
/// Every place where the schemas cannot become Rust, or would lose or change what `api.lock` pins.
pub fn generate(api: &Api, options: &Options) -> Result<Files, Problems> {
    let schema = check(api);
    if !schema.is_empty() {
        let surface = Vec::new();
        return Err(Problems { schema, surface });
    }
    let services: Vec<&Service> = api.services.values().collect();
    let made = on_all_cores(&services, |service| {
        let part = part_of(api, service)?;
        Ok((part.outline(), part.surface(), part.files()))
    });
    let made: Result<Vec<_>, Vec<Diagnostic>> = made.into_iter().collect();
    let joined = made.and_then(|made| {
        let outlines: Vec<Outline> = made.iter().map(|(outline, ..)| outline.clone()).collect();
        let surfaces: Vec<&str> = made
            .iter()
            .map(|(_, surface, _)| surface.as_str())
            .collect();
        let lock = join_surfaces(&api.vendors, &outlines, &surfaces)?;
        let mut files = root_files(&api.vendors, &outlines, options)?;
        files.extend(made.into_iter().flat_map(|(.., files)| files));
        Ok((files, lock))
    });
    let (mut files, lock) = joined.map_err(|schema| Problems {
        schema,
        surface: Vec::new(),
    })?;
    if let Some(old) = options.lock.as_deref().filter(|_| !options.accept_breaking) {
        let surface = breaks(old, &lock);
        if !surface.is_empty() {
            let schema = Vec::new();
            return Err(Problems { schema, surface });
        }
    }
    files.insert(LOCK_FILE.to_owned(), lock);
    Ok(files)
}

/// The Rust name that a field of this wire name gets, unless its schema says otherwise.
#[must_use]
pub fn field_name(wire: &str) -> String {
    names::field(wire)
}

/// The Rust name that the constant of an error code gets, unless its schema says otherwise.
#[must_use]
pub fn constant_name(code: &str) -> String {
    names::case::constant(code)
}
