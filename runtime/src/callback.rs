//! In: the headers and the bytes of a request that a vendor has sent to a web service. Out: a typed open event, or a refusal.
//!
//! | from | type | genuine because |
//! |---|---|---|
//! | Tencent E-Sign | [`EsignCallbacks`] | the body is signed with a token (and perhaps encrypted with a key) |
//! | Volcengine SMS | [`SmsCallbacks`] | the path has a secret; the vendor signs nothing |
//!
//! Events are open: of kinds and fields that this version does not describe, the JSON is there. Personal data is hidden in
//! every `Debug`. Both vendors send an event again until they see status 200, so answer 200 only after it is handled or
//! stored; a [`ReplayGuard`] keeps what is sent twice from being handled twice.
//!
//! ```
//! use yunqiao_runtime::callback::{EsignCallbacks, EsignEvent, Rejection, ReplayGuard};
//!
//! /// Gives the status to answer with.
//! async fn receive(
//!     callbacks: &EsignCallbacks,
//!     guard: &ReplayGuard,
//!     headers: &[(&str, &str)],
//!     body: &[u8],
//! ) -> Result<u16, Rejection> {
//!     let event = callbacks.receive(headers.iter().copied(), body)?;
//!     let claim = guard.check(event.key()).await?;
//!     if !handle(&event).await {
//!         return Ok(500); // The claim is dropped, and the next attempt is let through.
//!     }
//!     claim.acknowledge().await?;
//!     Ok(200)
//! }
//! # async fn handle(event: &EsignEvent) -> bool { event.id().is_some() }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! # let callbacks = EsignCallbacks::builder().token("token").build().expect("the token is fine");
//! # let refused = receive(&callbacks, &ReplayGuard::in_memory(), &[], b"{}").await;
//! # assert_eq!(refused.expect_err("nothing is signed").http_status(), 401);
//! # }
//! ```

mod crypto;
mod describe;
mod esign;
mod open;
mod rejection;
mod replay;
mod secret;
mod sms;

pub use self::esign::{
    ApproverState, EsignCallbacks, EsignCallbacksBuilder, EsignData, EsignEvent, EsignKind,
    FlowApprover, FlowState, FlowStatusChange, OperateSeal, OrgAuth, OrgCertify, OrgOpenTsignBiz,
    SealOperation, VerifyStaffInfo,
};
pub use self::rejection::Rejection;
pub use self::replay::{Claim, EventKey, ReplayGuard, ReplayStore, Standing, StoreFuture};
pub use self::sms::{
    CarrierReview, SmsBatch, SmsCallbacks, SmsData, SmsEvent, SmsReply, SmsReport, TemplateReview,
};

/// The most bytes of a body unless the program says otherwise.
const MAX_BODY: usize = 1024 * 1024;
