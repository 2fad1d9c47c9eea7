//! A change and its subject in, the calls of deployed code that show its verdict about the wire out.

mod fields;
mod types;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use yunqiao_diff::Change;
use yunqiao_model::Api;
use yunqiao_model::api::{Action, Field, Service, WireValue};

use crate::subject::{Item, Subject};
use crate::wire::answer::{Document, document};
use crate::wire::transport::Question;
use crate::wire::values::{Special, full};

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
pub(super) struct Pair<'a> {
    pub(super) service: &'a Service,
    pub(super) action: &'a Action,
    pub(super) server: &'a Service,
    pub(super) served: &'a Action,
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
                let served = by_name
                    .filter(|one| one.life.removed.is_none())
                    .or_else(renamed);
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

    pub(super) fn call(
        &mut self,
        on: Pair<'a>,
        request: Json,
        answer: &Json,
        purpose: Purpose<'a>,
    ) -> Call<'a> {
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

    pub(super) fn usual(&mut self, on: Pair<'a>, purpose: Purpose<'a>) -> Call<'a> {
        let request = full(on.service, &on.action.request, Special::Nothing);
        self.call(on, request, &json!({}), purpose)
    }

    /// The calls of what the vendor may no longer know.
    fn lookups(&mut self) -> Vec<Call<'a>> {
        let services = self.old.services.values();
        let services = services.filter(|one| self.change.path.starts_with(&one.id.to_string()));
        let mut found = Vec::new();
        for service in services {
            let alive = service
                .actions
                .values()
                .filter(|one| one.life.removed.is_none());
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
        found
            .into_iter()
            .map(|on| self.usual(on, Purpose::Lookup))
            .collect()
    }

    fn travels(&mut self, question: Question<'a>) -> Vec<Call<'a>> {
        let actions = self.reaching(|_| true);
        let calls = actions.into_iter().take(ENOUGH);
        calls
            .map(|on| self.usual(on, Purpose::Transport(question)))
            .collect()
    }

    fn whole(&mut self) -> Vec<Call<'a>> {
        let actions = self.reaching(|_| true);
        let call = actions.into_iter().take(1);
        call.map(|on| self.usual(on, Purpose::Whole)).collect()
    }

    /// Actions that the change reaches, as far as they have what is asked for.
    pub(super) fn reaching(&self, has: impl Fn(&Pair<'a>) -> bool) -> Vec<Pair<'a>> {
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
