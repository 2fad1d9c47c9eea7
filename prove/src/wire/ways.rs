//! Fields of a message and a question in, the ways to every field that answers it out, as names from the message down.

use yunqiao_model::api::{Field, Service};

/// Ways that are enough to show something.
const ENOUGH: usize = 4;

/// The ways to the fields that are meant. One through a struct inside itself is not gone.
pub(crate) fn ways(
    service: &Service,
    fields: &[Field],
    is_meant: &dyn Fn(&Field) -> bool,
) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let (mut way, mut inside) = (Vec::new(), Vec::new());
    walk(service, fields, is_meant, &mut way, &mut inside, &mut found);
    found
}

fn walk<'a>(
    service: &'a Service,
    fields: &'a [Field],
    is_meant: &dyn Fn(&Field) -> bool,
    way: &mut Vec<String>,
    inside: &mut Vec<&'a str>,
    found: &mut Vec<Vec<String>>,
) {
    for field in fields {
        if found.len() >= ENOUGH {
            return;
        }
        way.push(field.name.clone());
        if is_meant(field) {
            found.push(way.clone());
        }
        if let Some(name) = field.ty.struct_name()
            && !inside.contains(&name)
            && let Some(inner) = service.structs.get(name)
        {
            inside.push(name);
            walk(service, &inner.fields, is_meant, way, inside, found);
            inside.pop();
        }
        way.pop();
    }
}
