//! In: the value of a `Date` header. Out: the moment, in seconds since 1970.

/// Reads an IMF-fixdate (`Sun, 06 Nov 1994 08:49:37 GMT`), the one form that servers may send today (RFC 9110, 5.6.7), strictly:
/// a wrong weekday or a day that is not in the calendar is no date.
pub(crate) fn parse(text: &str) -> Option<i64> {
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    // Also makes every byte a character, so that the pieces below can be cut out.
    if text.len() != 29 || !text.is_ascii() {
        return None;
    }
    let separators = [
        (3, ", "),
        (7, " "),
        (11, " "),
        (16, " "),
        (19, ":"),
        (22, ":"),
        (25, " GMT"),
    ];
    if separators
        .into_iter()
        .any(|(at, separator)| !text[at..].starts_with(separator))
    {
        return None;
    }
    let number = |at: usize, length: usize| -> Option<i64> {
        let digits = &text[at..at + length];
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok())?
    };
    let position = |names: &[&str], name: &str| names.iter().position(|own| *own == name);
    let (day, year) = (number(5, 2)?, number(12, 4)?);
    let month = position(&MONTHS, &text[8..11])? + 1;
    let (hour, minute, second) = (number(17, 2)?, number(20, 2)?, number(23, 2)?);
    // 60 is a leap second.
    if day < 1 || day > length_of(month, year) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = days_since_1970(year, i64::try_from(month).ok()?, day);
    let weekday = usize::try_from(days.rem_euclid(7)).ok()?;
    (WEEKDAYS[weekday] == &text[..3]).then_some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

fn length_of(month: usize, year: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days of the proleptic Gregorian calendar. Years begin in March here, so that the leap day is the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // From 0000-03-01 to 1970-01-01.
    365 * year + leap_days + (153 * month_from_march + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        for (text, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
            ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
            ("Mon, 25 Feb 2019 16:44:25 GMT", 1_551_113_065),
            ("Sun, 31 Dec 2023 23:59:59 GMT", 1_704_067_199),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in [
            "",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 GMT ",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "sun, 06 Nov 1994 08:49:37 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Thu, 31 Nov 1994 08:49:37 GMT",
            "Wed, 29 Feb 2023 00:00:00 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "784111777",
            "Sun, 06 Nov 1994 08:49:3\u{e9}GMT",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
