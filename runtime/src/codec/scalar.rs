//! In: a JSON scalar and the place it is for. Out: the place filled, with the leniency that real answers need.
//!
//! A conversion is made only when nothing is lost and nothing is guessed: `"12"` is 12 and `119.0` is 119, but `119.5`
//! is no integer, and an integer beyond the exact range is an error instead of a neighbouring number.

use super::binary::Binary;
use super::member::{Slot, TextPlace};

/// Integers up to here are exact in an `f64`: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A scalar of a document.
#[derive(Clone, Copy)]
pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    /// An integer that fits `i64`.
    Int(i64),
    /// An integer beyond `i64`.
    Uint(u64),
    /// A number with a fraction or an exponent, or an integer beyond `u64`.
    Float(f64),
    /// A number in the exact spelling of the document, for a text.
    Digits(&'a str),
    Text(&'a str),
}

/// How a scalar was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// As it is.
    Set,
    /// Converted from another JSON type.
    Coerced,
    /// As a value of an enum that this version does not know.
    Unknown,
    /// As nothing: the document said `null`.
    Null,
    /// As nothing: the document had an empty text, or `null` for a list.
    Blank,
}

/// Why a scalar was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// Another JSON type was expected.
    Kind,
    /// The number does not fit a signed 64-bit integer without loss.
    Range,
    /// The number has a fraction where an integer was expected.
    Fraction,
}

impl Put {
    /// Whether the member stays absent.
    pub(super) fn is_absent(self) -> bool {
        matches!(self, Self::Null | Self::Blank)
    }
}

impl Scalar<'_> {
    /// What was found, without the value.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Int(_) | Self::Uint(_) => "an integer",
            Self::Float(_) | Self::Digits(_) => "a number",
            Self::Text("") => "an empty text",
            Self::Text(_) => "a text",
        }
    }

    /// The JSON spelling, for a scalar that stands where a text belongs.
    pub(super) fn spelling(self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Uint(value) => value.to_string(),
            Self::Float(value) => serde_json::Value::from(value).to_string(),
            Self::Digits(text) | Self::Text(text) => text.to_owned(),
        }
    }
}

impl Slot<'_> {
    /// What was expected, for an error.
    pub(super) fn expects(&self) -> &'static str {
        match self {
            Self::Bool(_) => "true or false",
            Self::Int(_) | Self::IntEnum(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Text(_) | Self::TextEnum(_) => "a text",
            Self::Binary(_) => "base64 text",
            Self::List(_) => "a list",
            Self::Object(_) | Self::Framed(..) => "an object",
            Self::Json(_) | Self::Ignored => "any value",
        }
    }

    /// Whether a number loses its spelling on the way in.
    pub(super) fn keeps_spelling(&self) -> bool {
        matches!(self, Self::Text(_) | Self::TextEnum(_))
    }

    /// Takes a scalar. If the result says that it is absent, the member is to be cleared.
    pub(super) fn put(&mut self, scalar: Scalar<'_>) -> Result<Put, Mismatch> {
        match (self, scalar) {
            (Self::Ignored, _) => Ok(Put::Set),
            (Self::List(_), Scalar::Null) => Ok(Put::Blank),
            (_, Scalar::Null) => Ok(Put::Null),
            (Self::Text(place), scalar) => Ok(put_text(place, scalar)),
            (Self::TextEnum(place), scalar) => Ok(put_text_value(scalar, &mut **place)),
            (Self::Json(place), scalar) => {
                **place = json(scalar);
                Ok(Put::Set)
            }
            (Self::Binary(place), Scalar::Text(text)) => {
                **place = Binary::from_base64(text).ok_or(Mismatch::Kind)?;
                Ok(Put::Set)
            }
            (_, Scalar::Text("")) => Ok(Put::Blank),
            (Self::Int(place), scalar) => {
                let (value, put) = integer(scalar)?;
                **place = value;
                Ok(put)
            }
            (Self::IntEnum(place), scalar) => {
                let (value, put) = integer(scalar)?;
                place.set(value);
                Ok(if place.knows(value) {
                    put
                } else {
                    Put::Unknown
                })
            }
            (Self::Float(place), scalar) => {
                let (value, put) = number(scalar)?;
                **place = value;
                Ok(put)
            }
            (Self::Bool(place), scalar) => {
                let (value, put) = boolean(scalar)?;
                **place = value;
                Ok(put)
            }
            (Self::Binary(_) | Self::List(_) | Self::Object(_) | Self::Framed(..), _) => {
                Err(Mismatch::Kind)
            }
        }
    }
}

fn put_text(place: &mut String, scalar: Scalar<'_>) -> Put {
    if let Scalar::Text(text) = scalar {
        *place = text.to_owned();
        return Put::Set;
    }
    *place = scalar.spelling();
    Put::Coerced
}

fn put_text_value(scalar: Scalar<'_>, place: &mut dyn TextPlace) -> Put {
    match scalar {
        // Vendors answer "" for "none of them", unless "" is itself one of the values.
        Scalar::Text("") if !place.knows("") => Put::Blank,
        Scalar::Text(text) => {
            place.set(text);
            if place.knows(text) {
                Put::Set
            } else {
                Put::Unknown
            }
        }
        other => {
            let text = other.spelling();
            place.set(&text);
            if place.knows(&text) {
                Put::Coerced
            } else {
                Put::Unknown
            }
        }
    }
}

fn json(scalar: Scalar<'_>) -> serde_json::Value {
    match scalar {
        Scalar::Null => serde_json::Value::Null,
        Scalar::Bool(value) => value.into(),
        Scalar::Int(value) => value.into(),
        Scalar::Uint(value) => value.into(),
        Scalar::Float(value) => value.into(),
        Scalar::Text(text) | Scalar::Digits(text) => text.into(),
    }
}

fn boolean(scalar: Scalar<'_>) -> Result<(bool, Put), Mismatch> {
    match scalar {
        Scalar::Bool(value) => Ok((value, Put::Set)),
        Scalar::Int(0) | Scalar::Text("0" | "false" | "False" | "FALSE") => {
            Ok((false, Put::Coerced))
        }
        Scalar::Int(1) | Scalar::Text("1" | "true" | "True" | "TRUE") => Ok((true, Put::Coerced)),
        _ => Err(Mismatch::Kind),
    }
}

fn integer(scalar: Scalar<'_>) -> Result<(i64, Put), Mismatch> {
    match scalar {
        Scalar::Int(value) => Ok((value, Put::Set)),
        Scalar::Uint(_) => Err(Mismatch::Range),
        Scalar::Float(value) => Ok((whole(value)?, Put::Coerced)),
        Scalar::Text(text) | Scalar::Digits(text) => Ok((integer_in_text(text)?, Put::Coerced)),
        Scalar::Null | Scalar::Bool(_) => Err(Mismatch::Kind),
    }
}

fn number(scalar: Scalar<'_>) -> Result<(f64, Put), Mismatch> {
    match scalar {
        Scalar::Float(value) => Ok((value, Put::Set)),
        // JSON has one kind of number: 12 for 12.0 is no deviation. Rounding beyond 2^53 is what an f64 means.
        Scalar::Int(value) => Ok((value as f64, Put::Set)),
        Scalar::Uint(value) => Ok((value as f64, Put::Set)),
        Scalar::Text(text) | Scalar::Digits(text) => Ok((number_in_text(text)?, Put::Coerced)),
        Scalar::Null | Scalar::Bool(_) => Err(Mismatch::Kind),
    }
}

fn integer_in_text(text: &str) -> Result<i64, Mismatch> {
    if let Ok(value) = text.parse::<i64>() {
        return Ok(value);
    }
    if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-')
        && text.bytes().any(|byte| byte != b'-')
    {
        return Err(Mismatch::Range);
    }
    whole(number_in_text(text)?)
}

/// A number without a fraction, as an integer.
fn whole(value: f64) -> Result<i64, Mismatch> {
    if value.fract() != 0.0 {
        Err(Mismatch::Fraction)
    } else if value.abs() > EXACT {
        Err(Mismatch::Range)
    } else {
        // In range and whole, so the cast is exact.
        Ok(value as i64)
    }
}

fn number_in_text(text: &str) -> Result<f64, Mismatch> {
    // Rust also reads "inf", "nan" and "infinity", which no JSON number can be.
    if !text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
    {
        return Err(Mismatch::Kind);
    }
    let value: f64 = text.parse().map_err(|_| Mismatch::Kind)?;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Mismatch::Range)
    }
}
