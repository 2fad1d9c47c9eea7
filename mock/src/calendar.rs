//! Seconds since 1970 in, UTC dates in the forms of the wire out, and back. Pure arithmetic of the Gregorian calendar.

/// A moment in UTC, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Utc {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    /// 0 is Sunday.
    weekday: i64,
}

const SECONDS_PER_DAY: i64 = 86_400;
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// 1 January 10000 as seconds; later moments have no four-digit year.
const END: i64 = 253_402_300_800;

impl Utc {
    /// The moment, kept between the years 1970 and 9999, which is all that dates on the wire can say.
    pub(crate) fn from_seconds(seconds: i64) -> Self {
        let seconds = seconds.clamp(0, END - 1);
        let days = seconds / SECONDS_PER_DAY;
        let within = seconds % SECONDS_PER_DAY;
        let (year, month, day) = civil(days);
        let (hour, minute, second) = (within / 3_600, within / 60 % 60, within % 60);
        // 1 January 1970 was a Thursday.
        Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
            weekday: (days + 4) % 7,
        }
    }

    /// `2023-11-14`
    pub(crate) fn date(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `20231114221320`
    pub(crate) fn digits(self) -> String {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
            ..
        } = self;
        let date = (year * 100 + month) * 100 + day;
        (((date * 100 + hour) * 100 + minute) * 100 + second).to_string()
    }

    /// `Tue, 14 Nov 2023 22:13:20 GMT`, the form of the header `Date` (RFC 9110).
    pub(crate) fn http_date(self) -> String {
        let Self {
            year,
            day,
            hour,
            minute,
            second,
            ..
        } = self;
        let weekday = WEEKDAYS[self.weekday as usize];
        let month = MONTHS[self.month as usize - 1];
        format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
    }
}

/// Reads `20231114T221320Z`. Dates that no calendar has are refused.
pub(crate) fn parse_basic(text: &str) -> Option<i64> {
    let well_formed = text.len() == 16
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 => byte == b'T',
            15 => byte == b'Z',
            _ => byte.is_ascii_digit(),
        });
    if !well_formed {
        return None;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<i64>().ok();
    let (hour, minute, second) = (number(9, 11)?, number(11, 13)?, number(13, 15)?);
    let days = days(number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let seconds = days * SECONDS_PER_DAY + hour * 3_600 + minute * 60 + second;
    // What does not come back the same was no moment: 30 February, 25 o'clock, or before 1970.
    let (date, time) = (&text[..8], &text[9..15]);
    let again = Utc::from_seconds(seconds).digits();
    (again[..8] == *date && again[8..] == *time).then_some(seconds)
}

/// Year, month and day of a count of days since 1 January 1970. Years start in March here, so that leap days end them.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The reverse of [`civil`].
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let march_month = (month + 9) % 12;
    let of_year = (153 * march_month + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::{Utc, parse_basic};

    #[test]
    fn known_moments_come_out_in_every_form() {
        let utc = Utc::from_seconds(1_700_000_000);
        assert_eq!(utc.date(), "2023-11-14");
        assert_eq!(utc.digits(), "20231114221320");
        assert_eq!(utc.http_date(), "Tue, 14 Nov 2023 22:13:20 GMT");
        assert_eq!(Utc::from_seconds(1_704_067_199).date(), "2023-12-31");
        assert_eq!(Utc::from_seconds(1_709_208_000).date(), "2024-02-29");
        assert_eq!(
            Utc::from_seconds(0).http_date(),
            "Thu, 01 Jan 1970 00:00:00 GMT"
        );
    }

    #[test]
    fn moments_beyond_four_digit_years_are_kept_inside() {
        assert_eq!(Utc::from_seconds(i64::MAX).digits(), "99991231235959");
        assert_eq!(Utc::from_seconds(i64::MIN).digits(), "19700101000000");
    }

    #[test]
    fn every_day_comes_back() {
        for day in (0..2_932_896).step_by(97) {
            let seconds = day * 86_400 + 12_345;
            let digits = Utc::from_seconds(seconds).digits();
            let text = format!("{}T{}Z", &digits[..8], &digits[8..]);
            assert_eq!(parse_basic(&text), Some(seconds));
        }
    }

    #[test]
    fn dates_that_no_calendar_has_are_refused() {
        for text in [
            "",
            "20230230T000000Z",
            "20231301T000000Z",
            "20231114T250000Z",
            "20231114T221360Z",
            "20231114 221320Z",
        ] {
            assert_eq!(parse_basic(text), None, "{text}");
        }
        assert_eq!(parse_basic("２0231114T2213"), None);
    }
}
