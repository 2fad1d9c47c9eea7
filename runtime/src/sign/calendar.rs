//! In: seconds since 1970. Out: the UTC day and time as signatures spell them.

use std::fmt::Write as _;

/// A moment in UTC, in the proleptic Gregorian calendar.
struct Moment {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
}

/// Splits a time. The day count runs in 400-year eras that begin in March, so that the leap day is the last of its year.
fn split(timestamp: i64) -> Moment {
    const DAY: i64 = 86_400;
    const DAYS_PER_ERA: i64 = 146_097;
    // From 0000-03-01 to 1970-01-01.
    const EPOCH: i64 = 719_468;

    let days = timestamp.div_euclid(DAY) + EPOCH;
    let era = days.div_euclid(DAYS_PER_ERA);
    let day_of_era = days.rem_euclid(DAYS_PER_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    Moment {
        year: era * 400 + year_of_era + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
        second_of_day: timestamp.rem_euclid(DAY),
    }
}

/// `2019-02-25`, for Tencent's scope.
pub(super) fn dashed_day(timestamp: i64) -> String {
    let Moment {
        year, month, day, ..
    } = split(timestamp);
    let mut text = String::with_capacity(10);
    push_year(&mut text, year);
    text.push('-');
    push(&mut text, month);
    text.push('-');
    push(&mut text, day);
    text
}

/// Adds a year with at least four digits. Every signature has one, so the usual ones take no formatter.
fn push_year(text: &mut String, year: i64) {
    if (0..10_000).contains(&year) {
        push(text, year / 100);
        push(text, year % 100);
    } else {
        write!(text, "{year:04}").expect("a String takes whatever is written");
    }
}

/// Adds two digits of a number below 100.
fn push(text: &mut String, number: i64) {
    for digit in [number / 10, number % 10] {
        // Between 0 and 9, so that nothing is cut off.
        text.push(char::from(b'0' + digit as u8));
    }
}

/// The days from 1970-01-01 to a day: what [`split`] takes apart.
pub(crate) fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// `20190225T062425Z`, for Volcengine's `X-Date`; its first eight characters are the day.
pub(crate) fn basic_time(timestamp: i64) -> String {
    let Moment {
        year,
        month,
        day,
        second_of_day,
    } = split(timestamp);
    let (hour, minute, second) = (
        second_of_day / 3_600,
        second_of_day / 60 % 60,
        second_of_day % 60,
    );
    let mut text = String::with_capacity(16);
    push_year(&mut text, year);
    push(&mut text, month);
    push(&mut text, day);
    text.push('T');
    push(&mut text, hour);
    push(&mut text, minute);
    push(&mut text, second);
    text.push('Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        for (timestamp, expected) in [
            (0, "19700101T000000Z"),
            (-1, "19691231T235959Z"),
            (951_782_400, "20000229T000000Z"),
            (1_551_113_065, "20190225T164425Z"),
            (1_704_067_199, "20231231T235959Z"),
            (1_709_164_800, "20240229T000000Z"),
            (4_107_542_400, "21000301T000000Z"),
            (-62_167_219_200, "00000101T000000Z"),
            (253_402_300_799, "99991231T235959Z"),
        ] {
            assert_eq!(basic_time(timestamp), expected);
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let (mut year, mut month, mut day) = (0, 1, 1);
        let mut timestamp = -62_167_219_200;
        while year <= 9_999 {
            let moment = split(timestamp);
            assert_eq!((moment.year, moment.month, moment.day), (year, month, day));
            let length = match month {
                2 if is_leap(year) => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            day += 1;
            if day > length {
                (day, month) = (1, month + 1);
            }
            if month > 12 {
                (month, year) = (1, year + 1);
            }
            timestamp += 86_400;
        }
    }

    #[test]
    fn no_time_panics() {
        for timestamp in [i64::MIN, i64::MIN + 1, i64::MAX] {
            assert!(basic_time(timestamp).ends_with('Z'));
        }
    }
}
