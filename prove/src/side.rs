//! The models of all pairs in, a compiled crate for each that differs from the others out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use yunqiao_codegen::{Files, LOCK_FILE, Options, generate};
use yunqiao_model::{Api, on_all_cores};

use crate::toolchain::{Toolchain, run};
use crate::{Failure, Pair, Workplace};

/// Every generated crate, compiled.
#[derive(Debug)]
pub(crate) struct Sides {
    /// The library of each crate.
    libraries: Vec<PathBuf>,
    /// The crates of each pair: the old side's and the new one's.
    pairs: Vec<[usize; 2]>,
}

/// One crate to compile.
struct Crate {
    files: Files,
    folder: PathBuf,
    name: String,
    is_run: bool,
}

impl Sides {
    /// Generates and compiles. Sides that are the same, as the old ones of many small pairs are, are one crate. Code is made only of
    /// those that are run: the old ones, and those whose meaning is in question.
    pub(crate) fn compile(
        pairs: &[Pair<'_>],
        toolchain: &Toolchain,
        workplace: &Workplace<'_>,
    ) -> Result<Self, Failure> {
        (workplace.progress)("generating both sides");
        clear(workplace.folder)?;
        let models: Vec<&Api> = pairs.iter().flat_map(|pair| [pair.old, pair.new]).collect();
        let generated = on_all_cores(&models, |api| generate(api, &Options::default()));
        let mut known: BTreeMap<Files, usize> = BTreeMap::new();
        let mut found = Vec::new();
        let mut run = BTreeSet::new();
        for (index, files) in generated.into_iter().enumerate() {
            let files = files.map_err(|problems| {
                Failure::new(format!("a side cannot be generated:\n{problems}"))
            })?;
            let next = known.len();
            let key = *known.entry(files).or_insert(next);
            let report = pairs[index / 2].report;
            if index % 2 == 0 || crate::source::asks_for_meaning(report) {
                run.insert(key);
            }
            found.push(key);
        }
        let mut crates: Vec<(usize, Files)> =
            known.into_iter().map(|(files, key)| (key, files)).collect();
        crates.sort_unstable_by_key(|(key, _)| *key);
        let crates: Vec<Crate> = crates
            .into_iter()
            .map(|(key, files)| Crate {
                files,
                folder: workplace.folder.join(name(key)),
                name: name(key),
                is_run: run.contains(&key),
            })
            .collect();
        (workplace.progress)(&format!("compiling {} crates", crates.len()));
        let libraries = on_all_cores(&crates, |one| one.compile(toolchain));
        Ok(Self {
            libraries: libraries.into_iter().collect::<Result<_, _>>()?,
            pairs: found.chunks_exact(2).map(|two| [two[0], two[1]]).collect(),
        })
    }

    /// What the crate of a side of a pair is called.
    pub(crate) fn name(&self, pair: usize, side: usize) -> String {
        name(self.pairs[pair][side])
    }

    /// The arguments by which a program finds the crates of these names.
    pub(crate) fn externs(&self, names: &BTreeSet<String>) -> Vec<String> {
        let libraries = self.libraries.iter().enumerate();
        libraries
            .map(|(key, path)| (name(key), path))
            .filter(|(name, _)| names.contains(name))
            .flat_map(|(name, path)| ["--extern".to_owned(), format!("{name}={}", path.display())])
            .collect()
    }
}

fn name(key: usize) -> String {
    format!("side_{key}")
}

/// Makes an empty folder of it.
fn clear(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Failure::io("remove", folder, &error));
        }
        _ => {}
    }
    fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error))
}

impl Crate {
    fn compile(&self, toolchain: &Toolchain) -> Result<PathBuf, Failure> {
        for (path, text) in self.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            let path = self.folder.join(path);
            let parent = path.parent().unwrap_or(&self.folder);
            fs::create_dir_all(parent).map_err(|error| Failure::io("create", parent, &error))?;
            fs::write(&path, text).map_err(|error| Failure::io("write", &path, &error))?;
        }
        let root = self.folder.join("src/lib.rs");
        let end = if self.is_run { "rlib" } else { "rmeta" };
        let library = self.folder.join(format!("lib{}.{end}", self.name));
        let mut command = toolchain.rustc();
        command.args([
            "--crate-name",
            &self.name,
            "--crate-type",
            "lib",
            "--cap-lints",
            "allow",
        ]);
        command.args(["--emit", if self.is_run { "link" } else { "metadata" }]);
        command.arg("--out-dir").arg(&self.folder);
        for feature in self.features() {
            command.args(["--cfg", &format!("feature={feature:?}")]);
        }
        let (output, messages) = run(command.arg(&root), &root)?;
        if output.status.success() {
            return Ok(library);
        }
        let first = messages.into_iter().find(|message| message.is_error);
        let said = first.map_or_else(
            || String::from_utf8_lossy(&output.stderr).into_owned(),
            |message| message.rendered,
        );
        Err(Failure::new(format!(
            "what is generated does not compile:\n{said}"
        )))
    }

    /// The features of all services.
    fn features(&self) -> impl Iterator<Item = &str> {
        let lock = self.files.get(LOCK_FILE).map_or("", String::as_str);
        let features = lock
            .lines()
            .filter_map(|line| line.strip_prefix("feature "));
        features.filter_map(|line| line.split(" = ").next())
    }
}
