//! In: a struct's or an enum's fields and values with their wire names. Out: the type as the generator would write it.

/// Declares open structs: every field may be absent, and the shared codec reads, copies and shows them.
macro_rules! structs {
    ($($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $field:ident: $type:ty = $description:expr),+ $(,)?
    })+) => {$(
        $(#[$meta])*
        #[derive(Default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $field: $type),+
        }

        impl $crate::Object for $name {
            fn shape(&self) -> $crate::Shape {
                static SHAPE: $crate::Shape = $crate::Shape::new(stringify!($name), &[$($description),+]);
                SHAPE
            }

            fn member(&self, index: usize) -> Option<&dyn $crate::Member> {
                let members: &[&dyn $crate::Member] = &[$(&self.$field),+];
                members.get(index).copied()
            }

            fn member_mut(&mut self, index: usize) -> Option<&mut dyn $crate::Member> {
                let members: [&mut dyn $crate::Member; [$(stringify!($field)),+].len()] = [$(&mut self.$field),+];
                members.into_iter().nth(index)
            }
        }

        $crate::object!($name);
    )+};
}

/// Declares open enums of texts: a value outside the list is kept as it came.
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)?
    })+) => {$(
        $(#[$meta])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)+
            /// A value that this version does not know; `Display` gives it.
            Unknown($crate::UnknownText),
        }

        impl $crate::TextEnum for $name {
            fn values() -> &'static [(&'static str, &'static str)] {
                &[$(($text, stringify!($variant))),+]
            }

            fn from_text(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Unknown($crate::UnknownText::new(other)),
                }
            }
        }

        $crate::text_enum!($name);

        impl $name {
            /// The text on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(other) => other.as_str(),
                }
            }
        }
    )+};
}

/// Declares open enums of integers: a value outside the list is kept as it came.
macro_rules! integers {
    ($($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $variant:ident = $value:literal),+ $(,)?
    })+) => {$(
        $(#[$meta])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)+
            /// A value that this version does not know; `Display` gives it.
            Unknown($crate::UnknownInt),
        }

        impl $crate::IntEnum for $name {
            fn values() -> &'static [(i64, &'static str)] {
                &[$(($value, stringify!($variant))),+]
            }

            fn from_int(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    other => Self::Unknown($crate::UnknownInt::new(other)),
                }
            }
        }

        $crate::int_enum!($name);

        impl $name {
            /// The number on the wire.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)+
                    Self::Unknown(other) => other.as_int(),
                }
            }
        }
    )+};
}

pub(super) use {integers, structs, texts};
