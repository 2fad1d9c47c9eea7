//! The committed lock and the new one in, what of the old surface is lost or changed out.

use std::collections::BTreeMap;

use yunqiao_model::{Code, Diagnostic, Location};

use crate::lock::{LOCK_FILE, root};

/// Places are in the old lock.
pub(crate) fn compare(old: &str, new: &str) -> Vec<Diagnostic> {
    let aliases = Aliases::collect(new);
    let new: BTreeMap<&str, &str> = new.lines().filter_map(split).collect();
    let mut problems = Vec::new();
    for (index, line) in old.lines().enumerate() {
        let Some((item, meaning)) = split(line) else {
            continue;
        };
        let at = Location {
            path: LOCK_FILE.into(),
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            column: 1,
            length: u32::try_from(line.chars().count()).unwrap_or(1),
        };
        let now = new.get(item).copied();
        let found = now.or_else(|| new.get(aliases.apply(item).as_str()).copied());
        match found {
            // What is lost in a version is reported there.
            None if root::follows(item, meaning, &new, |item| aliases.apply(item)) => {}
            None => problems.push(lost(item, at)),
            Some(now) if !aliases.same(item, meaning, now) => {
                problems.push(changed(item, meaning, now, at));
            }
            Some(_) => {}
        }
    }
    problems
}

fn lost(item: &str, at: Location) -> Diagnostic {
    let help = "keep the item in the schemas with `removed: <since when and why>`; for a major release, generate with --accept-breaking";
    let message = format!("callers lose `{item}`");
    Diagnostic::new(Code::LostFromSurface, at, message).help(help)
}

fn changed(item: &str, meaning: &str, now: &str, at: Location) -> Diagnostic {
    let help = "undo the change in the schemas; if callers are to be broken, generate with --accept-breaking";
    let message = format!("`{item}` was `{meaning}` and would become `{now}`");
    Diagnostic::new(Code::ChangedSurface, at, message).help(help)
}

/// Kind and path, then type and wire name.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    if line.starts_with('#') || line.starts_with("former ") {
        return None;
    }
    let path_end = [": ", " = "]
        .iter()
        .filter_map(|mark| line.find(mark))
        .min()?;
    let meaning = line[path_end..].trim_start_matches([':', ' ', '=']);
    Some((&line[..path_end], meaning))
}

/// What has another name now.
#[derive(Debug, Default)]
pub(super) struct Aliases<'a> {
    /// Types and methods that still answer to their old names: old path to new name.
    rust: BTreeMap<&'a str, &'a str>,
    /// Items whose Rust name has stayed: path to the old wire name.
    wire: BTreeMap<&'a str, &'a str>,
}

impl<'a> Aliases<'a> {
    pub(super) fn collect(new: &'a str) -> Self {
        let pairs = |kind: &str| {
            let lines = new.lines().filter_map(|line| line.strip_prefix(kind));
            lines.filter_map(|line| line.split_once(" = ")).collect()
        };
        Self {
            rust: pairs("alias "),
            wire: pairs("former "),
        }
    }

    /// Kind and path with the new names of what the path leads through.
    pub(super) fn apply(&self, item: &str) -> String {
        let Some((kind, path)) = item.split_once(' ') else {
            return item.to_owned();
        };
        let mut out = String::new();
        let mut old = String::new();
        for segment in path.split("::") {
            if !old.is_empty() {
                old.push_str("::");
                out.push_str("::");
            }
            old.push_str(segment);
            out.push_str(self.rust.get(old.as_str()).copied().unwrap_or(segment));
        }
        // The alias of a field is a setter only: whoever reads the field loses it.
        if kind == "field" && self.rust.contains_key(path) {
            return item.to_owned();
        }
        format!("{kind} {out}")
    }

    /// Whether the meaning of an item is the same but for new names.
    fn same(&self, item: &str, old: &str, now: &str) -> bool {
        if old == now {
            return true;
        }
        let Some((kind, path)) = item.split_once(' ') else {
            return false;
        };
        let typed = |meaning: &'_ str| match meaning.rsplit_once(" = ") {
            Some((ty, wire)) => (ty.to_owned(), wire.to_owned()),
            None => (String::new(), meaning.to_owned()),
        };
        let ((old_ty, old_wire), (ty, wire)) = (typed(old), typed(now));
        // An item under a new name has a new name on the wire, too.
        let renamed = self.rust.contains_key(path) && matches!(kind, "struct" | "enum" | "method");
        let applied = self.apply(item);
        let new_path = applied.split_once(' ').map_or(path, |(_, path)| path);
        let spelt = self.wire.get(new_path).copied() == Some(old_wire.as_str());
        (renamed || spelt || old_wire == wire) && self.rename(path, &old_ty) == ty
    }

    /// A type with the new names of the module that the path lies in.
    fn rename(&self, path: &str, ty: &str) -> String {
        let module: Vec<&str> = path.split("::").take(3).collect();
        let module = module.join("::");
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let mut out = String::new();
        let mut rest = ty;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c| word(c) != word(first)).unwrap_or(rest.len());
            let (part, tail) = rest.split_at(end);
            let new = self.rust.get(format!("{module}::{part}").as_str());
            out.push_str(new.copied().unwrap_or(part));
            rest = tail;
        }
        out
    }
}
