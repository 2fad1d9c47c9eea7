//! In: a server that plays metadata service, Security Token Service and API, files and variables. Out: who signs, or why nobody.

mod chain;
mod cloud;
mod identity;
mod instance;
mod own;
mod renewal;
mod role;
