//! The file of known breaks in, the report with what it accepts out; and what is wrong with its entries today.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use yunqiao_diff::{Report, approval};

use crate::outcome::{Failure, Result};
use crate::tree;

/// Applies the file that was named, or the project's own if there is one.
pub(super) fn apply(given: Option<&Path>, report: &mut Report) -> Result<Vec<String>> {
    let own: PathBuf = tree::root().join("schemas/approvals.yaml");
    let path = match given {
        Some(path) => path,
        None if own.is_file() => &own,
        None => return Ok(Vec::new()),
    };
    let text = std::fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
    let approvals = approval::read(&path.display().to_string(), &text).map_err(Failure::new)?;
    Ok(report.approve(&approvals, &today()))
}

/// The day in UTC, as `2026-11-22`.
pub(crate) fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / 86_400);
    let (year, month, day) = civil(i64::try_from(days).unwrap_or(0));
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a number of days since 1970-01-01, by the calendar of eras of 400 years.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (59, (1970, 3, 1)),
            (11_016, (2000, 2, 29)),
            (20_779, (2026, 11, 22)),
        ] {
            assert_eq!(civil(days), date);
        }
    }
}
