//! In: calls that make jobs, codes and other things. Out: what the cloud remembers of them, and what it has forgotten.

use std::sync::atomic::Ordering;

use serde_json::{Value as Json, json};
use yunqiao_mock::Script;
use yunqiao_model::api::HandlePlace;

use crate::bench::{Bench, NOW};
use crate::control::ask;
use crate::states::{api, bench, call, embedded};

#[test]
fn every_job_of_the_schemas_is_on_before_it_is_done() {
    let bench = bench();
    let mut jobs = 0;
    for service in api().services.values() {
        for action in service.actions.values() {
            let Some(waiter) = action
                .waiter
                .as_ref()
                .filter(|it| it.handle_in == HandlePlace::Answer)
            else {
                continue;
            };
            let name = format!("{}/{}", service.id, action.name);
            let made = call(&bench, &service.id.service, &action.name, json!({})).unwrap();
            let handle = waiter.handle.split('.').fold(&made, |value, part| {
                let value = if value.is_array() { &value[0] } else { value };
                &value[part]
            });
            let handle = if handle.is_array() {
                &handle[0]
            } else {
                handle
            };
            assert!(handle.is_string(), "{name}: {made}");
            let poll = &service.actions[&waiter.poll];
            let takes = poll
                .request
                .iter()
                .find(|field| field.name == waiter.poll_input)
                .unwrap();
            let input = match takes.ty {
                yunqiao_model::api::Type::List(_) => json!([handle]),
                _ => handle.clone(),
            };
            let ask = || {
                let asked = call(
                    &bench,
                    &service.id.service,
                    &waiter.poll,
                    json!({ &waiter.poll_input: input }),
                );
                let told = asked.unwrap();
                let state = waiter.state.split('.').fold(&told, |value, part| {
                    let value = if value.is_array() { &value[0] } else { value };
                    &value[part]
                });
                state.clone()
            };
            let (first, second) = (ask(), ask());
            assert!(!waiter.failure.contains(&first), "{name}: {first}");
            assert!(
                waiter.success.contains(&second),
                "{name}: {first}, then {second}"
            );
            jobs += usize::from(!waiter.success.contains(&first));
        }
    }
    // Two kinds of jobs have no state that says that they are on.
    assert!(jobs >= 25, "{jobs}");
}

#[test]
fn ids_of_examples_work_whatever_has_been_made_and_others_until_something_has() {
    let bench = bench();
    let ess = |action: &str, parameters: Json| call(&bench, "ess", action, parameters);
    let invented = json!({ "FlowId": "yDinventedinventedinventedinvent" });
    ess("StartFlow", invented.clone()).unwrap();
    ess("StartFlow", json!({})).unwrap();
    ess("CreateFlow", json!({})).unwrap();
    assert_eq!(
        ess("StartFlow", invented),
        Err("ResourceNotFound.NotExistFlow".to_owned())
    );
    ess("StartFlow", json!({})).unwrap();
    let briefs = ess("DescribeFlowBriefs", json!({})).unwrap();
    assert_eq!(briefs["FlowBriefs"].as_array().unwrap().len(), 2);
}

#[test]
fn a_cloud_that_remembers_nothing_answers_from_the_examples() {
    let bench = Bench::with(|builder| embedded(builder).remembers(false));
    let first = call(&bench, "ess", "CreateFlow", json!({})).unwrap();
    assert_eq!(call(&bench, "ess", "CreateFlow", json!({})).unwrap(), first);
    assert!(bench.cloud.things().is_empty());
}

#[test]
fn a_code_is_right_once_and_wrong_only_so_often() {
    let bench = bench();
    let sms = |action: &str, parameters: Json| call(&bench, "sms", action, parameters).unwrap();
    let send = |scene: &str| {
        sms(
            "SendSmsVerifyCode",
            json!({ "Scene": scene, "CodeType": 4, "TryCount": 2, "ExpireTime": 200 }),
        );
        let things = bench.cloud.things();
        let thing = things.last().unwrap();
        assert_eq!(
            (thing.kind.as_str(), thing.until),
            ("code", Some(bench.now.load(Ordering::Relaxed) + 200))
        );
        thing.code.clone().unwrap()
    };
    let check = |scene: &str, code: &str| {
        sms(
            "CheckSmsVerifyCode",
            json!({ "Scene": scene, "Code": code }),
        )
    };
    let code = send("login");
    assert_eq!(code.len(), 4);
    let wrong = if code == "0000" { "1111" } else { "0000" };
    assert_eq!(check("login", wrong), "1");
    assert_eq!(check("login", &code), "0");
    assert_eq!(check("login", &code), "2", "used");
    send("pay");
    assert_eq!(
        (check("pay", wrong), check("pay", wrong)),
        (json!("1"), json!("2"))
    );
    let late = send("late");
    bench.now.store(NOW + 200, Ordering::Relaxed);
    // The call is signed for the time when it is sent; 200 s are within what the vendor allows.
    assert_eq!(check("late", &late), "2");
    assert_eq!(check("never", "1234"), "2");
    // The newest code of the same three parameters is the one that counts.
    let (first, second) = (send("twice"), send("twice"));
    assert_eq!(
        (check("twice", &second), first == second),
        (json!("0"), false)
    );
}

#[test]
fn what_is_remembered_is_told_without_personal_data() {
    let bench = bench();
    call(
        &bench,
        "sms",
        "SendSmsVerifyCode",
        json!({ "PhoneNumber": "+8613812345678" }),
    )
    .unwrap();
    call(&bench, "ess", "CreateFlow", json!({ "FlowName": "name" })).unwrap();
    let told = ask(&bench, "GET", "things", "").json();
    let (code, flow) = (&told["things"][0], &told["things"][1]);
    assert_eq!(
        (&code["kind"], &code["state"], &code["tries"]),
        (&json!("code"), &json!("sent"), &json!(3))
    );
    assert_eq!(code["code"].as_str().unwrap().len(), 6);
    assert_eq!(
        (&flow["service"], &flow["made_by"]),
        (&json!("ess"), &json!("CreateFlow"))
    );
    assert_eq!(
        (&flow["fields"]["FlowName"], &flow["asked"]),
        (&json!("name"), &json!(0))
    );
    assert!(!told.to_string().contains("12345678"), "{told}");
    assert!(!format!("{:?}", bench.cloud.things()).contains("12345678"));
    ask(&bench, "POST", "reset", "");
    assert_eq!(
        ask(&bench, "GET", "things", "").json(),
        json!({ "things": [] })
    );
}

#[test]
fn a_script_of_ones_own_speaks_the_same_words() {
    let text = "
- action: ess.CreateSeal
  make: {thing: seal, id: SealId, state: checking}
  answer: {ImageUrl: mine}
- action: ess.DescribeOrganizationSeals
  tell: {thing: seal, id: SealId, state: Seals.SealStatus, repeats: SealId, then: {checking: SUCCESS}, shows: {checking: CHECKING}}
- action: ess.OperateSeals
  error: {code: OperationDenied}
";
    let bench = Bench::with(|builder| embedded(builder).script(Script::read(text, "own").unwrap()));
    let made = call(&bench, "ess", "CreateSeal", json!({}));
    let made = made.unwrap();
    assert_eq!(made["ImageUrl"], "mine");
    let seal = made["SealId"].clone();
    let states = [(); 2].map(|()| {
        let told = call(
            &bench,
            "ess",
            "DescribeOrganizationSeals",
            json!({ "SealId": seal }),
        )
        .unwrap();
        assert_eq!(told["Seals"][0]["SealId"], seal);
        told["Seals"][0]["SealStatus"].clone()
    });
    assert_eq!(states, ["CHECKING", "SUCCESS"]);
}
