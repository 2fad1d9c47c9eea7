//! A struct, an enum or one of its values in, the calls out that send and answer it where it is used.

use serde_json::json;
use yunqiao_model::api::{Enum, Field, Struct};

use crate::subject::Item;
use crate::wire::plan::{Call, Pair, Plan, Purpose, at};
use crate::wire::values::{Special, full, only};
use crate::wire::ways::ways;

impl<'a> Plan<'a, '_> {
    pub(super) fn value(&mut self, list: &'a Enum) -> Vec<Call<'a>> {
        let wire = |item: Option<Item<'a>>| match item {
            Some(Item::Value(_, _, value)) if value.life.removed.is_none() => Some(&value.value),
            _ => None,
        };
        let (before, after) = (wire(self.subject.old), wire(self.subject.new));
        let is_it = |field: &Field| field.ty.enum_name() == Some(&list.name);
        let mut calls = Vec::new();
        let sent = |pair: &Pair<'a>| ways(pair.service, &pair.action.request, &is_it);
        if let Some(value) = before
            && let Some(on) = self
                .reaching(|pair| !sent(pair).is_empty())
                .into_iter()
                .next()
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
            ways(pair.server, &pair.served.response, &is_it)
                .into_iter()
                .next()
        };
        if let Some(value) = after
            && let Some(on) = self
                .reaching(|pair| answered(pair).is_some())
                .into_iter()
                .next()
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

    pub(super) fn structure(&mut self, one: &'a Struct) -> Vec<Call<'a>> {
        let is_it = |field: &Field| field.ty.struct_name() == Some(&one.name);
        self.typed(&is_it)
    }

    pub(super) fn list(&mut self, one: &'a Enum) -> Vec<Call<'a>> {
        let is_it = |field: &Field| field.ty.enum_name() == Some(&one.name);
        self.typed(&is_it)
    }

    /// Sends and answers what has a type, wherever that is.
    fn typed(&mut self, is_it: &dyn Fn(&Field) -> bool) -> Vec<Call<'a>> {
        let mut calls = Vec::new();
        let sent = |pair: &Pair<'a>| ways(pair.service, &pair.action.request, is_it);
        if let Some(on) = self
            .reaching(|pair| !sent(pair).is_empty())
            .into_iter()
            .next()
        {
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
            ways(pair.service, &pair.action.response, is_it)
                .into_iter()
                .next()
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
