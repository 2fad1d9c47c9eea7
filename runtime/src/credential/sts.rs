//! In: what to ask a vendor's Security Token Service. Out: the temporary credential that it answers.
//!
//! The calls go the way of every call: the same encoding, signing, transport and reading. Generated code is not needed for
//! them: one request and one answer hold the fields of both vendors, and what is not set is not sent.

use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroize as _;

use super::{Credential, CredentialError, Signer, Surroundings, moment};
use crate::call::Call;
use crate::codec::{Field, Member, Object, Shape};
use crate::config::{Config, Limits};
use crate::endpoint::Endpoint;
use crate::operation::{Action, Body, Method, Service, Vendor};

/// How long before its end a credential of a Tencent Cloud role is renewed: the skew of clocks that the vendor allows.
pub(super) const TENCENT_EARLY: i64 = 300;

const ATTEMPT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(10);
const RESPONSE_BYTES: usize = 64 * 1024;

static TENCENT: Service = Service::new(
    Vendor::Tencent,
    "sts",
    "2018-08-13",
    "sts.tencentcloudapi.com",
)
.default_region("ap-guangzhou");

static VOLCENGINE: Service = Service::new(
    Vendor::Volcengine,
    "sts",
    "2018-01-01",
    "sts.volcengineapi.com",
)
.default_region("cn-north-1");

static TENCENT_ROLE: Action = Action::new(&TENCENT, "AssumeRole").idempotent();

static TENCENT_IDENTITY: Action = Action::new(&TENCENT, "AssumeRoleWithWebIdentity")
    .unsigned()
    .idempotent();

static VOLCENGINE_ROLE: Action = Action::new(&VOLCENGINE, "AssumeRole")
    .method(Method::Get)
    .idempotent();

static VOLCENGINE_IDENTITY: Action = Action::new(&VOLCENGINE, "AssumeRoleWithOIDC")
    .body(Body::Form)
    .unsigned()
    .idempotent();

/// A struct of texts with their names on the wire, overwritten when it is dropped.
macro_rules! texts {
    ($(#[$meta:meta])* $name:ident { $($field:ident = $wire:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Default)]
        pub(super) struct $name { $(pub(super) $field: Option<String>),+ }

        impl Object for $name {
            fn shape(&self) -> Shape {
                static SHAPE: Shape = Shape::new(stringify!($name), &[$(Field::new($wire).sensitive()),+]);
                SHAPE
            }

            fn member(&self, index: usize) -> Option<&dyn Member> {
                let members: &[&dyn Member] = &[$(&self.$field),+];
                members.get(index).copied()
            }

            fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
                let members: [&mut dyn Member; [$($wire),+].len()] = [$(&mut self.$field),+];
                members.into_iter().nth(index)
            }
        }

        crate::object!($name);

        impl Drop for $name {
            fn drop(&mut self) {
                $(self.$field.zeroize();)+
            }
        }
    };
}

texts!(
    /// What either action of either vendor takes.
    Question {
        role_arn = "RoleArn",
        role_trn = "RoleTrn",
        role_session_name = "RoleSessionName",
        provider_id = "ProviderId",
        web_identity_token = "WebIdentityToken",
        oidc_token = "OIDCToken",
        policy = "Policy",
        external_id = "ExternalId",
    }
);

texts!(
    /// The credential in an answer of either vendor.
    Handed {
        tmp_secret_id = "TmpSecretId",
        tmp_secret_key = "TmpSecretKey",
        token = "Token",
        access_key_id = "AccessKeyId",
        secret_access_key = "SecretAccessKey",
        session_token = "SessionToken",
        expired_time = "ExpiredTime",
        expiration = "Expiration",
    }
);

/// A question with the one number that it has.
#[derive(Default)]
pub(super) struct Request {
    pub(super) question: Question,
    pub(super) duration_seconds: Option<i64>,
}

/// The texts, and then the number.
const DURATION: usize = 8;

impl Object for Request {
    fn shape(&self) -> Shape {
        static SHAPE: Shape = Shape::new(
            "Request",
            &[
                Field::new("RoleArn"),
                Field::new("RoleTrn"),
                Field::new("RoleSessionName"),
                Field::new("ProviderId"),
                Field::new("WebIdentityToken").sensitive(),
                Field::new("OIDCToken").sensitive(),
                Field::new("Policy"),
                Field::new("ExternalId").sensitive(),
                Field::new("DurationSeconds"),
            ],
        );
        SHAPE
    }

    fn member(&self, index: usize) -> Option<&dyn Member> {
        match index {
            DURATION => Some(&self.duration_seconds),
            _ => self.question.member(index),
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        match index {
            DURATION => Some(&mut self.duration_seconds),
            _ => self.question.member_mut(index),
        }
    }
}

crate::object!(Request);

#[derive(Default)]
struct Answer {
    credentials: Option<Handed>,
    expired_time: Option<String>,
    expiration: Option<String>,
}

impl Object for Answer {
    fn shape(&self) -> Shape {
        static SHAPE: Shape = Shape::new(
            "Answer",
            &[
                Field::new("Credentials").sensitive(),
                Field::new("ExpiredTime"),
                Field::new("Expiration"),
            ],
        );
        SHAPE
    }

    fn member(&self, index: usize) -> Option<&dyn Member> {
        let members: [&dyn Member; 3] = [&self.credentials, &self.expired_time, &self.expiration];
        members.get(index).copied()
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        match index {
            0 => Some(&mut self.credentials),
            1 => Some(&mut self.expired_time),
            2 => Some(&mut self.expiration),
            _ => None,
        }
    }
}

crate::object!(Answer);

/// Whom to ask, and as whom.
pub(super) struct Asking<'a> {
    pub(super) vendor: Vendor,
    /// Who signs; for an identity, which is not signed, the holder of the token, so that it shows in no error.
    pub(super) signer: Signer,
    pub(super) is_signed: bool,
    pub(super) region: Option<&'a str>,
    pub(super) endpoint: Option<&'a Endpoint>,
}

/// Makes the call.
pub(super) async fn ask(
    surroundings: &Surroundings,
    asking: Asking<'_>,
    request: Request,
) -> Result<Credential, CredentialError> {
    let action = match (asking.vendor, asking.is_signed) {
        (Vendor::Tencent, true) => &TENCENT_ROLE,
        (Vendor::Tencent, false) => &TENCENT_IDENTITY,
        (Vendor::Volcengine, true) => &VOLCENGINE_ROLE,
        (Vendor::Volcengine, false) => &VOLCENGINE_IDENTITY,
    };
    let lasts = request.duration_seconds.unwrap_or_default();
    let mut settings = surroundings.settings.clone();
    // The endpoint of the calls may be the sandbox of another service: only a local cloud is also a Security Token Service.
    let local = settings.endpoint.take().filter(|own| !own.is_secure());
    // Nor need it have a host of the name that they are called at.
    settings.site = None;
    settings.endpoint = asking.endpoint.cloned().or(local);
    settings.credential = Some(asking.signer);
    settings.region = asking.region.map(str::to_owned);
    settings.limits = Limits {
        attempt: ATTEMPT,
        total: TOTAL,
        response_bytes: RESPONSE_BYTES,
        ..settings.limits
    };
    let call = Call::<Answer>::new(Config(Arc::new(settings)), action, Box::new(request));
    let answer = call
        .await
        .map_err(|error| CredentialError::broken(error.to_string()))?;
    credential(
        asking.vendor,
        answer.into_inner(),
        surroundings.now(),
        lasts,
    )
    .map_err(|why| CredentialError::broken(format!("sts {}: {why}", action.name)))
}

fn credential(
    vendor: Vendor,
    answer: Answer,
    now: i64,
    lasts: i64,
) -> Result<Credential, &'static str> {
    let mut handed = answer.credentials.ok_or("the answer has no Credentials")?;
    let (id, key, token) = match vendor {
        Vendor::Tencent => (
            handed.tmp_secret_id.take(),
            handed.tmp_secret_key.take(),
            handed.token.take(),
        ),
        Vendor::Volcengine => (
            handed.access_key_id.take(),
            handed.secret_access_key.take(),
            handed.session_token.take(),
        ),
    };
    let (Some(id), Some(key), Some(token)) = (id, key, token) else {
        return Err("the answer's Credentials lack the id, the key or the token");
    };
    let ends = [
        answer.expired_time,
        answer.expiration,
        handed.expired_time.take(),
        handed.expiration.take(),
    ];
    let end = match ends.into_iter().flatten().next() {
        Some(end) => moment::parse(&end).ok_or("the answer's expiry is no point in time")?,
        // It lasts as long as it was asked for.
        None => now.saturating_add(lasts),
    };
    let credential = Credential::new(id, key).with_token(token).with_expiry(end);
    Ok(match vendor {
        Vendor::Tencent => credential.renewed_early(TENCENT_EARLY),
        Vendor::Volcengine => credential,
    })
}
