//! Pagination, waiters and idempotency tokens: the fields and paths they name must exist and fit.

use crate::api::{Action, Field, HandlePlace, PageStyle, Service, Type, WireValue};
use crate::dialect::{ActionFile, At, PaginationDecl, WaiterDecl};
use crate::node::Node;
use crate::resolve::gather::Draft;
use crate::{Code, Diagnostic, suggest};

/// `hidden` says that some fields or their types could not be read.
pub(super) fn check(
    service: &Service,
    draft: &Draft,
    hidden: bool,
    problems: &mut Vec<Diagnostic>,
) {
    for (name, file) in &draft.actions {
        let Some(action) = service.actions.get(name) else {
            continue;
        };
        let mut checker = Checker {
            service,
            draft,
            hidden,
            problems,
        };
        if let Some(token) = &file.idempotency_token
            && let Some(field) = checker.field(Code::BadToken, token, action, "the request")
            && !matches!(field.ty, Type::String)
            && !checker.unseen(field)
        {
            checker.report(
                Code::BadToken,
                token,
                format!("\"{}\" is not text", token.value),
                "an idempotency token is a `string` field",
            );
        }
        if let Some(pagination) = &file.pagination {
            checker.pagination(action, &pagination.value);
        }
        if let Some(waiter) = &file.waiter {
            checker.waiter(action, &waiter.value);
        }
    }
}

/// What a list on a path means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lists {
    /// The path ends there.
    End,
    /// The path goes on, in every item.
    Through,
}

struct Checker<'a> {
    service: &'a Service,
    draft: &'a Draft,
    hidden: bool,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn report<T>(&mut self, code: Code, at: &At<T>, message: String, help: impl Into<String>) {
        self.problems
            .push(Diagnostic::new(code, at.at.clone(), message).help(help));
    }

    fn pagination(&mut self, action: &'a Action, decl: &PaginationDecl) {
        let code = Code::BadPagination;
        let cursor = decl
            .style
            .as_ref()
            .is_some_and(|style| style.value == PageStyle::Cursor);
        for (key, input, counts) in [("input", &decl.input, !cursor), ("size", &decl.size, true)] {
            let Some(input) = input else { continue };
            let Some(field) = self.field(code, input, action, "the request") else {
                continue;
            };
            // Some services count in text.
            if !matches!(field.ty, Type::Int | Type::String) && !self.unseen(field) && counts {
                let message = format!("`{key}:` names \"{}\", which is no number", input.value);
                self.report(
                    code,
                    input,
                    message,
                    "offsets, page numbers and sizes are integers (or integers as text)",
                );
            }
        }
        if let Some(items) = &decl.items
            && let Some(field) = self.path(code, items, action, Lists::End)
            && !matches!(field.ty, Type::List(_))
            && !self.unseen(field)
        {
            self.report(
                code,
                items,
                format!("\"{}\" is no list", items.value),
                "`items:` leads to the list of one page",
            );
        }
        for path in [&decl.total, &decl.next].into_iter().flatten() {
            if let Some(field) = self.path(code, path, action, Lists::End)
                && matches!(field.ty, Type::List(_) | Type::Struct(_))
            {
                self.report(
                    code,
                    path,
                    format!("\"{}\" is no single value", path.value),
                    "totals and cursors are numbers or text",
                );
            }
        }
        match (&decl.style, &decl.next) {
            (Some(style), None) if cursor => {
                self.report(
                    code,
                    style,
                    "a cursor that no answer gives".to_owned(),
                    "add `next:`, the path of the next cursor",
                );
            }
            (Some(_), Some(next)) if !cursor => {
                self.report(
                    code,
                    next,
                    "`next:` goes with `style: cursor`".to_owned(),
                    "remove it, or change the style",
                );
            }
            _ => {}
        }
    }

    fn waiter(&mut self, action: &'a Action, decl: &WaiterDecl) {
        let code = Code::BadWaiter;
        let in_request = decl
            .handle_in
            .as_ref()
            .is_some_and(|place| place.value == HandlePlace::Request);
        match &decl.handle {
            Some(handle) if in_request => {
                self.field(code, handle, action, "the request");
            }
            Some(handle) => {
                self.path(code, handle, action, Lists::Through);
            }
            None => {}
        }
        let Some(poll) = &decl.poll else { return };
        let Some(target) = self.service.actions.get(&poll.value) else {
            let names = self.service.actions.keys().map(String::as_str);
            let hint = suggest::hint(&poll.value, names);
            self.report(code, poll, format!("no action \"{}\"", poll.value), hint);
            return;
        };
        if let Some(input) = &decl.poll_input {
            self.field(code, input, target, "the poll's request");
        }
        let Some(state) = decl
            .state
            .as_ref()
            .and_then(|state| self.path(code, state, target, Lists::Through))
        else {
            return;
        };
        let states = [&decl.success, &decl.failure]
            .into_iter()
            .flatten()
            .flat_map(|list| &list.value);
        for node in states {
            if !self.is_state(&state.ty, node) {
                let message = format!("{} is no state of \"{}\"", node.to_json(), state.name);
                let help = match self.state_names(&state.ty) {
                    Some(names) => suggest::hint(&node.to_text(), names.iter().map(String::as_str)),
                    None => "states are values of the field that `state:` leads to".to_owned(),
                };
                self.problems
                    .push(Diagnostic::new(code, node.at.clone(), message).help(help));
            }
        }
        if let Some(success) = decl.success.as_ref().filter(|list| list.value.is_empty()) {
            self.problems.push(
                Diagnostic::new(code, success.key_at.clone(), "no state means success")
                    .help("list it in `success:`"),
            );
        }
    }

    fn is_state(&self, ty: &Type, node: &Node) -> bool {
        let json = node.to_json();
        match ty {
            Type::Int => json.is_i64(),
            Type::String => json.is_string(),
            Type::Bool => json.is_boolean(),
            Type::Json => self.hidden,
            Type::Enum(name) => self.service.enums.get(name).is_none_or(|item| {
                let is_value = |value: &WireValue| match value {
                    WireValue::Text(text) => json.as_str() == Some(text),
                    WireValue::Int(number) => json.as_i64() == Some(*number),
                };
                item.values.is_empty() || item.values.iter().any(|value| is_value(&value.value))
            }),
            _ => false,
        }
    }

    /// The values of an enum, as texts to choose from.
    fn state_names(&self, ty: &Type) -> Option<Vec<String>> {
        let Type::Enum(name) = ty else { return None };
        let item = self.service.enums.get(name)?;
        Some(
            item.values
                .iter()
                .map(|value| value.value.to_string())
                .collect(),
        )
    }

    /// The field of the action's request that has the name.
    fn field(
        &mut self,
        code: Code,
        name: &At<String>,
        action: &'a Action,
        of: &str,
    ) -> Option<&'a Field> {
        let fields = &action.request;
        let found = fields.iter().find(|field| field.name == name.value);
        if found.is_none() && self.declares(action, |file| file.request.is_some()) {
            let message = format!("{of} has no field \"{}\"", name.value);
            let hint = suggest::hint(&name.value, fields.iter().map(|field| field.name.as_str()));
            self.report(code, name, message, hint);
        }
        found
    }

    /// The field at the end of a path of names that starts in the action's answer.
    fn path(
        &mut self,
        code: Code,
        path: &At<String>,
        action: &'a Action,
        lists: Lists,
    ) -> Option<&'a Field> {
        if !self.declares(action, |file| file.response.is_some()) {
            return None;
        }
        let service = self.service;
        let mut fields: &'a [Field] = &action.response;
        let mut found: Option<&'a Field> = None;
        for step in path.value.split('.') {
            let Some(field) = fields.iter().find(|field| field.name == step) else {
                if !found.is_some_and(|field| self.unseen(field)) {
                    self.breaks(code, path, step, found, fields);
                }
                return None;
            };
            fields = match &field.ty {
                // Without its fields the struct has been reported.
                Type::Struct(name) => &service.structs.get(name)?.fields,
                Type::List(_) if lists == Lists::Through => {
                    let item = field.ty.struct_name();
                    item.and_then(|name| service.structs.get(name))
                        .map_or(&[], |item| &item.fields)
                }
                _ => &[],
            };
            found = Some(field);
        }
        found
    }

    fn breaks(
        &mut self,
        code: Code,
        path: &At<String>,
        step: &str,
        last: Option<&Field>,
        fields: &[Field],
    ) {
        let message = format!("the path \"{}\" breaks at \"{step}\"", path.value);
        let hint = match last {
            Some(field) if !matches!(field.ty, Type::Struct(_)) => {
                format!("\"{}\" is no struct, so nothing lies below it", field.name)
            }
            _ => suggest::hint(step, fields.iter().map(|field| field.name.as_str())),
        };
        self.report(code, path, message, hint);
    }

    /// Whether the field's type may be one that could not be read: such a type counts as JSON.
    fn unseen(&self, field: &Field) -> bool {
        self.hidden && field.ty == Type::Json
    }

    /// Whether the action's file has the part that a name is looked up in; that it is missing has been reported.
    fn declares(&self, action: &Action, part: fn(&ActionFile) -> bool) -> bool {
        self.draft.actions.get(&action.name).is_some_and(part)
    }
}
