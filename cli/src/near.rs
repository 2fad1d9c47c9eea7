//! A word that names nothing in, what was probably meant out.

use std::collections::BTreeSet;

/// How many are proposed.
const MOST: usize = 3;

/// The words nearest to this one, the nearest first.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = word.to_lowercase();
    let known: BTreeSet<&str> = known.into_iter().collect();
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|one| {
            (
                strsim::damerau_levenshtein(&lower, &one.to_lowercase()),
                one,
            )
        })
        .filter(|(distance, one)| *distance <= 1 + one.len().min(word.len()) / 4)
        .collect();
    near.sort_unstable();
    near.into_iter().take(MOST).map(|(_, one)| one).collect()
}

/// That there is no such thing, and what was probably meant, or where to look.
pub(crate) fn none<'a>(
    what: &str,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    else_: &str,
) -> String {
    none_shown(what, word, known, str::to_owned, else_)
}

/// As [`none`], with what is proposed shown in another form.
pub(crate) fn none_shown<'a>(
    what: &str,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    show: impl Fn(&str) -> String,
    else_: &str,
) -> String {
    // A word as long as a page is no slip of a finger, and is not worth to be repeated.
    let shown: String = word.chars().take(80).collect();
    match nearest(&shown, known).as_slice() {
        [] => format!("there is no {what} {shown:?}; {else_}"),
        near => {
            let near: Vec<String> = near.iter().map(|one| show(one)).collect();
            format!(
                "there is no {what} {shown:?}: did you mean {}?",
                near.join(" or ")
            )
        }
    }
}
