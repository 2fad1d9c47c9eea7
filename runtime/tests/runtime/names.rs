//! In: generated structs called like Rust's own types. Out: a module that compiles, as ess and essbasic need it.
#![allow(clippy::enum_variant_names, reason = "the names are the vendor's")]

use crate::sample::generated;

use yunqiao_runtime::Field;

generated!(Option {
    value: ::core::option::Option<::std::string::String> = Field::new("Value"),
});

generated!(Result {
    option: ::core::option::Option<Option> = Field::new("Option"),
    vec: ::std::vec::Vec<Vec> = Field::new("Vec"),
});

generated!(Vec {
    string: ::core::option::Option<::std::boxed::Box<String>> = Field::new("String"),
});

generated!(String {
    r#box: ::core::option::Option<Box> = Field::new("Box"),
});

generated!(Box {
    some: ::core::option::Option<Some> = Field::new("Some"),
});

/// A text enum with the names of `Option` and `Result`.
#[non_exhaustive]
pub enum Some {
    None,
    Ok,
    Err(::yunqiao_runtime::UnknownText),
}

impl Some {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::None => "NONE",
            Self::Ok => "OK",
            Self::Err(other) => other.as_str(),
        }
    }
}

impl ::yunqiao_runtime::TextEnum for Some {
    fn values() -> &'static [(&'static str, &'static str)] {
        &[("NONE", "None"), ("OK", "Ok")]
    }

    fn from_text(text: &str) -> Self {
        match text {
            "NONE" => Self::None,
            "OK" => Self::Ok,
            other => Self::Err(::yunqiao_runtime::UnknownText::new(other)),
        }
    }
}

::yunqiao_runtime::text_enum!(Some);

#[test]
fn structs_may_have_the_names_of_the_prelude() {
    let json = r#"{"Option":{"Value":"x"},"Vec":[{"String":{"Box":{"Some":"NONE"}}}]}"#;
    let value: Result = crate::sample::decoded(json).unwrap();
    assert_eq!(crate::sample::encoded(&value), json);
    let shown = r#"Result { Option: Option { Value: "x" }, Vec: [Vec { String: String { Box: Box { Some: "NONE" } } }] }"#;
    assert_eq!(::std::format!("{value:?}"), shown);
}
