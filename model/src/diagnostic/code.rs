//! The kinds of problem, each with a stable number and an explanation.

use std::fmt;

macro_rules! codes {
    ($($number:literal $name:ident: $title:literal, $doc:literal;)*) => {
        /// A kind of problem. Numbers are stable: searches and scripts may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $doc] $name,)*
        }

        impl Code {
            /// Every kind, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number, for example `S031`.
            #[must_use]
            pub const fn number(self) -> &'static str {
                match self { $(Self::$name => $number,)* }
            }

            /// A few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// What it means and what to do.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$name => $doc,)* }
            }
        }
    };
}

codes! {
    "S001" NotUtf8: "not UTF-8", "The file holds bytes that are not UTF-8. Save it as UTF-8 without a byte order mark.";
    "S002" Syntax: "not YAML", "The file is not well-formed YAML (or JSON), or holds invisible characters. Indentation is by spaces, two a level.";
    "S003" TooLarge: "file too large", "A schema file describes one thing and stays below 1 MiB.";
    "S004" TooDeep: "nested too deep", "Lists and mappings nest at most 64 levels.";
    "S005" Alias: "anchor, alias or tag", "Anchors, aliases, merge keys and tags are not part of the dialect: a file reads the same everywhere, and cannot grow when it is read.";
    "S006" DuplicateKey: "duplicate key", "A key stands twice in one mapping. Keep one.";
    "S007" NotOneDocument: "not one document", "A schema file holds exactly one YAML document with a mapping.";
    "S010" WrongFolder: "file in the wrong folder", "Files lie at VENDOR/vendor.yaml, VENDOR/SERVICE/VERSION/service.yaml, and in actions/, structs/ and enums/ beside service.yaml, and each describes what its folder says.";
    "S011" WrongName: "name and place disagree", "The name in the file and the file's name or folder must be the same.";
    "S012" NoService: "service.yaml missing", "A folder with actions, structs or enums needs a service.yaml.";
    "S020" UnknownKey: "unknown key", "The dialect has no such key here. schemas/README.md lists the keys.";
    "S021" MissingKey: "missing key", "A key that must be there is not.";
    "S022" WrongKind: "wrong kind of value", "A text, number, truth value, list or mapping was expected and something else stands there.";
    "S023" NotAllowed: "value not allowed", "The key takes one of a few words.";
    "S024" Malformed: "malformed value", "The value has a syntax of its own (a rate limit, bounds, a date, a host, a pattern) and does not follow it.";
    "S030" BadName: "name not allowed", "Names of types are UpperCamel ASCII identifiers, names of fields ASCII identifiers, names of hosts lower-case words.";
    "S031" UnknownType: "unknown type", "The type is neither built in nor a struct or enum of this service version.";
    "S032" TypeTwice: "type defined twice", "Two files define one name, or a struct takes the name of a request or answer.";
    "S033" NameCollision: "two names become one Rust name", "Two wire names would get the same Rust name. Give one of them `rust: other_name` and say why in `because:`.";
    "S034" Unused: "unused type", "Nothing that an action sends or receives reaches the type. Remove the file, or mark it `removed:` if it was published.";
    "S035" EndlessType: "type without a finite value", "Required fields lead from the struct back to itself, so no finite value exists. One of them is optional.";
    "S036" MissingDescription: "missing description", "Every item says what it is for.";
    "S037" EmptyEnum: "enum without values", "An enum lists at least one value.";
    "S038" DuplicateValue: "duplicate enum value", "A value or a variant name stands twice in an enum.";
    "S039" WrongValueKind: "enum value of the wrong kind", "A `type: string` enum has texts (in quotes where they look like numbers), a `type: int` enum has integers.";
    "S040" ImpossibleConstraint: "impossible constraint", "No value can satisfy the constraint.";
    "S041" ConstraintType: "constraint does not fit the type", "length, bytes and pattern go with text, range with numbers, items with lists.";
    "S042" UndeclaredError: "error code not declared", "The code is in neither the service's nor the vendor's `errors:`. Declare it with its meaning.";
    "S043" DuplicateEntry: "duplicate entry", "A list names one thing twice.";
    "S044" ExampleMismatch: "example does not conform", "The example breaks the types, required fields or constraints it illustrates.";
    "S045" ExampleUnknownField: "example names an unknown field", "The example uses a field that the action does not have.";
    "S046" BadPagination: "pagination does not fit", "Pagination names fields of the request and paths in the answer that must exist and have fitting types.";
    "S047" BadWaiter: "waiter does not fit", "A waiter names an action, fields and states that must exist.";
    "S048" BadToken: "idempotency token does not fit", "idempotency_token names a text field of the request.";
    "S049" Conflict: "keys contradict each other", "Two keys of the item cannot both hold.";
    "S050" NoReason: "no reason given", "A departure from the vendor's habits says why in `because:`.";
    "S051" NeedlessOverride: "override without effect", "The override says what would hold anyway. Workarounds that no longer apply are removed.";
    "S052" EnvelopeField: "field of the envelope", "RequestId comes with every answer and is read by the runtime; answers do not list it.";
    "S053" RemovedInUse: "removed item in use", "A live item refers to one that is marked `removed:`.";
    "S054" RestatedName: "description restates the name", "A description that says nothing beyond the name helps nobody. Say what the thing means: its unit and format, when it is needed, what it excludes, where the value comes from.";
    "S060" LostFromSurface: "published item lost", "generated/api.lock lists an item that the schemas no longer have. Keep it with `removed:` until the next major release.";
    "S061" ChangedSurface: "published name changed", "An item would get another Rust name or shape than generated/api.lock pins. Pin the old one, or accept the break with --accept-breaking.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}
