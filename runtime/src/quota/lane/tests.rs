//! In: a lane and a clock that stands still until all wait. Out: exactly when each turn comes.

use super::*;

const LONG: Duration = Duration::from_secs(3_600);
