//! Flags such as `--Agent.AppId x` in, the JSON of a request out, as the action's schema has it.

use std::ffi::OsString;
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value as Json, json};
use yunqiao_model::api::{EnumKind, Field, Format, Service, Type};

use crate::failure::{Failure, Result};
use crate::near;
use crate::show::spelled;

/// A parameter as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// Names and numbers, joined by dots.
    pub(crate) path: String,
    /// Absent for a flag alone, which is `true`.
    pub(crate) value: Option<String>,
}

/// Parts the arguments of `call` into those of the command and those of the action: whatever begins with `--` and is no option.
/// `takes_value` tells of an option whether it has a value, and nothing of what is none.
pub(crate) fn separate(
    arguments: impl IntoIterator<Item = OsString>,
    takes_value: impl Fn(&str) -> Option<bool>,
) -> Result<(Vec<OsString>, Vec<Parameter>)> {
    let mut own = Vec::new();
    let mut parameters = Vec::new();
    let mut arguments = arguments.into_iter().peekable();
    while let Some(argument) = arguments.next() {
        let Some(flag) = argument.to_str().and_then(|text| text.strip_prefix("--")) else {
            own.push(argument);
            continue;
        };
        let (name, inline) = match flag.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (flag.to_owned(), None),
        };
        match takes_value(&name) {
            Some(takes_value) => {
                own.push(argument);
                if takes_value && inline.is_none() {
                    own.extend(arguments.next());
                }
            }
            None if name.is_empty() => own.push(argument),
            None => {
                let is_value = |next: &OsString| !next.to_string_lossy().starts_with("--");
                let next = match inline {
                    Some(value) => Some(value),
                    None => match arguments.next_if(is_value) {
                        Some(value) => Some(value.into_string().map_err(|_| {
                            Failure::new(format!("--{name}: the value is no UTF-8"))
                        })?),
                        None => None,
                    },
                };
                parameters.push(Parameter {
                    path: name,
                    value: next,
                });
            }
        }
    }
    Ok((own, parameters))
}

/// Sets the parameters in a request. What a text stands for is decided by its field's type. `options` are those of the command:
/// what is none of them and no parameter was probably meant to be one or the other.
pub(crate) fn set(
    service: &Service,
    fields: &[Field],
    request: &mut Map<String, Json>,
    parameters: &[Parameter],
    options: &[String],
) -> Result<()> {
    for parameter in parameters {
        let steps: Vec<&str> = parameter.path.split('.').collect();
        let place = Place { service, parameter };
        let name = steps[0];
        if !fields
            .iter()
            .any(|field| field.name.eq_ignore_ascii_case(name))
        {
            return Err(place.unknown(fields, name, options));
        }
        place.member(fields, request, &steps)?;
    }
    Ok(())
}

struct Place<'a> {
    service: &'a Service,
    parameter: &'a Parameter,
}

impl Place<'_> {
    fn wrong(&self, what: &str) -> Failure {
        Failure::new(format!("--{}: {what}", self.parameter.path))
    }

    /// That there is no such parameter, and no such option.
    fn unknown(&self, fields: &[Field], name: &str, options: &[String]) -> Failure {
        let is_option = |one: &str| options.iter().any(|option| option == one);
        let known = fields.iter().map(|field| field.name.as_str());
        self.wrong(&near::none_shown(
            "parameter",
            name,
            known.chain(options.iter().map(String::as_str)),
            |one| {
                if is_option(one) {
                    format!("the option --{one}")
                } else {
                    one.to_owned()
                }
            },
            "`yunqiao show` lists them",
        ))
    }

    /// Goes into an object.
    fn member(
        &self,
        fields: &[Field],
        object: &mut Map<String, Json>,
        steps: &[&str],
    ) -> Result<()> {
        let Some((name, rest)) = steps.split_first() else {
            return Err(self.wrong("a name is missing"));
        };
        let exact = fields.iter().find(|field| field.name == *name);
        let alike = || {
            fields
                .iter()
                .find(|field| field.name.eq_ignore_ascii_case(name))
        };
        let Some(field) = exact.or_else(alike) else {
            let known = fields.iter().map(|field| field.name.as_str());
            return Err(self.wrong(&near::none(
                "parameter",
                name,
                known,
                "`yunqiao show` lists them",
            )));
        };
        let slot = object.entry(field.name.clone()).or_insert(Json::Null);
        self.value(field, &field.ty, slot, rest)
    }

    fn value(&self, field: &Field, ty: &Type, slot: &mut Json, steps: &[&str]) -> Result<()> {
        match (ty, steps) {
            (Type::List(item), [index, rest @ ..]) => {
                let index: usize = index.parse().map_err(|_| {
                    self.wrong(&format!(
                        "{} is a list: {index:?} is no number of an entry",
                        field.name
                    ))
                })?;
                let list = self.list(slot, &field.name)?;
                if index > list.len() {
                    return Err(self.wrong(&format!(
                        "entry {index} comes before entry {} of {}",
                        list.len(),
                        field.name
                    )));
                }
                if index == list.len() {
                    list.push(Json::Null);
                }
                self.value(field, item, &mut list[index], rest)
            }
            (Type::List(item), []) => {
                let text = self.text(field)?;
                if text.trim_start().starts_with('[') {
                    *slot = self.json(&text)?;
                    return Ok(());
                }
                let mut entry = Json::Null;
                self.value(field, item, &mut entry, &[])?;
                self.list(slot, &field.name)?.push(entry);
                Ok(())
            }
            (Type::Struct(name), []) => {
                let text = self.text(field)?;
                if !text.trim_start().starts_with('{') {
                    return Err(self.wrong(&format!(
                        "{name} is an object: write JSON, or --{}.NAME value",
                        self.parameter.path
                    )));
                }
                *slot = self.json(&text)?;
                Ok(())
            }
            (Type::Struct(name), rest) => {
                if slot.is_null() {
                    *slot = json!({});
                }
                let object = slot
                    .as_object_mut()
                    .ok_or_else(|| self.wrong("it is set to something else already"))?;
                let inner = self
                    .service
                    .structs
                    .get(name)
                    .map_or(&[][..], |one| &one.fields);
                self.member(inner, object, rest)
            }
            (Type::Json, []) => {
                let text = self.text(field)?;
                *slot = serde_json::from_str(&text).unwrap_or(Json::String(text));
                Ok(())
            }
            (_, []) => {
                *slot = self.scalar(field, ty)?;
                Ok(())
            }
            (_, [step, ..]) => Err(self.wrong(&format!(
                "{} is {}, and has no {step}",
                field.name,
                spelled(ty)
            ))),
        }
    }

    fn list<'s>(&self, slot: &'s mut Json, name: &str) -> Result<&'s mut Vec<Json>> {
        if slot.is_null() {
            *slot = json!([]);
        }
        slot.as_array_mut()
            .ok_or_else(|| self.wrong(&format!("{name} is set to something else already")))
    }

    fn scalar(&self, field: &Field, ty: &Type) -> Result<Json> {
        if matches!(ty, Type::Bool) && self.parameter.value.is_none() {
            return Ok(json!(true));
        }
        let text = self.text(field)?;
        let no = |what: &str| self.wrong(&format!("{} takes {what}", field.name));
        Ok(match ty {
            Type::Int => json!(text.trim().parse::<i64>().map_err(|_| no("an integer"))?),
            Type::Float => {
                let number = text
                    .trim()
                    .parse::<f64>()
                    .ok()
                    .and_then(serde_json::Number::from_f64);
                Json::Number(number.ok_or_else(|| no("a number"))?)
            }
            Type::Bool => match &*text.trim().to_ascii_lowercase() {
                "true" | "1" | "yes" => json!(true),
                "false" | "0" | "no" => json!(false),
                _ => return Err(no("true or false")),
            },
            Type::Enum(name) => self.choice(name, &text)?,
            // In JSON, bytes are base64; they are taken out of it again where they travel as they are.
            Type::Binary if !self.is_file() => Json::String(BASE64.encode(text)),
            _ => Json::String(text),
        })
    }

    /// A value of an enum: as it is on the wire, or by its name. What is on no list is sent as it is: lists are open.
    fn choice(&self, name: &str, text: &str) -> Result<Json> {
        let Some(one) = self.service.enums.get(name) else {
            return Ok(json!(text));
        };
        let named = one
            .values
            .iter()
            .find(|value| value.name.eq_ignore_ascii_case(text));
        let text = named.map_or_else(|| text.to_owned(), |value| value.value.to_string());
        match one.kind {
            EnumKind::Text => Ok(json!(text)),
            EnumKind::Int => text
                .parse::<i64>()
                .map(|number| json!(number))
                .map_err(|_| {
                    let values: Vec<String> = one
                        .values
                        .iter()
                        .map(|value| value.value.to_string())
                        .collect();
                    self.wrong(&format!("{name} is one of {}", values.join(", ")))
                }),
        }
    }

    fn json(&self, text: &str) -> Result<Json> {
        serde_json::from_str(text).map_err(|error| {
            // The parser's message may repeat a part of the value.
            self.wrong(&format!(
                "no JSON: line {}, column {}",
                error.line(),
                error.column()
            ))
        })
    }

    /// Whether the value is what is in a file.
    fn is_file(&self) -> bool {
        let value = self.parameter.value.as_deref().unwrap_or_default();
        value.starts_with('@') && !value.starts_with("@@")
    }

    /// The value, or the file behind `@`; `@@` begins a value with one.
    fn text(&self, field: &Field) -> Result<String> {
        let Some(value) = &self.parameter.value else {
            return Err(self.wrong("the value is missing"));
        };
        if let Some(rest) = value.strip_prefix("@@") {
            return Ok(format!("@{rest}"));
        }
        let Some(path) = value.strip_prefix('@') else {
            return Ok(value.clone());
        };
        let bytes = fs::read(path).map_err(|error| {
            Failure::io(
                &format!("--{}: cannot read {path}", self.parameter.path),
                &error,
            )
        })?;
        if field.format == Some(Format::Base64) || field.ty == Type::Binary {
            return Ok(BASE64.encode(bytes));
        }
        String::from_utf8(bytes).map_err(|_| self.wrong(&format!("{path} is no UTF-8 text")))
    }
}
