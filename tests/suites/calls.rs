//! Generated clients against the local cloud: typed values in, signed HTTP between, typed values out.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use serde_json::{Value as Json, json};
use yunqiao::tencent::{ca, ess, essbasic};
use yunqiao::volcengine::sms;
use yunqiao::{Config, Credential, Error};
use yunqiao_mock::LocalCloud;
use yunqiao_model::api::{Api, ExampleAnswer};
use yunqiao_model::load;
use yunqiao_tests::schemas;

fn config(cloud: &LocalCloud) -> Config {
    let credential = Credential::new(cloud.secret_id(), cloud.secret_key());
    Config::builder()
        .credential(credential)
        .endpoint(cloud.url())
        .region("ap-guangzhou")
        .build()
        .unwrap()
}

fn api() -> Api {
    load(&schemas()).api
}

/// Requests and answers of every example of an action: `(title, request, answer)`.
fn examples(action: &str) -> Vec<(String, Json, ExampleAnswer)> {
    let api = api();
    let found = api
        .services
        .values()
        .find_map(|service| service.actions.get(action))
        .unwrap();
    assert!(!found.examples.is_empty(), "{action} has no example");
    found
        .examples
        .iter()
        .map(|example| {
            (
                example.title.clone(),
                example.request.clone(),
                example.answer.clone(),
            )
        })
        .collect()
}

/// What a typed value cannot keep apart: an absent list from an empty one.
fn without_empty_lists(value: &Json) -> Json {
    match value {
        Json::Object(members) => {
            let full = |value: &Json| !value.as_array().is_some_and(Vec::is_empty);
            Json::Object(
                members
                    .iter()
                    .filter(|(_, v)| full(v))
                    .map(|(k, v)| (k.clone(), without_empty_lists(v)))
                    .collect(),
            )
        }
        Json::Array(items) => Json::Array(items.iter().map(without_empty_lists).collect()),
        other => other.clone(),
    }
}

/// Every example goes through the generated types and back, and through a call.
macro_rules! every_example {
    ($($test:ident: $action:literal, $service:ident, $method:ident, $request:ident, $response:ident;)*) => {$(
        #[tokio::test]
        async fn $test() {
            let cloud = LocalCloud::start().unwrap();
            let client = $service::Client::new(&config(&cloud));
            for (title, request, answer) in examples($action) {
                let typed: $service::$request = serde_json::from_value(request.clone()).unwrap();
                assert_eq!(serde_json::to_value(&typed).unwrap(), without_empty_lists(&request), "{title}");
                match answer {
                    ExampleAnswer::Response(answer) => {
                        let expected: $service::$response = serde_json::from_value(answer.clone()).unwrap();
                        assert_eq!(serde_json::to_value(&expected).unwrap(), without_empty_lists(&answer), "{title}");
                        cloud.answer($action, answer);
                        let got = client.$method(typed).await.unwrap();
                        assert_eq!(*got, expected, "{title}");
                        let seen = cloud.calls().pop().unwrap();
                        assert!(seen.signature.is_verified(), "{title}: {seen:?}");
                        assert_eq!(seen.request, without_empty_lists(&request), "{title}");
                        assert_eq!(got.request_id(), Some(seen.request_id.as_str()), "{title}");
                    }
                    ExampleAnswer::Error { code, message } => {
                        cloud.fail($action, &code, &message);
                        let error = client.$method(typed).skip_validation().await.unwrap_err();
                        assert_eq!(error.code(), Some(code.as_str()), "{title}");
                        assert_eq!(error.message(), Some(message.as_str()), "{title}");
                        assert!(error.request_id().is_some(), "{title}");
                    }
                }
                cloud.reset();
            }
        }
    )*};
}

every_example! {
    create_verify_report: "CreateVerifyReport", ca, create_verify_report,
        CreateVerifyReportRequest, CreateVerifyReportResponse;
    create_file_counter_sign: "CreateFileCounterSign", ess, create_file_counter_sign,
        CreateFileCounterSignRequest, CreateFileCounterSignResponse;
    channel_verify_pdf: "ChannelVerifyPdf", essbasic, channel_verify_pdf,
        ChannelVerifyPdfRequest, ChannelVerifyPdfResponse;
    channel_create_prepared_personal_esign: "ChannelCreatePreparedPersonalEsign", essbasic, channel_create_prepared_personal_esign,
        ChannelCreatePreparedPersonalEsignRequest, ChannelCreatePreparedPersonalEsignResponse;
    apply_signature_ident: "ApplySignatureIdent", sms, apply_signature_ident,
        ApplySignatureIdentRequest, ApplySignatureIdentResponse;
}

fn verify() -> essbasic::ChannelVerifyPdfRequest {
    let agent = essbasic::Agent::new().app_id("yDwhxUUckp3gl8j5UuFX33LSNozpRsbi");
    essbasic::ChannelVerifyPdfRequest::new()
        .flow_id("yDSLVUUckpo1c11xUxtOq8cvKy24by9M")
        .agent(agent)
}

#[tokio::test]
async fn a_wrong_key_is_an_authentication_error_of_either_vendor() {
    let cloud = LocalCloud::start().unwrap();
    let credential = Credential::new(cloud.secret_id(), "wrong");
    let config = Config::builder()
        .credential(credential)
        .endpoint(cloud.url())
        .build()
        .unwrap();
    let error = essbasic::Client::new(&config)
        .channel_verify_pdf(verify())
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("AuthFailure.SignatureFailure"));
    assert!(error.is_authentication() && error.is_service() && error.request_id().is_some());
    let request = sms::ApplySignatureIdentRequest::new();
    let error = sms::Client::new(&config)
        .apply_signature_ident(request)
        .skip_validation()
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.http_status()),
        (Some("SignatureDoesNotMatch"), Some(401))
    );
    assert!(error.is_authentication());
    assert!(
        cloud
            .calls()
            .iter()
            .all(|call| !call.signature.is_verified())
    );
}

#[tokio::test]
async fn one_error_lists_every_problem_and_nothing_is_sent() {
    let cloud = LocalCloud::start().unwrap();
    let client = essbasic::Client::new(&config(&cloud));
    let agent = essbasic::Agent::new().proxy_organization_open_id("x".repeat(65));
    let request = essbasic::ChannelCreatePreparedPersonalEsignRequest::new()
        .agent(agent)
        .seal_name("");
    let error = client
        .channel_create_prepared_personal_esign(request)
        .await
        .unwrap_err();
    assert!(error.is_validation());
    let paths: Vec<String> = error
        .problems()
        .iter()
        .map(|problem| problem.path().to_owned())
        .collect();
    for path in ["Agent.AppId", "UserName", "IdCardNumber", "SealName"] {
        assert!(
            paths.iter().any(|found| found == path),
            "{path} in {paths:?}"
        );
        assert!(error.to_string().contains(path), "{error}");
    }
    assert!(cloud.calls().is_empty());
}

#[tokio::test]
async fn without_the_local_check_the_server_is_the_judge() {
    let cloud = LocalCloud::start().unwrap();
    let client = essbasic::Client::new(&config(&cloud));
    let error = client
        .channel_verify_pdf(essbasic::ChannelVerifyPdfRequest::new())
        .skip_validation()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("MissingParameter"));
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("FlowId")),
        "{error}"
    );
}

#[tokio::test]
async fn a_region_that_is_required_is_asked_for_before_sending() {
    let cloud = LocalCloud::start().unwrap();
    let credential = Credential::new(cloud.secret_id(), cloud.secret_key());
    let config = Config::builder()
        .credential(credential)
        .endpoint(cloud.url())
        .build()
        .unwrap();
    let request = ca::CreateVerifyReportRequest::new();
    let error = ca::Client::new(&config)
        .create_verify_report(request)
        .skip_validation()
        .await
        .unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert!(error.to_string().contains("region"), "{error}");
    assert!(cloud.calls().is_empty());
}

#[tokio::test]
async fn answers_that_the_schemas_do_not_foresee_are_kept() {
    let cloud = LocalCloud::start().unwrap();
    let client = essbasic::Client::new(&config(&cloud));
    let area = json!({ "VerifyResult": "3", "SignTime": "1699252042000", "ComponentPosX": 119, "New": { "a": [1] } });
    cloud.answer("ChannelVerifyPdf", json!({ "VerifyResult": 99, "PdfVerifyResults": [area], "VerifySerialNo": 16992, "New": 1 }));
    let answer = client.channel_verify_pdf(verify()).await.unwrap();
    assert_eq!(
        answer
            .verify_result
            .as_ref()
            .map(essbasic::VerifyResult::as_i64),
        Some(99)
    );
    let area = &answer.pdf_verify_results[0];
    assert_eq!(
        area.verify_result,
        Some(essbasic::SignatureVerifyResult::from(3))
    );
    assert_eq!(
        (area.sign_time, area.component_pos_x),
        (Some(1_699_252_042_000), Some(119.0))
    );
    assert_eq!(answer.verify_serial_no.as_deref(), Some("16992"));
    cloud.answer("ChannelVerifyPdf", json!({ "PdfVerifyResults": null }));
    assert!(
        client
            .channel_verify_pdf(verify())
            .await
            .unwrap()
            .pdf_verify_results
            .is_empty()
    );
}

#[tokio::test]
async fn personal_data_stays_out_of_debug_and_errors() {
    let request = essbasic::ChannelCreatePreparedPersonalEsignRequest::new()
        .user_name("Wang Xiaoming")
        .id_card_number("11010119900307123X")
        .mobile("13800000000")
        .seal_image("c2VhbA==");
    let shown = format!("{request:?}");
    let cloud = LocalCloud::start().unwrap();
    let client = essbasic::Client::new(&config(&cloud));
    let error: Error = client
        .channel_create_prepared_personal_esign(request.clone())
        .await
        .unwrap_err();
    let refused = client
        .channel_create_prepared_personal_esign(request)
        .skip_validation()
        .await
        .unwrap_err();
    let recorded = format!("{:?}", cloud.calls());
    for secret in [
        "Wang Xiaoming",
        "11010119900307123X",
        "13800000000",
        "c2VhbA==",
    ] {
        for text in [
            &shown,
            &format!("{error}{error:?}"),
            &format!("{refused}{refused:?}"),
            &recorded,
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    assert!(shown.contains("UserName"), "{shown}");
    let debug = format!("{:?} {:?}", client, config(&cloud));
    assert!(!debug.contains(cloud.secret_key()), "{debug}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_of_different_services_share_a_configuration_across_tasks() {
    let cloud = LocalCloud::start().unwrap();
    let config = config(&cloud);
    let (basic, signing) = (essbasic::Client::new(&config), ess::Client::new(&config));
    let mut tasks = Vec::new();
    for index in 0..40 {
        let (basic, signing) = (basic.clone(), signing.clone());
        tasks.push(tokio::spawn(async move {
            if index % 2 == 0 {
                basic.channel_verify_pdf(verify()).await.map(drop)
            } else {
                let request = ess::CreateFileCounterSignRequest::new()
                    .file_id("yDtwuUUckpo1c11xUxtOq8cvKy24by9M");
                signing.create_file_counter_sign(request).await.map(drop)
            }
        }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let calls = cloud.calls();
    assert_eq!(calls.len(), 40);
    assert!(calls.iter().all(|call| call.signature.is_verified()));
}
