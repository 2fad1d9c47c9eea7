//! One declaration of a mapping in; its Rust type, its reader and its shape out.

/// Declares a mapping of the dialect.
///
/// ```text
/// object! {
///     /// A page.
///     struct PageDecl "a page" {
///         /// What counts.
///         "unit" unit: Choice<PageUnit>, required;
///     }
/// }
/// ```
/// Every key becomes an `Option<At<T>>` field: a missing required key is reported, and the rest is still read. A key marked
/// `described` is a description: its absence is reported too, but a service may say that it has none yet. A misspelt key is
/// reported once and read as the key that is meant, so that it does not count as missing too.
macro_rules! object {
    ($(#[doc = $doc:literal])* struct $name:ident $title:literal {
        $($(#[doc = $key_doc:literal])* $key:literal $field:ident: $ty:ty $(, $need:ident)?;)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name {
            /// Where the mapping stands.
            #[allow(dead_code, reason = "not every mapping is pointed at as a whole")]
            pub(crate) at: $crate::Location,
            $($(#[doc = $key_doc])* pub(crate) $field: Option<$crate::dialect::At<$ty>>,)*
        }

        impl $name {
            /// A mapping whose keys are all absent: what stands for one that cannot be read.
            pub(crate) fn empty(at: $crate::Location) -> Self {
                Self { at, $($field: None,)* }
            }

            /// The shape with every key, in canonical order.
            pub(crate) fn object_shape() -> $crate::dialect::ObjectShape {
                $crate::dialect::ObjectShape {
                    name: stringify!($name),
                    title: $title,
                    doc: concat!($($doc, "\n"),*),
                    keys: vec![$($crate::dialect::KeyShape {
                        name: $key,
                        doc: concat!($($key_doc, "\n"),*),
                        need: object!(@need $($need)?),
                        shape: <$ty as $crate::dialect::Read>::shape,
                    },)*],
                }
            }
        }

        impl $crate::dialect::Read for $name {
            fn shape() -> $crate::dialect::Shape {
                $crate::dialect::Shape::Object(Self::object_shape)
            }

            fn read(node: &$crate::node::Node, problems: &mut Vec<$crate::Diagnostic>) -> Option<Self> {
                let $crate::node::NodeValue::Map(entries) = &node.value else {
                    $crate::dialect::no_mapping(node, &Self::object_shape(), problems);
                    return None;
                };
                let mut object = Self::empty(node.head.clone());
                let mut seen = Vec::new();
                for entry in entries {
                    let key = $crate::dialect::meant(entry, entries, $title, &[$($key),*], problems);
                    seen.extend(key);
                    match key {
                        $(Some($key) => object.$field = $crate::dialect::At::read(entry, problems),)*
                        _ => {}
                    }
                }
                $(if object!(@need $($need)?) != $crate::dialect::Need::Optional && !seen.contains(&$key) {
                    let (need, shape) = (object!(@need $($need)?), <$ty as $crate::dialect::Read>::shape());
                    $crate::dialect::missing_key($key, need, $title, &shape, node, problems);
                })*
                Some(object)
            }

            fn blank(at: &$crate::Location) -> Option<Self> {
                Some(Self::empty(at.clone()))
            }
        }
    };
    (@need required) => { $crate::dialect::Need::Required };
    (@need described) => { $crate::dialect::Need::Description };
    (@need) => { $crate::dialect::Need::Optional };
}

pub(crate) use object;
