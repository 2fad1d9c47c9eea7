//! In: nothing. Out: structs, enums and actions written exactly as the generator writes them.

use yunqiao_runtime::{Action, Service, Vendor};

/// A declared struct with its wire names, as generated code has it.
macro_rules! generated {
    ($(#[$meta:meta])* $name:ident { $($field:ident : $type:ty = $def:expr),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Default)]
        #[non_exhaustive]
        pub struct $name { $(pub $field: $type),+ }

        impl ::yunqiao_runtime::Object for $name {
            fn shape(&self) -> ::yunqiao_runtime::Shape {
                static SHAPE: ::yunqiao_runtime::Shape = ::yunqiao_runtime::Shape::new(stringify!($name), &[$($def),+]);
                SHAPE
            }

            fn member(&self, index: usize) -> ::core::option::Option<&dyn ::yunqiao_runtime::Member> {
                let members: &[&dyn ::yunqiao_runtime::Member] = &[$(&self.$field),+];
                members.get(index).copied()
            }

            fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn ::yunqiao_runtime::Member> {
                let members: [&mut dyn ::yunqiao_runtime::Member; [$(stringify!($field)),+].len()] = [$(&mut self.$field),+];
                members.into_iter().nth(index)
            }
        }

        ::yunqiao_runtime::object!($name);
    };
}
pub(crate) use generated;

pub(crate) static SERVICE: Service = Service::new(
    Vendor::Tencent,
    "essbasic",
    "2021-05-26",
    "essbasic.tencentcloudapi.com",
);

pub(crate) static SMS: Service = Service::new(
    Vendor::Volcengine,
    "sms",
    "2020-01-01",
    "sms.volcengineapi.com",
)
.signing_name("volcSMS")
.default_region("cn-north-1");

pub(crate) static VERIFY: Action = Action::new(&SERVICE, "ChannelVerifyPdf")
    .idempotent()
    .rate_limit(20);

pub(crate) static SEND: Action = Action::new(&SMS, "SendSms");

/// Who calls.
#[derive(Default)]
#[non_exhaustive]
pub struct Agent {
    pub app_id: ::core::option::Option<::std::string::String>,
    pub proxy_operator: ::core::option::Option<::std::boxed::Box<UserInfo>>,
}

impl ::yunqiao_runtime::Object for Agent {
    fn shape(&self) -> ::yunqiao_runtime::Shape {
        static SHAPE: ::yunqiao_runtime::Shape = ::yunqiao_runtime::Shape::new(
            "Agent",
            &[
                ::yunqiao_runtime::Field::new("AppId")
                    .required()
                    .checks(&[::yunqiao_runtime::Check::Length { min: 1, max: 32 }]),
                ::yunqiao_runtime::Field::new("ProxyOperator"),
            ],
        );
        SHAPE
    }

    fn member(&self, index: usize) -> ::core::option::Option<&dyn ::yunqiao_runtime::Member> {
        match index {
            0 => ::core::option::Option::Some(&self.app_id),
            1 => ::core::option::Option::Some(&self.proxy_operator),
            _ => ::core::option::Option::None,
        }
    }

    fn member_mut(
        &mut self,
        index: usize,
    ) -> ::core::option::Option<&mut dyn ::yunqiao_runtime::Member> {
        match index {
            0 => ::core::option::Option::Some(&mut self.app_id),
            1 => ::core::option::Option::Some(&mut self.proxy_operator),
            _ => ::core::option::Option::None,
        }
    }
}

::yunqiao_runtime::object!(Agent);

use yunqiao_runtime::Field as F;

generated!(UserInfo {
    open_id: Option<String> = F::new("OpenId"),
    mobile: Option<String> = F::new("Mobile").sensitive(),
});

/// The kind of an identity document.
#[non_exhaustive]
pub enum IdCardType {
    IdCard,
    HongkongAndMacao,
    Unknown(::yunqiao_runtime::UnknownText),
}

impl IdCardType {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::IdCard => "ID_CARD",
            Self::HongkongAndMacao => "HONGKONG_AND_MACAO",
            Self::Unknown(other) => other.as_str(),
        }
    }
}

impl ::yunqiao_runtime::TextEnum for IdCardType {
    fn values() -> &'static [(&'static str, &'static str)] {
        &[
            ("ID_CARD", "IdCard"),
            ("HONGKONG_AND_MACAO", "HongkongAndMacao"),
        ]
    }

    fn from_text(text: &str) -> Self {
        match text {
            "ID_CARD" => Self::IdCard,
            "HONGKONG_AND_MACAO" => Self::HongkongAndMacao,
            other => Self::Unknown(::yunqiao_runtime::UnknownText::new(other)),
        }
    }
}

::yunqiao_runtime::text_enum!(IdCardType);

/// A verdict.
#[non_exhaustive]
pub enum VerifyResult {
    Intact,
    Altered,
    Unknown(::yunqiao_runtime::UnknownInt),
}

impl VerifyResult {
    /// The number on the wire.
    pub fn as_i64(&self) -> i64 {
        match self {
            Self::Intact => 1,
            Self::Altered => 4,
            Self::Unknown(other) => other.as_int(),
        }
    }
}

impl ::yunqiao_runtime::IntEnum for VerifyResult {
    fn values() -> &'static [(i64, &'static str)] {
        &[(1, "Intact"), (4, "Altered")]
    }

    fn from_int(value: i64) -> Self {
        match value {
            1 => Self::Intact,
            4 => Self::Altered,
            other => Self::Unknown(::yunqiao_runtime::UnknownInt::new(other)),
        }
    }
}

::yunqiao_runtime::int_enum!(VerifyResult);

generated!(
    /// One of everything.
    Everything {
        text: Option<String> = F::new("Text"),
        int: Option<i64> = F::new("Int"),
        float: Option<f64> = F::new("Float"),
        flag: Option<bool> = F::new("Flag"),
        kind: Option<IdCardType> = F::new("Kind"),
        verdict: Option<VerifyResult> = F::new("Verdict"),
        agent: Option<Agent> = F::new("Agent"),
        texts: Vec<String> = F::new("Texts"),
        ints: Vec<i64> = F::new("Ints"),
        agents: Vec<Agent> = F::new("Agents"),
        grid: Vec<Vec<i64>> = F::new("Grid"),
        kinds: Vec<IdCardType> = F::new("Kinds"),
        any: Option<yunqiao_runtime::JsonValue> = F::new("Any"),
        next: Option<Box<Everything>> = F::new("Next"),
        // PascalCase of the field is not the name on the wire.
        tag_ids: Vec<String> = F::new("tagIDs"),
    }
);

/// Reads JSON into a new value; the error's text otherwise.
pub(crate) fn decoded<T: yunqiao_runtime::Object + Default>(json: &str) -> Result<T, String> {
    let mut value = T::default();
    match yunqiao_runtime::codec::decode(json.as_bytes(), &mut value) {
        Ok(()) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

/// Writes JSON.
pub(crate) fn encoded(value: &dyn yunqiao_runtime::Object) -> String {
    String::from_utf8(yunqiao_runtime::codec::encode(value).unwrap()).unwrap()
}
