//! A field of a request, an answer or a struct, as written.

use crate::api::{Format, Pattern, Sensitivity};
use crate::dialect::{BoundsText, Choice, Entries, FloatBoundsText, TypeText, choice, object};
use crate::node::Node;

/// Fields by wire name, in the order of the wire documents.
pub(crate) type Fields = Entries<FieldDecl>;

object! {
    /// A field: its type and what is known about its values.
    struct FieldDecl "a field" {
        /// Type of the value: `string`, `int`, `int32`, `int64`, `uint32`, `uint64`, `float`, `double`, `bool`, `binary`,
        /// `json`, the name of a struct or enum of this service version, or a list such as `[string]` or `[Agent]`.
        "type" ty: TypeText, required;
        /// The vendor flags the field as required in requests. Checked before sending.
        "required" required: bool;
        /// When the field is needed although it is not flagged, in words. Documentation only.
        "required_if" required_if: String;
        /// What the field means: its unit and format, when it is needed, what it excludes.
        "doc" doc: String, described;
        /// The vendor's own words, in its language, as `import --docs upstream` takes them over. Shown while `doc` is absent. Never
        /// part of this project's own schemas.
        "upstream_doc" upstream_doc: String;
        /// What a text or number stands for.
        "format" format: Format;
        /// What a number counts, for example `px`.
        "unit" unit: String;
        /// What the server takes when the field is absent.
        "default" default: Node;
        /// Characters of a text: `32`, `1..50`, `..64`.
        "length" length: BoundsText;
        /// UTF-8 bytes of a text: `..10485760`.
        "bytes" bytes: BoundsText;
        /// Shape of a text: characters, classes such as `[0-9X]`, `\d`, `.`, the counts `{n}`, `{m,n}`, `?`, `*`, `+`, and
        /// `|` between alternatives; it covers the whole text.
        "pattern" pattern: Pattern;
        /// Value of a number: `1..100`.
        "range" range: FloatBoundsText;
        /// Entries of a list: `1..100`.
        "items" items: BoundsText;
        /// The constraints come from prose that nobody compared with the vendor's page: they are documented, not enforced.
        "advisory" advisory: bool;
        /// Personal data or a secret; never shown by `Debug`, errors, logs or recordings.
        "sensitive" sensitive: Sensitivity;
        /// Name of the HTTP header that carries the field, instead of the body.
        "header" header: String;
        /// The field is the whole `Result` of an answer: some actions of Volcengine answer a bare text or list instead of an
        /// object. It is the answer's only field; examples show it under its name.
        "result" result: bool;
        /// Upstream has switched the field off. It stays and is marked deprecated.
        "disabled" disabled: bool;
        /// Still works, but something else should be used: what.
        "deprecated" deprecated: String;
        /// Gone upstream: since when and why. The field stays as a tombstone, and setting it fails locally.
        "removed" removed: String;
        /// The wire name it had before.
        "renamed_from" renamed_from: String;
        /// Rust name, where the derived one would collide. Needs `because`.
        "rust" rust: String;
        /// Why the field departs from the vendor's documents or habits.
        "because" because: String;
    }
}

choice!(Sensitivity {
    "personal" => Sensitivity::Personal,
    "secret" => Sensitivity::Secret,
});

choice!(Format {
    "base64" => Format::Base64,
    "json" => Format::Json,
    "url" => Format::Url,
    "date" => Format::Date,
    "datetime" => Format::Datetime,
    "datetime-iso" => Format::DatetimeIso,
    "unix-seconds" => Format::UnixSeconds,
    "unix-milliseconds" => Format::UnixMilliseconds,
    "seconds" => Format::Seconds,
    "milliseconds" => Format::Milliseconds,
    "md5" => Format::Md5,
    "phone" => Format::Phone,
    "email" => Format::Email,
    "ip" => Format::Ip,
});

impl Format {
    /// The word for it in schema files.
    #[must_use]
    pub fn word(self) -> &'static str {
        let own = <Self as Choice>::WORDS
            .iter()
            .find(|(_, format)| *format == self);
        own.map_or("", |(word, _)| *word)
    }
}
