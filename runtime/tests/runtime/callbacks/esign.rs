//! In: genuine messages of Tencent E-Sign. Out: events with every fact of the message, typed or as JSON.

use serde_json::json;
use yunqiao_runtime::callback::{
    ApproverState, EsignData, EsignEvent, EsignKind, FlowState, FlowStatusChange, SealOperation,
};

use super::{event, message};

fn flow(event: &EsignEvent) -> &FlowStatusChange {
    match event.data() {
        EsignData::FlowStatusChange(change) => change,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_contract_changes_its_state() {
    let event = event("flow");
    assert_eq!(event.kind(), Some(&EsignKind::FlowStatusChange));
    assert_eq!(event.id(), Some("yDxample0000000000000000000000m1"));
    assert_eq!(event.version(), Some("CustomApp"));
    assert!(!event.is_encrypted());
    let change = flow(&event);
    assert_eq!(
        change.flow_id.as_deref(),
        Some("yDxample0000000000000000000000f1")
    );
    assert_eq!(change.flow_name.as_deref(), Some("租赁合同"));
    assert_eq!(change.status, Some(FlowState::Signed));
    assert_eq!(change.unordered, Some(false));
    assert_eq!(change.deadline, Some(1_767_225_600));
    // A number as a text is read, too.
    assert_eq!(change.updated_on, Some(1_735_693_200));
    assert_eq!(change.approvers.len(), 1);
    assert_eq!(change.approvers[0].status, Some(ApproverState::Signed));
    assert_eq!(change.approvers[0].approver_name.as_deref(), Some("张三"));
    assert_eq!(change.approvers[0].organization_name, None);
    assert_eq!(event.problem(), None);
}

#[test]
fn fields_that_nobody_has_described_are_there_as_json() {
    let event = event("flow");
    assert_eq!(
        event.message()["SomethingNew"].to_string(),
        "12345678901234567890"
    );
    assert_eq!(
        event.json()["MsgData"]["Approvers"][0]["SomethingNew"],
        json!({"A": [1]})
    );
}

#[test]
fn each_way_to_encrypt_gives_the_same_event() {
    let plain = event("flow");
    for name in [
        "flow-indented",
        "flow-encrypted",
        "flow-encrypted-bare",
        "flow-encrypted-quoted",
    ] {
        let event = event(name);
        assert_eq!(event.is_encrypted(), name.contains("encrypted"), "{name}");
        assert_eq!(event.json(), plain.json(), "{name}");
        assert_eq!(flow(&event), flow(&plain), "{name}");
        assert_ne!(event.key(), plain.key(), "{name}");
    }
}

#[test]
fn the_older_form_has_no_frame() {
    let event = event("flow-older-form");
    assert_eq!((event.kind(), event.id()), (None, None));
    assert_eq!(flow(&event), flow(&super::event("flow")));
    assert_eq!(event.message(), event.json());
}

#[test]
fn the_other_kinds_are_typed() {
    let seal = event("seal");
    let EsignData::OperateSeal(data) = seal.data() else {
        panic!("{seal:?}")
    };
    assert_eq!(data.operate, Some(SealOperation::Valid));
    assert_eq!(data.authorized_operator_open_id.as_deref(), Some("who-2"));
    assert_eq!(seal.message()["SealId"], "s-1");

    let auth = event("org-auth");
    assert!(
        matches!(auth.data(), EsignData::OrgAuth(data) if data.auth_success == Some(true)),
        "{auth:?}"
    );
    let certify = event("org-certify");
    assert!(
        matches!(certify.data(), EsignData::OrgCertify(data) if data.certify_reason.as_deref() == Some("不清晰")),
        "{certify:?}"
    );
    let open = event("org-open");
    assert!(
        matches!(open.data(), EsignData::OrgOpenTsignBiz(data) if data.legal_name.as_deref() == Some("李四")),
        "{open:?}"
    );
    let staff = event("staff");
    assert!(
        matches!(staff.data(), EsignData::VerifyStaffInfo(data) if data.application_id.as_deref() == Some("yDxample-app")),
        "{staff:?}"
    );
}

#[test]
fn what_is_not_described_is_handed_out_as_it_came() {
    let unknown = event("unknown-kind");
    let kind = unknown.kind().unwrap();
    assert!(matches!(kind, EsignKind::Unknown(_)));
    assert_eq!(kind.as_str(), "NewIn2027");
    assert!(matches!(unknown.data(), EsignData::Other));
    assert_eq!(unknown.message()["Name"], "李四");
    assert_eq!(unknown.problem(), None);

    // A known kind that has changed is no reason to lose the event.
    let odd = event("known-kind-odd-field");
    assert_eq!(odd.kind(), Some(&EsignKind::OrgAuth));
    assert!(matches!(odd.data(), EsignData::Other));
    assert!(odd.problem().unwrap().contains("AuthSuccess"), "{odd:?}");
    assert_eq!(odd.message()["AuthSuccess"], json!({"Yes": 1}));

    let empty = event("empty-object");
    assert!(matches!(empty.data(), EsignData::Other));
    assert_eq!((empty.kind(), empty.problem()), (None, None));
}

#[test]
fn personal_data_is_not_shown() {
    for name in [
        "flow",
        "flow-older-form",
        "org-open",
        "staff",
        "unknown-kind",
    ] {
        let event = event(name);
        let shown = format!("{event:?} {event:#?}");
        for personal in ["张三", "13800000000", "李四", "order 4711"] {
            assert!(!shown.contains(personal), "{name}: {shown}");
        }
    }
    let shown = format!("{:?}", event("flow"));
    assert!(shown.contains("ApproverName: <redacted>"), "{shown}");
}

#[test]
fn final_states_are_told_apart() {
    let finals: Vec<i64> = (0..40)
        .filter(|state| FlowState::from(*state).is_final())
        .collect();
    assert_eq!(finals, [3, 4, 5, 6, 16, 21]);
    assert_eq!(FlowState::from(77).as_i64(), 77);
}

#[test]
fn headers_come_in_any_spelling_and_shape() {
    let message = message("flow");
    let callbacks = super::callbacks();
    for name in [
        "Content-Signature",
        "content-signature",
        "CONTENT-SIGNATURE",
    ] {
        let headers = vec![(name.to_owned(), message.signature.clone().into_bytes())];
        assert!(callbacks.receive(headers, &message.body).is_ok(), "{name}");
    }
    let mut map = reqwest_headers();
    map.insert("content-signature", message.signature.parse().unwrap());
    assert!(callbacks.receive(&map, &message.body).is_ok());
}

/// The map of the crate `http`, which axum and hyper have, too.
fn reqwest_headers() -> reqwest::header::HeaderMap {
    let mut map = reqwest::header::HeaderMap::new();
    map.insert("host", "example.com".parse().unwrap());
    map
}
