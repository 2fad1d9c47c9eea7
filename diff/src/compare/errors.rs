//! The error codes of both sides in, what came, went or changed out.

use std::collections::BTreeMap;

use yunqiao_codegen::constant_name;
use yunqiao_model::api::{ErrorCode, Life};

use super::both;
use super::life::{Fate, is_dead, notes};
use crate::change::Change;
use crate::prose;
use crate::rule::rule;

type Codes = BTreeMap<String, ErrorCode>;

pub(super) fn compare(base: &str, old: &Codes, new: &Codes, out: &mut Vec<Change>) {
    for (code, before, after) in both(old, new) {
        let path = format!("{base}/errors/{code}");
        match Fate::of(before.map(|one| &one.life), after.map(|one| &one.life)) {
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
                        format!("keep `{}` with `removed:` beside it", former.code)
                    }));
                }
                None => out.push(Change::new(rule("X1"), path).after(code)),
            },
            fate @ (Fate::Buried | Fate::Gone) => {
                let is_rewritten = new
                    .values()
                    .filter(|other| {
                        Fate::of(life(old, &other.code), Some(&other.life)) == Fate::Comes
                    })
                    .filter_map(|other| former(other, old, new))
                    .any(|(former, _)| former.code == code);
                if !is_rewritten {
                    let change = Change::new(rule("X2"), path).before(code);
                    out.push(change.guarded(fate == Fate::Buried, || {
                        format!("keep `{code}` with `removed:`")
                    }));
                }
            }
            Fate::Dropped => out.push(Change::new(rule("H11"), path).before(code)),
            Fate::Dead => {
                if let (Some(before), Some(after)) = (before, after) {
                    notes(&path, &before.life, &after.life, &[], out);
                }
            }
            Fate::Nothing => {}
        }
    }
}

fn life<'a>(codes: &'a Codes, code: &str) -> Option<&'a Life> {
    codes.get(code).map(|code| &code.life)
}

/// The code that this one was before, because only letters' case and dots differ; and whether a tombstone keeps its constant.
fn former<'a>(code: &ErrorCode, old: &'a Codes, new: &Codes) -> Option<(&'a ErrorCode, bool)> {
    let plain = |code: &str| -> String {
        code.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let own = plain(&code.code);
    let candidates = old
        .values()
        .filter(|other| other.code != code.code && !is_dead(&other.life))
        .filter(|other| plain(&other.code) == own);
    let mut gone = candidates.filter_map(|former| match life(new, &former.code) {
        None => Some((former, false)),
        Some(left) if is_dead(left) => Some((former, true)),
        Some(_) => None,
    });
    gone.next()
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
    let constant = |one: &ErrorCode| one.rust.clone().unwrap_or_else(|| constant_name(&one.code));
    if constant(old) != constant(new) {
        let change = Change::new(rule("X7"), path.to_owned());
        let change = change.before(constant(old)).after(constant(new));
        out.push(change.moved(&constant(old)));
    }
    let numbers = |one: &ErrorCode| {
        let word = |number: Option<i64>| number.map_or("none".to_owned(), |it| it.to_string());
        let status = word(one.http_status.map(i64::from));
        format!("HTTP status {status}, number {}", word(one.number))
    };
    if numbers(old) != numbers(new) {
        let change = Change::new(rule("X6"), path.to_owned());
        out.push(change.before(numbers(old)).after(numbers(new)));
    }
    prose::compare(path, &old.doc, &new.doc, &[], out);
}
