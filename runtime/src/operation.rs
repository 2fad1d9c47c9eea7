//! In: what the generator knows about a service and its actions. Out: constants; an operation is data.

mod action;
mod named;
mod service;
mod shared;

pub use self::action::{Action, Body, Method};
pub use self::service::{RegionRule, Service, Vendor};

pub(crate) use self::named::Named;
pub(crate) use self::shared::Shared;
