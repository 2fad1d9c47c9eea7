//! A call and what it came to in, whether deployed code is hit out.

use serde_json::Value as Json;
use yunqiao_diff::Wire;
use yunqiao_model::api::{Enum, Type, WireValue};
use yunqiao_model::{DeviationKind, Segment, conform_request};

use crate::wire::plan::{Call, Purpose, at};
use crate::wire::program::Outcome;
use crate::wire::{transport, values};
use yunqiao_diff::Shown;

/// What a call has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Everything arrived.
    Fine,
    /// Something is lost, means something else, or is beyond what is documented, and nobody is told.
    Lost(String),
    /// The server refuses it, or the answer cannot be read.
    Refused(String),
}

/// What a call has shown.
pub(crate) fn look(call: &Call<'_>, outcome: &Outcome) -> Found {
    match &call.purpose {
        Purpose::Lookup => {
            let is_known = call.server.actions.get(&call.action.name);
            let is_known = is_known.is_some_and(|one| one.life.removed.is_none());
            let is_left = !std::ptr::eq(call.server, call.service);
            if is_known && is_left {
                Found::Fine
            } else {
                Found::Refused(format!("the server knows no {}", call.action.name))
            }
        }
        Purpose::Transport(question) => {
            let fault = transport::fault(*question, &outcome.sent, call.server, call.served);
            fault.map_or(Found::Fine, Found::Refused)
        }
        Purpose::Whole => match &outcome.error {
            Some(error) => Found::Refused(error.clone()),
            None => Found::Fine,
        },
        Purpose::Request { .. } if outcome.sent.is_null() => {
            let said = outcome.error.clone().unwrap_or_default();
            Found::Refused(format!("it is not sent: {said}"))
        }
        Purpose::Request { .. } => request(call),
        Purpose::Answer { old, sent, is_deep } => {
            if let Some(error) = &outcome.error {
                return Found::Refused(error.clone());
            }
            let Some(old) = old else {
                return Found::Fine;
            };
            let read = at(&outcome.read, old);
            match (sent, read) {
                (None, _) if !call.is_value => Found::Fine,
                (None, None) => Found::Lost(format!("{} is never there", old.join("."))),
                (None, Some(_)) => Found::Fine,
                (Some(sent), read) => match differs(sent, read, *is_deep) {
                    Some(how) => Found::Lost(format!("{}: {how}", old.join("."))),
                    None => Found::Fine,
                },
            }
        }
    }
}

/// What the new server says to a request.
fn request(call: &Call<'_>) -> Found {
    let Purpose::Request {
        ways,
        is_deep,
        fields,
        value,
        is_typed,
    } = &call.purpose
    else {
        return Found::Fine;
    };
    let mut lost = None;
    for deviation in conform_request(call.server, call.served, &call.request) {
        let names = deviation.path.iter().filter_map(|segment| match segment {
            Segment::Key(key) => Some(key),
            Segment::Index(_) => None,
        });
        let names: Vec<&String> = names.collect();
        let is_meant = ways.iter().any(|way| {
            let starts = names.len() >= way.len() && names.iter().zip(way).all(|(a, b)| *a == b);
            starts && (*is_deep || names.len() == way.len())
        });
        let has_default = fields[1].is_some_and(|field| field.default.is_some());
        let text = format!("{}: {}", deviation.path_text(), deviation.kind);
        match deviation.kind {
            _ if !is_meant => {}
            DeviationKind::Missing if has_default => {}
            // What is around a type has changes of its own.
            DeviationKind::Missing | DeviationKind::Unknown(_) | DeviationKind::Removed
                if *is_typed => {}
            // A whole number is one, however it is written.
            DeviationKind::WrongType { read: true, .. } if is_number(call, ways) => {
                lost = Some(text);
            }
            _ => return Found::Refused(text),
        }
    }
    if let Some(value) = value
        && is_buried(call, value)
    {
        return Found::Refused(format!("{value} is gone"));
    }
    if let [Some(before), Some(after)] = fields
        && matches!(after.ty.innermost(), Type::Int)
        && let Some(way) = ways.first()
        && let Some(sent) = at(&call.request, way)
    {
        let (low, high) = values::width(after.width);
        let is_beyond = |number: i128| number < low || number > high;
        let number = sent.as_i64().or_else(|| sent[0].as_i64()).map(i128::from);
        if before.width != after.width && number.is_some_and(is_beyond) {
            lost = Some(format!("{sent} is beyond what is documented"));
        }
    }
    lost.map_or(Found::Fine, Found::Lost)
}

/// Whether what is sent at the first way is a number, or a list of some.
fn is_number(call: &Call<'_>, ways: &[Vec<String>]) -> bool {
    let sent = ways.first().and_then(|way| at(&call.request, way));
    sent.is_some_and(|sent| sent.is_number() || sent[0].is_number())
}

/// Whether the server knows a value, of a list that deployed code has it in, as a tombstone only.
fn is_buried(call: &Call<'_>, value: &WireValue) -> bool {
    let has = |list: &Enum, is_dead: bool| {
        let mut values = list.values.iter();
        values.any(|one| one.value == *value && one.life.removed.is_some() == is_dead)
    };
    let mut lists = call.service.enums.values().filter(|list| has(list, false));
    lists.any(|list| {
        let served = call.server.enums.get(&list.name);
        served.is_some_and(|served| has(served, true))
    })
}

/// How what was read differs from what was sent; numbers, texts and truth values that are spelled alike do not.
fn differs(sent: &Json, read: Option<&Json>, is_deep: bool) -> Option<String> {
    let Some(read) = read else {
        return (!is_empty(sent)).then(|| "nothing is read".to_owned());
    };
    match (sent, read) {
        (Json::Array(sent), Json::Array(read)) => {
            if sent.len() != read.len() {
                return Some(format!("{} of {} items are read", read.len(), sent.len()));
            }
            let mut pairs = sent.iter().zip(read);
            pairs.find_map(|(sent, read)| differs(sent, Some(read), is_deep))
        }
        (Json::Object(sent), Json::Object(read)) => {
            let is_gone = is_deep && !sent.is_empty() && read.is_empty();
            is_gone.then(|| "nothing in it is read".to_owned())
        }
        (Json::Number(sent), Json::Number(read)) if sent.as_f64() == read.as_f64() => None,
        (sent, read) if spelled(sent) == spelled(read) => None,
        (sent, read) => Some(format!("{read} is read where {sent} was sent")),
    }
}

fn is_empty(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn spelled(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The verdict against everything that was found.
pub(crate) fn judge(verdict: Wire, found: &[(Found, bool, String)]) -> Shown {
    let refused = found.iter().find_map(|(found, _, shown)| match found {
        Found::Refused(why) => Some((why, shown)),
        _ => None,
    });
    let lost = found.iter().find_map(|(found, _, shown)| match found {
        Found::Lost(why) => Some((why, shown)),
        _ => None,
    });
    let is_refused = |(found, ..): &&(Found, bool, String)| matches!(found, Found::Refused(_));
    let values: Vec<_> = found.iter().filter(|(_, is_value, _)| *is_value).collect();
    let is_always = !values.is_empty() && values.iter().all(is_refused);
    let nothing = |what: &str| {
        let shown = found.first().map_or("", |(.., shown)| shown.as_str());
        Shown::refuted(format!("{what} ({} calls)", found.len()), shown)
    };
    match verdict {
        Wire::Ok => match refused.or(lost) {
            Some((why, shown)) => Shown::refuted(why.clone(), shown.clone()),
            None => Shown::Proved,
        },
        Wire::Risk => match (refused, lost) {
            (Some((why, shown)), _) if is_always => {
                Shown::refuted(format!("it never works: {why}"), shown.clone())
            }
            (None, None) => nothing("nothing is lost or refused"),
            _ => Shown::Proved,
        },
        Wire::Fail => match refused {
            Some(_) => Shown::Proved,
            None => nothing("nothing is refused"),
        },
        Wire::Silent => match (refused, lost) {
            (Some((why, shown)), _) => Shown::refuted(why.clone(), shown.clone()),
            (None, None) => nothing("nothing means something else"),
            (None, Some(_)) => Shown::Proved,
        },
    }
}
