//! In: the facts of one service version. Out: the constant that its actions share.

use std::fmt;

/// Whose API it is; decides signing, envelope and the names of environment variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Vendor {
    /// Tencent Cloud API 3.0 (TC3-HMAC-SHA256).
    Tencent,
    /// Volcengine OpenAPI (HMAC-SHA256); BytePlus is the same protocol at other hosts.
    Volcengine,
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tencent => "Tencent Cloud",
            Self::Volcengine => "Volcengine",
        })
    }
}

/// What an action does with the configured region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum RegionRule {
    /// A call without a region is refused before it is sent.
    Required,
    /// Sent when one is configured.
    #[default]
    Optional,
    /// The configured region is ignored; only the service's default, if any, is used.
    Unused,
}

/// One version of one service. Made by generated code, as a `static`.
#[derive(Debug)]
pub struct Service {
    pub(crate) vendor: Vendor,
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) host: &'static str,
    pub(crate) signing_name: &'static str,
    pub(crate) region: RegionRule,
    pub(crate) default_region: Option<&'static str>,
    pub(crate) repeatable: &'static [&'static str],
}

impl Service {
    /// A service by its API name (`essbasic`), version (`2021-05-26`) and host; signed under its name.
    pub const fn new(
        vendor: Vendor,
        name: &'static str,
        version: &'static str,
        host: &'static str,
    ) -> Self {
        Self {
            vendor,
            name,
            version,
            host,
            signing_name: name,
            region: RegionRule::Optional,
            default_region: None,
            repeatable: &[],
        }
    }

    /// The name in the credential scope, where it differs (`volcSMS`).
    #[must_use]
    pub const fn signing_name(mut self, name: &'static str) -> Self {
        self.signing_name = name;
        self
    }

    /// What the actions do with the region, unless they say otherwise.
    #[must_use]
    pub const fn region(mut self, rule: RegionRule) -> Self {
        self.region = rule;
        self
    }

    /// The region used when none is configured.
    #[must_use]
    pub const fn default_region(mut self, region: &'static str) -> Self {
        self.default_region = Some(region);
        self
    }

    /// The service's own error codes after which the same call may succeed later, sorted. Those that any service of the vendor
    /// may answer with are known here.
    #[must_use]
    pub const fn repeatable_codes(mut self, codes: &'static [&'static str]) -> Self {
        self.repeatable = codes;
        self
    }

    /// Whose service it is.
    pub const fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// The API name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The API version.
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// The host that serves it.
    pub const fn host(&self) -> &'static str {
        self.host
    }
}
