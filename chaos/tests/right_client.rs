//! A short run with the generated clients: every promise holds, and the run has met what it is for.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::collections::BTreeSet;
use std::sync::Arc;

use yunqiao_chaos::{Caller, Generated, KINDS, Mishap, Options, Plan, Rule, Sort, run, schemas};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_promise_holds() {
    let options = Options {
        seed: 20_260_101,
        first: 0,
        calls: 600,
    };
    let make = |addresses: &_| {
        let generated = Generated::new(addresses).map_err(|error| error.to_string())?;
        Ok(Arc::new(generated) as Arc<dyn Caller>)
    };
    let report = run(options, make, |_| {}).await.unwrap();
    assert!(report.is_fine(), "{report}");
    for rule in Rule::ALL {
        assert!(report.judged(rule) > 0, "{}: {report}", rule.name());
    }
    let json = report.json();
    assert_eq!(json["fine"], true);
    assert_eq!(json["calls"], 600);
    assert!(
        json["repeated_and_succeeded"].as_u64().unwrap() > 0,
        "{json}"
    );
    assert!(
        json["copies_by_intermediaries"].as_u64().unwrap() > 0,
        "{json}"
    );
    for told in [
        "log_lines",
        "traced_spans",
        "traced_events",
        "stream_parts_told",
    ] {
        assert!(json[told].as_u64().unwrap() > 0, "{told} of {json}");
    }
    for ends in [
        &json["sorts"]["plain"],
        &json["sorts"]["upload"],
        &json["sorts"]["stream"],
        &json["blocking"],
    ] {
        assert!(ends["succeeded"].as_u64().unwrap() > 0, "{json}");
        assert!(ends["failed"].as_u64().unwrap() > 0, "{json}");
    }
    assert_eq!(json["rules"].as_array().unwrap().len(), Rule::ALL.len());
}

#[test]
fn a_seed_and_a_number_make_the_same_plan() {
    let plans = |seed| (0..200).map(move |number| format!("{:?}", Plan::new(seed, number)));
    assert!(plans(1).eq(plans(1)));
    assert!(!plans(1).eq(plans(2)));
}

#[test]
fn plans_mix_every_action_with_every_mishap() {
    let plans: Vec<Plan> = (0..20_000).map(|number| Plan::new(3, number)).collect();
    let actions: BTreeSet<_> = plans.iter().map(|plan| plan.kind.action).collect();
    assert_eq!(actions.len(), KINDS.len());
    let first = plans.iter().filter_map(|plan| plan.mishaps.first());
    assert_eq!(first.collect::<BTreeSet<_>>().len(), Mishap::ALL.len());
    let calm = plans.iter().filter(|plan| plan.mishaps.is_empty()).count();
    assert!((6_000..10_000).contains(&calm), "{calm}");
    let blocking = plans.iter().filter(|plan| plan.blocking).count();
    assert!((3_000..5_000).contains(&blocking), "{blocking}");
    for sort in [Sort::Plain, Sort::Upload, Sort::Stream] {
        let of_the_sort = plans.iter().filter(|plan| plan.kind.sort == sort);
        assert!(of_the_sort.clone().count() > 1_500, "{sort:?}");
        let first = of_the_sort.filter_map(|plan| plan.mishaps.first());
        let met = first.collect::<BTreeSet<_>>().len();
        // Events are for streams.
        let own = if sort == Sort::Stream { 0 } else { 2 };
        assert_eq!(met, Mishap::ALL.len() - own, "{sort:?}");
    }
}

/// What is safe to repeat is said here a second time, so that a schema that becomes careless is caught.
#[test]
fn the_schemas_agree_on_what_may_be_repeated() {
    let api = schemas().unwrap();
    let mut found = BTreeSet::new();
    for action in api
        .services
        .values()
        .flat_map(|service| service.actions.values())
    {
        for kind in KINDS.iter().filter(|kind| kind.action == action.name) {
            assert_eq!(action.idempotent, kind.safe, "{}", kind.action);
            found.insert(kind.action);
        }
    }
    assert_eq!(found.len(), KINDS.len());
}
