//! Wire names in, structs as the generator writes them out; and the answer that comes in parts.
//!
//! The services that send files and streams are invented: `chaos/schemas` describes them to the local cloud. Nothing else of the
//! generated crate has such actions yet.

use yunqiao_runtime::Field;

/// Declares a struct of a request or an answer, all of whose members are texts or bytes.
macro_rules! object {
    ($(#[$meta:meta])* $name:ident { $($index:literal $field:ident : $type:ty = $def:expr),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Default)]
        pub(super) struct $name {
            $(pub(super) $field: Option<$type>),+
        }

        impl ::yunqiao_runtime::Object for $name {
            fn shape(&self) -> ::yunqiao_runtime::Shape {
                static SHAPE: ::yunqiao_runtime::Shape = ::yunqiao_runtime::Shape::new(stringify!($name), &[$($def),+]);
                SHAPE
            }

            fn member(&self, index: usize) -> Option<&dyn ::yunqiao_runtime::Member> {
                match index {
                    $($index => Some(&self.$field),)+
                    _ => None,
                }
            }

            fn member_mut(&mut self, index: usize) -> Option<&mut dyn ::yunqiao_runtime::Member> {
                match index {
                    $($index => Some(&mut self.$field),)+
                    _ => None,
                }
            }
        }

        ::yunqiao_runtime::object!($name);
    };
}
pub(super) use object;

object!(
    /// A part of an answer.
    Part {
        0 part: String = Field::new("Part"),
        1 owner: String = Field::new("Owner").sensitive(),
        2 content: String = Field::new("Content"),
    }
);
