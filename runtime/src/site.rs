//! In: a name that hosts have. Out: the choice that leads every call to the host of this name.

use std::borrow::Cow;
use std::fmt;

/// Which of its hosts an action is called at: production, or another by its name. See
/// [`ConfigBuilder::site`](crate::ConfigBuilder::site).
///
/// Names are the vendors' and the services' own: the documentation of a service's client lists those that it has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Site(Cow<'static, str>);

impl Site {
    /// The hosts that are called unless something else is said.
    pub const PRODUCTION: Self = Self::constant("production");
    /// A service's own environment for trying things out, with accounts and data of its own.
    pub const SANDBOX: Self = Self::constant("sandbox");
    /// Hosts that only machines inside the vendor's own network reach.
    pub const INTERNAL: Self = Self::constant("internal");
    /// The vendor's site for customers outside of mainland China.
    pub const INTERNATIONAL: Self = Self::constant("international");
    /// The hosts of one region: that of the call, which must have one.
    pub const REGIONAL: Self = Self::constant("regional");
    /// BytePlus, where Volcengine's services are sold outside of mainland China.
    pub const BYTEPLUS: Self = Self::constant("byteplus");

    const fn constant(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The hosts of this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_production(&self) -> bool {
        *self == Self::PRODUCTION
    }

    /// Why no host can have the name. A name with a dot is likely to be a host, for which there is something else.
    pub(crate) fn defect(&self) -> Option<String> {
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
        if !self.0.is_empty() && self.0.bytes().all(is_plain) {
            return None;
        }
        Some(format!(
            "the site {:?} is no name that a host can have, such as \"sandbox\": lower-case letters, digits, '-' and '_'; a host \
             of your own is an endpoint, https://host",
            self.0
        ))
    }
}

impl From<&str> for Site {
    fn from(name: &str) -> Self {
        Self::named(name)
    }
}

impl From<String> for Site {
    fn from(name: String) -> Self {
        Self::named(name)
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
