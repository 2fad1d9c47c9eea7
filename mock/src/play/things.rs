//! Things that calls have made in, those that later calls name out. Only so many are remembered.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value as Json};
use yunqiao_model::api::{Service, Vendor};

use crate::lookup::Found;
use crate::record::redact;

/// Things that are remembered; the oldest are forgotten first.
const MOST: usize = 10_000;

/// Something that a call has made: a contract flow, a task, a code that was sent.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Thing {
    /// What it is, for example `flow`.
    pub kind: String,
    /// Its id, which an answer has told.
    pub id: String,
    /// How far it has come.
    pub state: Json,
    /// How often calls have asked for it.
    pub asked: u64,
    /// When it was made, in seconds since 1970 by the cloud's clock.
    pub at: i64,
    /// When it is over, by the same clock.
    pub until: Option<i64>,
    /// How often something wrong may still be said about it.
    pub tries: Option<u64>,
    /// What only the reader of a message knows: the code that was "sent".
    pub code: Option<String>,
    /// The single parameters of the call that made it.
    pub fields: Map<String, Json>,
    /// The action that made it.
    pub made_by: String,
    /// How often its present state was told.
    pub(super) told: u64,
    pub(super) number: u64,
    pub(super) maker: Arc<Service>,
}

impl Thing {
    /// The cloud that it belongs to.
    #[must_use]
    pub fn vendor(&self) -> Vendor {
        self.maker.id.vendor
    }

    /// The service that it belongs to.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.maker.id.service
    }

    /// The fields without the values that the schema marks as personal or secret.
    #[must_use]
    pub fn shown_fields(&self) -> Json {
        let action = self.maker.actions.get(&self.made_by);
        let fields = Json::Object(self.fields.clone());
        redact::request(action.map(|action| (&*self.maker, action)), &fields)
    }
}

impl fmt::Debug for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thing")
            .field("service", &self.service())
            .field("kind", &self.kind)
            .field("id", &self.id)
            .field("state", &self.state)
            .field("asked", &self.asked)
            .field("made_by", &self.made_by)
            .field("fields", &format_args!("{}", self.shown_fields()))
            .finish_non_exhaustive()
    }
}

/// Everything that is remembered.
#[derive(Debug, Default)]
pub(crate) struct Things(Mutex<Held>);

#[derive(Debug, Default)]
pub(crate) struct Held {
    /// By number, the oldest first.
    all: BTreeMap<u64, Thing>,
    /// Number of a thing by service, kind and id.
    numbers: HashMap<(String, String, String), u64>,
    /// Services and kinds of which there has been one.
    made: BTreeSet<(String, String)>,
    last: u64,
}

impl Things {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Copies, the oldest first.
    pub(crate) fn all(&self) -> Vec<Thing> {
        self.lock().all.values().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Held::default();
    }
}

impl Held {
    /// A number that no thing has had.
    pub(super) fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    pub(super) fn has_made(&self, found: Found<'_>, kind: &str) -> bool {
        let key = (found.service.id.service.clone(), kind.to_owned());
        self.made.contains(&key)
    }

    pub(super) fn add(&mut self, thing: Thing) {
        let service = thing.service().to_owned();
        self.made.insert((service.clone(), thing.kind.clone()));
        let key = (service, thing.kind.clone(), thing.id.clone());
        self.numbers.insert(key, thing.number);
        self.all.insert(thing.number, thing);
        while self.all.len() > MOST {
            if let Some((_, old)) = self.all.pop_first() {
                self.numbers
                    .remove(&(old.service().to_owned(), old.kind, old.id));
            }
        }
    }

    pub(super) fn find(&self, found: Found<'_>, kind: &str, id: &str) -> Option<&Thing> {
        if self.all.is_empty() {
            return None;
        }
        self.all.get(self.numbers.get(&key(found, kind, id))?)
    }

    pub(super) fn find_mut(
        &mut self,
        found: Found<'_>,
        kind: &str,
        id: &str,
    ) -> Option<&mut Thing> {
        if self.all.is_empty() {
            return None;
        }
        self.all.get_mut(self.numbers.get(&key(found, kind, id))?)
    }

    /// The newest thing that was made with these parameters.
    pub(super) fn find_by(
        &mut self,
        found: Found<'_>,
        kind: &str,
        by: &Map<String, Json>,
    ) -> Option<&mut Thing> {
        let service = &found.service.id.service;
        self.all.values_mut().rev().find(|thing| {
            thing.kind == kind
                && thing.maker.id.service == *service
                && by
                    .iter()
                    .all(|(name, value)| thing.fields.get(name) == Some(value))
        })
    }

    pub(super) fn change(&mut self, found: Found<'_>, kind: &str, id: &str, to: Json) {
        if let Some(thing) = self.find_mut(found, kind, id) {
            thing.state = to;
            thing.told = 0;
        }
    }
}

fn key(found: Found<'_>, kind: &str, id: &str) -> (String, String, String) {
    let service = found.service.id.service.clone();
    (service, kind.to_owned(), id.to_owned())
}
