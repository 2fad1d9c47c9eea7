//! The versions of a service and a call of one in, the module out from which all that the call names can be taken.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use yunqiao_model::api::ServiceId;

use super::imports;
use crate::join::Joined;
use crate::names::NamedAction;
use crate::outline::{Outline, Places as _};
use crate::part::Part;

/// Where the call's names are found.
pub(super) struct Place {
    /// Path of the module, for example `yunqiao::tencent::ess`.
    pub(super) module: String,
    /// The cargo feature that leads to it.
    pub(super) feature: String,
}

/// The service's module where its plain names mean this version in all of the call, or else the version's.
pub(super) fn of(
    parts: &[Part<'_>],
    id: &ServiceId,
    item: &NamedAction<'_>,
    request: &TokenStream,
) -> Option<Place> {
    let mut outlines: Vec<Outline> = parts.iter().map(Part::outline).collect();
    outlines.sort_by(|a, b| a.id.cmp(&b.id));
    let versions: Vec<&Outline> = outlines.iter().collect();
    let at = versions.iter().position(|outline| outline.id == *id)?;
    let plain = Place {
        module: format!("yunqiao::{}", id.service_path()),
        feature: id.service_feature(),
    };
    if versions.len() == 1 {
        return Some(plain);
    }
    let joined = Joined::new(&versions);
    let mut names = BTreeSet::new();
    imports::names(request.clone(), &mut names);
    let owns = joined.methods.get(item.method.as_str());
    let owns = owns.is_some_and(|plain| plain.version == at && !plain.former);
    let is_plain = owns
        && names
            .iter()
            .all(|name| joined.types.get(name.as_str()) == Some(&at));
    Some(Place {
        module: if is_plain {
            plain.module
        } else {
            format!("yunqiao::{}", id.path())
        },
        // The others need not be compiled.
        feature: id.feature(),
    })
}
