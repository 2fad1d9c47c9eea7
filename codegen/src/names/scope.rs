//! The Rust names of one scope in, every name that two items would get out; and names that a schema gives, checked.

use std::collections::BTreeMap;

use yunqiao_model::{Code, Diagnostic, Location};

use crate::names::case;
use crate::names::item::{CLIENT_FUNCTIONS, TYPE_FUNCTIONS};

/// An item: its name on the wire and where it is declared.
pub(super) type Owner<'a> = (&'a str, &'a Location);

/// Names that must differ, and who has them.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    taken: BTreeMap<String, Owner<'a>>,
}

impl<'a> Scope<'a> {
    /// Takes a name, or reports who has it already.
    pub(super) fn claim(
        &mut self,
        rust: &str,
        (wire, at): Owner<'a>,
        problems: &mut Vec<Diagnostic>,
    ) -> bool {
        // What cannot be a name has been reported as such.
        if !wire.chars().all(|c| c.is_ascii_graphic()) {
            return false;
        }
        let Some((other, first)) = self.taken.get(rust) else {
            self.taken.insert(rust.to_owned(), (wire, at));
            return true;
        };
        // Two items of one wire name have been reported by the model.
        if *other != wire {
            let message = format!("\"{wire}\" and \"{other}\" both become the Rust name {rust}");
            let help = format!(
                "the other stands at {}:{}; give one of them `rust:` and say why in `because:`",
                first.path, first.line
            );
            problems.push(Diagnostic::new(Code::NameCollision, at.clone(), message).help(help));
        }
        false
    }

    pub(super) fn has(&self, rust: &str) -> bool {
        self.taken.contains_key(rust)
    }

    pub(super) fn owner(&self, rust: &str) -> Option<Owner<'a>> {
        self.taken.get(rust).copied()
    }
}

/// What a name is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Field,
    Method,
    Constant,
}

/// The name that the schema gives, or the derived one. A given name must be usable and another than the derived one.
pub(super) fn given(
    kind: Kind,
    given: Option<&str>,
    derived: String,
    (wire, at): Owner<'_>,
    problems: &mut Vec<Diagnostic>,
) -> String {
    let Some(rust) = given else { return derived };
    let (what, usable, help) = match kind {
        Kind::Field => (
            "a field",
            case::identifier(rust, &TYPE_FUNCTIONS) == rust,
            "use snake_case that is no keyword",
        ),
        Kind::Method => (
            "a method",
            case::identifier(rust, &CLIENT_FUNCTIONS) == rust,
            "use snake_case that is no keyword",
        ),
        Kind::Constant => (
            "a constant",
            rust.starts_with(|c: char| c.is_ascii_uppercase())
                && rust
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_'),
            "use SCREAMING_SNAKE_CASE",
        ),
    };
    if rust == derived {
        let message = format!("\"{wire}\" gets the Rust name {derived} anyway");
        let problem = Diagnostic::new(Code::NeedlessOverride, at.clone(), message);
        problems.push(problem.help("remove `rust:`"));
    } else if !usable {
        let message = format!("\"{rust}\" cannot be the Rust name of {what}");
        problems.push(Diagnostic::new(Code::BadName, at.clone(), message).help(help));
    }
    rust.to_owned()
}
