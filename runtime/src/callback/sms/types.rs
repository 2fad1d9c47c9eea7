//! In: nothing. Out: what Volcengine SMS reports, as far as its pages describe it.
//!
//! The facts are those of volcengine.com/docs/6361: 171584 (status reports), 171585 (replies), 171588 (reviews of templates).
//! What else an event has is in [`SmsEvent::json`](super::SmsEvent::json).

use crate::Field;
use crate::callback::describe::structs;

structs! {
    /// What became of a message.
    SmsReport {
        /// The account.
        account: Option<String> = Field::new("account"),
        /// The message group.
        sub_account: Option<String> = Field::new("sub_account"),
        /// `0` for delivered; anything else is a reason why not. See [`is_delivered`](Self::is_delivered).
        status_code: Option<String> = Field::new("status_code"),
        /// The same in words.
        description: Option<String> = Field::new("description"),
        /// The signature before the text.
        signature: Option<String> = Field::new("signature"),
        /// The template.
        template_id: Option<String> = Field::new("template_id"),
        /// The number.
        mobile: Option<String> = Field::new("mobile").sensitive(),
        /// The kind of message, such as `CN_OTP`.
        channel_type: Option<String> = Field::new("channel_type"),
        /// The id that sending has answered.
        message_id: Option<String> = Field::new("message_id"),
        /// Into how many parts the text was cut.
        msg_count: Option<i64> = Field::new("msg_count"),
        /// What the vendor's support may ask for.
        service_id: Option<String> = Field::new("service_id"),
        /// The `Tag` of the request that has sent it.
        ext: Option<String> = Field::new("ext"),
        /// When it was sent; milliseconds since 1970.
        send_time: Option<i64> = Field::new("send_time"),
        /// When it arrived; milliseconds since 1970.
        recv_time: Option<i64> = Field::new("recv_time"),
        /// The mobile network's number (MCC and MNC).
        mccmnc: Option<String> = Field::new("mccmnc"),
        /// The country's code (ISO 3166-1).
        iso_code: Option<String> = Field::new("iso_code"),
    }

    /// What somebody has answered to a message.
    SmsReply {
        /// The account.
        account: Option<String> = Field::new("account"),
        /// The message group.
        sub_account: Option<String> = Field::new("sub_account"),
        /// The signature of the message that is answered; empty for channels that only receive.
        signature: Option<String> = Field::new("signature"),
        /// The answer.
        content: Option<String> = Field::new("content").sensitive(),
        /// The number.
        mobile: Option<String> = Field::new("mobile").sensitive(),
        /// The kind of message, such as `CN_OTP`.
        channel_type: Option<String> = Field::new("channel_type"),
        /// What the vendor's support may ask for.
        service_id: Option<String> = Field::new("service_id"),
        /// When it came; milliseconds since 1970.
        recv_time: Option<i64> = Field::new("recv_time"),
        /// The `Tag` of the request that has sent the message.
        ext: Option<String> = Field::new("ext"),
    }

    /// How the review of a template has ended.
    TemplateReview {
        /// The order of the review.
        apply_id: Option<i64> = Field::new("apply_id"),
        /// The account.
        account: Option<String> = Field::new("account"),
        /// The message group.
        sub_account: Option<String> = Field::new("sub_account"),
        /// The template's name.
        template_name: Option<String> = Field::new("template_name"),
        /// The template.
        template_id: Option<String> = Field::new("template_id"),
        /// The template's text.
        template_content: Option<String> = Field::new("template_content"),
        /// Whether it was accepted.
        audit_result: Option<bool> = Field::new("audit_result"),
        /// Why not.
        audit_opinion: Option<String> = Field::new("audit_opinion"),
        /// When.
        audit_time: Option<String> = Field::new("audit_time"),
        /// For video messages: what each carrier says.
        carriers: Vec<CarrierReview> = Field::new("vms_audit_result"),
    }

    /// How a carrier's review has ended.
    CarrierReview {
        /// `China Mobile`, `China Telecom`, `China Unicom`.
        carrier: Option<String> = Field::new("carrier"),
        /// 1: under review, 2: refused, 3: open, 4: closed, 5: needs none.
        status: Option<i64> = Field::new("status"),
        /// Why it was refused.
        reason: Option<String> = Field::new("reason"),
    }
}

impl SmsReport {
    /// Whether the message has arrived; `None` when the report does not say.
    pub fn is_delivered(&self) -> Option<bool> {
        self.status_code.as_ref().map(|code| code == "0")
    }
}
