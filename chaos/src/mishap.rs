//! What a plan lets happen to an attempt, by name; and the trouble that it is on the line.

use std::time::Duration;

use yunqiao::Vendor;
use yunqiao_mock::{Answer, Trouble};

use crate::canary;
use crate::kinds::Sort;
use crate::plan::ATTEMPT;

macro_rules! mishaps {
    ($($variant:ident $name:literal $doc:literal),+ $(,)?) => {
        /// Something that goes wrong with one attempt.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Mishap {
            $(#[doc = $doc] $variant),+
        }

        impl Mishap {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What it is called in reports.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }
    };
}

mishaps! {
    ResetUnread "reset-unread" "Reset while the request is on its way.",
    ResetMidway "reset-midway" "Reset when half of the request has been read.",
    ResetUnexecuted "reset-unexecuted" "Reset when the request has been read, before it is executed.",
    CloseUnexecuted "close-unexecuted" "Closed in good order when the request has been read, before it is executed.",
    StallUnexecuted "stall-unexecuted" "Nothing follows, and nothing is executed.",
    ResetExecuted "reset-executed" "Executed, then reset before the answer.",
    StallExecuted "stall-executed" "Executed, and nothing follows.",
    CutHead "cut-head" "Executed; the answer breaks off in its headers.",
    CutBody "cut-body" "Executed; the answer breaks off in its body.",
    StallBody "stall-body" "Executed; the answer stops in its body, and nothing follows.",
    HalfBody "half-body" "Executed; half of the answer comes as if it were all.",
    DripSlow "drip-slow" "Executed; the answer drips for longer than an attempt may take.",
    DripQuick "drip-quick" "Executed; the answer drips, and comes in time.",
    LengthTooLong "length-too-long" "Executed; `Content-Length` promises more than comes.",
    LengthTooShort "length-too-short" "Executed; more comes than `Content-Length` promises.",
    Twice "twice" "An intermediary sends the request twice.",
    CloseAfter "close-after" "Executed and answered; then the connection closes without a word.",
    Page500 "page-500" "A gateway's page; not executed.",
    Page502Executed "page-502-executed" "A gateway's page, though the request was executed.",
    Page503 "page-503" "A gateway's page that asks to come again; not executed.",
    Page504Executed "page-504-executed" "A gateway did not wait for the answer of a request that was executed.",
    WrongJson "wrong-json" "Executed; the answer is broken JSON.",
    OtherJson "other-json" "Executed; the answer is JSON without the envelope.",
    NullCode "null-code" "Not executed; an error whose code is null.",
    Empty "empty" "Executed; the answer has no body.",
    Huge "huge" "Executed; the answer is larger than the client reads.",
    Bomb "gzip-bomb" "Executed; the answer is a gzip bomb.",
    Expired "expired" "Not executed; the signature is called expired, and the date is right.",
    ExpiredLying "expired-lying" "Not executed; the signature is called expired, and the date is years off.",
    Throttled "throttled" "Not executed; too many requests.",
    ThrottledWait "throttled-retry-after" "Not executed; too many requests, and when to come again.",
    Broken "internal-error" "Not executed; the vendor says that something broke on its side.",
    BrokenExecuted "internal-error-executed" "Executed, though the vendor says that something broke on its side.",
    Refused "refused" "Not executed; the vendor refuses.",
    Redirect "redirect" "Not executed; sent elsewhere, to the same place.",
    BrokenEvent "broken-event" "Executed; after half of a stream an event says that something broke.",
    ThrottledEvent "throttled-event" "Executed; after half of a stream an event says that there are too many requests.",
}

/// Larger than what the client is told to read.
const HUGE: usize = 2 << 20;
/// Where a redirect leads: nobody is there, and nobody should go.
const ELSEWHERE: &str = "http://127.0.0.1:9/";

impl Mishap {
    /// The answer says that the request has not been executed, and in a way that lets anybody send it again.
    pub(crate) fn invites_again(self) -> bool {
        matches!(
            self,
            Self::Throttled | Self::ThrottledWait | Self::Expired | Self::ExpiredLying
        )
    }

    /// The client gets the cloud's own answer, whole and soon enough.
    pub(crate) fn is_harmless(self, sort: Sort) -> bool {
        match self {
            Self::Twice | Self::CloseAfter => true,
            // Of a stream no more is asked than that something comes.
            Self::DripSlow | Self::DripQuick => sort == Sort::Stream,
            _ => false,
        }
    }

    /// It can happen to such a call.
    pub(crate) fn befalls(self, sort: Sort) -> bool {
        sort == Sort::Stream || !matches!(self, Self::BrokenEvent | Self::ThrottledEvent)
    }

    /// It happens to what is special about such calls.
    pub(crate) fn is_typical(self, sort: Sort) -> bool {
        match sort {
            Sort::Plain => true,
            Sort::Upload => matches!(
                self,
                Self::ResetUnread | Self::ResetMidway | Self::ResetUnexecuted
            ),
            Sort::Stream => matches!(
                self,
                Self::CutBody
                    | Self::StallBody
                    | Self::HalfBody
                    | Self::DripSlow
                    | Self::DripQuick
                    | Self::LengthTooLong
                    | Self::LengthTooShort
                    | Self::BrokenEvent
                    | Self::ThrottledEvent
            ),
        }
    }

    /// The same on the line.
    pub(crate) fn trouble(self, vendor: Vendor, temporary: bool) -> Trouble {
        let page = |status| page(status, temporary);
        match self {
            Self::ResetUnread => Trouble::ResetUnread,
            Self::ResetMidway => Trouble::ResetMidway,
            Self::ResetUnexecuted => Trouble::ResetUnexecuted,
            Self::CloseUnexecuted => Trouble::CloseUnexecuted,
            Self::StallUnexecuted => Trouble::StallUnexecuted,
            Self::ResetExecuted => Trouble::ResetExecuted,
            Self::StallExecuted => Trouble::StallExecuted,
            Self::CutHead => Trouble::CutHead,
            Self::CutBody => Trouble::CutBody,
            Self::StallBody => Trouble::StallBody,
            Self::HalfBody => Trouble::HalfBody,
            Self::DripSlow => Trouble::Drip(ATTEMPT * 2),
            Self::DripQuick => Trouble::Drip(Duration::from_millis(12)),
            Self::LengthTooLong => Trouble::LengthTooLong,
            Self::LengthTooShort => Trouble::LengthTooShort,
            Self::Twice => Trouble::Twice,
            Self::CloseAfter => Trouble::CloseAfter,
            Self::Page500 => Trouble::instead(page(500)),
            Self::Page502Executed => Trouble::in_spite(page(502)),
            Self::Page503 => Trouble::instead(page(503).with_header("retry-after", "0")),
            Self::Page504Executed => Trouble::in_spite(page(504)),
            Self::WrongJson => Trouble::in_spite(json(200, &format!("{{{}: , ", person()))),
            Self::OtherJson => Trouble::in_spite(json(200, &format!("{{{}}}", person()))),
            Self::NullCode => Trouble::instead(json(200, &null_code(vendor))),
            Self::Empty => Trouble::in_spite(json(200, "")),
            Self::Huge => Trouble::in_spite(json(200, &" ".repeat(HUGE))),
            Self::Bomb => Trouble::in_spite(Answer::gzip_bomb(64 << 20)),
            Self::Expired => Trouble::instead(expired(vendor)),
            Self::ExpiredLying => Trouble::instead(
                expired(vendor).with_header("date", "Mon, 01 Jan 2024 00:00:00 GMT"),
            ),
            Self::Throttled => Trouble::instead(throttled(vendor)),
            Self::ThrottledWait => {
                Trouble::instead(throttled(vendor).with_header("retry-after", "1"))
            }
            Self::Broken => Trouble::instead(broken(vendor)),
            Self::BrokenExecuted => Trouble::in_spite(broken(vendor)),
            Self::Refused => Trouble::instead(refused(vendor)),
            Self::Redirect => Trouble::instead(page(307).with_header("location", ELSEWHERE)),
            Self::BrokenEvent => Trouble::LastEvent(error_event(vendor, broken_code(vendor))),
            Self::ThrottledEvent => Trouble::LastEvent(error_event(vendor, throttled_code(vendor))),
        }
    }
}

/// A page that repeats the secrets of the request, as some gateways' error pages do.
fn page(status: u16, temporary: bool) -> Answer {
    let token = if temporary { canary::TOKEN } else { "" };
    let body = format!(
        "<html><head><title>{status}</title></head><body>{} {token}</body></html>",
        canary::KEY,
    );
    Answer::raw(status, "text/html", body)
}

fn json(status: u16, body: &str) -> Answer {
    Answer::raw(status, "application/json", body)
}

fn person() -> String {
    format!(
        "\"Name\": \"{}\", \"Phone\": {}",
        canary::ANSWERED,
        canary::PHONE
    )
}

fn null_code(vendor: Vendor) -> String {
    in_envelope(vendor, "{\"Code\":null,\"Message\":null}")
}

fn error_event(vendor: Vendor, code: &str) -> String {
    let error = format!(
        "{{\"Code\":\"{code}\",\"Message\":\"It was {}.\"}}",
        canary::KEY
    );
    in_envelope(vendor, &error)
}

fn in_envelope(vendor: Vendor, error: &str) -> String {
    match vendor {
        Vendor::Volcengine => {
            format!("{{\"ResponseMetadata\":{{\"RequestId\":\"r\",\"Error\":{error}}}}}")
        }
        _ => format!("{{\"Response\":{{\"Error\":{error},\"RequestId\":\"r\"}}}}"),
    }
}

/// An error in the vendor's words, which repeats a secret as some messages do.
fn error(code: &str) -> Answer {
    Answer::error(code, format!("It was {}.", canary::KEY))
}

fn expired(vendor: Vendor) -> Answer {
    error(match vendor {
        Vendor::Volcengine => "InvalidTimestamp",
        _ => "AuthFailure.SignatureExpire",
    })
}

fn throttled(vendor: Vendor) -> Answer {
    error(throttled_code(vendor))
}

fn throttled_code(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Volcengine => "FlowLimitExceeded",
        _ => "RequestLimitExceeded",
    }
}

fn broken(vendor: Vendor) -> Answer {
    error(broken_code(vendor))
}

fn broken_code(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Volcengine => "InternalServiceError",
        _ => "InternalError",
    }
}

fn refused(vendor: Vendor) -> Answer {
    error(match vendor {
        Vendor::Volcengine => "AccessDenied",
        _ => "OperationDenied",
    })
}
