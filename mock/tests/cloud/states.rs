//! In: calls that follow from one another. Out: answers that remember the calls before, and conform to the schemas all the same.

use std::sync::LazyLock;

use serde_json::{Value as Json, json};
use yunqiao_mock::Builder;
use yunqiao_model::api::{Api, ExampleAnswer, RegionRule};
use yunqiao_model::{DeviationKind, conform_response};

use crate::bench::Bench;

pub(crate) fn bench() -> Bench {
    Bench::with(embedded)
}

/// The schemas, read once: most of the time of these tests would go into reading them.
pub(crate) fn api() -> &'static Api {
    static READ: LazyLock<Api> = LazyLock::new(|| yunqiao_mock::embedded().api);
    &READ
}

pub(crate) fn embedded(builder: Builder) -> Builder {
    builder.schemas(api().clone())
}

/// A call of an action with the example's parameters and these. The answer's fields, or the code of its error.
pub(crate) fn call(
    bench: &Bench,
    service: &str,
    action: &str,
    parameters: Json,
) -> Result<Json, String> {
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
