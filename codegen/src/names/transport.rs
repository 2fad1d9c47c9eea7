//! An action's or a struct's fields in, every field out that has no way to travel where it stands.

use std::collections::BTreeMap;

use yunqiao_model::api::{Action, Body, Check, Field, Struct, Type};
use yunqiao_model::{Code, Diagnostic};

/// Headers that belong to HTTP or to a vendor's protocol, in lower case; those with a dash at the end stand for all that
/// begin so.
const RESERVED: [&str; 16] = [
    "accept",
    "authorization",
    "connection",
    "content-",
    "cookie",
    "date",
    "expect",
    "host",
    "te",
    "trailer",
    "transfer-",
    "upgrade",
    "x-content-",
    "x-date",
    "x-security-",
    "x-tc-",
];

/// A request's fields may be headers and bytes, an answer's may not.
pub(super) fn action(action: &Action, problems: &mut Vec<Diagnostic>) {
    let mut headers = BTreeMap::new();
    for field in &action.request {
        match &field.header {
            Some(name) => header(field, name, &mut headers, problems),
            None => bytes(field, action.body, problems),
        }
    }
    if action.body == Body::OctetStream {
        whole_body(action, problems);
    }
    inner(&action.response, "an answer", problems);
}

/// Structs travel as JSON, which has neither headers nor bytes.
pub(super) fn struct_(item: &Struct, problems: &mut Vec<Diagnostic>) {
    inner(&item.fields, "a struct", problems);
}

fn inner(fields: &[Field], place: &str, problems: &mut Vec<Diagnostic>) {
    for field in fields {
        if *field.ty.innermost() == Type::Binary {
            let message = format!(
                "\"{}\" is binary, but {place} travels as JSON, which holds no bytes",
                field.name
            );
            let help = "bytes are fields of a request with `body: multipart` or `body: octet-stream`; base64 is a `string`";
            problems.push(conflict(field, message, help));
        }
        if field.header.is_some() {
            let message = format!(
                "\"{}\" stands in {place}, where no field is a header",
                field.name
            );
            problems.push(conflict(field, message, "remove `header:`"));
        }
    }
}

fn header<'a>(
    field: &'a Field,
    name: &str,
    taken: &mut BTreeMap<String, &'a str>,
    problems: &mut Vec<Diagnostic>,
) {
    if matches!(
        field.ty,
        Type::List(_) | Type::Struct(_) | Type::Json | Type::Binary
    ) {
        let message = format!(
            "\"{}\" cannot be a header, which carries one text or number",
            field.name
        );
        problems.push(conflict(
            field,
            message,
            "remove `header:`, or give the field another type",
        ));
    }
    let lower = name.to_ascii_lowercase();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_reserved = |own: &&str| lower == *own || own.ends_with('-') && lower.starts_with(*own);
    let malformed = |message: String, help: &str| {
        Diagnostic::new(Code::Malformed, field.at.clone(), message).help(help)
    };
    if name.is_empty() || !name.chars().all(is_word) {
        let message = format!("\"{}\" names no header", field.name);
        let help = "a header's name is letters, digits, - and _, for example X-CLS-TopicId";
        problems.push(malformed(message, help));
    } else if RESERVED.iter().any(is_reserved) {
        let message = format!(
            "\"{}\" takes the header {name}, which belongs to the protocol",
            field.name
        );
        problems.push(malformed(message, "name the header of the field itself"));
    } else if let Some(other) = taken.insert(lower, &field.name) {
        let message = format!("\"{}\" and \"{other}\" take one header", field.name);
        problems.push(conflict(field, message, "give each its own"));
    }
}

/// A field in the body, where bytes stand only in some.
fn bytes(field: &Field, body: Body, problems: &mut Vec<Diagnostic>) {
    if *field.ty.innermost() != Type::Binary {
        return;
    }
    if field.ty != Type::Binary {
        let message = format!(
            "\"{}\" is a list of bytes, and a part is one file",
            field.name
        );
        problems.push(conflict(field, message, "make it `type: binary`"));
    } else if !matches!(body, Body::Multipart | Body::OctetStream) {
        let message = format!(
            "\"{}\" is binary, which the action's body cannot hold",
            field.name
        );
        let help = "set `body: multipart` or `body: octet-stream`; base64 is a `string`";
        problems.push(conflict(field, message, help));
    }
    let of_text = |check: &Check| !matches!(check, Check::Bytes(_));
    if field.checks.iter().any(of_text) {
        let message = format!(
            "\"{}\" is binary, which has no characters to count or match",
            field.name
        );
        let problem = Diagnostic::new(Code::ConstraintType, field.at.clone(), message);
        problems.push(problem.help("`bytes:` limits the size"));
    }
}

/// One field is the body, and no other is in it. A tombstone is never sent.
fn whole_body(action: &Action, problems: &mut Vec<Diagnostic>) {
    let live = |field: &&Field| field.header.is_none() && field.life.removed.is_none();
    let mut body: Option<&Field> = None;
    let mut misplaced = false;
    for field in action.request.iter().filter(live) {
        if *field.ty.innermost() != Type::Binary {
            misplaced = true;
            let message = format!("\"{}\" has no place in a body of raw bytes", field.name);
            let help = "name the header that carries it with `header:`; the bytes of the body are `type: binary`";
            problems.push(conflict(field, message, help));
        } else if let Some(first) = body {
            let message = format!(
                "\"{}\" is a second body beside \"{}\"",
                field.name, first.name
            );
            let help = "`body: octet-stream` sends the bytes of one field; for more, set `body: multipart`";
            problems.push(conflict(field, message, help));
        } else {
            body = Some(field);
        }
    }
    // A field that has no place may be the one that is meant.
    if body.is_none() && !misplaced {
        let message = format!("{} sends raw bytes, but no field holds them", action.name);
        let help = "add the field whose bytes are the body: `type: binary`, without `header:`";
        problems.push(Diagnostic::new(Code::Conflict, action.at.clone(), message).help(help));
    }
}

fn conflict(field: &Field, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::Conflict, field.at.clone(), message).help(help)
}
