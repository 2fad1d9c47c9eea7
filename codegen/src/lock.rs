//! The public surface as sorted lines: what callers can name, and what must not be lost or change its meaning.

use yunqiao_model::api::{EnumKind, Life, Type};

use crate::emit::{long, rust_type};
use crate::names::{NamedAction, NamedFields, NamedService};
use crate::outline::Places as _;

mod compare;
mod place;
mod read;
mod root;

pub(crate) use compare::compare;
pub use read::{Pinned, Surface};
pub(crate) use root::{root, with_root};

/// Name of the lock below the crate's folder.
pub const LOCK_FILE: &str = "api.lock";

const HEADER: &str = "# The public surface, one line an item: kind, path, Rust type, wire name.\n\
    # Written by `cargo xtask generate`. A line that changes or goes away breaks callers; a new line does not.\n";

/// The lines of a service version.
pub(crate) fn service(service: &NamedService<'_>) -> String {
    let mut lines = Vec::new();
    service_lines(service, &mut lines);
    sorted(lines)
}

fn sorted(mut lines: Vec<String>) -> String {
    lines.sort_unstable();
    lines.dedup();
    let mut out = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    for line in lines {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// The lock of a crate from the lines of its parts.
pub(crate) fn join<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut lines: Vec<&str> = parts.into_iter().flat_map(str::lines).collect();
    // Not the unstable one: this makes use of the order inside of the parts.
    lines.sort();
    lines.dedup();
    let mut out = String::with_capacity(
        HEADER.len() + lines.iter().map(|line| line.len() + 1).sum::<usize>(),
    );
    out.push_str(HEADER);
    for line in lines {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Whether a line is of the service version whose module this is.
fn is_of(line: &str, module: &str) -> bool {
    let item = line.strip_prefix("former ").unwrap_or(line);
    let path = item.split_once(' ').map_or("", |(_, path)| path);
    path.strip_prefix(module)
        .is_some_and(|rest| rest.starts_with("::") || rest.starts_with(" = "))
}

/// The lines of a service version in a lock.
pub(crate) fn part(lock: &str, module: &str) -> String {
    let mut out = String::new();
    for line in lock.lines().filter(|line| is_of(line, module)) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The lock with other lines for a service version.
pub(crate) fn replace(lock: &str, module: &str, part: &str) -> String {
    replace_lines(lock, part, |line| is_of(line, module))
}

/// The lock with other lines for those that are `old`.
fn replace_lines(lock: &str, part: &str, old: impl Fn(&str) -> bool) -> String {
    let others = lock
        .lines()
        .filter(|line| !line.starts_with('#') && !old(line));
    let mut out = String::with_capacity(lock.len() + part.len());
    out.push_str(HEADER);
    let mut new = part.lines().peekable();
    let mut push = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    for line in others {
        while let Some(line) = new.next_if(|new| *new < line) {
            push(line);
        }
        push(line);
    }
    new.for_each(push);
    out
}

fn const_line(module: &str, name: &str, code: &str) -> String {
    format!("const {module}::error_code::{name}: &str = {code:?}")
}

/// The name that something had before it was renamed; it is deprecated, and still there.
fn alias_line(module: &str, old: &str, new: &str) -> String {
    format!("alias {module}::{old} = {new}")
}

/// The wire name before that an item had under the same Rust name: a note for the comparison, not a part of the surface.
fn former_line(item: &str, life: &Life) -> String {
    format!(
        "former {item} = {}",
        life.renamed_from.as_deref().unwrap_or_default()
    )
}

fn service_lines(service: &NamedService<'_>, lines: &mut Vec<String>) {
    let path = service.path();
    lines.push(format!("mod {path} = {}", service.service.id));
    lines.push(format!(
        "struct {path}::Client = {}",
        service.service.signing_name
    ));
    let codes = service.codes.iter();
    lines.extend(codes.map(|named| const_line(&path, &named.rust, &named.code.code)));
    for action in &service.actions {
        let (request, response) = (&action.request.rust, &action.response.rust);
        let answer = if action.action.streaming {
            format!("Events<{response}>")
        } else {
            response.clone()
        };
        lines.push(format!(
            "method {path}::Client::{}: {request} -> {answer} = {}",
            action.method, action.action.name
        ));
        struct_lines(service, &path, &action.request, lines);
        struct_lines(service, &path, &action.response, lines);
        lines.extend(long_lines(service, &path, action));
        if let Some(former) = &action.former {
            lines.push(match &former.method {
                Some(old) => alias_line(&path, &format!("Client::{old}"), &action.method),
                None => former_line(
                    &format!("{path}::Client::{}", action.method),
                    &action.action.life,
                ),
            });
            lines.extend([
                alias_line(&path, &former.request, request),
                alias_line(&path, &former.response, response),
            ]);
        }
    }
    for item in &service.structs {
        struct_lines(service, &path, &item.body, lines);
        lines.extend(
            item.former
                .map(|old| alias_line(&path, old, &item.body.rust)),
        );
    }
    for item in &service.enums {
        let kind = if item.item.kind == EnumKind::Int {
            "i64"
        } else {
            "str"
        };
        lines.push(format!(
            "enum {path}::{}: {kind} = {}",
            item.rust, item.item.name
        ));
        lines.extend(item.former.map(|old| alias_line(&path, old, &item.rust)));
        for value in &item.item.values {
            lines.push(format!(
                "variant {path}::{}::{} = {:?}",
                item.rust,
                value.name,
                value.value.to_string()
            ));
        }
    }
}

/// What can be gone through by pages, and what can be waited for.
fn long_lines(service: &NamedService<'_>, module: &str, item: &NamedAction<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let action = item.action;
    let paged = action.pagination.as_ref().filter(|_| !action.streaming);
    if let Some(pagination) = paged
        && let Some((_, of)) = long::page_items(service, item, pagination)
    {
        lines.push(format!(
            "pages {module}::{}: {} = {}",
            item.response.rust,
            rust_type::text(service, of),
            pagination.items
        ));
    }
    if let Some(waiter) = &action.waiter
        && let Some((started, poll)) = long::job_types(service, item, waiter)
    {
        lines.push(format!(
            "job {module}::{started}: {} -> {} = {}",
            poll.request.rust, poll.response.rust, waiter.poll
        ));
    }
    lines
}

fn struct_lines(
    service: &NamedService<'_>,
    module: &str,
    body: &NamedFields<'_>,
    lines: &mut Vec<String>,
) {
    let path = format!("{module}::{}", body.rust);
    lines.push(format!("struct {path} = {}", body.wire));
    for field in &body.fields {
        let list = matches!(field.field.ty, Type::List(_));
        let inner = rust_type::text(service, &field.field.ty);
        let boxed = if field.field.boxed {
            format!("Box<{inner}>")
        } else {
            inner
        };
        let ty = if list {
            boxed
        } else {
            format!("Option<{boxed}>")
        };
        lines.push(format!(
            "field {path}::{}: {ty} = {}",
            field.rust, field.field.name
        ));
        match &field.former {
            Some(old) => lines.push(alias_line(&path, old, &field.rust)),
            None if field.respelt => {
                let item = format!("{path}::{}", field.rust);
                lines.push(former_line(&item, &field.field.life));
            }
            None => {}
        }
    }
}
