//! In: what Volcengine SMS sends, in the shapes of its pages. Out: reports, replies and reviews, or a refusal.

use yunqiao_runtime::callback::{SmsCallbacks, SmsData, SmsEvent};

const SECRET: &str = "CqzqKM1gEHb6mQdYk2xJ0w";

fn callbacks() -> SmsCallbacks {
    SmsCallbacks::new(SECRET).unwrap()
}

fn events(body: &str) -> Vec<SmsEvent> {
    let batch = callbacks().receive(SECRET, body.as_bytes());
    batch.unwrap().into_events()
}

const REPORTS: &str = r#"[
  {"account": "2000", "sub_account": "1504", "signature": "短信服务", "mobile": "18800000000", "channel_type": "CN_OTP",
   "service_id": "106966940", "send_time": 1669171012444, "recv_time": 1669171015000, "template_id": "SPT_0fa7",
   "ext": "order-1", "message_id": "bde1b10d-19cf-460f-abcd-26231a820000", "msg_count": 1, "status_code": "0",
   "description": "DELIVRD", "mccmnc": "46000", "iso_code": "CN"},
  {"message_id": 9007199254740993, "status_code": 4003, "msg_count": "2", "mobile": 18800000001, "new": 1.50}
]"#;

#[test]
fn a_request_brings_several_reports() {
    let events = events(REPORTS);
    assert_eq!(events.len(), 2);
    let SmsData::Report(first) = events[0].data() else {
        panic!("{events:?}")
    };
    assert_eq!(
        first.message_id.as_deref(),
        Some("bde1b10d-19cf-460f-abcd-26231a820000")
    );
    assert_eq!(first.is_delivered(), Some(true));
    assert_eq!(first.send_time, Some(1_669_171_012_444));
    assert_eq!(first.recv_time, Some(1_669_171_015_000));
    assert_eq!(first.msg_count, Some(1));
    assert_eq!(first.ext.as_deref(), Some("order-1"));
    let SmsData::Report(second) = events[1].data() else {
        panic!("{events:?}")
    };
    // Beyond what a float can hold, and as a number where a text is described.
    assert_eq!(second.message_id.as_deref(), Some("9007199254740993"));
    assert_eq!(second.is_delivered(), Some(false));
    assert_eq!(second.msg_count, Some(2));
    assert_eq!(events[1].json()["new"], 1.5);
    assert_ne!(events[0].key(), events[1].key());
}

#[test]
fn replies_and_reviews_are_told_by_their_fields() {
    let replies = events(
        r#"[{"account":"2000","sub_account":"049c","signature":"测试","content":"TD","mobile":"18100000000",
            "channel_type":"CN_OTP","service_id":"1069","recv_time":1651760981000,"ext":"1047"}]"#,
    );
    assert!(
        matches!(replies[0].data(), SmsData::Reply(reply) if reply.content.as_deref() == Some("TD")
            && reply.recv_time == Some(1_651_760_981_000)),
        "{replies:?}"
    );
    let reviews = events(
        r#"[{"apply_id":7,"account":"2000","template_id":"ST_1","audit_result":false,"audit_opinion":"no",
            "vms_audit_result":[{"carrier":"China Mobile","status":2,"reason":"no"}]}]"#,
    );
    assert!(
        matches!(reviews[0].data(), SmsData::TemplateReview(review) if review.audit_result == Some(false)
            && review.carriers[0].status == Some(2)),
        "{reviews:?}"
    );
    let others = events(
        r#"[{"second_template_audit_result": []}, 7, null, {"status_code": {"a": 1}, "mobile": "1"}]"#,
    );
    assert!(
        others
            .iter()
            .all(|event| matches!(event.data(), SmsData::Other)),
        "{others:?}"
    );
    assert!(others[3].problem().unwrap().contains("status_code"));
    assert_eq!(others[3].json()["mobile"], "1");
}

#[test]
fn one_event_alone_and_none_at_all_are_fine() {
    assert_eq!(events(r#" {"status_code": "0"} "#).len(), 1);
    assert_eq!(events("[]").len(), 0);
}

#[test]
fn only_the_secret_opens() {
    for wrong in ["", "C", "cqzqKM1gEHb6mQdYk2xJ0w", "CqzqKM1gEHb6mQdYk2xJ0w/"] {
        let rejection = callbacks().receive(wrong, b"[]").unwrap_err();
        assert!(rejection.is_forged(), "{wrong}");
        assert_eq!(rejection.http_status(), 401);
        assert!(!format!("{rejection:?} {:?}", callbacks()).contains(SECRET));
    }
    for weak in ["", "short", "fifteen-letters", "sixteen-letters-\n"] {
        let error = SmsCallbacks::new(weak).unwrap_err();
        assert!(error.is_configuration(), "{weak}");
    }
    assert!(SmsCallbacks::new("sixteen-letters-").is_ok());
}

#[test]
fn what_cannot_be_read_is_refused() {
    for body in ["", "x", "[", "7", "\"text\"", r#"[{"a":1}"#, "[1,]"] {
        let rejection = callbacks().receive(SECRET, body.as_bytes()).unwrap_err();
        assert!(rejection.is_unreadable(), "{body}: {rejection}");
        assert_eq!(rejection.http_status(), 400);
    }
    let deep = "[".repeat(100_000);
    assert!(
        callbacks()
            .receive(SECRET, deep.as_bytes())
            .unwrap_err()
            .is_unreadable()
    );
    let small = callbacks().with_max_body(10);
    assert!(
        small
            .receive(SECRET, b"[1,2,3,4,5]")
            .unwrap_err()
            .is_too_large()
    );
}

#[test]
fn numbers_and_replies_are_not_shown() {
    let shown = format!("{:?} {:#?}", events(REPORTS), events(REPORTS));
    assert!(!shown.contains("1880000000"), "{shown}");
    assert!(shown.contains("bde1b10d"), "{shown}");
    let reply = format!(
        "{:?}",
        events(r#"[{"content":"I am ill","mobile":"18100000000"}]"#)
    );
    assert!(!reply.contains("ill") && !reply.contains("181"), "{reply}");
}
