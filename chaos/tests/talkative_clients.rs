//! Clients that tell what they should not where only an operator would look: in the log and in traces. In a process of its own,
//! since a process has one log.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::sync::Arc;

use tracing::Level;
use tracing::field::Empty;
use yunqiao_chaos::{Addresses, Caller, Finished, Generated, Options, Plan, Report, Rule, run};

/// The phone number in the requests of a run.
const PHONE: &str = "13866007001";

struct Talkative {
    right: Generated,
    say: fn(),
}

impl Caller for Talkative {
    fn call<'a>(&'a self, plan: &'a Plan) -> Finished<'a> {
        Box::pin(async move {
            let told = self.right.call(plan).await;
            if plan.number == 7 {
                (self.say)();
            }
            told
        })
    }
}

async fn report(say: fn()) -> Report {
    let options = Options {
        seed: 11,
        first: 0,
        calls: 20,
    };
    let make = |addresses: &Addresses| {
        let right = Generated::new(addresses).map_err(|error| error.to_string())?;
        Ok(Arc::new(Talkative { right, say }) as Arc<dyn Caller>)
    };
    run(options, make, |_| {}).await.unwrap()
}

/// One after the other, because the log is everybody's.
#[tokio::test]
async fn whoever_tells_a_phone_number_is_heard() {
    let quiet = report(|| ()).await;
    assert!(quiet.is_fine(), "{quiet}");
    let json = quiet.json();
    for told in ["log_lines", "traced_spans", "traced_events"] {
        // Each call is a span at least.
        assert!(json[told].as_u64().unwrap() >= 20, "{told} of {json}");
    }

    let ways: [(&str, fn()); 5] = [
        ("the log", || log::trace!("sent to {PHONE}")),
        ("a traced event", || tracing::trace!(to = PHONE, "sent")),
        ("a traced event", || {
            let to: u64 = PHONE.parse().unwrap();
            tracing::event!(target: "somebody", Level::TRACE, to);
        }),
        ("a span", || {
            drop(tracing::trace_span!("send", to = ?Some(PHONE)))
        }),
        ("what a span was told later", || {
            let span = tracing::debug_span!("send", to = Empty);
            span.record("to", format!("+86{PHONE}"));
        }),
    ];
    for (place, say) in ways {
        let report = report(say).await;
        let [finding] = report.findings() else {
            panic!("{place}: {report}");
        };
        assert_eq!((finding.rule, finding.call), (Rule::NoLeak, None));
        let beginning = format!("{PHONE} in {place}: ");
        assert!(finding.text.starts_with(&beginning), "{}", finding.text);
        assert!(!report.is_fine());
        let json = report.json();
        assert_eq!(json["findings"][0]["rule"], "no-leak", "{json}");
    }
}
