//! A pair of models and the changes between them in, both with no more than what the proof uses out: what nothing asks about costs
//! as much to generate and compile as what something does.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_diff::{Change, Report};
use yunqiao_model::Api;
use yunqiao_model::api::{Action, Field, Service, ServiceId};

use crate::wire::ways;

/// Actions of a change that are all kept; of more, those that show something new.
const FEW: usize = 4;
/// Actions of a service that comes or goes.
const OF_SERVICE: usize = 12;

/// The names that are kept of a service version.
#[derive(Debug, Default)]
struct Kept {
    actions: BTreeSet<String>,
    types: BTreeSet<String>,
}

/// Both sides, cut down.
pub(crate) fn trim(old: &Api, new: &Api, report: &Report) -> (Api, Api) {
    let mut kept: BTreeMap<ServiceId, Kept> = BTreeMap::new();
    for change in &report.changes {
        keep(change, old, new, &mut kept);
    }
    (cut(old, &kept), cut(new, &kept))
}

fn keep(change: &Change, old: &Api, new: &Api, kept: &mut BTreeMap<ServiceId, Kept>) {
    let both = || old.services.values().chain(new.services.values());
    let mut path = change.path.splitn(4, '/');
    let parts = [path.next(), path.next(), path.next()].map(Option::unwrap_or_default);
    let rest = path.next().unwrap_or_default();
    let is_it = |service: &&Service| {
        let id = &service.id;
        id.vendor.folder() == parts[0] && (id.service == parts[1] && id.version == parts[2])
    };
    let Some(service) = both().find(is_it) else {
        // Something of a whole vendor: any of its services shows it.
        let of_vendor = |service: &&Service| service.id.vendor.folder() == parts[0];
        if let Some(service) = old.services.values().find(of_vendor) {
            any_action(service, new, kept.entry(service.id.clone()).or_default());
        }
        return;
    };
    let sides = [old, new].map(|api| api.services.get(&service.id));
    let own = kept.entry(service.id.clone()).or_default();
    let (kind, name) = rest.split_once('/').unwrap_or_default();
    let name = name.split('/').next().unwrap_or_default();
    if matches!(kind, "structs" | "enums") {
        own.types.insert(name.to_owned());
        own.types.extend(change.before.clone());
        if change.actions.len() > FEW {
            let found = few(change, name, sides);
            own.actions.extend(found);
            return;
        }
    }
    if kind == "actions" {
        own.actions.insert(name.to_owned());
        // A rename: under both names.
        own.actions
            .extend(change.before.clone().filter(|_| change.rule.id == "C7"));
        let after = sides[1].and_then(|side| side.actions.get(name));
        own.actions
            .extend(after.and_then(|one| one.life.renamed_from.clone()));
    } else {
        own.actions
            .extend(change.actions.iter().take(OF_SERVICE).cloned());
    }
    if let (true, Some(service)) = (own.actions.is_empty(), sides[0]) {
        any_action(service, new, own);
    }
}

/// An action that lives on both sides.
fn any_action(service: &Service, new: &Api, own: &mut Kept) {
    let Some(after) = new.services.get(&service.id) else {
        return;
    };
    let is_alive = |action: &Action| action.life.removed.is_none();
    let mut both = service
        .actions
        .values()
        .filter(|action| is_alive(action) && after.actions.get(&action.name).is_some_and(is_alive));
    own.actions
        .extend(both.next().map(|action| action.name.clone()));
}

/// Of the many actions that reach a type, one for each side and direction.
fn few(change: &Change, name: &str, sides: [Option<&Service>; 2]) -> BTreeSet<String> {
    let is_it =
        |field: &Field| field.ty.struct_name() == Some(name) || field.ty.enum_name() == Some(name);
    let mut found = BTreeSet::new();
    for service in sides.into_iter().flatten() {
        let asked: fn(&Action) -> &[Field] = |action| &action.request;
        let answered: fn(&Action) -> &[Field] = |action| &action.response;
        for fields in [asked, answered] {
            let actions = change
                .actions
                .iter()
                .filter_map(|name| service.actions.get(name));
            let mut alive = actions.filter(|action| action.life.removed.is_none());
            let first =
                alive.find(|action| !ways::ways(service, fields(action), &is_it).is_empty());
            found.extend(first.map(|action| action.name.clone()));
        }
    }
    found
}

fn cut(api: &Api, kept: &BTreeMap<ServiceId, Kept>) -> Api {
    let services = api.services.iter().filter_map(|(id, service)| {
        let kept = kept.get(id)?;
        Some((id.clone(), cut_service(service, kept)))
    });
    Api {
        vendors: api.vendors.clone(),
        services: services.collect(),
    }
}

/// What is left keeps its marks: a struct that is sent has setters, whether or not what sends it is left.
fn cut_service(service: &Service, kept: &Kept) -> Service {
    let mut actions = kept.actions.clone();
    for name in &kept.actions {
        let waiter = service
            .actions
            .get(name)
            .and_then(|one| one.waiter.as_ref());
        actions.extend(waiter.map(|waiter| waiter.poll.clone()));
    }
    let mut types = BTreeSet::new();
    let mut left: Vec<&str> = kept.types.iter().map(String::as_str).collect();
    let mut fields: Vec<&Field> = Vec::new();
    for name in &actions {
        if let Some(action) = service.actions.get(name) {
            fields.extend(action.request.iter().chain(&action.response));
        }
    }
    loop {
        let named = fields
            .drain(..)
            .filter_map(|field| field.ty.struct_name().or_else(|| field.ty.enum_name()));
        left.extend(named);
        let Some(name) = left.pop() else {
            break;
        };
        if types.insert(name.to_owned())
            && let Some(one) = service.structs.get(name)
        {
            fields.extend(&one.fields);
        }
    }
    let mut cut = service.clone();
    cut.actions.retain(|name, _| actions.contains(name));
    cut.structs.retain(|name, one| {
        let former = one.life.renamed_from.as_ref();
        types.contains(name) || former.is_some_and(|former| kept.types.contains(former))
    });
    cut.enums.retain(|name, one| {
        let former = one.life.renamed_from.as_ref();
        types.contains(name) || former.is_some_and(|former| kept.types.contains(former))
    });
    cut
}
