//! What the cloud remembers in, the same as JSON out, without what must not be shown: `/-/things`.

use serde_json::{Value as Json, json};

use crate::handle::State;
use crate::play::Thing;

pub(super) fn list(state: &State) -> Json {
    let things: Vec<Json> = state.things.all().iter().map(shown).collect();
    json!({ "things": things })
}

fn shown(thing: &Thing) -> Json {
    json!({
        "vendor": thing.vendor().folder(),
        "service": thing.service(),
        "kind": thing.kind,
        "id": thing.id,
        "state": thing.state,
        "asked": thing.asked,
        "at": thing.at,
        "until": thing.until,
        "tries": thing.tries,
        "code": thing.code,
        "made_by": thing.made_by,
        "fields": thing.shown_fields(),
    })
}
