//! A text field in, a text out that its format, pattern and length allow.

use yunqiao_model::api::{Bounds, Check, Field, Format, Pattern, Run};

/// Longest text made up; a constraint that asks for more is not met.
const LONGEST: usize = 1 << 16;

/// The text: that of the pattern, else that of the format, else the field's own name, so that a reader sees where it came from.
pub(super) fn text(field: &Field) -> String {
    let mut bounds = Bounds {
        min: None,
        max: None,
    };
    let mut pattern = None;
    for check in &field.checks {
        match check {
            // Made-up texts are ASCII, so characters and bytes are the same.
            Check::Length(found) | Check::Bytes(found) => bounds = narrower(bounds, *found),
            Check::Pattern(found) => pattern = Some(found),
            _ => {}
        }
    }
    let least = bounds
        .min
        .map_or(0, |min| usize::try_from(min).unwrap_or(0))
        .min(LONGEST);
    let most = bounds
        .max
        .map_or(LONGEST, |max| usize::try_from(max).unwrap_or(0));
    match pattern {
        Some(pattern) => of_pattern(pattern, least),
        None => fitted(
            field
                .format
                .map_or(field.name.as_str(), |format| of_format(format)),
            least,
            most,
        ),
    }
}

fn narrower(a: Bounds, b: Bounds) -> Bounds {
    let max = match (a.max, b.max) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    Bounds {
        min: a.min.max(b.min),
        max,
    }
}

fn of_format(format: Format) -> &'static str {
    match format {
        Format::Base64 => "eXVucWlhbw==",
        Format::Json => "{}",
        Format::Url => "https://example.com/",
        Format::Date => "2024-01-02",
        Format::Datetime => "2024-01-02 03:04:05",
        Format::DatetimeIso => "2024-01-02T03:04:05Z",
        Format::UnixSeconds => "1704164645",
        Format::UnixMilliseconds => "1704164645000",
        Format::Seconds => "60",
        Format::Milliseconds => "60000",
        Format::Md5 => "0123456789abcdef0123456789abcdef",
        // Nobody's: a placeholder number, a domain and a network that are reserved for examples.
        Format::Phone => "13800000000",
        Format::Email => "someone@example.com",
        Format::Ip => "192.0.2.1",
    }
}

/// Repeats or cuts a text.
fn fitted(text: &str, least: usize, most: usize) -> String {
    let wanted = text.chars().count().clamp(least.min(most), most);
    text.chars().cycle().take(wanted).collect()
}

/// The shortest text of the first alternative, made longer where its counts allow.
fn of_pattern(pattern: &Pattern, least: usize) -> String {
    let runs = pattern
        .alternatives
        .first()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let fewest = |run: &Run| (run.min as usize).min(LONGEST);
    let shortest: usize = runs.iter().map(fewest).sum();
    let mut missing = least.saturating_sub(shortest);
    let mut text = String::new();
    for run in runs {
        let more = missing.min((run.max - run.min) as usize);
        missing -= more;
        text.extend(std::iter::repeat_n(character(run), fewest(run) + more));
    }
    text
}

/// A character that the run allows, a readable one if there is any.
fn character(run: &Run) -> char {
    let allowed = |c: &char| {
        run.ranges
            .iter()
            .any(|(low, high)| (*low..=*high).contains(c))
    };
    let readable = ['1', 'a', 'A'].into_iter().find(allowed);
    readable
        .or(run.ranges.first().map(|(low, _)| *low))
        .unwrap_or('a')
}
