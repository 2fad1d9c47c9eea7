//! In: the name of a generated type. Out: the trait implementations that would be the same for each.
//!
//! Every path is absolute: a generated module may define structs called `Option`, `Result`, `Box`, `Vec` or `String`.
//! Every function is `#[inline]`: it becomes machine code in the programs that use it, and costs those nothing that do not.

/// Implements `Clone`, `PartialEq`, `Debug`, `Serialize` and `Deserialize` for types that implement
/// [`Object`](crate::Object) and `Default`. For generated code.
#[macro_export]
macro_rules! object {
    ($($name:ident),+ $(,)?) => {$(
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                let mut copy = <Self as ::core::default::Default>::default();
                $crate::codec::copy(self, &mut copy);
                copy
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codec::equal(self, other)
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codec::debug(self, f)
            }
        }

        $crate::serde_through_member!($name);
    )+};
}

/// Implements the conversions, `Clone`, `PartialEq`, `Debug`, `Display`, `Serialize`, `Deserialize` and
/// [`Member`](crate::codec::Member) for types that implement [`TextEnum`](crate::TextEnum) and have a method `as_str`. For
/// generated code.
#[macro_export]
macro_rules! text_enum {
    ($($name:ident),+ $(,)?) => {$(
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                <Self as $crate::TextEnum>::from_text(self.as_str())
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codec::debug_text(self.as_str(), <Self as $crate::TextEnum>::values(), f)
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                <Self as $crate::TextEnum>::from_text(text)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                <Self as $crate::TextEnum>::from_text(&text)
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::codec::Member for $name {
            #[inline]
            fn value(&self) -> $crate::codec::Value<'_> {
                $crate::codec::Value::Text(self.as_str())
            }

            #[inline]
            fn open(&mut self) -> $crate::codec::Slot<'_> {
                $crate::codec::Slot::TextEnum(self)
            }
        }

        impl $crate::codec::Blank for $name {
            #[inline]
            fn blank() -> Self {
                <Self as $crate::TextEnum>::from_text("")
            }
        }

        $crate::serde_through_member!($name);
    )+};
}

/// Implements the conversions, `Clone`, `PartialEq`, `Debug`, `Display`, `Serialize`, `Deserialize` and
/// [`Member`](crate::codec::Member) for types that implement [`IntEnum`](crate::IntEnum) and have a method `as_i64`. For
/// generated code.
#[macro_export]
macro_rules! int_enum {
    ($($name:ident),+ $(,)?) => {$(
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                <Self as $crate::IntEnum>::from_int(self.as_i64())
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_i64() == other.as_i64()
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codec::debug_int(self.as_i64(), <Self as $crate::IntEnum>::values(), f)
            }
        }

        impl ::core::convert::From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                <Self as $crate::IntEnum>::from_int(value)
            }
        }

        // A bare literal is an `i32`.
        impl ::core::convert::From<i32> for $name {
            #[inline]
            fn from(value: i32) -> Self {
                <Self as $crate::IntEnum>::from_int(::core::convert::From::from(value))
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::codec::Member for $name {
            #[inline]
            fn value(&self) -> $crate::codec::Value<'_> {
                $crate::codec::Value::Int(self.as_i64())
            }

            #[inline]
            fn open(&mut self) -> $crate::codec::Slot<'_> {
                $crate::codec::Slot::IntEnum(self)
            }
        }

        impl $crate::codec::Blank for $name {
            #[inline]
            fn blank() -> Self {
                <Self as $crate::IntEnum>::from_int(0)
            }
        }

        $crate::serde_through_member!($name);
    )+};
}

/// `Serialize` and `Deserialize` for a type that is a `Member`. Part of the other macros.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_through_member {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codec::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codec::deserialize_new(deserializer)
            }
        }
    };
}
