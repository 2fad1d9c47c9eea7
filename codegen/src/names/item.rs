//! One item of the model in, the same with its Rust names out.

use std::collections::BTreeMap;

use yunqiao_model::Diagnostic;
use yunqiao_model::api::{Action, Enum, ErrorCode, Field, Life, Struct};

use crate::names::scope::{Kind, Scope, given};
use crate::names::{
    FormerAction, NamedAction, NamedCode, NamedEnum, NamedField, NamedFields, NamedStruct, case,
    transport,
};

/// Associated functions of the generated types and of clients that a setter or method may not shadow.
pub(super) const TYPE_FUNCTIONS: [&str; 3] = ["new", "default", "clone"];
pub(super) const CLIENT_FUNCTIONS: [&str; 6] = [
    "new",
    "from_env",
    "clone",
    "runtime",
    "wait_for",
    "wait_for_each",
];

pub(super) fn action<'a>(action: &'a Action, problems: &mut Vec<Diagnostic>) -> NamedAction<'a> {
    transport::action(action, problems);
    let message = |end: &str, of: &'a [Field], problems: &mut Vec<Diagnostic>| {
        let name = format!("{}{end}", action.name);
        NamedFields {
            rust: name.clone(),
            wire: name,
            fields: fields(of, problems),
        }
    };
    let derived = case::identifier(&action.name, &CLIENT_FUNCTIONS);
    let own = (action.name.as_str(), &action.at);
    let method = given(Kind::Method, action.rust.as_deref(), derived, own, problems);
    let former = action.life.renamed_from.as_ref();
    let former = former.map(|old| FormerAction {
        method: Some(case::identifier(old, &CLIENT_FUNCTIONS)).filter(|old| *old != method),
        request: format!("{old}Request"),
        response: format!("{old}Response"),
    });
    NamedAction {
        action,
        // `new_` is needed for the method only.
        module: case::identifier(method.trim_end_matches('_'), &["actions"]),
        method,
        request: message("Request", &action.request, problems),
        response: message("Response", &action.response, problems),
        former,
    }
}

pub(super) fn struct_<'a>(item: &'a Struct, problems: &mut Vec<Diagnostic>) -> NamedStruct<'a> {
    transport::struct_(item, problems);
    let rust = item.rust.as_ref().unwrap_or(&item.name);
    NamedStruct {
        item,
        module: case::identifier(rust, &["structs"]),
        former: former(&item.life, rust),
        body: NamedFields {
            rust: rust.clone(),
            wire: item.name.clone(),
            fields: fields(&item.fields, problems),
        },
    }
}

pub(super) fn enum_(item: &Enum) -> NamedEnum<'_> {
    let rust = item.rust.as_ref().unwrap_or(&item.name);
    NamedEnum {
        item,
        module: case::identifier(rust, &["enums"]),
        former: former(&item.life, rust),
        rust: rust.clone(),
    }
}

/// The name that a type had before, where it is another one.
fn former<'a>(life: &'a Life, rust: &str) -> Option<&'a str> {
    life.renamed_from.as_deref().filter(|old| *old != rust)
}

fn fields<'a>(fields: &'a [Field], problems: &mut Vec<Diagnostic>) -> Vec<NamedField<'a>> {
    let mut scope = Scope::default();
    let mut named = Vec::new();
    for field in fields {
        let derived = case::identifier(&field.name, &TYPE_FUNCTIONS);
        let own = (field.name.as_str(), &field.at);
        let rust = given(Kind::Field, field.rust.as_deref(), derived, own, problems);
        scope.claim(&rust, own, problems);
        named.push(NamedField {
            field,
            rust,
            former: None,
            respelt: false,
        });
    }
    for named in &mut named {
        let Some(old) = &named.field.life.renamed_from else {
            continue;
        };
        let former = case::identifier(old, &TYPE_FUNCTIONS);
        named.respelt = former == named.rust;
        // A tombstone keeps its own setter.
        if !scope.has(&former) {
            scope.claim(&former, (old, &named.field.at), problems);
            named.former = Some(former);
        }
    }
    named
}

pub(crate) fn codes<'a>(
    codes: &'a BTreeMap<String, ErrorCode>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<NamedCode<'a>> {
    let mut scope = Scope::default();
    let mut named = Vec::new();
    for code in codes.values() {
        let own = (code.code.as_str(), &code.at);
        let derived = case::constant(&code.code);
        let rust = given(Kind::Constant, code.rust.as_deref(), derived, own, problems);
        scope.claim(&rust, own, problems);
        named.push(NamedCode { code, rust });
    }
    named
}
