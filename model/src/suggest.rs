//! A misspelt word and the words that exist, to the one that was probably meant.

/// What other schema languages say, and what this dialect says for it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("integer", "int64"),
    ("long", "int64"),
    ("number", "float"),
    ("boolean", "bool"),
    ("text", "string"),
    ("str", "string"),
    ("object", "json"),
    ("any", "json"),
    ("description", "doc"),
    ("desc", "doc"),
    ("regex", "pattern"),
];

/// Longest word for which a near one is looked for.
const LONGEST: usize = 80;

/// Longest list of choices that is shown.
const SHOWN: usize = 30;

/// The candidate nearest to `word`: equal but for letter case first, then by edit distance.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == lower);
    let candidates: Vec<&str> = candidates.into_iter().collect();
    if let Some((_, ours)) = elsewhere
        && let Some(found) = candidates.iter().find(|candidate| *candidate == ours)
    {
        return Some(found);
    }
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len().min(word.len()) / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

/// `did you mean "x"?`, or what there is to choose from.
pub(crate) fn hint<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    if let Some(found) = nearest(word, candidates.clone()) {
        return format!("did you mean \"{found}\"?");
    }
    let mut all: Vec<&str> = candidates.into_iter().collect();
    if all.is_empty() {
        return "there is none".to_owned();
    }
    all.sort_unstable();
    let shown = all.len().min(SHOWN);
    let more = if all.len() > shown {
        format!(" and {} more", all.len() - shown)
    } else {
        String::new()
    };
    format!("it can be one of: {}{more}", all[..shown].join(", "))
}
