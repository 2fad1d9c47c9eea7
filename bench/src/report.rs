//! In: what was measured. Out: the rows as JSON, or as a table.

use std::fmt;

use serde_json::{Map, Value as Json, json};

/// What a row has to keep.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    /// At most so many times the floor.
    RatioAtMost(f64),
    /// At least so many times the floor.
    RatioAtLeast(f64),
    /// At most so much.
    ValueAtMost(f64),
    /// It is there to be compared with.
    None,
}

/// One thing that was measured.
#[derive(Debug)]
pub(crate) struct Row {
    name: &'static str,
    unit: &'static str,
    value: Option<f64>,
    floor: Option<f64>,
    limit: Limit,
    /// What the numbers are made of.
    details: Map<String, Json>,
    why: Option<String>,
}

impl Row {
    pub(crate) fn new(name: &'static str, unit: &'static str, limit: Limit, value: f64) -> Self {
        Self {
            name,
            unit,
            value: Some(value),
            floor: None,
            limit,
            details: Map::new(),
            why: None,
        }
    }

    /// What could not be measured, and why.
    pub(crate) fn missing(
        name: &'static str,
        unit: &'static str,
        limit: Limit,
        why: impl Into<String>,
    ) -> Self {
        let mut row = Self::new(name, unit, limit, 0.0);
        row.value = None;
        row.why = Some(why.into());
        row
    }

    pub(crate) fn floor(mut self, floor: f64) -> Self {
        self.floor = Some(floor);
        self
    }

    pub(crate) fn detail(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn is_measured(&self) -> bool {
        self.value.is_some()
    }

    fn ratio(&self) -> Option<f64> {
        Some(self.value? / self.floor?)
    }

    /// Whether it is within its limit, if it has one and was measured.
    fn passed(&self) -> Option<bool> {
        Some(match self.limit {
            Limit::RatioAtMost(most) => self.ratio()? <= most,
            Limit::RatioAtLeast(least) => self.ratio()? >= least,
            Limit::ValueAtMost(most) => self.value? <= most,
            Limit::None => return None,
        })
    }

    fn limit(&self) -> String {
        match self.limit {
            Limit::RatioAtMost(most) => format!("ratio <= {most}"),
            Limit::RatioAtLeast(least) => format!("ratio >= {least}"),
            Limit::ValueAtMost(most) => format!("<= {most}"),
            Limit::None => "-".to_owned(),
        }
    }

    fn json(&self) -> Json {
        let mut row = json!({
            "name": self.name,
            "value": self.value,
            "floor": self.floor,
            "ratio": self.ratio(),
            "unit": self.unit,
            "limit": match self.limit {
                Limit::None => Json::Null,
                _ => self.limit().into(),
            },
            "passed": self.passed(),
        });
        if let Some(row) = row.as_object_mut() {
            row.extend(self.details.clone());
            row.extend(self.why.clone().map(|why| ("why".to_owned(), why.into())));
        }
        row
    }
}

pub(crate) fn json(rows: &[Row]) -> Json {
    rows.iter().map(Row::json).collect()
}

/// The rows for people.
#[derive(Debug)]
pub(crate) struct Table<'a>(pub(crate) &'a [Row]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |number: Option<f64>, digits: usize| {
            number.map_or_else(|| "-".to_owned(), |number| format!("{number:.digits$}"))
        };
        writeln!(
            f,
            "{:<18} {:>10} {:>10} {:<8} {:>6}  {:<14} ",
            "one call", "ours", "floor", "unit", "ratio", "limit"
        )?;
        for row in self.0 {
            let digits = if row.value.is_some_and(|value| value >= 1_000.0) {
                0
            } else {
                2
            };
            let verdict = match row.passed() {
                Some(true) => "kept",
                Some(false) => "BROKEN",
                None => "",
            };
            writeln!(
                f,
                "{:<18} {:>10} {:>10} {:<8} {:>6}  {:<14} {verdict}",
                row.name,
                shown(row.value, digits),
                shown(row.floor, digits),
                row.unit,
                shown(row.ratio(), 2),
                row.limit()
            )?;
            if let Some(why) = &row.why {
                writeln!(f, "  not measured: {why}")?;
            }
        }
        write!(
            f,
            "floor: bare reqwest with the same options, sending the same bytes and headers; `--json` has the details"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, Row};

    #[test]
    fn limits_are_kept_or_not() {
        let row = |limit| Row::new("name", "us", limit, 13.0).floor(10.0).passed();
        assert_eq!(row(Limit::RatioAtMost(1.3)), Some(true));
        assert_eq!(row(Limit::RatioAtMost(1.2)), Some(false));
        assert_eq!(row(Limit::RatioAtLeast(1.3)), Some(true));
        assert_eq!(row(Limit::RatioAtLeast(1.4)), Some(false));
        assert_eq!(row(Limit::ValueAtMost(13.0)), Some(true));
        assert_eq!(row(Limit::ValueAtMost(12.9)), Some(false));
        assert_eq!(row(Limit::None), None);
    }

    #[test]
    fn what_is_missing_is_null_and_says_why() {
        let row = Row::missing("name", "MB", Limit::ValueAtMost(1.0), "no files");
        assert!(!row.is_measured());
        let json = row.json();
        assert!(json["value"].is_null() && json["ratio"].is_null() && json["passed"].is_null());
        assert_eq!(json["why"], "no files");
    }
}
