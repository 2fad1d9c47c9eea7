//! The error codes of both sides in, what came, went or changed out.

use std::collections::BTreeMap;

use yunqiao_codegen::constant_name;
use yunqiao_model::api::ErrorCode;

use super::both;
use super::life::{Fate, deprecation, fate};
use crate::change::Change;
use crate::prose;
use crate::rule::rule;

type Codes = BTreeMap<String, ErrorCode>;

pub(super) fn compare(base: &str, old: &Codes, new: &Codes, out: &mut Vec<Change>) {
    for (code, before, after) in both(old, new) {
        let path = format!("{base}/errors/{code}");
        let life = |one: Option<&ErrorCode>| one.map(|one| one.life.clone());
        match fate(life(before).as_ref(), life(after).as_ref()) {
            Fate::Stays => {
                if let (Some(before), Some(after)) = (before, after) {
                    pair(&path, before, after, out);
                }
            }
            Fate::Comes => match after.and_then(|after| former(after, old, new)) {
                Some((former, is_guarded)) => {
                    let change = Change::new(rule("X3"), path)
                        .before(&former.code)
                        .after(code);
                    out.push(change.guarded(is_guarded, || {
                        format!("write `renamed_from: {}` into {code}", former.code)
                    }));
                }
                None => out.push(Change::new(rule("X1"), path).after(code)),
            },
            fate @ (Fate::Buried | Fate::Gone) => {
                let is_renamed = new
                    .values()
                    .filter(|other| !old.contains_key(&other.code))
                    .filter_map(|other| former(other, old, new))
                    .any(|(former, _)| former.code == code);
                if !is_renamed {
                    let change = Change::new(rule("X2"), path).before(code);
                    out.push(change.guarded(fate == Fate::Buried, || {
                        format!("keep `{code}` with `removed:`")
                    }));
                }
            }
            Fate::Nothing => {}
        }
    }
}

/// The code that this one was before: by its own word, or because only letters' case and dots differ.
fn former<'a>(code: &ErrorCode, old: &'a Codes, new: &Codes) -> Option<(&'a ErrorCode, bool)> {
    if let Some(former) = &code.life.renamed_from {
        return old.get(former).map(|former| (former, true));
    }
    let plain = |code: &str| -> String {
        code.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let own = plain(&code.code);
    old.values()
        .find(|other| !new.contains_key(&other.code) && plain(&other.code) == own)
        .map(|former| (former, false))
}

fn pair(path: &str, old: &ErrorCode, new: &ErrorCode, out: &mut Vec<Change>) {
    if old.retry != new.retry {
        let word = |one: &ErrorCode| {
            if one.retry {
                "repeating helps"
            } else {
                "repeating does not help"
            }
        };
        let change = Change::new(rule("X5"), path.to_owned());
        out.push(change.before(word(old)).after(word(new)));
    }
    let rust = |one: &ErrorCode| one.rust.clone().unwrap_or_else(|| constant_name(&one.code));
    if rust(old) != rust(new) {
        let change = Change::new(rule("D41"), path.to_owned());
        out.push(change.before(rust(old)).after(rust(new)));
    }
    if deprecation(&old.life, &new.life).is_some()
        || (old.http_status, old.number) != (new.http_status, new.number)
    {
        out.push(Change::new(rule("X6"), path.to_owned()));
    }
    prose::compare(path, &old.doc, &new.doc, &[], out);
}
