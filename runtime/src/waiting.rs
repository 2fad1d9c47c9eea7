//! In: what has started a job, and a request that asks for its state. Out: when awaited, the answer that tells its end.

mod pace;
mod started;
mod states;
mod watch;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::mem;
use std::pin::Pin;
use std::time::Duration;

pub(crate) use self::states::States;
use self::watch::{Choices, Watch};
use crate::call::Response;
use crate::codec::{Object, Slot, Value, each, spelling};
use crate::config::Config;
use crate::error::Error;
use crate::operation::{Action, Shared};

/// How to wait for the end of a job. Made by generated code, as a `static`.
#[derive(Debug)]
pub struct Waiter {
    pub(crate) poll: Shared<Action>,
    pub(crate) handle: Cow<'static, str>,
    pub(crate) input: Cow<'static, str>,
    pub(crate) state: Cow<'static, str>,
    pub(crate) success: States,
    pub(crate) failure: States,
}

impl Waiter {
    /// `poll` is asked with the value at the path `handle` of what started the job, in the request's field `input`, until the
    /// path `state` of the answer has one of the values `success` (numbers as text).
    pub const fn new(
        poll: &'static Action,
        handle: &'static str,
        input: &'static str,
        state: &'static str,
        success: &'static [&'static str],
    ) -> Self {
        Self {
            poll: Shared::Constant(poll),
            handle: Cow::Borrowed(handle),
            input: Cow::Borrowed(input),
            state: Cow::Borrowed(state),
            success: States::Constant(success),
            failure: States::Constant(&[]),
        }
    }

    /// The states that mean failure.
    #[must_use]
    pub const fn failure(mut self, states: &'static [&'static str]) -> Self {
        // What it takes the place of is a constant, too, and a constant function cannot drop anything.
        mem::forget(mem::replace(&mut self.failure, States::Constant(states)));
        self
    }
}

/// What names a job that can be waited for: the answer of the action that starts it, or for some actions its request.
/// Implemented by generated code.
pub trait Job: Object {
    /// The request that asks for the state.
    type Poll: Object + Clone + 'static;
    /// The answer that tells it.
    type Answer: Object + Default + 'static;

    /// How to wait.
    fn waiter() -> &'static Waiter;
}

/// A wait that has not begun yet: `await` it. The answer is the one that tells the end of the job.
///
/// It asks after a second, then less and less often, up to every 15 seconds; by default for 10 minutes. States that nobody
/// documents are waited through. So are failures that may pass: no connection, no answer in time, a broken connection,
/// throttling, an internal error of the server. Nothing runs in the background: to drop the wait is to end it.
///
/// ```no_run
/// # use std::time::Duration;
/// # use yunqiao_runtime::{Client, Error, Job};
/// # async fn run<J: Job>(client: Client, started: J, request: J::Poll) -> Result<(), Error> {
/// let done = client
///     .wait_for(&started, request)
///     .deadline(Duration::from_secs(120))
///     .progress(|progress| println!("{:?} after {:?}", progress.state(), progress.elapsed()))
///     .await?;
/// println!("{:?}", done.request_id());
/// # Ok(())
/// # }
/// ```
#[must_use = "a wait does nothing until it is awaited"]
pub struct Wait<T> {
    watch: Watch,
    answer: PhantomData<fn() -> T>,
}

impl<T> Wait<T> {
    /// A wait for the end of the job that was `started`, whose handle is filled into `request`, unless one is there already.
    /// Generated clients have a method for it.
    pub fn of<J: Job<Answer = T>>(config: &Config, started: &J, request: J::Poll) -> Self {
        let jobs = handles(J::waiter(), started);
        Self::new(
            config,
            Shared::Constant(J::waiter()),
            jobs,
            Box::new(request),
        )
    }

    /// As [`of`](Self::of), where an action starts several jobs and a poll asks for one of them: one wait for each, in the
    /// order of the handles.
    pub fn each_of<J: Job<Answer = T>>(
        config: &Config,
        started: &J,
        request: J::Poll,
    ) -> Vec<Self> {
        let waiter = J::waiter();
        let parts = parts(waiter, started, &request);
        let wait = |jobs| {
            let waiter = Shared::Constant(waiter);
            Self::new(config, waiter, jobs, Box::new(request.clone()))
        };
        parts.into_iter().map(wait).collect()
    }

    pub(crate) fn new(
        config: &Config,
        waiter: Shared<Waiter>,
        jobs: Vec<String>,
        request: Box<dyn Object>,
    ) -> Self {
        Self {
            watch: Watch::new(config, waiter, jobs, request),
            answer: PhantomData,
        }
    }

    fn choices(&mut self) -> &mut Choices {
        &mut self.watch.choices
    }

    /// How long to wait altogether, instead of 10 minutes.
    pub fn deadline(mut self, total: Duration) -> Self {
        self.choices().deadline = total;
        self
    }

    /// How long to wait before each question, instead of longer and longer. The documented limit of the action is kept in any
    /// case.
    pub fn interval(mut self, between: Duration) -> Self {
        self.choices().interval = Some(between);
        self
    }

    /// Is told of each answer, and of each failure that is waited through.
    pub fn progress(mut self, tell: impl FnMut(&Progress<'_>) + Send + 'static) -> Self {
        self.choices().progress = Some(Box::new(tell));
        self
    }

    /// A state that means failure ends the wait with the answer, in which the vendor may say why, and not with an error.
    pub fn failure_as_answer(mut self) -> Self {
        self.choices().takes_failure = true;
        self
    }

    /// Sends the requests as they are: the vendor has the last word on what is valid.
    pub fn skip_validation(mut self) -> Self {
        self.watch.pending.validate = false;
        self
    }
}

impl<T: Object + Default + 'static> IntoFuture for Wait<T> {
    /// # Errors
    ///
    /// [`Error::is_job_failure`]: the job has failed. [`Error::is_timeout`] with [`Error::job_state`]: it has not ended before
    /// the deadline. [`Error::is_validation`]: there is no handle to ask for. Otherwise the error of a call that cannot pass.
    type Output = Result<Response<T>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let mut watch = self.watch;
        Box::pin(async move {
            watch.begin()?;
            loop {
                let mut value = T::default();
                if let Some(outline) = watch.poll(&mut value).await? {
                    return Ok(Response::new(value, outline));
                }
            }
        })
    }
}

impl<T> fmt::Debug for Wait<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let choices = &self.watch.choices;
        self.watch
            .pending
            .debug("Wait", f)
            .field("deadline", &choices.deadline)
            .field("interval", &choices.interval)
            .finish_non_exhaustive()
    }
}

/// How far a wait has come.
#[derive(Debug)]
pub struct Progress<'a> {
    state: Option<&'a str>,
    attempt: u32,
    elapsed: Duration,
    done: usize,
    jobs: usize,
    failure: Option<&'a Error>,
}

impl<'a> Progress<'a> {
    /// The state, as it came; of several jobs that of the first one that has not succeeded.
    pub fn state(&self) -> Option<&'a str> {
        self.state
    }

    /// How often the state has been asked for.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// How long the wait has taken.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How many jobs have succeeded.
    pub fn done(&self) -> usize {
        self.done
    }

    /// How many jobs are waited for.
    pub fn jobs(&self) -> usize {
        self.jobs
    }

    /// The failure that came instead of an answer, and is waited through.
    pub fn failure(&self) -> Option<&'a Error> {
        self.failure
    }
}

/// The handles of the jobs that were started, each once.
fn handles(waiter: &Waiter, started: &dyn Object) -> Vec<String> {
    texts(started, &waiter.handle)
}

/// The handles of the jobs, in parts that one poll can ask for.
fn parts<P: Object + Clone>(
    waiter: &Waiter,
    started: &dyn Object,
    request: &P,
) -> Vec<Vec<String>> {
    let handles = handles(waiter, started);
    // Opening a member may change it.
    let mut probe = request.clone();
    if handles.is_empty()
        || !texts(request, &waiter.input).is_empty()
        || takes_list(waiter, &mut probe)
    {
        return vec![handles];
    }
    handles.into_iter().map(|handle| vec![handle]).collect()
}

fn takes_list(waiter: &Waiter, request: &mut dyn Object) -> bool {
    let index = request.shape().find(&waiter.input, 0);
    let member = index.and_then(|index| request.member_mut(index));
    member.is_some_and(|member| matches!(member.open(), Slot::List(_)))
}

/// Whether a path leads through a list in this answer, so that it stands for a state of each job.
fn leads_through_list(object: &dyn Object, path: &str) -> bool {
    let ends = path.match_indices('.').map(|(end, _)| end);
    ends.chain([path.len()]).any(|end| {
        let mut found = false;
        each(object, &path[..end], &mut |value| {
            found |= matches!(value, Value::List(_));
        });
        found
    })
}

/// The scalars at a path, also those in a list at its end, each once.
pub(crate) fn texts(object: &dyn Object, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    let mut take = |value: Value<'_>| {
        let text = spelling(value).filter(|text| !text.is_empty());
        found.extend(text.filter(|text| known.insert(text.clone())));
    };
    each(object, path, &mut |value| match value {
        Value::List(list) => {
            let items = (0..list.count()).filter_map(|index| list.item(index));
            items.for_each(|item| take(item.value()));
        }
        scalar => take(scalar),
    });
    found
}
