//! In: a point in time as vendors and files write it. Out: seconds since 1970; and back, for people.

use crate::sign::calendar;

/// Reads seconds since 1970 (also milli-, micro- and nanoseconds, told apart by their size) or RFC 3339.
pub(super) fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    match text.parse::<i64>() {
        Ok(count) => from_count(count),
        Err(_) => from_text(text),
    }
}

/// Seconds from a count whose unit nobody tells, as the vendor's SDK guesses it.
fn from_count(count: i64) -> Option<i64> {
    let unit = match count {
        ..=0 => return None,
        1..1_000_000_000_000 => 1,
        1_000_000_000_000..1_000_000_000_000_000 => 1_000,
        1_000_000_000_000_000..1_000_000_000_000_000_000 => 1_000_000,
        _ => 1_000_000_000,
    };
    Some(count / unit)
}

/// `2021-04-12T11:57:09+08:00`, `2018-12-04T09:06:16.5Z`.
fn from_text(text: &str) -> Option<i64> {
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (time, rest) = (rest.get(..8)?, rest.get(8..)?);
    let [year, month, day] = numbers(day, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()),
        None => rest,
    };
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let sign = match zone.get(..1)? {
                "+" => 1,
                "-" => -1,
                _ => return None,
            };
            let [hours, minutes] = numbers(zone.get(1..)?, ':')?;
            sign * (hours * 3_600 + minutes * 60)
        }
    };
    let seconds = hour * 3_600 + minute * 60 + second;
    Some(calendar::days(year, month, day) * 86_400 + seconds - offset)
}

/// Digits between separators, and nothing else.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[i64; N]> {
    let mut all = [0; N];
    let mut parts = text.split(separator);
    for number in &mut all {
        let part = parts.next()?;
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(all)
}

/// For an error's line.
pub(super) fn show(seconds: i64) -> String {
    calendar::basic_time(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_vendors_write_is_read() {
        for (text, expected) in [
            ("1543914376", 1_543_914_376),
            ("1543914376000", 1_543_914_376),
            ("1543914376000000", 1_543_914_376),
            ("1543914376000000000", 1_543_914_376),
            ("2018-12-04T09:06:16Z", 1_543_914_376),
            ("2018-12-04T17:06:16+08:00", 1_543_914_376),
            ("2018-12-04T04:36:16.123-04:30", 1_543_914_376),
            ("2000-02-29T00:00:00Z", 951_782_400),
            ("1970-01-01T00:00:00Z", 0),
        ] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "0",
            "-1",
            "soon",
            "99999999999999999999",
            "2018-12-04",
            "2018-13-04T09:06:16Z",
            "2018-12-04T09:06:16",
            "2018-12-04T24:06:16Z",
            "2018-12-04T09:06:16+8",
            "2018-12-04T09:06:16+08:00:00",
            "+018-12-04T09:06:16Z",
            "2018-12-04T09:06:16.Zz",
            "２018-12-04T09:06:16Z",
            "2018-12-0４T09:06:16Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_shown() {
        assert_eq!(show(1_543_914_376), "20181204T090616Z");
    }
}
