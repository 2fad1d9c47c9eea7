//! In: a provider and the time. Out: its credential, kept while it is valid; one renewal at a time, whoever waits for it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::Credential;
use super::moment;
use super::provider::{CredentialError, CredentialProvider, Surroundings};
use crate::config::Settings;
use crate::trace;

/// How long a provider may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Seconds to the next try after a renewal that failed while there is something valid: doubled each time, up to the last.
const PAUSE: i64 = 5;
const LONGEST_PAUSE: i64 = 60;
/// Seconds in which a failure answers further calls, when there is nothing valid.
const REFUSAL: i64 = 2;

type Outcome = Result<Credential, CredentialError>;
type Landing = watch::Receiver<Option<Outcome>>;

/// What a provider has handed out, with the renewal that is under way.
pub(crate) struct Cache {
    provider: Arc<dyn CredentialProvider>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    current: Option<Credential>,
    /// The renewal under way, with its number.
    flight: Option<(u64, Landing)>,
    flights: u64,
    /// What the last renewal failed with, and when.
    failure: Option<(CredentialError, i64)>,
    /// Renewals in a row that brought nothing fresh.
    fruitless: u32,
}

enum Step {
    Ready(Credential),
    Wait(Landing),
    Refused(CredentialError),
}

impl Cache {
    pub(super) fn new(provider: Arc<dyn CredentialProvider>) -> Self {
        Self {
            provider,
            state: Arc::default(),
        }
    }

    /// What is kept, valid or not.
    pub(super) fn kept(&self) -> Option<Credential> {
        lock(&self.state).current.clone()
    }

    /// The credential of now.
    pub(super) async fn credential(&self, settings: &Settings) -> Outcome {
        // A renewal is lost when the runtime that it runs on ends, or the provider panics.
        for _ in 0..3 {
            let mut landing = match self.step(settings) {
                Step::Ready(credential) => return Ok(credential),
                Step::Refused(error) => return Err(error),
                Step::Wait(landing) => landing,
            };
            if let Ok(outcome) = landing.wait_for(Option::is_some).await
                && let Some(outcome) = outcome.clone()
            {
                return outcome;
            }
        }
        Err(CredentialError::broken(format!(
            "{} was asked and broke off without an answer",
            self.provider.name()
        )))
    }

    fn step(&self, settings: &Settings) -> Step {
        let now = settings.time.now();
        let mut state = lock(&self.state);
        if let Some(credential) = state.current.clone().filter(|own| !own.is_over(now)) {
            if credential.is_due(now) && state.flight.is_none() && !state.is_pausing(now) {
                // Nobody waits for it: what is there will do.
                self.start(&mut state, settings);
            }
            return Step::Ready(credential);
        }
        if let Some((_, landing)) = &state.flight {
            return Step::Wait(landing.clone());
        }
        match &state.failure {
            Some((error, at)) if (*at..at.saturating_add(REFUSAL)).contains(&now) => {
                Step::Refused(error.clone())
            }
            _ => Step::Wait(self.start(&mut state, settings)),
        }
    }

    /// Starts a renewal as a task of its own, so that no call that ends takes it along.
    fn start(&self, state: &mut State, settings: &Settings) -> Landing {
        let (tell, landing) = watch::channel(None);
        state.flights += 1;
        let number = state.flights;
        state.flight = Some((number, landing.clone()));
        let flight = Flight {
            state: Arc::clone(&self.state),
            number,
        };
        let provider = Arc::clone(&self.provider);
        let surroundings = Surroundings::of(settings);
        tokio::spawn(async move {
            let asked = tokio::time::timeout(PATIENCE, provider.credential(&surroundings)).await;
            let now = surroundings.now();
            let outcome = match asked {
                Ok(outcome) => outcome.and_then(|credential| usable(credential, now)),
                Err(_) => Err(CredentialError::broken(format!(
                    "no answer within {PATIENCE:?}"
                ))),
            };
            let name = provider.name();
            let outcome = flight.land(outcome, &name, now);
            match &outcome {
                Ok(credential) => trace::renewed(&name, credential.expires_at()),
                Err(error) => trace::not_renewed(error),
            }
            // Whoever has waited has perhaps gone.
            let _ = tell.send(Some(outcome));
        });
        landing
    }
}

impl State {
    /// Whether it is too early for the next try.
    fn is_pausing(&self, now: i64) -> bool {
        let Some((_, at)) = &self.failure else {
            return false;
        };
        let doublings = self.fruitless.saturating_sub(1).min(8);
        let pause = (PAUSE << doublings).min(LONGEST_PAUSE);
        (*at..at.saturating_add(pause)).contains(&now)
    }
}

/// A renewal under way. When it is dropped before it has landed, the next call starts another.
struct Flight {
    state: Arc<Mutex<State>>,
    number: u64,
}

impl Flight {
    fn land(&self, outcome: Outcome, name: &str, now: i64) -> Outcome {
        let mut state = lock(&self.state);
        state.flight = None;
        match outcome {
            Ok(credential) => {
                let is_fresh = !credential.is_due(now);
                state.fruitless = if is_fresh { 0 } else { state.fruitless + 1 };
                // Sources hand out the same credential for a while: that is no reason to ask them with each call.
                state.failure = (!is_fresh).then(|| {
                    let same = format!("{name} hands out a credential that ends soon");
                    (CredentialError::broken(same), now)
                });
                state.current = Some(credential.clone());
                Ok(credential)
            }
            Err(error) => {
                let over = state.current.as_ref().and_then(|own| own.expires_at());
                let told = match over.filter(|end| now >= *end) {
                    Some(end) => error.told(format!(
                        "the credential from {name} expired at {} and could not be renewed: {error}",
                        moment::show(end)
                    )),
                    None => error.told(format!("{name}: {error}")),
                };
                state.fruitless += 1;
                state.failure = Some((told.clone(), now));
                Err(told)
            }
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        if state
            .flight
            .as_ref()
            .is_some_and(|(number, _)| *number == self.number)
        {
            state.flight = None;
        }
    }
}

/// Refuses what could not sign.
fn usable(credential: Credential, now: i64) -> Outcome {
    if let Some(defect) = credential.defect() {
        return Err(CredentialError::broken(defect));
    }
    match credential.expires_at().filter(|end| now >= *end) {
        Some(end) => Err(CredentialError::broken(format!(
            "handed out a credential that expired at {}; by this machine's clock it is {}",
            moment::show(end),
            moment::show(now)
        ))),
        None => Ok(credential),
    }
}

/// A panic elsewhere leaves a state that is as good as before.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = lock(&self.state);
        f.debug_struct("Provided")
            .field("by", &format_args!("{}", self.provider.name()))
            .field("current", &state.current)
            .finish()
    }
}
