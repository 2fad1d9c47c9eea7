//! The public surface as sorted lines: what callers can name, and what must not be lost or change its meaning.

use yunqiao_model::api::{EnumKind, Life, Type};

use crate::emit::rust_type;
use crate::names::{Named, NamedCode, NamedFields, NamedService};

mod compare;

pub(crate) use compare::compare;

/// Name of the lock below the crate's folder.
pub const LOCK_FILE: &str = "api.lock";

const HEADER: &str = "# The public surface, one line an item: kind, path, Rust type, wire name.\n\
    # Written by `cargo xtask generate`. A line that changes or goes away breaks callers; a new line does not.\n";

/// The lock of a named crate.
pub(crate) fn write(named: &Named<'_>) -> String {
    let mut lines = Vec::new();
    for vendor in &named.vendors {
        let codes = vendor.codes.iter();
        lines.extend(codes.map(|code| const_line(vendor.vendor.folder(), code)));
        for service in &vendor.services {
            service_lines(service, &mut lines);
        }
    }
    lines.sort_unstable();
    lines.dedup();
    let mut out = String::from(HEADER);
    for line in lines {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn const_line(module: &str, code: &NamedCode<'_>) -> String {
    let (name, wire) = (&code.rust, &code.code.code);
    format!("const {module}::error_code::{name}: &str = {wire:?}")
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
    lines.push(format!(
        "feature {} = {}",
        service.service_feature(),
        service.module
    ));
    lines.push(format!(
        "feature {} = {}",
        service.feature(),
        service.version_module
    ));
    lines.push(format!("mod {path} = {}", service.service.id));
    lines.push(format!(
        "struct {path}::Client = {}",
        service.service.signing_name
    ));
    lines.extend(service.codes.iter().map(|code| const_line(&path, code)));
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
        struct_lines(service, &action.request, lines);
        struct_lines(service, &action.response, lines);
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
        struct_lines(service, &item.body, lines);
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

fn struct_lines(service: &NamedService<'_>, body: &NamedFields<'_>, lines: &mut Vec<String>) {
    let path = format!("{}::{}", service.path(), body.rust);
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
