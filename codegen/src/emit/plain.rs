//! The shapes that make up the mass of the crate in, their text out: just as prettyplease would print their tokens, without the way
//! through tokens and a syntax tree.
//!
//! The emitters beside this one stay the authority: whatever is out of the ordinary here is `None` and goes through them and
//! prettyplease. That both ways give the same bytes is tested for every golden, for the project's schemas and for generated shapes.

use yunqiao_model::api::Type;

use crate::emit::docs;
use crate::names::NamedService;
use crate::outline::Places as _;

mod action;
mod lists;
mod object;
mod structure;
#[cfg(test)]
mod tests;
mod types;
mod width;

pub(super) use action::{constant, method};
pub(super) use lists::{list, modules, reexports};
pub(super) use object::{object, traits};
pub(super) use structure::{declaration, setters};

/// What an item's text starts from: the service version's names, with its absolute path made once.
#[derive(Debug)]
pub(super) struct Plain<'a, 'b> {
    service: &'a NamedService<'b>,
    /// `crate::vendor::service::version`
    path: String,
}

impl<'a, 'b> Plain<'a, 'b> {
    pub(super) fn new(service: &'a NamedService<'b>) -> Self {
        Self {
            service,
            path: format!("crate::{}", service.path()),
        }
    }

    /// The type inside `Option`, or the list.
    fn type_text(&self, ty: &Type, out: &mut String) {
        types::push(self.service, &self.path, ty, out);
    }
}

/// The lines of a description, as doc comments of an item that stands at the indent.
fn doc(text: &str, indent: &str, out: &mut String) {
    comment("///", text, indent, out);
}

/// The lines of a file's description.
pub(super) fn inner_doc(text: &str) -> String {
    let mut out = String::new();
    comment("//!", text, "", &mut out);
    out
}

fn comment(mark: &str, text: &str, indent: &str, out: &mut String) {
    for line in docs::lines(text) {
        out.push_str(indent);
        out.push_str(mark);
        out.push_str(line.trim_end_matches(' '));
        out.push('\n');
    }
}

/// `#[deprecated]` on a line of its own, where there is a note; `None` if the note needs escapes or several lines.
fn deprecated(note: Option<&str>, indent: &str, out: &mut String) -> Option<()> {
    let Some(note) = note else { return Some(()) };
    let start = out.len();
    out.push_str(indent);
    out.push_str("#[deprecated(note = \"");
    out.push_str(literal(&docs::line(note))?);
    out.push_str("\")]");
    width::fits(out.len() - start)?;
    out.push('\n');
    Some(())
}

/// A text that stands in a string literal as it is.
fn literal(text: &str) -> Option<&str> {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    text.bytes().all(plain).then_some(text)
}
