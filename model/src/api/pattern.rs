//! The shape of a text as data: alternatives of character classes with counts, read from a small part of regular-expression syntax.

/// Longest pattern accepted, in bytes. Real ones are a tenth of it.
const LONGEST: usize = 500;

/// What a text must look like from its first to its last character: one of the alternatives.
///
/// A part of regular-expression syntax that needs no engine: characters, classes such as `[0-9X]`, `\d`, `.`, the counts
/// `{n}`, `{m,n}`, `{m,}`, `?`, `*`, `+`, and `|` between whole alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As written in the schema.
    pub text: String,
    /// Each a sequence of runs.
    pub alternatives: Vec<Vec<Run>>,
}

/// A character class, repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Inclusive ranges of characters.
    pub ranges: Vec<(char, char)>,
    /// Fewest repeats.
    pub min: u32,
    /// Most repeats; `u32::MAX` is no limit.
    pub max: u32,
}

impl Pattern {
    /// Reads the syntax.
    ///
    /// # Errors
    /// What is wrong, in words that fit after "malformed pattern: ".
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("it is longer than {LONGEST} characters"));
        }
        let mut alternatives = Vec::new();
        let mut runs = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let ranges = match c {
                '|' => {
                    alternatives.push(std::mem::take(&mut runs));
                    continue;
                }
                '[' => class(&mut chars)?,
                '\\' => escape(chars.next())?,
                '.' => vec![('\0', char::MAX)],
                '?' | '*' | '+' | '{' => return Err(format!("`{c}` repeats nothing")),
                '(' | ')' | '^' | '$' => {
                    return Err(format!(
                        "`{c}` is not part of this syntax; patterns are anchored and have no groups"
                    ));
                }
                other => vec![(other, other)],
            };
            let (min, max) = count(&mut chars)?;
            runs.push(Run { ranges, min, max });
        }
        alternatives.push(runs);
        if alternatives.iter().any(Vec::is_empty) {
            return Err("an alternative is empty".to_owned());
        }
        Ok(Self {
            text: text.to_owned(),
            alternatives,
        })
    }

    /// Whether the whole text has this shape.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        self.alternatives
            .iter()
            .any(|runs| matches_runs(runs, &chars))
    }
}

/// Walks the set of positions that each run can end at. A run costs one pass over the text, however hostile both are.
fn matches_runs(runs: &[Run], chars: &[char]) -> bool {
    let mut starts = vec![false; chars.len() + 1];
    starts[0] = true;
    for run in runs {
        let (min, max) = (run.min as usize, run.max as usize);
        let mut ends = vec![false; chars.len() + 1];
        // Where the run of fitting characters that reaches `end` begins, and the last start that is neither before it
        // nor nearer than `min`.
        let (mut fits_from, mut latest) = (0, None);
        for end in 0..=chars.len() {
            if end > 0 && !run.contains(chars[end - 1]) {
                fits_from = end;
            }
            if end >= min && starts[end - min] {
                latest = Some(end - min);
            }
            ends[end] = latest.is_some_and(|start| start >= fits_from && end - start <= max);
        }
        starts = ends;
    }
    starts[chars.len()]
}

impl Run {
    fn contains(&self, c: char) -> bool {
        self.ranges
            .iter()
            .any(|(low, high)| (*low..=*high).contains(&c))
    }
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn escape(c: Option<char>) -> Result<Vec<(char, char)>, String> {
    match c {
        Some('d') => Ok(vec![('0', '9')]),
        Some('w') => Ok(vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        Some(c) if !c.is_alphanumeric() => Ok(vec![(c, c)]),
        Some(c) => Err(format!("`\\{c}` is not part of this syntax")),
        None => Err("a backslash stands at the end".to_owned()),
    }
}

fn class(chars: &mut Chars<'_>) -> Result<Vec<(char, char)>, String> {
    let mut ranges = Vec::new();
    loop {
        let low = match chars.next().ok_or("`[` is never closed")? {
            ']' if ranges.is_empty() => return Err("a class is empty".to_owned()),
            ']' => return Ok(ranges),
            '^' if ranges.is_empty() => {
                return Err("negated classes are not part of this syntax".to_owned());
            }
            '\\' => {
                ranges.extend(escape(chars.next())?);
                continue;
            }
            c => c,
        };
        let mut ahead = chars.clone();
        let high = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(high)) if high != ']' => {
                chars.next();
                chars.next();
                high
            }
            _ => low,
        };
        if low > high {
            return Err(format!("the range `{low}-{high}` is empty"));
        }
        ranges.push((low, high));
    }
}

fn count(chars: &mut Chars<'_>) -> Result<(u32, u32), String> {
    let simple = match chars.peek() {
        Some('?') => (0, 1),
        Some('*') => (0, u32::MAX),
        Some('+') => (1, u32::MAX),
        Some('{') => {
            chars.next();
            let text: String = chars.by_ref().take_while(|c| *c != '}').collect();
            return braces(&text).ok_or_else(|| {
                format!("`{{{text}}}` is not a count; write {{n}}, {{m,n}} or {{m,}}")
            });
        }
        _ => return Ok((1, 1)),
    };
    chars.next();
    Ok(simple)
}

fn braces(text: &str) -> Option<(u32, u32)> {
    let (min, max) = match text.split_once(',') {
        None => (text.parse().ok()?, text.parse().ok()?),
        Some((min, "")) => (min.parse().ok()?, u32::MAX),
        Some((min, max)) => (min.parse().ok()?, max.parse().ok()?),
    };
    (min <= max).then_some((min, max))
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn classes_counts_and_alternatives_match_whole_texts() {
        let pattern = Pattern::parse(r"\d{17}[0-9X]|[HM]\d{10}").unwrap();
        assert!(pattern.matches("11010119900101123X"));
        assert!(pattern.matches("H0123456789"));
        for wrong in [
            "",
            "11010119900101123x",
            "H012345678",
            "H01234567890",
            " H0123456789",
        ] {
            assert!(!pattern.matches(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_greedy_class_gives_characters_back() {
        assert!(Pattern::parse("[a-z]*z").unwrap().matches("abcz"));
        assert!(Pattern::parse("a?a?aa").unwrap().matches("aa"));
        assert!(
            Pattern::parse("[a-z]{2,3}[a-c]{2}")
                .unwrap()
                .matches("xyab")
        );
        assert!(!Pattern::parse("[a-z]{2,3}[a-c]{2}").unwrap().matches("xab"));
        assert!(!Pattern::parse("[a-z]{1,2}9").unwrap().matches("abc9"));
        assert!(Pattern::parse("x*[a-z]{3,}").unwrap().matches("xxxx"));
    }

    #[test]
    fn hostile_texts_cost_one_pass_a_run() {
        let pattern = Pattern::parse(&"[a-z]*".repeat(80)).unwrap();
        assert!(!pattern.matches(&format!("{}!", "a".repeat(20_000))));
    }

    #[test]
    fn what_the_syntax_lacks_is_refused_with_words() {
        for (text, word) in [
            ("(a)", "groups"),
            ("a{2,1}", "count"),
            ("[", "closed"),
            ("[^a]", "negated"),
            ("*", "repeats"),
            ("a|", "empty"),
            ("[z-a]", "range"),
        ] {
            let message = Pattern::parse(text).unwrap_err();
            assert!(message.contains(word), "{text}: {message}");
        }
    }
}
