//! A moment in, the value of the header `Date` out, which is written once a second and not once a call.

use std::sync::{Mutex, PoisonError};

use http::HeaderValue;

use crate::calendar::Utc;

/// The date that was asked for last.
#[derive(Debug, Default)]
pub(crate) struct Dates(Mutex<Option<(i64, HeaderValue)>>);

impl Dates {
    /// Of a moment in seconds since 1970.
    pub(crate) fn at(&self, now: i64) -> HeaderValue {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, date)) = last.as_ref().filter(|(second, _)| *second == now) {
            return date.clone();
        }
        let date =
            HeaderValue::try_from(Utc::from_seconds(now).http_date()).expect("a date is printable");
        last.replace((now, date.clone()));
        date
    }
}
