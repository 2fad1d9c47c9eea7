//! In: calls that follow from one another. Out: answers that remember the calls before, and conform to the schemas all the same.

use std::sync::LazyLock;
use std::sync::atomic::Ordering;

use serde_json::{Value as Json, json};
use yunqiao_mock::{Builder, Script};
use yunqiao_model::api::{Api, ExampleAnswer, HandlePlace, RegionRule};
use yunqiao_model::{DeviationKind, conform_response};

use crate::bench::{Bench, NOW};
use crate::control::ask;

fn bench() -> Bench {
    Bench::with(embedded)
}

/// The schemas, read once: most of the time of these tests would go into reading them.
fn api() -> &'static Api {
    static READ: LazyLock<Api> = LazyLock::new(|| yunqiao_mock::embedded().api);
    &READ
}

fn embedded(builder: Builder) -> Builder {
    builder.schemas(api().clone())
}

/// A call of an action with the example's parameters and these. The answer's fields, or the code of its error.
fn call(bench: &Bench, service: &str, action: &str, parameters: Json) -> Result<Json, String> {
    let found = api()
        .services
        .values()
        .find(|it| it.id.service == service && it.actions.contains_key(action));
    let service = found.unwrap();
    let known = &service.actions[action];
    let first = known
        .examples
        .iter()
        .find(|it| matches!(it.answer, ExampleAnswer::Response(_)));
    let mut body = first.map_or(json!({}), |example| example.request.clone());
    for (name, value) in parameters.as_object().unwrap() {
        body[name] = value.clone();
    }
    let request = if service.id.vendor.folder() == "tencent" {
        let mut request = bench.tencent(action, &body.to_string());
        request.set("X-TC-Version", &service.id.version);
        if known.region == RegionRule::Required {
            request.set("X-TC-Region", "ap-guangzhou");
        }
        bench.signer(&service.signing_name).tc3(&mut request);
        request
    } else {
        let mut request = bench.volcengine(action, &body.to_string());
        request.target = format!("/?Action={action}&Version={}", service.id.version);
        bench.signer(&service.signing_name).volcengine(&mut request);
        request
    };
    let answer = bench.send(&request).json();
    if service.id.vendor.folder() == "volcengine" {
        return Ok(answer["Result"].clone());
    }
    let mut fields = answer["Response"].clone();
    fields.as_object_mut().unwrap().remove("RequestId");
    if let Some(code) = fields["Error"]["Code"].as_str() {
        assert_ne!(code, "MissingParameter", "{action}: {fields}");
        return Err(code.to_owned());
    }
    if fields["Error"].is_null() {
        fields.as_object_mut().unwrap().remove("Error");
    }
    let odd: Vec<_> = conform_response(service, known, &fields)
        .into_iter()
        .filter(|it| it.kind != DeviationKind::UndocumentedValue)
        .collect();
    assert!(odd.is_empty(), "{action}: {odd:?} {fields}");
    Ok(fields)
}

fn state(bench: &Bench, flow: &Json) -> Json {
    let told = call(
        bench,
        "ess",
        "DescribeFlowBriefs",
        json!({ "FlowIds": [flow] }),
    )
    .unwrap();
    assert_eq!(told["FlowBriefs"].as_array().unwrap().len(), 1);
    assert_eq!(told["FlowBriefs"][0]["FlowId"], *flow);
    told["FlowBriefs"][0]["FlowStatus"].clone()
}

#[test]
fn a_contract_from_a_template_takes_three_steps_in_order() {
    let bench = bench();
    let ess = |action: &str, parameters: Json| call(&bench, "ess", action, parameters);
    let flow = ess("CreateFlow", json!({ "FlowName": "劳动合同" })).unwrap()["FlowId"].clone();
    let other = ess("CreateFlow", json!({})).unwrap()["FlowId"].clone();
    assert_ne!(flow, other);
    assert_eq!(state(&bench, &flow), 0);
    let one = || json!({ "FlowId": flow });
    assert_eq!(
        ess("StartFlow", one()),
        Err("FailedOperation.FlowHasNoDocument".to_owned())
    );
    ess("CreateDocument", one()).unwrap();
    assert_eq!(state(&bench, &flow), 0);
    ess("StartFlow", one()).unwrap();
    assert_eq!(
        ess("StartFlow", one()),
        Err("OperationDenied.FlowHasStarted".to_owned())
    );
    // The cloud plays the signatories.
    assert_eq!(
        (state(&bench, &flow), state(&bench, &flow)),
        (json!(1), json!(4))
    );
    let told = ess("DescribeFlowInfo", json!({ "FlowIds": [flow, other] })).unwrap();
    let told = &told["FlowDetailInfos"];
    assert_eq!(
        (&told[0]["FlowStatus"], &told[1]["FlowStatus"]),
        (&json!(4), &json!(0))
    );
    assert_eq!(told[0]["FlowName"], "劳动合同");
    assert_eq!(
        ess("CancelFlow", one()),
        Err("OperationDenied.FlowHasTerminated".to_owned())
    );
    ess("CancelFlow", json!({ "FlowId": other })).unwrap();
    assert_eq!(state(&bench, &other), 6);
}

#[test]
fn a_contract_from_files_leads_to_a_report() {
    let bench = bench();
    let ess = |action: &str, parameters: Json| call(&bench, "ess", action, parameters);
    let infos = json!([{ "FileBody": "JVBERi0xLjQK" }, { "FileBody": "JVBERi0xLjQK" }]);
    let files = ess("UploadFiles", json!({ "FileInfos": infos })).unwrap()["FileIds"].clone();
    assert_eq!(files.as_array().unwrap().len(), 2);
    assert_ne!(files[0], files[1]);
    let wrong = json!({ "FileIds": ["yDwrongwrongwrongwrongwrongwrong"] });
    assert_eq!(
        ess("CreateFlowByFiles", wrong),
        Err("ResourceNotFound.Resource".to_owned())
    );
    let flow =
        ess("CreateFlowByFiles", json!({ "FileIds": [files[0]] })).unwrap()["FlowId"].clone();
    assert_eq!(
        (state(&bench, &flow), state(&bench, &flow)),
        (json!(1), json!(4))
    );
    let report =
        ess("CreateFlowEvidenceReport", json!({ "FlowId": flow })).unwrap()["ReportId"].clone();
    let ask = || ess("DescribeFlowEvidenceReport", json!({ "ReportId": report })).unwrap();
    let (first, second) = (ask(), ask());
    assert_eq!(
        (&first["Status"], &first["ReportUrl"]),
        (&json!("EvidenceStatusExecuting"), &json!(""))
    );
    assert_eq!(second["Status"], "EvidenceStatusSuccess");
    assert!(
        second["ReportUrl"]
            .as_str()
            .unwrap()
            .starts_with("https://")
    );
}

#[test]
fn contracts_of_client_companies_go_the_same_way() {
    let bench = bench();
    let basic = |action: &str, parameters: Json| call(&bench, "essbasic", action, parameters);
    let files = basic("UploadFiles", json!({})).unwrap()["FileIds"].clone();
    let made = basic(
        "ChannelCreateFlowByFiles",
        json!({ "FileIds": [files[0]], "FlowName": "采购" }),
    );
    let flow = made.unwrap()["FlowId"].clone();
    let told = || {
        let told = basic("DescribeFlowDetailInfo", json!({ "FlowIds": [flow] })).unwrap();
        (
            told["FlowInfo"][0]["FlowStatus"].clone(),
            told["FlowInfo"][0]["FlowName"].clone(),
        )
    };
    assert_eq!(told(), (json!("INIT"), json!("采购")));
    assert_eq!(told().0, "ALL");
    let cancel = basic("ChannelCancelFlow", json!({ "FlowId": flow }));
    assert_eq!(cancel, Err("OperationDenied.FlowHasTerminated".to_owned()));
    // A flow of one service is none of another.
    assert_eq!(
        bench
            .cloud
            .things()
            .iter()
            .filter(|it| it.service() == "ess")
            .count(),
        0
    );
    let report = basic("CreateChannelFlowEvidenceReport", json!({ "FlowId": flow })).unwrap();
    let ask = json!({ "ReportId": report["ReportId"] });
    let states = [(); 2].map(|()| {
        basic("DescribeChannelFlowEvidenceReport", ask.clone()).unwrap()["Status"].clone()
    });
    assert_eq!(states, ["EvidenceStatusExecuting", "EvidenceStatusSuccess"]);
}

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
