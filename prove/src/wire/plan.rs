//! A change and its subject in, the calls of deployed code that show its verdict about the wire out.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use yunqiao_diff::Change;
use yunqiao_model::Api;
use yunqiao_model::api::{Action, Enum, Field, Service, Struct, WireValue};

use crate::subject::{Item, Owner, Subject};
use crate::wire::answer::{Document, document};
use crate::wire::transport::Question;
use crate::wire::values::{Special, edges, full, only};
use crate::wire::ways::ways;

/// A call that deployed code makes, and what the new server answers.
#[derive(Clone, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) pair: usize,
    pub(crate) change: usize,
    /// The action as deployed code knows it.
    pub(crate) service: &'a Service,
    pub(crate) action: &'a Action,
    /// The action as the server knows it.
    pub(crate) server: &'a Service,
    pub(crate) served: &'a Action,
    pub(crate) request: Json,
    pub(crate) answer: Document,
    pub(crate) purpose: Purpose<'a>,
    /// Whether it is one of the values that the field may have, and not the field left out.
    pub(crate) is_value: bool,
}

/// What a call is to show.
#[derive(Clone, Debug)]
pub(crate) enum Purpose<'a> {
    /// Whether the server takes what is at these ways of the request, or below them.
    Request {
        ways: Vec<Vec<String>>,
        is_deep: bool,
        fields: [Option<&'a Field>; 2],
        value: Option<&'a WireValue>,
        /// Only whether the type fits.
        is_typed: bool,
    },
    /// Whether what the server means arrives.
    Answer {
        old: Option<Vec<String>>,
        sent: Option<Json>,
        is_deep: bool,
    },
    /// Whether the request travels as the server expects it.
    Transport(Question<'a>),
    /// Whether the server knows the action.
    Lookup,
    /// Whether an answer is read at all.
    Whole,
}

/// Actions that are enough to show something of a service.
const ENOUGH: usize = 3;
/// Values of a field that are tried.
const VALUES: usize = 12;

/// What is known of a change.
pub(crate) struct Plan<'a, 'b> {
    pub(crate) pair: usize,
    pub(crate) index: usize,
    pub(crate) change: &'b Change,
    pub(crate) subject: Subject<'a>,
    pub(crate) old: &'a Api,
    pub(crate) new: &'a Api,
    /// Actions that other changes call already: calling them again costs nothing to compile.
    pub(crate) called: &'b mut BTreeSet<String>,
}

/// An action on both sides.
#[derive(Clone, Copy)]
struct Pair<'a> {
    service: &'a Service,
    action: &'a Action,
    server: &'a Service,
    served: &'a Action,
}

impl<'a> Plan<'a, '_> {
    pub(crate) fn calls(&mut self) -> Vec<Call<'a>> {
        match self.change.rule.id {
            "A2" | "A6" | "C3" | "C7" => self.lookups(),
            "B5" => self.travels(Question::Scope),
            "B6" | "B7" => self.travels(Question::Signature),
            "B8" => self.travels(Question::Encoding),
            "D33" => match self.subject.new {
                Some(Item::Field(_, _, field)) => self.travels(Question::Place(field)),
                _ => Vec::new(),
            },
            _ => match (self.subject.old, self.subject.new) {
                (Some(Item::Field(..)), _) | (_, Some(Item::Field(..))) => self.field(),
                (Some(Item::Value(_, list, _)), _) | (_, Some(Item::Value(_, list, _))) => {
                    self.value(list)
                }
                (Some(Item::Struct(_, one)), _) => self.structure(one),
                (Some(Item::Enum(_, one)), _) => self.list(one),
                _ => self.whole(),
            },
        }
    }

    /// Actions that live on the old side, and what they are on the new one.
    fn actions(&self) -> Vec<Pair<'a>> {
        let own = match (self.subject.old, self.subject.new) {
            (Some(item), _) | (None, Some(item)) => service_of(&item),
            (None, None) => None,
        };
        let vendor = match self.subject.old {
            Some(Item::Vendor(vendor) | Item::Code(vendor, ..)) => Some(vendor),
            _ => None,
        };
        let services = self.old.services.values().filter(|service| match own {
            Some(own) => service.id == own.id,
            None => vendor.is_none_or(|vendor| service.id.vendor == vendor),
        });
        let mut found = Vec::new();
        for service in services {
            let Some(server) = self.new.services.get(&service.id) else {
                continue;
            };
            for action in service.actions.values() {
                if action.life.removed.is_some() {
                    continue;
                }
                let by_name = server.actions.get(&action.name);
                let renamed = || {
                    let mut served = server.actions.values();
                    served.find(|one| one.life.renamed_from.as_ref() == Some(&action.name))
                };
                let served = by_name.filter(|one| one.life.removed.is_none()).or_else(renamed);
                if let Some(served) = served {
                    found.push(Pair {
                        service,
                        action,
                        server,
                        served,
                    });
                }
            }
        }
        let name = |pair: &Pair<'_>| format!("{}/{}", pair.service.id, pair.action.name);
        let reached = |pair: &Pair<'_>| {
            let names = [&pair.action.name, &pair.served.name];
            let reached = &self.change.actions;
            reached.is_empty() || names.into_iter().any(|name| reached.contains(name))
        };
        found.sort_by_key(|pair| (!reached(pair), !self.called.contains(&name(pair))));
        found
    }

    fn call(&mut self, on: Pair<'a>, request: Json, answer: &Json, purpose: Purpose<'a>) -> Call<'a> {
        let called = format!("{}/{}", on.service.id, on.action.name);
        self.called.insert(called);
        Call {
            pair: self.pair,
            change: self.index,
            service: on.service,
            action: on.action,
            server: on.server,
            served: on.served,
            request,
            answer: document(on.server.id.vendor, on.served, answer),
            purpose,
            is_value: true,
        }
    }

    fn usual(&mut self, on: Pair<'a>, purpose: Purpose<'a>) -> Call<'a> {
        let request = full(on.service, &on.action.request, Special::Nothing);
        self.call(on, request, &json!({}), purpose)
    }

    /// The calls of what the vendor may no longer know.
    fn lookups(&mut self) -> Vec<Call<'a>> {
        let services = self.old.services.values();
        let services = services.filter(|one| self.change.path.starts_with(&one.id.to_string()));
        let mut found = Vec::new();
        for service in services {
            let alive = service.actions.values().filter(|one| one.life.removed.is_none());
            for action in alive {
                let before = self.change.before.as_ref();
                let is_meant = self.change.actions.contains(&action.name)
                    || (self.change.rule.id == "C7" && before == Some(&action.name));
                // The server may have nothing of it left.
                let server = self.new.services.get(&service.id).unwrap_or(service);
                let served = server.actions.get(&action.name).unwrap_or(action);
                if is_meant && found.len() < ENOUGH {
                    let on = Pair {
                        service,
                        action,
                        server,
                        served,
                    };
                    found.push(on);
                }
            }
        }
        found.into_iter().map(|on| self.usual(on, Purpose::Lookup)).collect()
    }

    fn travels(&mut self, question: Question<'a>) -> Vec<Call<'a>> {
        let actions = self.reaching(|_| true);
        let calls = actions.into_iter().take(ENOUGH);
        calls.map(|on| self.usual(on, Purpose::Transport(question))).collect()
    }

    fn whole(&mut self) -> Vec<Call<'a>> {
        let actions = self.reaching(|_| true);
        let call = actions.into_iter().take(1);
        call.map(|on| self.usual(on, Purpose::Whole)).collect()
    }

    /// Actions that the change reaches, as far as they have what is asked for.
    fn reaching(&self, has: impl Fn(&Pair<'a>) -> bool) -> Vec<Pair<'a>> {
        let reached = &self.change.actions;
        let mut actions = self.actions();
        actions.retain(|pair| {
            let names = [&pair.action.name, &pair.served.name];
            let is_reached =
                reached.is_empty() || names.into_iter().any(|name| reached.contains(name));
            is_reached && has(pair)
        });
        actions
    }

    fn field(&mut self) -> Vec<Call<'a>> {
        let field = |item: Option<Item<'a>>| match item {
            Some(Item::Field(_, owner, field)) => Some((owner, field)),
            _ => None,
        };
        let (old, new) = (field(self.subject.old), field(self.subject.new));
        let Some((owner, _)) = old.or(new) else {
            return Vec::new();
        };
        let alive = |side: Option<(Owner<'a>, &'a Field)>| {
            side.map(|(_, field)| field).filter(|field| field.life.removed.is_none())
        };
        let (before, after) = (alive(old), alive(new));
        let mut calls = Vec::new();
        if !matches!(owner, Owner::Response(_)) {
            calls.extend(self.requests(before, after));
        }
        if !matches!(owner, Owner::Request(_)) {
            calls.extend(self.answers(before, after));
        }
        calls
    }

    fn requests(&mut self, before: Option<&'a Field>, after: Option<&'a Field>) -> Vec<Call<'a>> {
        let ways_of = |pair: &Pair<'a>| {
            let is = |field: Option<&'a Field>, one: &Field| {
                field.is_some_and(|field| std::ptr::eq(field, one))
            };
            let mut found = ways(pair.service, &pair.action.request, &|one| is(before, one));
            found.extend(ways(pair.server, &pair.served.request, &|one| is(after, one)));
            found
        };
        let actions = self.reaching(|pair| !ways_of(pair).is_empty());
        let Some(on) = actions.into_iter().next() else {
            return Vec::new();
        };
        let purpose = Purpose::Request {
            ways: ways_of(&on),
            is_deep: self.is_deep(),
            fields: [before, after],
            value: None,
            is_typed: false,
        };
        let make = |special: Special<'_>| full(on.service, &on.action.request, special);
        let Some(field) = before else {
            return vec![self.call(on, make(Special::Nothing), &json!({}), purpose)];
        };
        let values = edges(on.service, field);
        let values = values.into_iter().filter(is_sendable).take(VALUES);
        let mut calls: Vec<Call<'a>> = values
            .map(|value| {
                let request = make(Special::Value(field, &value));
                self.call(on, request, &json!({}), purpose.clone())
            })
            .collect();
        if !field.required {
            let request = make(Special::Absent(field));
            let call = self.call(on, request, &json!({}), purpose);
            calls.push(Call {
                is_value: false,
                ..call
            });
        }
        calls
    }

    fn answers(&mut self, before: Option<&'a Field>, after: Option<&'a Field>) -> Vec<Call<'a>> {
        let is = |field: Option<&'a Field>, one: &Field| {
            field.is_some_and(|field| std::ptr::eq(field, one))
        };
        let old_way = |pair: &Pair<'a>| {
            ways(pair.service, &pair.action.response, &|one| is(before, one)).into_iter().next()
        };
        let new_way = |pair: &Pair<'a>| {
            ways(pair.server, &pair.served.response, &|one| is(after, one)).into_iter().next()
        };
        let has = |pair: &Pair<'a>| old_way(pair).is_some() || new_way(pair).is_some();
        let Some(on) = self.reaching(has).into_iter().next() else {
            return Vec::new();
        };
        let (old, new) = (old_way(&on), new_way(&on));
        let request = full(on.service, &on.action.request, Special::Nothing);
        let is_deep = self.is_deep();
        let purpose = |sent: Option<Json>| Purpose::Answer {
            old: old.clone(),
            sent,
            is_deep,
        };
        let (Some(field), Some(way)) = (after, new) else {
            // Nothing is left to answer.
            return vec![self.call(on, request, &json!({}), purpose(None))];
        };
        let values = edges(on.server, field).into_iter().take(VALUES);
        let mut calls: Vec<Call<'a>> = Vec::new();
        for value in values.chain([Json::Null]) {
            let special = Special::Value(field, &value);
            let answer = only(on.server, &on.served.response, &way, special);
            let is_value = !value.is_null();
            let purpose = purpose(is_value.then_some(value));
            let call = self.call(on, request.clone(), &answer, purpose);
            calls.push(Call { is_value, ..call });
        }
        calls
    }

    /// Whether what is below a field belongs to the change: where its type is another one, the types around it are not at fault.
    fn is_deep(&self) -> bool {
        let of_types = ["D14", "D21", "D22", "D24", "D43", "E16", "E17", "E18", "E34", "E35"];
        of_types.contains(&self.change.rule.id)
    }

    fn value(&mut self, list: &'a Enum) -> Vec<Call<'a>> {
        let wire = |item: Option<Item<'a>>| match item {
            Some(Item::Value(_, _, value)) if value.life.removed.is_none() => Some(&value.value),
            _ => None,
        };
        let (before, after) = (wire(self.subject.old), wire(self.subject.new));
        let is_it = |field: &Field| field.ty.enum_name() == Some(&list.name);
        let mut calls = Vec::new();
        let sent = |pair: &Pair<'a>| ways(pair.service, &pair.action.request, &is_it);
        if let Some(value) = before
            && let Some(on) = self.reaching(|pair| !sent(pair).is_empty()).into_iter().next()
        {
            let special = Special::Listed(&list.name, value);
            let request = full(on.service, &on.action.request, special);
            let purpose = Purpose::Request {
                ways: sent(&on),
                is_deep: false,
                fields: [None, None],
                value: Some(value),
                is_typed: false,
            };
            calls.push(self.call(on, request, &json!({}), purpose));
        }
        let answered = |pair: &Pair<'a>| {
            ways(pair.server, &pair.served.response, &is_it).into_iter().next()
        };
        if let Some(value) = after
            && let Some(on) = self.reaching(|pair| answered(pair).is_some()).into_iter().next()
            && let Some(way) = answered(&on)
        {
            let special = Special::Listed(&list.name, value);
            let answer = only(on.server, &on.served.response, &way, special);
            let request = full(on.service, &on.action.request, Special::Nothing);
            let purpose = Purpose::Answer {
                sent: at(&answer, &way).cloned(),
                old: Some(way),
                is_deep: false,
            };
            calls.push(self.call(on, request, &answer, purpose));
        }
        calls
    }

    fn structure(&mut self, one: &'a Struct) -> Vec<Call<'a>> {
        let is_it = |field: &Field| field.ty.struct_name() == Some(&one.name);
        self.typed(&is_it)
    }

    fn list(&mut self, one: &'a Enum) -> Vec<Call<'a>> {
        let is_it = |field: &Field| field.ty.enum_name() == Some(&one.name);
        self.typed(&is_it)
    }

    /// Sends and answers what has a type, wherever that is.
    fn typed(&mut self, is_it: &dyn Fn(&Field) -> bool) -> Vec<Call<'a>> {
        let mut calls = Vec::new();
        let sent = |pair: &Pair<'a>| ways(pair.service, &pair.action.request, is_it);
        if let Some(on) = self.reaching(|pair| !sent(pair).is_empty()).into_iter().next() {
            let purpose = Purpose::Request {
                ways: sent(&on),
                is_deep: false,
                fields: [None, None],
                value: None,
                is_typed: true,
            };
            calls.push(self.usual(on, purpose));
        }
        let way = |pair: &Pair<'a>| {
            ways(pair.service, &pair.action.response, is_it).into_iter().next()
        };
        if let Some(on) = self.reaching(|pair| way(pair).is_some()).into_iter().next() {
            let old = way(&on);
            let request = full(on.service, &on.action.request, Special::Nothing);
            let answer = old.as_ref().map_or_else(
                || json!({}),
                |way| only(on.server, &on.served.response, way, Special::Nothing),
            );
            let sent = old.as_ref().and_then(|way| at(&answer, way)).cloned();
            // Where the new side has nothing there, a change of that field says so.
            if let Some(sent) = sent {
                let purpose = Purpose::Answer {
                    old,
                    sent: Some(sent),
                    is_deep: false,
                };
                calls.push(self.call(on, request, &answer, purpose));
            }
        }
        calls
    }
}

fn service_of<'a>(item: &Item<'a>) -> Option<&'a Service> {
    match item {
        Item::Vendor(_) => None,
        Item::Service(service)
        | Item::Action(service, _)
        | Item::Struct(service, _)
        | Item::Enum(service, _)
        | Item::Value(service, ..)
        | Item::Fields(service, _)
        | Item::Field(service, ..) => Some(service),
        Item::Code(_, service, _) => *service,
    }
}

/// Whether Rust's types can hold it: an integer beyond 64 bits with a sign cannot be built.
fn is_sendable(value: &Json) -> bool {
    match value {
        Json::Number(number) => !number.is_u64() || number.is_i64(),
        Json::Array(items) => items.iter().all(is_sendable),
        _ => true,
    }
}

/// What is at a way; of lists, in their first item.
pub(crate) fn at<'j>(json: &'j Json, way: &[String]) -> Option<&'j Json> {
    let mut found = json;
    for name in way {
        while let Json::Array(items) = found {
            found = items.first()?;
        }
        found = found.get(name)?;
    }
    Some(found).filter(|found| !found.is_null())
}
