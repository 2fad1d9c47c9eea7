//! In: the JSON of what has started a job, and how to ask for its state. Out: when awaited, the JSON that tells its end.

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as JsonValue;

use super::AnyAction;
use super::whole::Whole;
use crate::call::Response;
use crate::codec::each_json;
use crate::config::Config;
use crate::error::Error;
use crate::operation::{Service, Shared};
use crate::waiting::{Progress, States, Wait, Waiter, texts};

/// How to wait for the end of a job, for calls by name: what generated code says of the actions that it knows.
#[derive(Debug, Clone)]
#[must_use]
pub struct AnyWaiter {
    poll: AnyAction,
    handle: String,
    input: String,
    state: String,
    success: Vec<String>,
    failure: Vec<String>,
    takes_list: bool,
}

impl AnyWaiter {
    /// `poll` is asked with the value at the path `handle` of what started the job, in the request's field `input`, until the
    /// path `state` of the answer has one of the values of [`success`](Self::success). A list on a path stands for all of its
    /// items.
    pub fn new(
        poll: impl Into<AnyAction>,
        handle: impl Into<String>,
        input: impl Into<String>,
        state: impl Into<String>,
    ) -> Self {
        Self {
            poll: poll.into(),
            handle: handle.into(),
            input: input.into(),
            state: state.into(),
            success: Vec::new(),
            failure: Vec::new(),
            takes_list: false,
        }
    }

    /// The states that mean success: texts or numbers.
    pub fn success<S: ToString>(mut self, states: impl IntoIterator<Item = S>) -> Self {
        self.success
            .extend(states.into_iter().map(|state| state.to_string()));
        self
    }

    /// The states that mean failure: texts or numbers.
    pub fn failure<S: ToString>(mut self, states: impl IntoIterator<Item = S>) -> Self {
        self.failure
            .extend(states.into_iter().map(|state| state.to_string()));
        self
    }

    /// The field `input` takes a list of handles, so that one question is about all jobs.
    pub fn takes_list(mut self) -> Self {
        self.takes_list = true;
        self
    }

    fn of(self, service: Shared<Service>) -> Waiter {
        Waiter {
            poll: Shared::Counted(Arc::new(self.poll.of(service))),
            handle: Cow::Owned(self.handle),
            input: Cow::Owned(self.input),
            state: Cow::Owned(self.state),
            success: States::Described(self.success),
            failure: States::Described(self.failure),
        }
    }
}

/// A wait that has not begun yet: `await` it; see [`Client::wait_for_any`](crate::Client::wait_for_any). How it asks, and what it
/// waits through, is what a [`Wait`] does.
#[must_use = "a wait does nothing until it is awaited"]
pub struct AnyWait {
    wait: Wait<Whole>,
}

impl AnyWait {
    /// One wait for all jobs.
    pub(crate) fn of(
        config: &Config,
        service: Shared<Service>,
        waiter: AnyWaiter,
        started: &JsonValue,
        request: JsonValue,
    ) -> Self {
        let handles = handles(&waiter, started);
        let takes_list = waiter.takes_list;
        let waiter = Shared::Counted(Arc::new(waiter.of(service)));
        Self::new(config, waiter, takes_list, handles, request)
    }

    /// One wait for each question.
    pub(crate) fn each_of(
        config: &Config,
        service: Shared<Service>,
        waiter: AnyWaiter,
        started: &JsonValue,
        request: &JsonValue,
    ) -> Vec<Self> {
        let handles = handles(&waiter, started);
        let takes_list = waiter.takes_list;
        let has_own = !own(&waiter.input, request).is_empty();
        let waiter = Shared::Counted(Arc::new(waiter.of(service)));
        let wait =
            |handles| Self::new(config, waiter.clone(), takes_list, handles, request.clone());
        if handles.is_empty() || has_own || takes_list {
            return vec![wait(handles)];
        }
        let each = handles.into_iter().map(|handle| vec![handle]);
        each.map(wait).collect()
    }

    fn new(
        config: &Config,
        waiter: Shared<Waiter>,
        takes_list: bool,
        handles: Vec<JsonValue>,
        mut request: JsonValue,
    ) -> Self {
        let names = handles.iter().map(spelled).collect();
        if request.is_null() {
            request = JsonValue::Object(serde_json::Map::new());
        }
        // As they came: what is a number there is one here. What cannot be filled in is told when the wait begins.
        let handles = match (takes_list, handles.as_slice()) {
            (true, [_, ..]) => Some(JsonValue::Array(handles)),
            (false, [only]) => Some(only.clone()),
            _ => None,
        };
        if own(&waiter.input, &request).is_empty()
            && let (Some(members), Some(handles)) = (request.as_object_mut(), handles)
        {
            members.insert(waiter.input.clone().into_owned(), handles);
        }
        Self {
            wait: Wait::new(config, waiter, names, Box::new(Whole::of(request))),
        }
    }

    /// How long to wait altogether, instead of 10 minutes.
    pub fn deadline(mut self, total: Duration) -> Self {
        self.wait = self.wait.deadline(total);
        self
    }

    /// How long to wait before each question, instead of longer and longer.
    pub fn interval(mut self, between: Duration) -> Self {
        self.wait = self.wait.interval(between);
        self
    }

    /// Is told of each answer, and of each failure that is waited through.
    pub fn progress(mut self, tell: impl FnMut(&Progress<'_>) + Send + 'static) -> Self {
        self.wait = self.wait.progress(tell);
        self
    }

    /// A state that means failure ends the wait with the answer, in which the vendor may say why, and not with an error.
    pub fn failure_as_answer(mut self) -> Self {
        self.wait = self.wait.failure_as_answer();
        self
    }
}

impl IntoFuture for AnyWait {
    /// # Errors
    ///
    /// Those of a [`Wait`].
    type Output = Result<Response<JsonValue>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let response = self.wait.into_future().await?;
            Ok(response.map(Whole::into_json))
        })
    }
}

impl fmt::Debug for AnyWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.wait.fmt(f)
    }
}

/// The handles of the jobs that were started, each once.
fn handles(waiter: &AnyWaiter, started: &JsonValue) -> Vec<JsonValue> {
    let mut found: Vec<JsonValue> = Vec::new();
    let mut take = |value: &JsonValue| {
        let is_handle = match value {
            JsonValue::String(text) => !text.is_empty(),
            other => other.is_number() || other.is_boolean(),
        };
        if is_handle && !found.contains(value) {
            found.push(value.clone());
        }
    };
    each_json(started, &waiter.handle, &mut |value| match value {
        Some(JsonValue::Array(items)) => items.iter().for_each(&mut take),
        Some(scalar) => take(scalar),
        None => {}
    });
    found
}

fn spelled(handle: &JsonValue) -> String {
    match handle {
        JsonValue::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The handles that the caller has named.
fn own(input: &str, request: &JsonValue) -> Vec<String> {
    texts(&Whole::of(request.clone()), input)
}
