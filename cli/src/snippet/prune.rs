//! A request in, the same without what the generated types do not take out, and where that was.

use serde_json::Value as Json;
use yunqiao_model::api::{Action, Service};
use yunqiao_model::{DeviationKind, Segment, conform_request};

/// What is left of a request.
pub(crate) struct Left {
    pub(crate) request: Json,
    /// Where something was left out.
    pub(crate) paths: Vec<String>,
}

/// Leaves out members that there are not, and values of a type that no field has.
pub(crate) fn pruned(service: &Service, action: &Action, request: &Json) -> Left {
    let mut left = Left {
        request: request.clone(),
        paths: Vec::new(),
    };
    let mut wrong: Vec<_> = conform_request(service, action, request)
        .into_iter()
        .filter(|deviation| {
            !deviation.is_read() || matches!(deviation.kind, DeviationKind::Unknown(_))
        })
        .collect();
    // From the end, so that the places of those before stay what they are.
    wrong.reverse();
    for deviation in wrong {
        if remove(&mut left.request, &deviation.path).is_some() {
            left.paths.push(deviation.path_text());
        }
    }
    left.paths.reverse();
    left
}

fn remove(value: &mut Json, path: &[Segment]) -> Option<()> {
    let (last, above) = path.split_last()?;
    let mut at = value;
    for step in above {
        at = match step {
            Segment::Key(key) => at.get_mut(key)?,
            Segment::Index(index) => at.get_mut(index)?,
        };
    }
    match last {
        Segment::Key(key) => at.as_object_mut()?.remove(key).map(drop),
        Segment::Index(index) => {
            let list = at.as_array_mut()?;
            (*index < list.len()).then(|| drop(list.remove(*index)))
        }
    }
}
