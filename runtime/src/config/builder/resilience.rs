//! In: how failures are met and quotas kept. Out: the builder with that choice.

use std::sync::Arc;

use super::ConfigBuilder;
use crate::quota::RateLimiter;
use crate::random::Random;
use crate::retry::RetryPolicy;

impl ConfigBuilder {
    /// How often and how fast failures are tried again; [`RetryPolicy::standard`] by default.
    /// [`Call::retry`](crate::Call::retry) sets it for one call.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many attempts a call makes at most, the first included; 4 by default, and 1 switches repeating off.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retry = self.retry.max_attempts(attempts);
        self
    }

    /// What decides when an attempt may start; [`DocumentedLimits`](crate::DocumentedLimits) by default.
    pub fn rate_limiter(mut self, limiter: Arc<dyn RateLimiter>) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// Lets every attempt start at once; the vendor will refuse those that are too many.
    pub fn without_rate_limit(mut self) -> Self {
        self.limiter = None;
        self
    }

    /// Makes the waits between attempts and the idempotency tokens the same in every run. For tests against a server of your
    /// own only: the vendor would take the calls of two runs, whose tokens are equal, as one.
    pub fn random_seed(mut self, seed: u64) -> Self {
        self.random = Random::seeded(seed);
        self
    }
}
