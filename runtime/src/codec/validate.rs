//! In: a request. Out: every problem that can be known before it is sent, each with its path and without its value.

use std::fmt;

use super::member::{List, Object, Value};
use super::path::{Path, Step};
use super::shape::Field;

/// One thing wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    path: String,
    message: String,
}

impl Problem {
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
        }
    }

    /// Where: `Agent.AppId`, `Approvers[2].Mobile`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong, as the end of a sentence that starts with the path: `is required`. Never holds the value.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.message)
    }
}

/// Checks a request against what its description enforces: required fields, constraints, fields that were taken away.
pub fn validate(object: &dyn Object) -> Vec<Problem> {
    let mut check = Validation {
        path: Path::default(),
        problems: Vec::new(),
    };
    check.object(object);
    check.problems
}

struct Validation {
    path: Path,
    problems: Vec<Problem>,
}

impl Validation {
    fn object(&mut self, object: &dyn Object) {
        let shape = object.shape();
        for index in 0..shape.len() {
            let Some(value) = object.member(index).map(|member| member.value()) else {
                continue;
            };
            // Most fields of most requests, and nothing can be wrong with them.
            if value.is_absent() && !shape.is_required(index) {
                continue;
            }
            if let Some(field) = shape.field(index) {
                self.path.push(Step::Field(field.name));
                self.field(&field, value);
                self.path.pop();
            }
        }
    }

    fn field(&mut self, field: &Field, value: Value<'_>) {
        if value.is_absent() {
            if field.required {
                self.report("is required");
            }
            return;
        }
        if let Some(because) = field.removed {
            self.report(format!("was removed by the vendor: {because}"));
        }
        self.value(field, value);
    }

    fn value(&mut self, field: &Field, value: Value<'_>) {
        match value {
            Value::Absent | Value::Bool(_) | Value::Json(_) => {}
            Value::Binary(value) => field
                .checks
                .iter()
                .filter_map(|check| check.binary(value))
                .for_each(|text| self.report(text)),
            Value::Int(value) => field
                .checks
                .iter()
                .filter_map(|check| check.int(value))
                .for_each(|text| self.report(text)),
            Value::Float(value) if !value.is_finite() => self.report("must be a finite number"),
            Value::Float(value) => field
                .checks
                .iter()
                .filter_map(|check| check.float(value))
                .for_each(|text| self.report(text)),
            Value::Text(value) => field
                .checks
                .iter()
                .filter_map(|check| check.text(value))
                .for_each(|text| self.report(text)),
            Value::List(list) => self.list(field, list),
            Value::Object(object) => self.object(object),
        }
    }

    fn list(&mut self, field: &Field, list: &dyn List) {
        field
            .checks
            .iter()
            .filter_map(|check| check.items(list.count()))
            .for_each(|text| self.report(text));
        for index in 0..list.count() {
            let Some(item) = list.item(index) else {
                continue;
            };
            self.path.push(Step::Item(index));
            self.value(field, item.value());
            self.path.pop();
        }
    }

    fn report(&mut self, message: impl Into<String>) {
        self.problems
            .push(Problem::new(self.path.to_string(), message));
    }
}
