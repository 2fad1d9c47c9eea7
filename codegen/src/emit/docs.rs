//! Descriptions in, doc attributes out: one attribute a line, nothing in the text that rustdoc would misread.

use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::quote;
use yunqiao_model::api::{Bounds, Check, Field, Format, Sensitivity, Struct};

mod markdown;

pub(super) use markdown::{code, first_sentence, line, link, prose};

/// `#[doc]` attributes for an item.
pub(super) fn outer(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#[doc = #lines])*)
}

/// `#![doc]` attributes for a file.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#![doc = #lines])*)
}

/// Lines with the blank that prettyplease wants before the text.
pub(super) fn lines(text: &str) -> Vec<String> {
    let spaced = |line: String| {
        if line.is_empty() {
            line
        } else {
            format!(" {line}")
        }
    };
    markdown::wrap(text).into_iter().map(spaced).collect()
}

/// A name with what is known about it, on one line.
pub(super) fn headed(name: &str, text: &str) -> String {
    if text.is_empty() {
        format!("`{name}`.")
    } else {
        format!("`{name}`: {text}")
    }
}

/// A text without its line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A description of several lines, or the name of what nobody has described yet.
pub(super) fn described(name: &str, text: &str) -> String {
    let prose = prose(text);
    if prose.is_empty() {
        format!("`{name}`.")
    } else {
        prose
    }
}

/// A field's description with what is known about its values.
pub(super) fn field(field: &Field, request: bool) -> String {
    let mut out = described(&field.name, &field.doc);
    let mut facts = Vec::new();
    if request && field.required {
        facts.push("Required in requests.".to_owned());
    }
    if let Some(condition) = &field.required_if {
        facts.push(format!("Needed when: {}", sentence(&line(condition))));
    }
    if let Some(header) = &field.header {
        facts.push(format!("Travels as the header {}.", code(header)));
    }
    if field.result {
        facts.push("It is the whole `Result` of the answer.".to_owned());
    }
    facts.extend(
        field
            .format
            .map(|format| format!("Format: {}.", format_words(format))),
    );
    facts.extend(
        field
            .unit
            .as_ref()
            .map(|unit| format!("Unit: {}.", line(unit))),
    );
    facts.extend(
        field
            .default
            .as_ref()
            .map(|default| format!("Default: {}.", code(default))),
    );
    let checked = if field.advisory {
        " (documented, not checked locally)"
    } else {
        ""
    };
    facts.extend(
        field
            .checks
            .iter()
            .map(|check| format!("{}{checked}.", check_words(check))),
    );
    facts.extend(field.sensitive.map(|kind| sensitive_words(kind).to_owned()));
    if !facts.is_empty() {
        out.push_str("\n\n");
        out.push_str(&facts.join(" "));
    }
    out
}

/// The note of a field's `#[deprecated]`.
pub(super) fn field_note(field: &Field) -> Option<String> {
    let disabled = field.disabled.then(|| "switched off upstream".to_owned());
    field.life.note().map(ToOwned::to_owned).or(disabled)
}

fn sentence(text: &str) -> String {
    if text.ends_with('.') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn format_words(format: Format) -> &'static str {
    match format {
        Format::Base64 => "Base64",
        Format::Json => "JSON in a string",
        Format::Url => "URL",
        Format::Date => "date, `YYYY-MM-DD`",
        Format::Datetime => "date and time, `YYYY-MM-DD hh:mm:ss`",
        Format::DatetimeIso => "date and time, ISO 8601",
        Format::UnixSeconds => "seconds since 1970 UTC",
        Format::UnixMilliseconds => "milliseconds since 1970 UTC",
        Format::Seconds => "seconds",
        Format::Milliseconds => "milliseconds",
        Format::Md5 => "MD5 in hexadecimal",
        Format::Phone => "phone number",
        Format::Email => "e-mail address",
        Format::Ip => "IP address",
    }
}

fn check_words(check: &Check) -> String {
    match check {
        Check::Length(bounds) => format!("Length: {}", counted(*bounds, "character")),
        Check::Range(bounds) => format!("Value: {}", range_words(bounds.min, bounds.max)),
        Check::FloatRange(bounds) => {
            format!("Value: {}", range_words(bounds.min, bounds.max))
        }
        Check::Items(bounds) => format!("Entries: {}", range_words(bounds.min, bounds.max)),
        Check::Bytes(bounds) => format!("Size: {}", counted(*bounds, "byte")),
        Check::Pattern(pattern) => format!("Pattern: {}", code(&pattern.text)),
    }
}

/// A count with its unit, in the plural where it belongs.
fn counted(bounds: Bounds, unit: &str) -> String {
    let s = if bounds.max.or(bounds.min) == Some(1) {
        ""
    } else {
        "s"
    };
    format!("{} {unit}{s}", range_words(bounds.min, bounds.max))
}

fn range_words<T: PartialEq + Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any".to_owned(),
    }
}

/// What sensitive data mean for whoever prints them.
fn sensitive_words(kind: Sensitivity) -> &'static str {
    match kind {
        Sensitivity::Secret => "A secret: `Debug` does not show it.",
        Sensitivity::Personal => "Personal data: `Debug` does not show it.",
    }
}

/// A struct's description.
pub(super) fn item(item: &Struct) -> String {
    let sensitive = item
        .sensitive
        .map(|kind| format!("\n\n{}", sensitive_words(kind)));
    let doc = described(&item.name, &item.doc);
    format!("{doc}{}", sensitive.unwrap_or_default())
}
