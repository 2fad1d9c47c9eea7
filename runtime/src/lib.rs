//! In: the constants and structs of a generated service, and a credential. Out: signed calls and typed answers.
//!
//! The runtime under the generated crate `yunqiao`. It knows two vendors' protocols and no service: every service, action
//! and struct is data that generated code hands in ([`Service`], [`Action`], [`Object`]). Programs use what `yunqiao`
//! re-exports from here: [`Config`], [`Credential`], [`Call`], [`Response`] and [`Error`].
//!
//! ```no_run
//! use yunqiao_runtime::{Action, Client, Config, Credential, Object, Service, Vendor};
//! # use yunqiao_runtime::{Field, Member, Shape};
//! # #[derive(Default)]
//! # pub struct DescribeThingRequest { pub name: Option<String> }
//! # impl Object for DescribeThingRequest {
//! #     fn shape(&self) -> Shape {
//! #         static SHAPE: Shape = Shape::new("DescribeThingRequest", &[Field::new("Name").required()]);
//! #         SHAPE
//! #     }
//! #     fn member(&self, index: usize) -> Option<&dyn Member> { (index == 0).then_some(&self.name as &dyn Member) }
//! #     fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
//! #         (index == 0).then_some(&mut self.name as &mut dyn Member)
//! #     }
//! # }
//! # yunqiao_runtime::object!(DescribeThingRequest);
//! # type DescribeThingResponse = DescribeThingRequest;
//!
//! static SERVICE: Service = Service::new(Vendor::Tencent, "thing", "2024-01-01", "thing.tencentcloudapi.com");
//! static DESCRIBE_THING: Action = Action::new(&SERVICE, "DescribeThing").idempotent();
//!
//! # async fn run() -> Result<(), yunqiao_runtime::Error> {
//! let config = Config::builder().credential(Credential::new("AKIDexample", "a-secret-key")).build()?;
//! let client = Client::new(&config, &SERVICE);
//! let request = DescribeThingRequest { name: Some("x".to_owned()) };
//! let response = client.call::<DescribeThingResponse>(&DESCRIBE_THING, request).await?;
//! println!("{:?} {:?}", response.name, response.request_id());
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "blocking")]
mod blocking;
mod call;
#[cfg(feature = "callback")]
pub mod callback;
mod client;
mod clock;
pub mod codec;
mod config;
pub mod credential;
mod drift;
mod endpoint;
mod error;
mod excerpt;
mod operation;
mod paging;
mod quota;
mod random;
mod retry;
pub mod sign;
mod site;
mod trace;
pub mod transport;
mod untyped;
mod vendor;
mod waiting;

#[doc(hidden)]
pub use serde;

#[cfg(feature = "blocking")]
pub use self::blocking::BlockingEvents;
pub use self::call::{Call, Event, Events, Response, StreamCall};
pub use self::client::Client;
pub use self::clock::TimeSource;
#[doc(hidden)]
pub use self::codec::list;
pub use self::codec::{
    Binary, Check, Deviation, DeviationKind, Field, IntEnum, Location, Member, Object, Problem,
    Rule, Run, Shape, TextEnum, UnknownInt, UnknownText, validate,
};
pub use self::config::{Config, ConfigBuilder};
pub use self::credential::Credential;
pub use self::drift::DriftReport;
pub use self::error::{Delivery, Error};
pub use self::operation::{Action, Body, Method, RegionRule, Service, Vendor};
pub use self::paging::{Items, PageStyle, Paged, Pages, Paging};
pub use self::quota::{DocumentedLimits, Quota, QuotaRefusal, RateLimiter};
pub use self::retry::RetryPolicy;
pub use self::site::Site;
pub use self::untyped::{
    AnyAction, AnyCall, AnyEvents, AnyItems, AnyPages, AnyPaging, AnyStreamCall, AnyWait, AnyWaiter,
};
pub use self::vendor::inspect_answer;
pub use self::waiting::{Job, Progress, Wait, Waiter};

/// Any JSON, for fields whose content the vendor does not describe.
pub use serde_json::Value as JsonValue;
