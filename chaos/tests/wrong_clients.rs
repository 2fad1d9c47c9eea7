//! Clients that break one promise each: the checker has to catch every one of them.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use yunqiao_chaos::{
    Addresses, Caller, Delivery, Finished, Generated, Options, Outcome, Plan, Report, Rule, Told,
    run,
};

/// What a wrong client makes of what a call came to. It may make the call again.
type Spoil = for<'a> fn(&'a Generated, &'a Plan, Told) -> Finished<'a>;

struct Wrong {
    right: Generated,
    spoil: Spoil,
}

impl Caller for Wrong {
    fn call<'a>(&'a self, plan: &'a Plan) -> Finished<'a> {
        Box::pin(async move {
            let told = self.right.call(plan).await;
            (self.spoil)(&self.right, plan, told).await
        })
    }
}

/// Runs come one after the other: what is late because of another run is nobody's fault.
static TURN: Mutex<()> = Mutex::const_new(());

/// The rules that a run with the wrong client finds broken, and what it tells about them.
async fn broken(spoil: Spoil) -> (Vec<Rule>, Report) {
    let _turn = TURN.lock().await;
    let options = Options {
        seed: 5,
        first: 0,
        calls: 400,
    };
    let make = |addresses: &Addresses| {
        let right = Generated::new(addresses).map_err(|error| error.to_string())?;
        Ok(Arc::new(Wrong { right, spoil }) as Arc<dyn Caller>)
    };
    let report = run(options, make, |_| {}).await.unwrap();
    assert_eq!(report.is_fine(), report.findings().is_empty());
    let mut rules: Vec<Rule> = report
        .findings()
        .iter()
        .map(|finding| finding.rule)
        .collect();
    rules.sort();
    rules.dedup();
    (rules, report)
}

fn at_once<'a>(told: Told) -> Finished<'a> {
    Box::pin(std::future::ready(told))
}

fn failure(told: &Told) -> Option<(Delivery, bool, u32)> {
    match told.outcome {
        Outcome::Failure {
            delivery,
            is_timeout,
            attempts,
        } => Some((delivery, is_timeout, attempts)),
        _ => None,
    }
}

#[tokio::test]
async fn one_that_repeats_whatever_fails() {
    let (rules, report) = broken(|right, plan, told| {
        Box::pin(async move {
            match failure(&told) {
                Some(_) => right.call(plan).await,
                None => told,
            }
        })
    })
    .await;
    assert!(rules.contains(&Rule::UnsafeOnce), "{report}");
    assert!(rules.contains(&Rule::NotSentAgain), "{report}");
}

#[tokio::test]
async fn one_that_takes_failures_for_successes() {
    let (rules, report) = broken(|_, _, mut told| {
        if failure(&told).is_some() {
            let request_id = Some("6b027a54-86fb-4000-8000-000000000000".to_owned());
            told.outcome = Outcome::Success { request_id };
        }
        at_once(told)
    })
    .await;
    // A stream that came whole in an attempt that was too late, told as a success of nothing, is found out by its parts, too.
    let rules: Vec<_> = rules
        .into_iter()
        .filter(|rule| *rule != Rule::PartsAreTold)
        .collect();
    assert_eq!(rules, [Rule::SuccessIsReal, Rule::EndIsReal], "{report}");
}

#[tokio::test]
async fn one_that_loses_successes() {
    let (rules, report) = broken(|_, _, mut told| {
        if matches!(told.outcome, Outcome::Success { .. }) {
            told.outcome = Outcome::Failure {
                delivery: Delivery::Unknown,
                is_timeout: false,
                attempts: 4,
            };
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::SuccessIsTold], "{report}");
}

#[tokio::test]
async fn ones_that_are_too_sure() {
    let (rules, report) = broken(|_, _, mut told| {
        if let Some((Delivery::Unknown, is_timeout, attempts)) = failure(&told) {
            told.outcome = Outcome::Failure {
                delivery: Delivery::NotSent,
                is_timeout,
                attempts,
            };
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::NotSent], "{report}");
    let (rules, report) = broken(|_, _, mut told| {
        if let Some((Delivery::Unknown, is_timeout, attempts)) = failure(&told) {
            told.outcome = Outcome::Failure {
                delivery: Delivery::Rejected,
                is_timeout,
                attempts,
            };
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::Rejected], "{report}");
}

#[tokio::test]
async fn ones_that_lose_double_and_mix_up_parts() {
    let (rules, report) = broken(|_, _, mut told| {
        if let Some(streamed) = &mut told.streamed {
            streamed.parts.pop();
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::PartsAreTold, Rule::EndIsReal], "{report}");
    let (rules, report) = broken(|_, _, mut told| {
        if let Some(streamed) = &mut told.streamed
            && let Some(last) = streamed.parts.last().cloned()
        {
            streamed.parts.push(last);
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::PartsAreReal, Rule::EndIsReal], "{report}");
    let (rules, report) = broken(|_, _, mut told| {
        if let Some(streamed) = &mut told.streamed {
            streamed.parts.reverse();
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::PartsAreReal], "{report}");
    // What another call was sent.
    let (rules, report) = broken(|_, plan, mut told| {
        if let Some(streamed) = &mut told.streamed {
            let (own, other) = (
                format!("{:08}", plan.number),
                format!("{:08}", plan.number + 1),
            );
            for part in &mut streamed.parts {
                *part = part.replace(&own, &other);
            }
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::PartsAreReal], "{report}");
}

#[tokio::test]
async fn one_that_takes_a_broken_stream_for_a_whole_one() {
    let (rules, report) = broken(|_, _, mut told| {
        // What was too late here had not come.
        if let (Some(streamed), Some((_, false, _))) = (&told.streamed, failure(&told)) {
            let request_id = streamed.request_id.clone();
            told.outcome = Outcome::Success { request_id };
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::EndIsReal], "{report}");
}

#[tokio::test]
async fn one_that_waits_for_a_part_for_ever() {
    let (rules, report) = broken(|_, _, mut told| {
        if let Some(streamed) = &mut told.streamed {
            streamed.longest_wait += Duration::from_secs(60);
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::Deadline], "{report}");
}

#[tokio::test]
async fn one_that_takes_its_time() {
    let (rules, report) = broken(|_, plan, mut told| {
        // Not really waited for: what counts is what the caller measures.
        if plan.number == 30 {
            told.elapsed = plan.total + Duration::from_secs(60);
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::Deadline], "{report}");
}

#[tokio::test]
async fn one_that_talks() {
    let (rules, report) = broken(|_, plan, mut told| {
        if plan.number == 30 {
            told.texts
                .push("signed with canary-of-the-secret-key".to_owned());
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::NoLeak], "{report}");
}

#[tokio::test]
async fn one_that_cannot_count() {
    let (rules, report) = broken(|_, _, mut told| {
        if let Some((delivery, is_timeout, _)) = failure(&told) {
            told.outcome = Outcome::Failure {
                delivery,
                is_timeout,
                attempts: 0,
            };
        }
        at_once(told)
    })
    .await;
    assert_eq!(rules, [Rule::Attempts], "{report}");
}
