//! A call and what its action does with things that the cloud remembers in, the answer's fields out, or why there are none.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value as Json};
use yunqiao_model::api::ServiceId;

use crate::handle::State;
use crate::lookup::{Catalogue, Found};
use crate::script::{Check, Move, Script, Step, Wrong};
use crate::scripted::is_called;

mod derive;
mod fresh;
mod make;
mod path;
mod tell;
mod things;

use self::things::Held;
pub use self::things::Thing;
pub(crate) use self::things::Things;

/// Built-in rules about what the waiters of the schemas do not say.
#[cfg(feature = "embedded")]
const BUILT_IN: &[(&str, &str)] = &[
    ("ess.yaml", include_str!("../scripts/ess.yaml")),
    ("essbasic.yaml", include_str!("../scripts/essbasic.yaml")),
    ("sms.yaml", include_str!("../scripts/sms.yaml")),
];
#[cfg(not(feature = "embedded"))]
const BUILT_IN: &[(&str, &str)] = &[];

/// What every action does with things, unless a script says otherwise.
#[derive(Debug, Default)]
pub(crate) struct Plays {
    /// By the action's place in the catalogue.
    steps: Vec<Vec<Step>>,
}

impl Plays {
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let mut steps: Vec<Vec<Step>> = catalogue.actions().map(|_| Vec::new()).collect();
        for (name, text) in BUILT_IN {
            let script = Script::read(text, name).expect("tests read the built-in scripts");
            for rule in script.rules {
                // Whoever plays some schemas only has only some of the actions.
                for found in catalogue
                    .actions()
                    .filter(|found| is_called(&rule.action, *found))
                {
                    steps[found.entry.place].extend(rule.steps.clone());
                }
            }
        }
        let places: HashMap<(&ServiceId, &str), usize> = catalogue
            .actions()
            .map(|Found { entry, service, .. }| ((&service.id, &*entry.action), entry.place))
            .collect();
        for service in &catalogue.services {
            for (action, step) in derive::steps(service) {
                let steps = &mut steps[places[&(&service.id, &*action)]];
                if !steps.iter().any(|known| same_kind(known, &step)) {
                    steps.push(step);
                }
            }
        }
        Self { steps }
    }

    /// What the action does.
    pub(crate) fn of(&self, found: Found<'_>) -> &[Step] {
        let steps = self.steps.get(found.entry.place);
        steps.map_or(&[], Vec::as_slice)
    }
}

fn same_kind(a: &Step, b: &Step) -> bool {
    matches!(
        (a, b),
        (Step::Make(_), Step::Make(_)) | (Step::Tell(_), Step::Tell(_))
    )
}

/// Does the steps; `fields` are those that the answer has otherwise.
pub(crate) fn run<'a>(
    state: &State,
    found: Found<'a>,
    steps: &[Step],
    request: &Json,
    fields: impl FnOnce() -> Cow<'a, Json>,
) -> Result<Cow<'a, Json>, Wrong> {
    if steps.is_empty() {
        return Ok(fields());
    }
    let mut things = state.things.lock();
    // Nothing moves before everything holds.
    let mut checked = None;
    for step in steps {
        match step {
            Step::Need(needed) | Step::Move(needed) => may(&things, found, needed, request)?,
            Step::Check(check) => checked = compare(&mut things, found, check, request, state),
            Step::Make(_) | Step::Tell(_) => {}
        }
    }
    let mut answer = checked.map_or_else(fields, Cow::Owned);
    for step in steps {
        match step {
            Step::Move(moved) => {
                if let Some(to) = &moved.to {
                    for id in path::ids(request, &moved.id) {
                        things.change(found, &moved.thing, &id, to.clone());
                    }
                }
            }
            Step::Make(make) => {
                make::make(
                    &mut things,
                    found,
                    make,
                    request,
                    answer.to_mut(),
                    state.clock.now(),
                );
            }
            Step::Tell(tell) => tell::tell(&mut things, found, tell, request, &mut answer),
            Step::Need(_) | Step::Check(_) => {}
        }
    }
    Ok(answer)
}

/// Fields of the answer over those that it would have.
pub(crate) fn over(mut base: Json, more: &Json) -> Json {
    match (&mut base, more) {
        (Json::Object(base), Json::Object(more)) => {
            base.extend(
                more.iter()
                    .map(|(name, value)| (name.clone(), value.clone())),
            );
        }
        (base, more) => *base = more.clone(),
    }
    base
}

/// Whether every thing that the request names is there and in one of the states.
fn may(things: &Held, found: Found<'_>, needed: &Move, request: &Json) -> Result<(), Wrong> {
    for id in path::ids(request, &needed.id) {
        match things.find(found, &needed.thing, &id) {
            Some(thing) => {
                if needed.from.is_empty() || needed.from.contains(&thing.state) {
                    continue;
                }
                let refused = needed.refuse.get(&path::text(&thing.state));
                if let Some(wrong) = refused.or(needed.otherwise.as_ref()) {
                    return Err(wrong.clone());
                }
            }
            None => {
                // Ids of examples, and any id before the first thing has been made, are as good as they have always been.
                let noticed =
                    things.has_made(found, &needed.thing) && !is_example(found, &needed.id, &id);
                if let Some(wrong) = needed.unknown.as_ref().filter(|_| noticed) {
                    return Err(wrong.clone());
                }
            }
        }
    }
    Ok(())
}

/// What the answer says about a code; nothing if the cloud has never sent one.
fn compare(
    things: &mut Held,
    found: Found<'_>,
    check: &Check,
    request: &Json,
    state: &State,
) -> Option<Json> {
    let by: Map<String, Json> = path::some(request, &check.by);
    let said = path::text(&request[&check.given]);
    let is_of_example = |example: &Json| path::some(example, &check.by) == by;
    let Some(thing) = things.find_by(found, &check.thing, &by) else {
        let known = found.action.examples.iter();
        let example = known.map(|example| &example.request).any(is_of_example);
        let noticed = things.has_made(found, &check.thing) && !example;
        return noticed.then(|| check.over.clone());
    };
    let now = state.clock.now();
    let is_over = thing.until.is_some_and(|until| now >= until) || thing.tries == Some(0);
    let is_used = thing.state == "used";
    if is_over || is_used {
        return Some(check.over.clone());
    }
    if thing.code.as_deref() == Some(said.as_str()) {
        thing.state = "used".into();
        return Some(check.right.clone());
    }
    let left = thing.tries.map(|tries| tries - 1);
    thing.tries = left;
    Some(if left == Some(0) {
        thing.state = "used up".into();
        check.over.clone()
    } else {
        check.wrong.clone()
    })
}

/// Whether an example of the action names the id there.
fn is_example(found: Found<'_>, place: &str, id: &str) -> bool {
    let mut examples = found.action.examples.iter();
    examples.any(|example| {
        path::ids(&example.request, place)
            .iter()
            .any(|known| known == id)
    })
}
