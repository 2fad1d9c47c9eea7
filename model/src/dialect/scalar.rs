//! Single values with a syntax of their own: words from a list, bounds, rate limits, dates, hosts, patterns.

use crate::api::{Bounds, FloatBounds, Pattern, RateLimit};
use crate::dialect::{Read, Shape, wrong_kind};
use crate::node::{Node, NodeValue};
use crate::{Code, Diagnostic, suggest};

/// One of a few words that stand for the values of a Rust enum.
pub(crate) trait Choice: Copy + 'static {
    /// The words and what they stand for.
    const WORDS: &'static [(&'static str, Self)];
}

/// Implements [`Choice`] and [`Read`] for an enum of the model.
macro_rules! choice {
    ($ty:ty { $($word:literal => $value:expr),* $(,)? }) => {
        impl $crate::dialect::Choice for $ty {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, $value)),*];
        }

        impl $crate::dialect::Read for $ty {
            fn shape() -> $crate::dialect::Shape {
                $crate::dialect::Shape::OneOf(vec![$($word),*])
            }

            fn read(node: &$crate::node::Node, problems: &mut Vec<$crate::Diagnostic>) -> Option<Self> {
                $crate::dialect::scalar::read_choice(node, problems)
            }
        }
    };
}

pub(crate) use choice;

pub(crate) fn read_choice<T: Choice>(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<T> {
    let text = match &node.value {
        NodeValue::Text(text) => text.as_str(),
        NodeValue::Bool(true) => "true",
        NodeValue::Bool(false) => "false",
        _ => {
            wrong_kind(node, "a word", problems);
            return None;
        }
    };
    let found = T::WORDS
        .iter()
        .find(|(word, _)| *word == text)
        .map(|(_, value)| *value);
    if found.is_none() {
        let problem = Diagnostic::new(
            Code::NotAllowed,
            node.at.clone(),
            format!("\"{text}\" is not allowed here"),
        );
        problems.push(problem.help(suggest::hint(text, T::WORDS.iter().map(|(word, _)| *word))));
    }
    found
}

/// Reads text with a syntax; the parser says what is wrong.
fn read_syntax<T>(
    node: &Node,
    what: &str,
    help: &str,
    problems: &mut Vec<Diagnostic>,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = match &node.value {
        NodeValue::Text(text) => text.clone(),
        NodeValue::Int(number) => number.to_string(),
        NodeValue::Float(_, text) => text.to_string(),
        _ => {
            let message = format!("expected {what}, found {}", node.kind());
            problems.push(Diagnostic::new(Code::WrongKind, node.at.clone(), message).help(help));
            return None;
        }
    };
    let parsed = parse(&text);
    if parsed.is_none() {
        problems.push(
            Diagnostic::new(
                Code::Malformed,
                node.at.clone(),
                format!("\"{text}\" is not {what}"),
            )
            .help(help),
        );
    }
    parsed
}

impl Read for RateLimit {
    fn shape() -> Shape {
        Shape::Text(Some(("^[1-9][0-9]*/(s|min|h|d)$", "20/s")))
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let help = "write calls per period, for example 20/s, 600/min or 5/d";
        read_syntax(node, "a rate limit", help, problems, |text| {
            let (calls, period) = text.split_once('/')?;
            let seconds = match period {
                "s" => 1,
                "min" => 60,
                "h" => 3_600,
                "d" => 86_400,
                _ => return None,
            };
            let calls = calls
                .parse()
                .ok()
                .filter(|calls| *calls > 0 && !text.starts_with(['0', '+']))?;
            Some(Self { calls, seconds })
        })
    }
}

/// Bounds as written: `32`, `1..50`, `1..` or `..50`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoundsText(pub(crate) Bounds);

impl Read for BoundsText {
    fn shape() -> Shape {
        Shape::TextOrInt
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let (min, max) = read_range(node, problems)?;
        Some(Self(Bounds { min, max }))
    }
}

/// Bounds of a floating-point number, in the same syntax.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FloatBoundsText(pub(crate) FloatBounds);

impl Read for FloatBoundsText {
    fn shape() -> Shape {
        Shape::TextOrInt
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let (min, max) = read_range(node, problems)?;
        Some(Self(FloatBounds { min, max }))
    }
}

fn read_range<T: std::str::FromStr>(
    node: &Node,
    problems: &mut Vec<Diagnostic>,
) -> Option<(Option<T>, Option<T>)> {
    let help =
        "write one number for an exact value, or a range: 1..50, 1.. or ..50 (both ends count)";
    read_syntax(node, "a number or a range", help, problems, |text| {
        let end = |text: &str| match text.trim() {
            "" => Some(None),
            number => number.parse().ok().map(Some),
        };
        match text.split_once("..") {
            None => Some((
                Some(text.trim().parse().ok()?),
                Some(text.trim().parse().ok()?),
            )),
            Some((low, high)) => {
                let (low, high) = (end(low)?, end(high)?);
                (low.is_some() || high.is_some()).then_some((low, high))
            }
        }
    })
}

impl Read for Pattern {
    fn shape() -> Shape {
        Shape::Text(Some((".+", "[0-9]{17}[0-9X]")))
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = String::read(node, problems)?;
        match Self::parse(&text) {
            Ok(pattern) => Some(pattern),
            Err(reason) => {
                let problem = Diagnostic::new(
                    Code::Malformed,
                    node.at.clone(),
                    format!("malformed pattern: {reason}"),
                );
                problems.push(problem.help("schemas/README.md shows the syntax"));
                None
            }
        }
    }
}
