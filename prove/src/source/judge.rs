//! A witness and what compilers say of it in, whether its verdict holds out.

use crate::source::meaning::Meaning;
use crate::source::rounds::Said;
use crate::witness::{Expected, Witness};
use yunqiao_diff::Shown;

pub(super) fn judge(
    witness: &Witness,
    before: &Said,
    after: &Said,
    meaning: Option<&Meaning>,
) -> Shown {
    let refuted = |reason: String| Shown::refuted(reason, witness.text.clone());
    for (side, expected, said) in [
        ("before", witness.before, before),
        ("after", witness.after, after),
    ] {
        if let Some(reason) = differs(expected, said, before) {
            return refuted(format!("{side}, {reason}"));
        }
    }
    let compile = before.error.is_none() && after.error.is_none();
    match meaning.filter(|_| compile) {
        Some(Meaning { before, after }) => match (before == after, witness.means_otherwise) {
            (true, true) => refuted(format!("it means {before} on both sides")),
            (false, false) => refuted(format!("it compiles, but means {after} and not {before}")),
            _ => Shown::Proved,
        },
        None if witness.means_otherwise && compile => {
            refuted("it compiles, and nothing shows that it means something else".to_owned())
        }
        None => Shown::Proved,
    }
}

/// What is not as it should be.
fn differs(expected: Expected, said: &Said, before: &Said) -> Option<String> {
    let new: Vec<&String> = said.warnings.difference(&before.warnings).collect();
    match (expected, &said.error) {
        (Expected::Anything, _) | (Expected::Fails, Some(_)) => None,
        (Expected::Fails, None) => Some("it compiles".to_owned()),
        (_, Some(error)) => Some(format!("it does not compile: {error}")),
        (Expected::Compiles, None) => None,
        (Expected::NoNewWarning, None) => {
            let first = new.first()?;
            Some(format!("`{first}` is deprecated"))
        }
        (Expected::NewlyDeprecated, None) => new
            .is_empty()
            .then(|| "nothing is deprecated that was not".to_owned()),
        (Expected::Deprecated, None) => {
            let is_told = !said.warnings.is_empty();
            (!is_told).then(|| "nothing is deprecated".to_owned())
        }
    }
}
