//! Parameters in, every way in which they depart from the schema out, and the one that a vendor would report.

use serde_json::Value as Json;
use yunqiao_model::{Deviation, DeviationKind, conform_request};

use crate::fault::Fault;
use crate::lookup::Found;

/// Every departure, the most basic kind first. Undocumented enum values are among them, though servers do not mind them.
pub(crate) fn deviations(found: Found<'_>, parameters: &Json) -> Vec<Deviation> {
    let mut deviations = conform_request(found.service, found.action, parameters);
    deviations.sort_by_key(|deviation| rank(&deviation.kind));
    deviations
}

/// What a vendor would refuse the call for.
pub(crate) fn first_fault(deviations: &[Deviation], strict_enums: bool) -> Option<Fault> {
    let counts =
        |deviation: &&Deviation| strict_enums || deviation.kind != DeviationKind::UndocumentedValue;
    let first = deviations.iter().find(counts)?;
    let (path, text) = (first.path_text(), first.kind.to_string());
    Some(match first.kind {
        DeviationKind::Missing => Fault::Missing(path),
        DeviationKind::Unknown(_) | DeviationKind::Removed => Fault::Unknown(path),
        DeviationKind::WrongType { .. } => Fault::Type(path, text),
        _ => Fault::Value(path, text),
    })
}

fn rank(kind: &DeviationKind) -> u8 {
    match kind {
        DeviationKind::Missing => 0,
        DeviationKind::Unknown(_) | DeviationKind::Removed => 1,
        DeviationKind::WrongType { .. } => 2,
        _ => 3,
    }
}
