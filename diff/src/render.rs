//! A report in, text for people or for programs out.

mod json;
mod text;

pub use self::json::json;
pub use self::text::text;
