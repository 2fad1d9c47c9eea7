//! An item of the model in, the Rust that uses it as a caller would out.

use std::fmt::Write as _;

use serde_json::json;
use yunqiao_codegen::constant_name;
use yunqiao_diff::Change;
use yunqiao_model::api::{
    Action, Enum, EnumKind, ErrorCode, Field, HandlePlace, Pagination, Service, Type,
};

use crate::names::{self, CRATE, field, method, module, of_enum, of_struct, stored, ty};
use crate::subject::{Item, Owner};

/// What a witness says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) code: String,
    /// Last names of what is used.
    pub(crate) names: Vec<String>,
    pub(crate) meaning: Option<String>,
}

impl Text {
    fn new(code: String, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            code,
            names: names.into_iter().map(Into::into).collect(),
            meaning: None,
        }
    }
}

/// Uses an item.
pub(crate) fn of(item: &Item<'_>) -> Text {
    match *item {
        Item::Vendor(vendor) => {
            let code =
                format!("pub fn vendor() -> {CRATE}::Vendor {{ {CRATE}::Vendor::{vendor:?} }}\n");
            Text::new(code, [""; 0])
        }
        Item::Service(service) => client(service),
        Item::Action(service, action) => call(service, action),
        Item::Struct(service, one) => {
            let path = format!("{}::{}", module(service), of_struct(one));
            let mut code = format!("pub fn keep(value: {path}) -> {path} {{ value.clone() }}\n");
            if one.in_request {
                let _ = writeln!(code, "pub fn make() -> {path} {{ {path}::new() }}");
            }
            Text::new(code, [of_struct(one)])
        }
        Item::Enum(service, one) => {
            let path = format!("{}::{}", module(service), of_enum(one));
            let (read, given) = reader(one);
            let code = format!(
                "pub fn read(value: &{path}) -> {given} {{ value.{read}() }}\npub fn take(value: {given}) -> {path} {{ value.into() }}\n"
            );
            Text::new(code, [of_enum(one)])
        }
        Item::Value(service, list, value) => {
            let path = format!("{}::{}", module(service), of_enum(list));
            let name = &value.name;
            let code = format!(
                "pub fn is(value: &{path}) -> bool {{ match value {{ {path}::{name} => true, _ => false }} }}\n\
                 pub fn make() -> {path} {{ {path}::{name} }}\n"
            );
            Text::new(code, [name.clone()])
        }
        Item::Fields(service, owner) => in_order(service, owner),
        Item::Field(service, owner, one) => use_field(service, owner, one),
        Item::Code(vendor, service, code) => {
            let module = match service {
                Some(service) => module(service),
                None => format!("{CRATE}::{vendor}"),
            };
            let name = constant(code);
            let code = format!("pub const CODE: &str = {module}::error_code::{name};\n");
            Text::new(code, [name])
        }
    }
}

fn constant(code: &ErrorCode) -> String {
    let own = code.rust.clone();
    own.unwrap_or_else(|| constant_name(&code.code))
}

/// How an enum is read, and what comes out.
fn reader(list: &Enum) -> (&'static str, &'static str) {
    match list.kind {
        EnumKind::Text => ("as_str", "&str"),
        EnumKind::Int => ("as_i64", "i64"),
    }
}

/// Makes a client.
fn client(service: &Service) -> Text {
    let module = module(service);
    let code = format!(
        "pub fn client(config: &{CRATE}::Config) -> {module}::Client {{ {module}::Client::new(config) }}\n"
    );
    Text::new(code, [""; 0])
}

/// Makes a client, and names the method of each action that lives.
pub(crate) fn whole_service(item: &Item<'_>) -> Text {
    let Item::Service(service) = item else {
        return of(item);
    };
    let module = module(service);
    let mut code = client(service).code;
    code.push_str("pub fn methods() {\n");
    let alive = service.actions.values();
    let methods: Vec<String> = alive
        .filter(|action| action.life.removed.is_none())
        .map(method)
        .collect();
    for method in &methods {
        let _ = writeln!(code, "    let _ = {module}::Client::{method};");
    }
    code.push_str("}\n");
    Text::new(code, methods)
}

fn request(service: &Service, action: &Action) -> String {
    format!("{}::{}Request", module(service), action.name)
}

fn response(service: &Service, action: &Action) -> String {
    format!("{}::{}Response", module(service), action.name)
}

/// Builds the call.
fn call(service: &Service, action: &Action) -> Text {
    let (module, method) = (module(service), method(action));
    let (request, response) = (request(service, action), response(service, action));
    let call = if action.streaming {
        "StreamCall"
    } else {
        "Call"
    };
    let code = format!(
        "pub fn call(client: &{module}::Client) -> {CRATE}::{call}<{response}> {{ client.{method}({request}::new()) }}\n"
    );
    Text::new(code, [method])
}

/// Goes through the items of a paged answer.
pub(crate) fn items(item: &Item<'_>) -> Option<Text> {
    let Item::Action(service, action) = item else {
        return None;
    };
    let paging = action.pagination.as_ref()?;
    let of = ty(service, item_type(service, action, paging)?);
    let response = response(service, action);
    let code = format!(
        "pub fn items(page: {response}) -> ::std::vec::Vec<{of}> {{ {CRATE}::Paged::into_items(page) }}\n\
         pub fn pages(call: {CRATE}::Call<{response}>) -> {CRATE}::Items<{response}> {{ call.items() }}\n"
    );
    // Lists differ in how long they are, whatever is in them.
    let lengths = lists(&action.response);
    let answer = json!(lengths).to_string();
    let meaning = format!(
        "{{ let json: {CRATE}::JsonValue = {answer:?}.parse().expect(\"it is JSON\"); \
         let page = <{response} as ::yunqiao_runtime::serde::Deserialize>::deserialize(json).expect(\"it is an answer\"); \
         {CRATE}::Paged::into_items(page).len().to_string() }}"
    );
    Some(Text {
        meaning: Some(meaning),
        ..Text::new(code, [method(action)])
    })
}

/// An answer in which each list of structs has a length of its own.
fn lists(fields: &[Field]) -> serde_json::Map<String, serde_json::Value> {
    let lists = fields.iter().filter(|field| match &field.ty {
        Type::List(item) => matches!(&**item, Type::Struct(_)),
        _ => false,
    });
    let entries = lists.zip(1..).map(|(field, count)| {
        let items = vec![json!({}); count];
        (field.name.clone(), json!(items))
    });
    entries.collect()
}

/// The type of what a page holds.
fn item_type<'a>(
    service: &'a Service,
    action: &'a Action,
    paging: &Pagination,
) -> Option<&'a Type> {
    let mut fields = action.response.as_slice();
    let mut found = None;
    for name in paging.items.split('.') {
        let field = fields.iter().find(|field| field.name == name)?;
        let inner = field.ty.struct_name();
        fields = inner
            .and_then(|name| service.structs.get(name))
            .map_or(&[], |inner| &inner.fields);
        found = Some(&field.ty);
    }
    match found? {
        Type::List(item) => Some(item),
        _ => None,
    }
}

/// Waits for the job that an action starts.
pub(crate) fn wait(item: &Item<'_>) -> Option<Text> {
    let Item::Action(service, action) = item else {
        return None;
    };
    let waiter = action.waiter.as_ref()?;
    let poll = service.actions.get(&waiter.poll)?;
    let started = match waiter.handle_in {
        HandlePlace::Answer => response(service, action),
        HandlePlace::Request => request(service, action),
    };
    let (module, ask, answer) = (
        module(service),
        request(service, poll),
        response(service, poll),
    );
    let code = format!(
        "pub fn wait(client: &{module}::Client, started: &{started}) -> {CRATE}::Wait<{answer}> {{ client.wait_for(started, {ask}::new()) }}\n"
    );
    Some(Text::new(code, [method(action)]))
}

fn owner_path(service: &Service, owner: Owner<'_>) -> String {
    match owner {
        Owner::Request(action) => request(service, action),
        Owner::Response(action) => response(service, action),
        Owner::Struct(one) => format!("{}::{}", module(service), of_struct(one)),
    }
}

/// Sets a field, where it can be set, and reads it.
fn use_field(service: &Service, owner: Owner<'_>, one: &Field) -> Text {
    let (path, name) = (owner_path(service, owner), field(one));
    let (stored, given) = (stored(service, one), ty(service, &one.ty));
    let mut code = format!("pub fn read(owner: &{path}) -> &{stored} {{ &owner.{name} }}\n");
    if owner.is_sent() {
        let _ = writeln!(
            code,
            "pub fn set(value: {given}) -> {path} {{ {path}::new().{name}(value) }}"
        );
    }
    Text::new(code, [name])
}

/// Sets all fields one after another, or reads them.
fn in_order(service: &Service, owner: Owner<'_>) -> Text {
    let path = owner_path(service, owner);
    let alive = owner.fields().iter();
    let alive: Vec<&Field> = alive.filter(|one| one.life.removed.is_none()).collect();
    let mut code = String::new();
    if owner.is_sent() {
        let given = alive
            .iter()
            .enumerate()
            .map(|(index, one)| format!("value_{index}: {}", ty(service, &one.ty)));
        let given: Vec<String> = given.collect();
        let _ = write!(
            code,
            "pub fn set({}) -> {path} {{ {path}::new()",
            given.join(", ")
        );
        for (index, one) in alive.iter().enumerate() {
            let _ = write!(code, ".{}(value_{index})", field(one));
        }
        code.push_str(" }\n");
    } else {
        let _ = writeln!(code, "pub fn read(owner: &{path}) {{");
        for one in &alive {
            let _ = writeln!(
                code,
                "    let _: &{} = &owner.{};",
                stored(service, one),
                field(one)
            );
        }
        code.push_str("}\n");
    }
    Text::new(code, [""; 0])
}

/// A variant by the name that it had, and the value that it stands for.
pub(crate) fn meant(item: &Item<'_>, change: &Change) -> Text {
    let text = of(item);
    let (Item::Value(service, list, _), Some(name)) = (item, &change.before) else {
        return text;
    };
    let path = format!("{}::{}", names::module(service), of_enum(list));
    let (read, _) = reader(list);
    Text {
        meaning: Some(format!("{path}::{name}.{read}().to_string()")),
        ..text
    }
}
