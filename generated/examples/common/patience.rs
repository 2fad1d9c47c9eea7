//! A time in, pauses that grow until it is over out: how a program waits for something that others do.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::ending::Misused;

/// The first pause; each one is twice as long as the one before.
const FIRST: Duration = Duration::from_millis(500);
/// The longest pause. Nobody notices half a minute, and the vendor's limits on calls are far away.
const LONGEST: Duration = Duration::from_secs(30);

/// How long a program still waits.
pub(crate) struct Patience {
    end: Instant,
    pause: Duration,
}

impl Patience {
    /// As many seconds as the variable `WAIT_SECONDS` says; an hour without it.
    pub(crate) fn from_env() -> Result<Self, Misused> {
        let seconds = match std::env::var("WAIT_SECONDS") {
            Ok(text) if !text.is_empty() => text
                .parse::<u32>()
                .map_err(|_| Misused("WAIT_SECONDS is no number of seconds".to_owned()))?,
            _ => 3_600,
        };
        Ok(Self {
            end: Instant::now() + Duration::from_secs(seconds.into()),
            pause: FIRST,
        })
    }

    /// Pauses, and says whether there is still time to ask again.
    pub(crate) async fn pause(&mut self) -> bool {
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return false;
        }
        // The last pause is cut short, so that the end is asked for once more.
        sleep(self.pause.min(left)).await;
        self.pause = (self.pause * 2).min(LONGEST);
        true
    }
}

/// Whether a question that only reads may simply be asked again later. Any other error ends the wait.
pub(crate) fn may_pass(error: &yunqiao::Error) -> bool {
    error.can_be_repeated() || error.is_timeout()
}
