//! Rules of scripts and a call in, the rule that is for it out, and whether the call comes too fast.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value as Json, json};

use crate::fault::Fault;
use crate::lookup::{Catalogue, Found};
use crate::script::{Limit, Outcome, Rule, Script, ScriptError, nearest};
use crate::scripted::is_called;

/// Stands for every action.
const EVERY: &str = "*";
/// Windows of calls that are counted at a time.
const MOST_WINDOWS: usize = 10_000;

/// The rules that hold now.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    held: Mutex<Held>,
    /// Whether there is anything to look at, so that a cloud without rules locks nothing.
    any: AtomicBool,
}

#[derive(Debug, Default)]
struct Held {
    rules: Vec<Used>,
    documented_limits: bool,
    /// Calls in the window that is open, by limit, key and action. The documented limit counts as a rule behind the last.
    windows: HashMap<(usize, String, String), Window>,
}

#[derive(Debug)]
struct Used {
    rule: Arc<Rule>,
    times: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Window {
    since: i64,
    calls: u64,
}

impl Rules {
    /// More rules, behind those that hold.
    pub(crate) fn add(&self, script: Script, catalogue: &Catalogue) -> Result<(), ScriptError> {
        for rule in &script.rules {
            known(rule, catalogue).map_err(|error| error.inside(&rule.place))?;
        }
        let mut held = self.lock();
        held.documented_limits |= script.documented_limits;
        let used = |rule| Used {
            rule: Arc::new(rule),
            times: 0,
        };
        held.rules.extend(script.rules.into_iter().map(used));
        self.any.store(
            held.documented_limits || !held.rules.is_empty(),
            Ordering::Release,
        );
        Ok(())
    }

    /// These rules in place of those that hold.
    pub(crate) fn replace(&self, script: Script, catalogue: &Catalogue) -> Result<(), ScriptError> {
        // What cannot hold must not drive out what does.
        Self::default().add(script.clone(), catalogue)?;
        self.clear();
        self.add(script, catalogue)
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Held::default();
        self.any.store(false, Ordering::Release);
    }

    /// The rules as they were written, and how often each was used.
    pub(crate) fn shown(&self) -> Json {
        let held = self.lock();
        let rules: Vec<&Json> = held.rules.iter().map(|used| &used.rule.text).collect();
        let used: Vec<u64> = held.rules.iter().map(|used| used.times).collect();
        let mut shown = json!({ "rules": rules, "used": used });
        if held.documented_limits {
            shown["limits"] = json!("documented");
        }
        shown
    }

    /// The first rule for the call that has not been used up.
    pub(crate) fn take(&self, found: Found<'_>, request: &Json) -> Option<Arc<Rule>> {
        if !self.any.load(Ordering::Acquire) {
            return None;
        }
        let mut held = self.lock();
        let fits = |used: &&mut Used| {
            let rule = &used.rule;
            !matches!(rule.outcome, Some(Outcome::Limit(_)))
                && rule.times.is_none_or(|times| used.times < times)
                && is_for(rule, found)
                && has(request, &rule.when)
        };
        let used = held.rules.iter_mut().find(fits)?;
        used.times += 1;
        Some(Arc::clone(&used.rule))
    }

    /// Counts the call of the key; a fault if there are too many.
    pub(crate) fn count(&self, found: Found<'_>, key: &str, now: i64) -> Result<(), Fault> {
        if !self.any.load(Ordering::Acquire) {
            return Ok(());
        }
        let mut held = self.lock();
        let Held {
            rules,
            documented_limits,
            windows,
        } = &mut *held;
        let documented = documented_limits
            .then(|| found.action.rate_limit.or(found.service.rate_limit))
            .flatten();
        let documented = documented.map(|limit| Limit {
            calls: limit.calls.into(),
            seconds: limit.seconds.into(),
        });
        let behind = rules.len();
        let asked = rules.iter_mut().enumerate().filter_map(|(at, used)| {
            let Some(Outcome::Limit(limit)) = used.rule.outcome else {
                return None;
            };
            is_for(&used.rule, found).then_some((at, limit, Some(&mut used.times)))
        });
        let all = asked.chain(documented.map(|limit| (behind, limit, None)));
        for (at, limit, times) in all {
            if windows.len() >= MOST_WINDOWS {
                windows.clear();
            }
            let name = format!("{}/{}", found.service.id, found.action.name);
            let window = windows.entry((at, key.to_owned(), name)).or_default();
            let length = i64::try_from(limit.seconds).unwrap_or(i64::MAX).max(1);
            if now - window.since >= length || now < window.since {
                *window = Window {
                    since: now,
                    calls: 0,
                };
            }
            window.calls += 1;
            if window.calls > limit.calls {
                if let Some(times) = times {
                    *times += 1;
                }
                return Err(Fault::Throttled(limit.calls, limit.seconds));
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_for(rule: &Rule, found: Found<'_>) -> bool {
    rule.action == EVERY || is_called(&rule.action, found)
}

/// Whether the value has these members, and they have those that are asked for.
fn has(value: &Json, wanted: &Map<String, Json>) -> bool {
    let fits = |(name, wanted): (&String, &Json)| match (value.get(name), wanted) {
        (Some(found), Json::Object(wanted)) => has(found, wanted),
        (Some(Json::Array(found)), Json::Array(wanted)) => {
            found.len() == wanted.len()
                && found
                    .iter()
                    .zip(wanted)
                    .all(|(found, wanted)| match wanted {
                        Json::Object(wanted) => has(found, wanted),
                        _ => found == wanted,
                    })
        }
        (found, wanted) => found == Some(wanted),
    };
    wanted.iter().all(fits)
}

/// Whether there is such an action, and whether it has the parameters that the rule looks at.
fn known(rule: &Rule, catalogue: &Catalogue) -> Result<(), ScriptError> {
    if rule.action == EVERY {
        return Ok(());
    }
    let found: Vec<Found<'_>> = catalogue
        .actions()
        .filter(|found| is_called(&rule.action, *found))
        .collect();
    if found.is_empty() {
        return Err(unknown(&rule.action, catalogue));
    }
    let fields = || found.iter().flat_map(|found| &found.action.request);
    let odd = rule
        .when
        .keys()
        .find(|name| fields().all(|field| field.name != **name));
    match odd {
        None => Ok(()),
        Some(name) => {
            let message = format!("{} has no parameter {name:?}", rule.action);
            let near = nearest(name, fields().map(|field| field.name.as_str()));
            Err(ScriptError::new(
                message,
                meant(near, "see the action's schema"),
            ))
        }
    }
}

fn unknown(name: &str, catalogue: &Catalogue) -> ScriptError {
    let message = format!("there is no action {name:?}");
    let (before, last) = name.rsplit_once(['/', '.']).unwrap_or(("", name));
    let near = nearest(
        last,
        catalogue.actions().map(|found| found.action.name.as_str()),
    );
    // The action may be right, and what stands before it wrong.
    let found = near.and_then(|near| catalogue.actions().find(|found| found.action.name == near));
    let near = found.map(|found| {
        if before.is_empty() {
            found.action.name.clone()
        } else {
            format!("{}.{}", found.service.id.service, found.action.name)
        }
    });
    ScriptError::new(message, meant(near.as_deref(), "no name is near it"))
}

fn meant(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(
        || otherwise.to_owned(),
        |near| format!("did you mean {near:?}?"),
    )
}
