//! In: generated types as tables and members. Out: JSON, flat queries, copies, `Debug`, problems and deviations.
//!
//! Generated types carry no logic: each is an [`Object`] with a constant [`Shape`], and one codec, compiled once, walks
//! them through `dyn` references. That keeps the build of a service with hundreds of actions cheap.

mod base64;
mod binary;
mod check;
mod container;
mod context;
mod decode;
mod deviation;
mod encode;
mod find;
mod flatten;
mod leaf;
mod macros;
mod member;
mod multipart;
mod open_enum;
mod path;
mod pattern;
mod redact;
mod scalar;
mod shape;
mod twin;
mod validate;

use std::fmt;

use serde::{Deserializer, Serializer, de};

use crate::error::Error;

pub use self::binary::Binary;
pub use self::check::Check;
#[doc(hidden)]
pub use self::container::list;
pub use self::deviation::{Deviation, DeviationKind};
pub use self::member::{Blank, Frame, IntPlace, List, Member, Object, Slot, TextPlace, Value};
pub use self::open_enum::{IntEnum, TextEnum, UnknownInt, UnknownText};
pub use self::pattern::Run;
pub use self::shape::{Field, Location, Rule, Shape};
pub use self::validate::{Problem, validate};

#[cfg(feature = "callback")]
pub(crate) use self::base64::decode as decode_base64;
pub(crate) use self::context::Context;
pub(crate) use self::decode::{Root, Unreadable, read};
pub(crate) use self::encode::{body, present};
pub(crate) use self::find::{digest, each, each_json, put_int, put_text, put_texts, spelling};
pub(crate) use self::flatten::{flatten, flatten_json, header, whole, whole_bytes};
pub(crate) use self::multipart::{Multipart, multipart, multipart_json};

/// Reads the JSON of one object into `object`. Unknown keys are skipped and scalars are read leniently.
///
/// # Errors
///
/// The bytes are no JSON, or a value fits no reading of its field; see [`Error::is_decode`]. The error has the path of the
/// value and never the value.
pub fn decode(json: &[u8], object: &mut dyn Object) -> Result<(), Error> {
    read(json, &mut decode::Root(object), &mut Context::default()).map_err(Error::unreadable)
}

/// Reads like [`decode()`] and reports every place where the document differs from its description.
///
/// # Errors
///
/// Those of [`decode()`].
pub fn inspect(json: &[u8], object: &mut dyn Object) -> Result<Vec<Deviation>, Error> {
    let mut context = Context::strict();
    read(json, &mut decode::Root(object), &mut context).map_err(Error::unreadable)?;
    Ok(context.deviations.unwrap_or_default())
}

/// Writes the JSON of one object, every present field included.
///
/// # Errors
///
/// A number is not finite; see [`Error::is_validation`].
pub fn encode(object: &dyn Object) -> Result<Vec<u8>, Error> {
    encode::object(object).map_err(|_| Error::not_finite())
}

#[doc(hidden)]
pub fn serialize<S: Serializer>(member: &dyn Member, serializer: S) -> Result<S::Ok, S::Error> {
    encode::member(member, serializer)
}

#[doc(hidden)]
pub fn deserialize_new<'de, T: Blank, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::blank();
    deserialize(&mut value, deserializer)?;
    Ok(value)
}

fn deserialize<'de, D: Deserializer<'de>>(
    member: &mut dyn Member,
    deserializer: D,
) -> Result<(), D::Error> {
    let put = decode::fill(member, &mut Context::default(), deserializer)?;
    if put.is_absent() {
        Err(de::Error::custom("expected a value, found none"))
    } else {
        Ok(())
    }
}

#[doc(hidden)]
pub fn debug(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    redact::debug(object, f)
}

#[doc(hidden)]
pub fn debug_text(
    value: &str,
    known: &[(&'static str, &'static str)],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    open_enum::debug(value, known, f)
}

#[doc(hidden)]
pub fn debug_int(
    value: i64,
    known: &[(i64, &'static str)],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    open_enum::debug(value, known, f)
}

#[doc(hidden)]
pub fn copy(from: &dyn Object, to: &mut dyn Object) {
    twin::copy(from, to);
}

#[doc(hidden)]
pub fn equal(a: &dyn Object, b: &dyn Object) -> bool {
    twin::equal(a, b)
}
