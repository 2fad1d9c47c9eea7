//! A report in, text for people or for programs out.

mod changelog;
mod group;
mod html;
mod json;
mod markdown;
mod text;

pub use self::changelog::changelog;
pub use self::html::{Sides, html};
pub use self::json::json;
pub use self::markdown::{MARKER, markdown};
pub use self::text::text;
