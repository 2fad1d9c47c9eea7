//! What became of each service in, the report of an import out.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_import::{Imported, Note, NoteKind, Quirks, Release};
use yunqiao_model::api::ServiceId;

use crate::say::say;
use crate::terminal;

/// Everything that is worth saying at the end.
#[derive(Debug, Default)]
pub(super) struct Summary {
    services: usize,
    actions: usize,
    structs: usize,
    fields: usize,
    written: usize,
    unchanged: usize,
    quirks: Quirks,
    notes: Vec<Note>,
    idle: Vec<String>,
    /// What is wrong, by file; and whether the file was refused for it.
    problems: Vec<(String, Vec<String>, bool)>,
    /// Names of actions by service, over its versions.
    names: BTreeMap<String, BTreeSet<String>>,
}

impl Summary {
    pub(super) fn refuse(&mut self, path: &str, problems: Vec<String>) {
        self.problems.push((path.to_owned(), problems, true));
    }

    /// Notes problems that have kept nothing from being imported.
    pub(super) fn complain(&mut self, path: &str, problems: Vec<String>) {
        if !problems.is_empty() {
            self.problems.push((path.to_owned(), problems, false));
        }
    }

    pub(super) fn take(&mut self, id: &ServiceId, release: &Release, imported: Imported) {
        self.services += 1;
        self.actions += imported.actions;
        self.structs += imported.structs;
        self.fields += imported.fields;
        self.written += imported.files.len();
        self.unchanged += imported.unchanged;
        for (kind, number) in imported.quirks {
            *self.quirks.entry(kind).or_default() += number;
        }
        let names = self.names.entry(id.service.clone()).or_default();
        let again = release
            .action_names()
            .filter(|name| !names.insert((*name).to_owned()))
            .count();
        if again > 0 {
            *self
                .quirks
                .entry("action that another version has too")
                .or_default() += again;
        }
        self.notes.extend(imported.notes);
        self.idle.extend(imported.idle_quirks);
    }

    pub(super) fn has_findings(&self) -> bool {
        !self.problems.is_empty() || !self.idle.is_empty() || self.contradictions() > 0
    }

    fn contradictions(&self) -> usize {
        self.notes
            .iter()
            .filter(|note| note.kind == NoteKind::Contradicted)
            .count()
    }

    pub(super) fn print(&self) {
        let color = terminal::stderr_color();
        for note in &self.notes {
            if note.kind == NoteKind::Contradicted {
                eprintln!("{}: {note}", terminal::paint(color, "33", "warning"));
            } else {
                say!("{note}");
            }
        }
        for entry in &self.idle {
            eprintln!(
                "{}: a quirk that finds its place no more: {entry}",
                terminal::paint(color, "33", "warning")
            );
        }
        for (path, problems, _) in &self.problems {
            for problem in problems {
                eprintln!(
                    "{}: {path}: {problem}",
                    terminal::paint(color, "31", "error")
                );
            }
        }
        if !self.quirks.is_empty() {
            say!("quirks met:");
            for (kind, number) in &self.quirks {
                say!("{number:>8}  {kind}");
            }
        }
        say!(
            "{} service versions, {} actions, {} structs, {} fields: {} files written, {} unchanged",
            self.services,
            self.actions,
            self.structs,
            self.fields,
            self.written,
            self.unchanged
        );
        let refused = self
            .problems
            .iter()
            .filter(|(_, _, refused)| *refused)
            .count();
        if refused > 0 {
            let files = if refused == 1 {
                "file was"
            } else {
                "files were"
            };
            eprintln!("{refused} {files} not imported");
        }
        let contradictions = self.contradictions();
        if contradictions > 0 {
            eprintln!(
                "{contradictions} decisions contradict what upstream says now; the schemas keep them"
            );
        }
    }
}
