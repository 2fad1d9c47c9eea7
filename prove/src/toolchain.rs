//! The project's runtime in, a compiler that knows it out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

use crate::{Failure, Workplace};

/// rustc, and the runtime that generated crates stand on.
#[derive(Debug)]
pub(crate) struct Toolchain {
    rustc: PathBuf,
    /// The runtime's library.
    pub(crate) runtime: PathBuf,
    /// What its calls run on.
    pub(crate) tokio: PathBuf,
    /// Where what it depends on is.
    dependencies: PathBuf,
}

/// Beginnings of variables that are about the package which cargo runs.
const OF_PACKAGES: [&str; 4] = [
    "CARGO_PKG_",
    "CARGO_MANIFEST_",
    "CARGO_BIN_",
    "CARGO_CRATE_",
];

/// What a compiler says, and where.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) is_error: bool,
    /// Of a lint, its name; of an error, its number.
    pub(crate) code: String,
    pub(crate) message: String,
    /// As a person reads it.
    pub(crate) rendered: String,
    /// Lines of the compiled file that it is about.
    pub(crate) lines: Vec<usize>,
}

impl Toolchain {
    /// Builds the runtime in the project's target folder, where it mostly is already.
    pub(crate) fn prepare(workplace: &Workplace<'_>) -> Result<Self, Failure> {
        (workplace.progress)("the runtime");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let args = [
            "build",
            "--package",
            "yunqiao-runtime",
            "--lib",
            "--quiet",
            "--message-format=json-render-diagnostics",
        ];
        let mut command = Command::new(cargo);
        command.args(args).current_dir(workplace.root);
        // What cargo tells whom it runs about their own package would make it build again what asks for the same variables.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if OF_PACKAGES.iter().any(|start| text.starts_with(start)) {
                command.env_remove(&name);
            }
        }
        let output = command
            .output()
            .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let lines = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        let built: Vec<Json> = lines.collect();
        let library = |name: &str| -> Option<PathBuf> {
            let built = built.iter().filter(|one| one["target"]["name"] == name);
            let files = built.flat_map(|one| one["filenames"].as_array().into_iter().flatten());
            let mut files = files.filter_map(|file| file.as_str().map(PathBuf::from));
            files.find(|path| path.extension().is_some_and(|end| end == "rlib"))
        };
        let libraries = library("yunqiao_runtime").zip(library("tokio"));
        let Some((runtime, tokio)) = libraries.filter(|_| output.status.success()) else {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::new(format!("the runtime does not build:\n{said}")));
        };
        // Cargo also puts a copy above the folder that holds everything.
        let above = runtime.parent().map(Path::to_path_buf).unwrap_or_default();
        let below = above.join("deps");
        Ok(Self {
            rustc: rustc.into(),
            dependencies: if below.is_dir() { below } else { above },
            runtime,
            tokio,
        })
    }

    /// A call of rustc that finds the runtime.
    pub(crate) fn rustc(&self) -> Command {
        let mut command = Command::new(&self.rustc);
        let dependencies = format!("dependency={}", self.dependencies.display());
        command.args([
            "--edition",
            "2024",
            "--error-format=json",
            "-L",
            &dependencies,
        ]);
        let runtime = format!("yunqiao_runtime={}", self.runtime.display());
        command.args(["--extern", &runtime]);
        command
    }
}

/// Runs a compiler, and reads what it says about `file`.
pub(crate) fn run(command: &mut Command, file: &Path) -> Result<(Output, Vec<Message>), Failure> {
    let output = command
        .output()
        .map_err(|error| Failure::new(format!("cannot run rustc: {error}")))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let messages = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Json>(line).ok())
        .filter(|line| line["$message_type"] == "diagnostic" || line["level"].is_string())
        .map(|line| message(&line, file))
        .collect();
    Ok((output, messages))
}

fn message(line: &Json, file: &Path) -> Message {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let own = |span: &Json| {
        let name = span["file_name"].as_str()?;
        let line = span["line_start"].as_u64()?;
        (Path::new(name) == file).then(|| usize::try_from(line).unwrap_or(usize::MAX))
    };
    let mut lines = Vec::new();
    for span in line["spans"].as_array().into_iter().flatten() {
        if span["is_primary"] != true {
            continue;
        }
        let mut span = span;
        // What a macro has written is said of where it was called.
        while span.is_object() {
            lines.extend(own(span));
            span = &span["expansion"]["span"];
        }
    }
    Message {
        is_error: line["level"]
            .as_str()
            .is_some_and(|level| level.starts_with("error")),
        code: text(&line["code"]["code"]),
        message: text(&line["message"]),
        rendered: text(&line["rendered"]),
        lines,
    }
}
