//! In: the facts of one service version. Out: the constant that its actions share.

use std::borrow::Cow;
use std::fmt;
use std::mem;

use super::named::Named;
use crate::site::Site;

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

/// One version of one service. Made by generated code, as a `static`; or by [`Service::described`] while a program runs.
#[derive(Debug, Clone)]
pub struct Service {
    pub(crate) vendor: Vendor,
    pub(crate) name: Cow<'static, str>,
    pub(crate) version: Cow<'static, str>,
    pub(crate) host: Cow<'static, str>,
    pub(crate) hosts: Named,
    pub(crate) signing_name: Cow<'static, str>,
    pub(crate) region: RegionRule,
    pub(crate) default_region: Option<Cow<'static, str>>,
    pub(crate) default_regions: Named,
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
            name: Cow::Borrowed(name),
            version: Cow::Borrowed(version),
            host: Cow::Borrowed(host),
            hosts: Named::NONE,
            signing_name: Cow::Borrowed(name),
            region: RegionRule::Optional,
            default_region: None,
            default_regions: Named::NONE,
            repeatable: &[],
        }
    }

    /// A service from names that are known only while the program runs; otherwise as [`new`](Self::new).
    pub fn described(
        vendor: Vendor,
        name: impl Into<String>,
        version: impl Into<String>,
        host: impl Into<String>,
    ) -> Self {
        let name: Cow<'static, str> = Cow::Owned(name.into());
        Self {
            vendor,
            signing_name: name.clone(),
            name,
            version: Cow::Owned(version.into()),
            host: Cow::Owned(host.into()),
            hosts: Named::NONE,
            region: RegionRule::Optional,
            default_region: None,
            default_regions: Named::NONE,
            repeatable: &[],
        }
    }

    /// As [`signing_name`](Self::signing_name), with a name that is known only while the program runs.
    #[must_use]
    pub fn signed_as(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Cow::Owned(name.into());
        self
    }

    /// As [`default_region`](Self::default_region), with a name that is known only while the program runs.
    #[must_use]
    pub fn served_from(mut self, region: impl Into<String>) -> Self {
        self.default_region = Some(Cow::Owned(region.into()));
        self
    }

    /// As [`hosts`](Self::hosts), one more, with names that are known only while the program runs.
    #[must_use]
    pub fn host_at(mut self, site: impl Into<Site>, host: impl Into<String>) -> Self {
        self.hosts = self.hosts.with(site.into().as_str(), host);
        self
    }

    /// The name in the credential scope, where it differs (`volcSMS`).
    #[must_use]
    pub const fn signing_name(mut self, name: &'static str) -> Self {
        // What it takes the place of is a constant, too, and a constant function cannot drop anything.
        mem::forget(mem::replace(&mut self.signing_name, Cow::Borrowed(name)));
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
        mem::forget(self.default_region.replace(Cow::Borrowed(region)));
        self
    }

    /// Its hosts beside that of production, by name: those that [`ConfigBuilder::site`](crate::ConfigBuilder::site) chooses. A
    /// label `{region}` stands for the region of the call.
    #[must_use]
    pub const fn hosts(mut self, hosts: &'static [(&'static str, &'static str)]) -> Self {
        mem::forget(mem::replace(&mut self.hosts, Named::Constant(hosts)));
        self
    }

    /// The regions used at hosts by name when none is configured, where they are not the default one.
    #[must_use]
    pub const fn default_regions(
        mut self,
        regions: &'static [(&'static str, &'static str)],
    ) -> Self {
        mem::forget(mem::replace(
            &mut self.default_regions,
            Named::Constant(regions),
        ));
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
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The API version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The host that serves it in production.
    pub fn host(&self) -> &str {
        &self.host
    }
}
