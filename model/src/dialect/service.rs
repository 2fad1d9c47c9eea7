//! Vendor and service files, as written.

use crate::api::{RateLimit, RegionRule};
use crate::dialect::{At, Entries, object};

object! {
    /// What all services of a vendor share: `<vendor>/vendor.yaml`.
    struct VendorFile "a vendor file" {
        /// The folder's name: `tencent` or `volcengine`.
        "vendor" name: String, required;
        /// Name for people.
        "title" title: String, required;
        /// What the vendor offers, in a sentence.
        "doc" doc: String, required;
        /// The vendor's page on calling its APIs.
        "docs" docs: String;
        /// Further hosts of every service by name, for example `internal`. `{service}` stands for the service's name, `{region}` for
        /// the region of the call, each alone between two dots.
        "hosts" hosts: Entries<At<String>>;
        /// Error codes that any action may answer, by code.
        "errors" errors: Entries<ErrorDecl>;
    }
}

object! {
    /// One version of one service: `<vendor>/<service>/<version>/service.yaml`.
    struct ServiceFile "a service file" {
        /// The folder's name.
        "service" name: String, required;
        /// The folder's date, `YYYY-MM-DD`.
        "version" version: String, required;
        /// Name for people.
        "title" title: String, required;
        /// What the service does, in a few sentences.
        "doc" doc: String, described;
        /// The vendor's own words, in its language, as `import --docs upstream` takes them over. Shown while `doc` is absent. Never
        /// part of this project's own schemas.
        "upstream_doc" upstream_doc: String;
        /// Descriptions may be absent everywhere in the service: it was imported, and nobody has described it yet.
        "undescribed" undescribed: bool;
        /// The vendor's page.
        "docs" docs: String;
        /// Host of production.
        "host" host: String, required;
        /// Further hosts by name, for example `sandbox`, beside those that the vendor gives to all its services. `{region}`, alone
        /// between two dots, stands for the region of the call. Another host under a name of the vendor's, or `none` where the service
        /// has no such host, needs `because`.
        "hosts" hosts: Entries<At<String>>;
        /// The service's name in the signature's scope, when it is not the folder's name. Needs `because`.
        "signing_name" signing_name: String;
        /// Whether calls name a region.
        "region" region: RegionRule, required;
        /// Region used when the caller sets none.
        "default_region" default_region: String;
        /// Region used at a host by name when the caller sets none, where it is another.
        "default_regions" default_regions: Entries<At<String>>;
        /// Limit of every action that states none, for example `20/s`.
        "rate_limit" rate_limit: RateLimit;
        /// The service's own error codes, by code.
        "errors" errors: Entries<ErrorDecl>;
        /// Why the service departs from the vendor's habits.
        "because" because: String;
    }
}

object! {
    /// An error code and its meaning.
    struct ErrorDecl "an error code" {
        /// What went wrong and what the caller can do.
        "doc" doc: String, described;
        /// The same call may succeed later.
        "retry" retry: bool;
        /// HTTP status that comes with it, when it is not 200.
        "http_status" http_status: i64;
        /// Numeric twin of the code.
        "number" number: i64;
        /// No longer answered: since when and why.
        "removed" removed: String;
        /// Name of the Rust constant, where the derived one would collide. Needs `because`.
        "rust" rust: String;
        /// Why the code has another name in Rust.
        "because" because: String;
    }
}
