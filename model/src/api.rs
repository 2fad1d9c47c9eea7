//! The checked model: what the schema files mean once every name is resolved. Codegen, the local cloud and the diff read nothing else.

use std::collections::BTreeMap;
use std::fmt;

use crate::Location;

pub use crate::api::field::{Bounds, Check, Field, FloatBounds, Format, Sensitivity, Type, Width};
pub use crate::api::operation::{
    Action, Body, Example, ExampleAnswer, HandlePlace, Method, PageStyle, PageUnit, Pagination,
    RateLimit, RegionRule, Waiter,
};
pub use crate::api::pattern::{Pattern, Run};

mod field;
mod operation;
mod pattern;

/// Every service of every vendor, in the order of vendor, service and version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    /// What is common to all services of a vendor.
    pub vendors: BTreeMap<Vendor, VendorInfo>,
    /// Service versions, sorted.
    pub services: BTreeMap<ServiceId, Service>,
}

/// A cloud whose protocol the runtime speaks. The folder below `schemas/` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vendor {
    /// Tencent Cloud API 3.0: TC3-HMAC-SHA256, `Response` envelope.
    Tencent,
    /// Volcengine OpenAPI: HMAC-SHA256, `ResponseMetadata` envelope.
    Volcengine,
}

impl Vendor {
    /// All vendors, in order.
    pub const ALL: [Self; 2] = [Self::Tencent, Self::Volcengine];

    /// The folder below `schemas/` and the module of the generated crate.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Tencent => "tencent",
            Self::Volcengine => "volcengine",
        }
    }

    /// The name as the vendor writes it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tencent => "Tencent Cloud",
            Self::Volcengine => "Volcengine",
        }
    }

    /// The vendor whose folder this is.
    #[must_use]
    pub fn from_folder(folder: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|vendor| vendor.folder() == folder)
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.folder())
    }
}

/// What every service of a vendor shares (`vendor.yaml`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VendorInfo {
    /// Name for people.
    pub title: String,
    /// Description.
    pub doc: String,
    /// The vendor's page on calling its APIs.
    pub docs: Option<String>,
    /// Hosts of all services by name. `{service}` stands for the service's name, `{region}` for the region of the call.
    pub hosts: BTreeMap<String, String>,
    /// Error codes that any action may answer, by code.
    pub errors: BTreeMap<String, ErrorCode>,
}

/// Which version of which service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId {
    /// The cloud.
    pub vendor: Vendor,
    /// The service's name: the folder, for example `essbasic`.
    pub service: String,
    /// The date that names the version, for example `2021-05-26`.
    pub version: String,
}

impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.vendor, self.service, self.version)
    }
}

/// One version of one service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Vendor, name and version.
    pub id: ServiceId,
    /// Name for people.
    pub title: String,
    /// Description.
    pub doc: String,
    /// The vendor's page.
    pub docs: Option<String>,
    /// The service's name in the signature's scope; differs from the folder for `volcSMS`.
    pub signing_name: String,
    /// Host of production.
    pub host: String,
    /// Further hosts by name, for example `sandbox`: the service's own and its vendor's. `{region}` stands for the region of the call.
    pub hosts: BTreeMap<String, String>,
    /// Whether calls carry a region.
    pub region: RegionRule,
    /// The region used when the caller sets none.
    pub default_region: Option<String>,
    /// The regions used at hosts by name when the caller sets none, where they are not the default one.
    pub default_regions: BTreeMap<String, String>,
    /// The limit of every action that states none.
    pub rate_limit: Option<RateLimit>,
    /// Actions by wire name.
    pub actions: BTreeMap<String, Action>,
    /// Structs by wire name.
    pub structs: BTreeMap<String, Struct>,
    /// Enums by name.
    pub enums: BTreeMap<String, Enum>,
    /// The service's own error codes, by code.
    pub errors: BTreeMap<String, ErrorCode>,
    /// Why the service departs from the vendor's habits, if it does.
    pub because: Option<String>,
    /// Where it is declared.
    pub at: Location,
}

/// A structure used in requests or answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// Wire name.
    pub name: String,
    /// Description.
    pub doc: String,
    /// Fields in the order of the wire documents.
    pub fields: Vec<Field>,
    /// Rust name, where the wire name cannot be used.
    pub rust: Option<String>,
    /// Whether the whole struct is secret or personal.
    pub sensitive: Option<Sensitivity>,
    /// Lifecycle marks.
    pub life: Life,
    /// Occurs in a request.
    pub in_request: bool,
    /// Occurs in an answer.
    pub in_response: bool,
    /// Where it is declared.
    pub at: Location,
}

/// A closed list in the documents, an open one on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Name of the type.
    pub name: String,
    /// Description.
    pub doc: String,
    /// Rust name, where the name cannot be used.
    pub rust: Option<String>,
    /// Numbers or text.
    pub kind: EnumKind,
    /// Values in the order of the documents.
    pub values: Vec<EnumValue>,
    /// Lifecycle marks.
    pub life: Life,
    /// Where it is declared.
    pub at: Location,
}

/// What an enum's values are on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumKind {
    /// JSON strings.
    Text,
    /// JSON integers.
    Int,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// What is on the wire.
    pub value: WireValue,
    /// Name of the Rust variant.
    pub name: String,
    /// Meaning.
    pub doc: String,
    /// Lifecycle marks.
    pub life: Life,
    /// Where it is declared.
    pub at: Location,
}

/// An enum value on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireValue {
    /// Of a text enum.
    Text(String),
    /// Of a number enum.
    Int(i64),
}

impl fmt::Display for WireValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Int(number) => write!(f, "{number}"),
        }
    }
}

/// An error code that a service may answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorCode {
    /// The code on the wire.
    pub code: String,
    /// Meaning, in our words.
    pub doc: String,
    /// Whether the same call may succeed later.
    pub retry: bool,
    /// HTTP status that comes with it, when it is not 200.
    pub http_status: Option<u16>,
    /// Numeric twin of the code (Volcengine's `CodeN`).
    pub number: Option<i64>,
    /// Name of the Rust constant, where the derived one would collide.
    pub rust: Option<String>,
    /// Lifecycle marks.
    pub life: Life,
    /// Where it is declared.
    pub at: Location,
}

/// Where an item is in its life. Items are never deleted from one release to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// Still works; says what to use instead.
    pub deprecated: Option<String>,
    /// Gone upstream; the item stays as a tombstone until the next major release.
    pub removed: Option<String>,
    /// The wire name it had before.
    pub renamed_from: Option<String>,
}

impl Life {
    /// The text of the `#[deprecated]` attribute, if the item gets one.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.removed.as_deref().or(self.deprecated.as_deref())
    }
}
