//! One field of a struct, a request or an answer: its type and what is known about its values.

use super::{Life, Pattern};
use crate::Location;

/// A field, in its place in the wire document.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Wire name.
    pub name: String,
    /// Type of the value.
    pub ty: Type,
    /// Documented width of a number; Rust always uses 64 bits.
    pub width: Option<Width>,
    /// The vendor flags it as required in requests.
    pub required: bool,
    /// When it is needed although not flagged, in words.
    pub required_if: Option<String>,
    /// Description.
    pub doc: String,
    /// What the text or number stands for.
    pub format: Option<Format>,
    /// What the number counts, for example `px`.
    pub unit: Option<String>,
    /// The server's default, in words or as a value.
    pub default: Option<String>,
    /// Constraints on the value.
    pub checks: Vec<Check>,
    /// The constraints come from prose nobody compared: they are documentation and are not enforced.
    pub advisory: bool,
    /// Secret or personal data.
    pub sensitive: Option<Sensitivity>,
    /// Upstream has switched the field off: it stays, deprecated.
    pub disabled: bool,
    /// Where a request carries it when not in the body.
    pub header: Option<String>,
    /// It is the answer's whole `Result`, not a member of it.
    pub result: bool,
    /// Lifecycle marks.
    pub life: Life,
    /// By-value recursion passes here, so the generator boxes it.
    pub boxed: bool,
    /// Rust name, where the derived one would collide.
    pub rust: Option<String>,
    /// Why the field departs from the vendor's documents, if it does.
    pub because: Option<String>,
    /// Where it is declared.
    pub at: Location,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Text.
    String,
    /// Integer, 64 bits in Rust.
    Int,
    /// Floating point, 64 bits in Rust.
    Float,
    /// Truth value.
    Bool,
    /// Bytes sent as a part of a multipart body.
    Binary,
    /// Any JSON value.
    Json,
    /// A struct of the same service version.
    Struct(String),
    /// An enum of the same service version.
    Enum(String),
    /// A list.
    List(Box<Type>),
}

impl Type {
    /// The type inside all lists.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        match self {
            Self::List(item) => item.innermost(),
            other => other,
        }
    }

    /// The struct that this type is or lists.
    #[must_use]
    pub fn struct_name(&self) -> Option<&str> {
        match self.innermost() {
            Self::Struct(name) => Some(name),
            _ => None,
        }
    }

    /// The enum that this type is or lists.
    #[must_use]
    pub fn enum_name(&self) -> Option<&str> {
        match self.innermost() {
            Self::Enum(name) => Some(name),
            _ => None,
        }
    }
}

/// The width that the vendor documents. Metadata only: it follows no rule upstream and flips between releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// `int32`.
    Int32,
    /// `int64`.
    Int64,
    /// `uint32`.
    Uint32,
    /// `uint64`.
    Uint64,
    /// `double`.
    Double,
}

/// What a text or a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Base64 text.
    Base64,
    /// JSON in a string.
    Json,
    /// An URL.
    Url,
    /// A calendar date, `YYYY-MM-DD`.
    Date,
    /// Date and time, `YYYY-MM-DD hh:mm:ss`.
    Datetime,
    /// Date and time as ISO 8601.
    DatetimeIso,
    /// Seconds since 1970 UTC.
    UnixSeconds,
    /// Milliseconds since 1970 UTC.
    UnixMilliseconds,
    /// A length of time in seconds.
    Seconds,
    /// A length of time in milliseconds.
    Milliseconds,
    /// An MD5 hash in hexadecimal.
    Md5,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// An IP address.
    Ip,
}

/// Why a value must not be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// Identifies or describes a person.
    Personal,
    /// Grants access.
    Secret,
}

/// A constraint on a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// Characters (Unicode scalar values) of a text, or of each text of a list.
    Length(Bounds),
    /// Value of an integer.
    Range(Bounds),
    /// Value of a floating-point number.
    FloatRange(FloatBounds),
    /// Entries of a list.
    Items(Bounds),
    /// UTF-8 bytes of a text.
    Bytes(Bounds),
    /// Shape of a text, anchored at both ends.
    Pattern(Pattern),
}

/// Inclusive limits; a missing one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Smallest value allowed.
    pub min: Option<i64>,
    /// Largest value allowed.
    pub max: Option<i64>,
}

/// Inclusive limits of a floating-point number; a missing one is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatBounds {
    /// Smallest value allowed.
    pub min: Option<f64>,
    /// Largest value allowed.
    pub max: Option<f64>,
}
