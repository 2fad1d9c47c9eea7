//! The lifecycle keys of an item in, its lifecycle marks out.

use crate::api::Life;
use crate::dialect::At;
use crate::{Code, Diagnostic};

/// The lifecycle keys of an item as written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Keys<'a> {
    pub(super) deprecated: Option<&'a At<String>>,
    pub(super) removed: Option<&'a At<String>>,
    pub(super) renamed_from: Option<&'a At<String>>,
}

/// The marks. `is_name` says what a name of this kind looks like, `exists` which of its neighbours an item can no longer
/// be renamed from, because they are there.
pub(super) fn life(
    keys: Keys<'_>,
    is_name: impl Fn(&str) -> bool,
    exists: impl Fn(&str) -> bool,
    problems: &mut Vec<Diagnostic>,
) -> Life {
    if let (Some(deprecated), Some(_)) = (keys.deprecated, keys.removed) {
        let at = deprecated.key_at.clone();
        let problem = Diagnostic::new(Code::Conflict, at, "both deprecated and removed");
        problems.push(problem.help("a removed item is deprecated anyway; keep `removed:`"));
    }
    let former = keys.renamed_from.filter(|former| {
        if !is_name(&former.value) {
            let message = format!("\"{}\" cannot have been the item's name", former.value);
            let problem = Diagnostic::new(Code::BadName, former.at.clone(), message);
            problems.push(problem.help("write the name on the wire that the item had before"));
            return false;
        }
        if exists(&former.value) {
            let message = format!("renamed from \"{}\", which still exists", former.value);
            let problem = Diagnostic::new(Code::Conflict, former.at.clone(), message);
            problems.push(problem.help("remove `renamed_from:`: the old name is taken"));
            return false;
        }
        true
    });
    let value = |at: Option<&At<String>>| at.map(|at| at.value.clone());
    Life {
        deprecated: value(keys.deprecated),
        removed: value(keys.removed),
        renamed_from: value(former),
    }
}
