//! The checked model in, the files of a Rust crate out. Pure: the same model gives the same bytes, whatever the machine.
//!
//! ```
//! use yunqiao_codegen::{Options, generate};
//!
//! let files = generate(&yunqiao_model::Api::default(), &Options::default())?;
//! assert!(files.contains_key("src/lib.rs"));
//! # Ok::<(), yunqiao_codegen::Problems>(())
//! ```
//!
//! # From an xtask or a build script of your own
//!
//! Read the schema files, leave out what you do not call, and write a crate of your own. It builds by itself, and what
//! `api.lock` in it lists is neither lost nor renamed by the next run. `examples/own-crate` in the repository is a whole project
//! that does this.
//!
//! ```
//! use yunqiao_codegen::{Options, Package, Runtime, generate};
//! use yunqiao_model::{Source, load};
//!
//! # let service = "service: demo\nversion: \"2024-01-01\"\ntitle: Demo\nundescribed: true\n\
//! #     host: demo.tencentcloudapi.com\nregion: optional\n";
//! # let action = |name: &str| format!("action: {name}\nrequest: {{}}\nresponse: {{}}\n");
//! // Each file by its path below the schema folder; with std::fs these come from a walk.
//! let sources = [
//!     Source::new("tencent/vendor.yaml", "vendor: tencent\ntitle: Tencent Cloud\ndoc: A cloud.\n"),
//!     Source::new("tencent/demo/2024-01-01/service.yaml", service),
//!     Source::new("tencent/demo/2024-01-01/actions/Ping.yaml", action("Ping")),
//!     Source::new("tencent/demo/2024-01-01/actions/Pong.yaml", action("Pong")),
//! ];
//! let mut loaded = load(&sources);
//! assert!(loaded.diagnostics.is_empty(), "yunqiao_model::render prints them with their places");
//! for service in loaded.api.services.values_mut() {
//!     service.keep_actions(["Ping"]).expect("the service has the action");
//! }
//! let runtime = Runtime::Version("0.1".to_owned());
//! let options = Options { package: Package::Standalone { runtime }, lock: None, ..Options::default() };
//! let files = generate(&loaded.api, &options)?;
//! assert!(files.contains_key("src/tencent/demo/v20240101/actions/ping.rs"));
//! assert!(!files.contains_key("src/tencent/demo/v20240101/actions/pong.rs"));
//! # Ok::<(), yunqiao_codegen::Problems>(())
//! ```

mod declaration;
mod emit;
mod join;
mod lock;
mod names;
mod outline;
mod part;
mod program;
mod render;
mod snippet;

use std::collections::BTreeMap;
use std::fmt;

use yunqiao_model::api::{Service, ServiceId};
use yunqiao_model::{Api, Diagnostic, on_all_cores};

pub use declaration::shared_code;
pub use lock::{LOCK_FILE, Pinned, Surface};
pub use outline::Outline;
pub use part::{Part, breaks, extend_root, extend_surface, features, join_surfaces, root_files};
pub use program::{Program, Unfit};
pub use snippet::{Exchange, Outcome, Snippet, program, test_file};

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
    /// Programs written by hand below the crate's `examples/`, for its manifest.
    pub programs: Vec<Program>,
}

/// Where the crate lives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Package {
    /// A member of the workspace.
    #[default]
    Member,
    /// A crate that builds on its own; the path leads to the runtime's crate.
    Standalone {
        /// Where the runtime comes from.
        runtime: Runtime,
    },
}

/// Where a crate that builds on its own takes `yunqiao-runtime` from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A folder, as seen from the crate.
    Path(String),
    /// A version in the registry.
    Version(String),
    /// A revision in a Git repository.
    Git {
        /// The repository.
        url: String,
        /// Commit, or what stands for one.
        rev: String,
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

/// The lock alone: what callers of the crate of this model can name. No file is made.
///
/// # Errors
/// Every place where the schemas cannot become Rust.
pub fn surface(api: &Api) -> Result<String, Vec<Diagnostic>> {
    let services: Vec<&Service> = api.services.values().collect();
    let made = on_all_cores(&services, |service| {
        let part = part_of(api, service)?;
        Ok((part.outline(), part.surface()))
    });
    let made: Result<Vec<_>, Vec<Diagnostic>> = made.into_iter().collect();
    let (outlines, surfaces): (Vec<Outline>, Vec<String>) = made?.into_iter().unzip();
    let surfaces: Vec<&str> = surfaces.iter().map(String::as_str).collect();
    join_surfaces(&api.vendors, &outlines, &surfaces)
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

/// The Rust name that the method of an action of this wire name gets, unless its schema says otherwise.
#[must_use]
pub fn method_name(action: &str) -> String {
    names::method(action)
}

/// The path of a service version's module below the crate.
#[must_use]
pub fn module_path(id: &ServiceId) -> String {
    outline::Places::path(id)
}
