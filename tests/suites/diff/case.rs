//! A file of a case in, the two folders of schemas that it compares out.
//!
//! `diff/<RULE>/<name>.case` lies over the services in `diff/base/`. It begins with comments (`#`) and notes (`also: …`), and goes
//! on with hunks, each under the file that it is about:
//!
//! ```text
//! # A limit of a text is lowered.
//! --- actions/CreateOrder.yaml
//!      type: string
//! -    length: ..200
//! +    length: ..100
//! ```
//!
//! The first character of a line says who has it: a blank the base and both sides, `-` the base and the old side, `+` the new
//! side, `<` the old side, `*` both sides. Hunks of a file are parted by `@@`; one without a line of the base is a whole file.
//! `--- gone <path>` is a file of the base that the new side does not have. Paths start below the Tencent service; those with
//! `@/` in front start below the schema folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

use yunqiao_model::{Api, Source, load, render};
use yunqiao_tests::{cases, files, home};

/// Where the files of a case lie in the schema folder.
const SERVICE: &str = "tencent/shop/2024-01-01";

/// One comparison.
pub(crate) struct Case {
    /// The file.
    pub(crate) path: PathBuf,
    /// What the case is about: the folder.
    pub(crate) rule: String,
    /// Rules of what comes along.
    pub(crate) also: BTreeSet<String>,
    /// What the way back is, where it is not the mirror of each change.
    pub(crate) back: Option<BTreeSet<String>>,
    /// `api.lock` and the diff say different things about callers.
    pub(crate) lock_differs: bool,
    pub(crate) old: Vec<Source>,
    pub(crate) new: Vec<Source>,
    models: OnceLock<(Api, Api)>,
}

/// All cases, in order. They are read once for all tests.
pub(crate) fn all() -> &'static [Case] {
    static ALL: OnceLock<Vec<Case>> = OnceLock::new();
    ALL.get_or_init(read)
}

fn read() -> Vec<Case> {
    let mut all = Vec::new();
    for folder in cases("diff") {
        let rule = folder.file_name().unwrap().to_string_lossy().into_owned();
        for (name, text) in files(&folder) {
            if name.ends_with(".case") {
                let text = String::from_utf8(text).unwrap();
                all.push(Case::read(folder.join(name), &rule, &text));
            }
        }
    }
    all
}

/// The model of the sources, or what is wrong with them.
fn model(name: &str, sources: &[Source]) -> Result<Api, String> {
    let loaded = load(sources);
    let mut problems = loaded.diagnostics;
    problems.extend(yunqiao_codegen::check(&loaded.api));
    if problems.is_empty() {
        Ok(loaded.api)
    } else {
        Err(format!("{name}\n{}", render(&problems, sources, "", false)))
    }
}

type Sides = [BTreeMap<String, String>; 2];

impl Case {
    fn read(path: PathBuf, rule: &str, text: &str) -> Self {
        let shown = path.display().to_string();
        let base: BTreeMap<String, String> = files(&home().join("diff/base"))
            .into_iter()
            .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
            .collect();
        let mut sides: Sides = [base.clone(), base.clone()];
        let mut sections = text.split("\n--- ");
        let head = sections.next().unwrap();
        for section in sections {
            let (name, body) = section.split_once('\n').unwrap_or((section, ""));
            match name.strip_prefix("gone ") {
                Some(name) => {
                    let gone = sides[1].remove(&place(name));
                    assert!(gone.is_some(), "{shown}: the base has no {name}");
                }
                None => {
                    for hunk in body.split("\n@@\n") {
                        apply(&mut sides, &base, &place(name), hunk, &shown);
                    }
                }
            }
        }
        let mut case = Self {
            path,
            rule: rule.to_owned(),
            also: BTreeSet::new(),
            back: None,
            lock_differs: false,
            old: sources(&sides[0]),
            new: sources(&sides[1]),
            models: OnceLock::new(),
        };
        case.notes(head, &shown);
        case
    }

    fn notes(&mut self, head: &str, shown: &str) {
        assert!(head.starts_with("# "), "{shown}: what is it about?");
        for line in head.lines().filter(|line| !line.starts_with('#')) {
            let (key, value) = line.split_once(": ").unwrap_or((line, ""));
            // Whatever departs from the rule says why.
            let (value, reason) = value.split_once(" | ").unwrap_or((value, ""));
            let ids = || -> BTreeSet<String> {
                let ids = value
                    .split(", ")
                    .filter(|id| !id.is_empty() && *id != "nothing");
                ids.map(str::to_owned).collect()
            };
            match key {
                "also" => self.also = ids(),
                "back" => self.back = Some(ids()),
                "lock" => self.lock_differs = true,
                _ => panic!("{shown}: {line}"),
            }
            assert!(
                key == "also" || !reason.is_empty(),
                "{shown}: no reason: {line}"
            );
        }
    }

    /// Both sides as models, or what is wrong with them.
    pub(crate) fn try_models(&self) -> Result<(Api, Api), String> {
        let name = self.name();
        Ok((model(&name, &self.old)?, model(&name, &self.new)?))
    }

    /// Both sides as models.
    pub(crate) fn models(&self) -> &(Api, Api) {
        let read = || {
            self.try_models()
                .unwrap_or_else(|report| panic!("{report}"))
        };
        self.models.get_or_init(read)
    }

    /// Folder and file, for messages.
    pub(crate) fn name(&self) -> String {
        let name = self.path.file_stem().unwrap().to_string_lossy();
        format!("{}/{name}", self.rule)
    }
}

fn place(path: &str) -> String {
    path.strip_prefix("@/")
        .map_or_else(|| format!("{SERVICE}/{path}"), ToOwned::to_owned)
}

fn sources(side: &BTreeMap<String, String>) -> Vec<Source> {
    let files = side.iter();
    files
        .map(|(path, text)| Source::new(path.clone(), text.clone()))
        .collect()
}

fn apply(sides: &mut Sides, base: &BTreeMap<String, String>, path: &str, hunk: &str, shown: &str) {
    let pick = |marks: &str| -> String {
        let lines = hunk.lines().filter(|line| !line.is_empty());
        let kept = lines.filter(|line| marks.contains(&line[..1]));
        kept.map(|line| format!("{}\n", &line[1..])).collect()
    };
    let (from, to) = (pick(" -"), [pick(" -<*"), pick(" +*")]);
    match base.get(path) {
        Some(text) => {
            let whole = format!("\n{text}");
            let found = whole.matches(&format!("\n{from}")).count();
            assert!(
                !from.is_empty() && found == 1,
                "{shown}: {found} times in {path}:\n{from}"
            );
            for (side, to) in sides.iter_mut().zip(to) {
                let text = format!("\n{}", side[path]);
                let text = text.replacen(&format!("\n{from}"), &format!("\n{to}"), 1);
                side.insert(path.to_owned(), text[1..].to_owned());
            }
        }
        None => {
            assert!(from.is_empty(), "{shown}: the base has no {path}");
            for (side, to) in sides.iter_mut().zip(to) {
                if !to.is_empty() {
                    side.insert(path.to_owned(), to);
                }
            }
        }
    }
}
