//! In: alternatives of runs and a text. Out: whether one alternative matches the whole text.
//!
//! Instead of backtracking, the set of positions that can be reached after each run is carried along, so the cost is
//! (runs x characters) whatever the text: a hostile value cannot make the check slow.

/// One character class, repeated: the regular expression `[ranges]{min,max}`.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// The class, as ranges with both ends included.
    pub ranges: &'static [(char, char)],
    /// Fewest characters.
    pub min: u32,
    /// Most characters; `u32::MAX` means no limit.
    pub max: u32,
}

/// Whether the whole of `text` matches one of the alternatives.
pub(super) fn matches(alternatives: &[&[Run]], text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    alternatives
        .iter()
        .any(|runs| matches_runs(runs, &characters))
}

fn matches_runs(runs: &[Run], characters: &[char]) -> bool {
    let end = characters.len();
    let mut reachable = vec![false; end + 1];
    reachable[0] = true;
    for run in runs {
        reachable = after(run, characters, &reachable);
    }
    reachable[end]
}

/// The positions that can be reached by putting one run behind each of the positions in `from`.
fn after(run: &Run, characters: &[char], from: &[bool]) -> Vec<bool> {
    let end = characters.len();
    let (min, max) = (run.min as usize, run.max as usize);
    // Each start adds an interval of positions; starts and ends are counted, then summed up.
    let mut opened = vec![0_usize; end + 2];
    let mut closed = vec![0_usize; end + 2];
    let mut stretch = 0;
    for position in (0..=end).rev() {
        stretch = match characters.get(position) {
            Some(&character) if in_class(run, character) => stretch + 1,
            _ => 0,
        };
        if from[position] && stretch >= min && min <= max {
            opened[position + min] += 1;
            closed[position + stretch.min(max) + 1] += 1;
        }
    }
    let mut open = 0;
    (0..=end)
        .map(|position| {
            open = open + opened[position] - closed[position];
            open > 0
        })
        .collect()
}

fn in_class(run: &Run, character: char) -> bool {
    run.ranges
        .iter()
        .any(|&(first, last)| (first..=last).contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGIT: &[(char, char)] = &[('0', '9')];
    const WORD: &[(char, char)] = &[('a', 'z'), ('0', '9')];

    fn run(ranges: &'static [(char, char)], min: u32, max: u32) -> Run {
        Run { ranges, min, max }
    }

    #[test]
    fn a_run_counts_and_is_anchored() {
        let runs = [run(DIGIT, 2, 3)];
        for (text, expected) in [
            ("1", false),
            ("12", true),
            ("123", true),
            ("1234", false),
            ("12a", false),
            ("a12", false),
        ] {
            assert_eq!(matches(&[&runs], text), expected, "{text}");
        }
    }

    #[test]
    fn overlapping_classes_are_tried_every_way() {
        // [a-z0-9]{0,}[0-9]{2}[a-z0-9]{1}
        let runs = [run(WORD, 0, u32::MAX), run(DIGIT, 2, 2), run(WORD, 1, 1)];
        for (text, expected) in [
            ("ab12c", true),
            ("123", true),
            ("12", false),
            ("ab1cc", false),
        ] {
            assert_eq!(matches(&[&runs], text), expected, "{text}");
        }
    }

    #[test]
    fn alternatives_and_nothing() {
        let (mainland, letter) = (
            [run(DIGIT, 18, 18)],
            [run(&[('H', 'H'), ('M', 'M')], 1, 1), run(DIGIT, 10, 10)],
        );
        assert!(matches(&[&mainland, &letter], "H1234567890"));
        assert!(!matches(&[&mainland, &letter], "X1234567890"));
        assert!(matches(&[&[]], ""));
        assert!(!matches(&[&[]], "a"));
        assert!(!matches(&[], ""));
    }

    #[test]
    fn a_hostile_text_stays_cheap() {
        let runs = vec![run(WORD, 0, u32::MAX); 50];
        let text = format!("{}!", "a".repeat(20_000));
        assert!(!matches(&[&runs], &text));
    }

    #[test]
    fn characters_beyond_ascii_count_once() {
        assert!(matches(
            &[&[run(&[('\u{4e00}', '\u{9fff}')], 1, 3)]],
            "张三丰"
        ));
    }
}
