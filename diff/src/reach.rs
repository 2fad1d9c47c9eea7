//! A service in, the actions that reach each of its structs and enums out.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_model::api::{Field, Service, Type};

/// Which actions reach which type.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    actions: BTreeMap<String, Vec<String>>,
}

impl Reach {
    /// Of both sides: a type that goes is reached by the actions that used it.
    pub(crate) fn of(sides: [Option<&Service>; 2]) -> Self {
        let mut reached: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for service in sides.into_iter().flatten() {
            for action in service.actions.values() {
                let mut seen = BTreeSet::new();
                walk(service, &action.request, &mut seen);
                walk(service, &action.response, &mut seen);
                for name in seen {
                    let actions = reached.entry(name.to_owned()).or_default();
                    actions.insert(action.name.clone());
                }
            }
        }
        let actions = reached
            .into_iter()
            .map(|(name, actions)| (name, actions.into_iter().collect()))
            .collect();
        Self { actions }
    }

    pub(crate) fn actions(&self, name: &str) -> &[String] {
        self.actions.get(name).map_or(&[], Vec::as_slice)
    }
}

fn walk<'a>(service: &'a Service, fields: &'a [Field], seen: &mut BTreeSet<&'a str>) {
    for field in fields {
        match field.ty.innermost() {
            Type::Enum(name) => {
                seen.insert(name);
            }
            Type::Struct(name) => {
                if seen.insert(name)
                    && let Some(inner) = service.structs.get(name)
                {
                    walk(service, &inner.fields, seen);
                }
            }
            _ => {}
        }
    }
}
