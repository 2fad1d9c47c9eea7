//! In: the JSON of a message that is known to be the vendor's. Out: an open event: typed where its kind is described.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

use super::types::{
    EsignKind, FlowStatusChange, OperateSeal, OrgAuth, OrgCertify, OrgOpenTsignBiz, VerifyStaffInfo,
};
use crate::callback::open::{self, Json};
use crate::callback::{EventKey, Rejection};
use crate::{Error, JsonValue, TextEnum};

/// A message of Tencent E-Sign.
///
/// `Debug` shows the kind and the typed part without personal data, and nothing of [`json`](Self::json).
#[derive(Clone)]
pub struct EsignEvent {
    key: EventKey,
    encrypted: bool,
    id: Option<String>,
    version: Option<String>,
    kind: Option<EsignKind>,
    data: EsignData,
    problem: Option<String>,
    json: JsonValue,
}

/// What a message carries, by its kind.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum EsignData {
    /// `FlowStatusChange`, or a message of the older form, which names no kind.
    FlowStatusChange(Box<FlowStatusChange>),
    /// `OperateSeal`
    OperateSeal(Box<OperateSeal>),
    /// `OrgAuth`
    OrgAuth(Box<OrgAuth>),
    /// `OrgCertify`
    OrgCertify(Box<OrgCertify>),
    /// `OrgOpenTsignBiz`
    OrgOpenTsignBiz(Box<OrgOpenTsignBiz>),
    /// `VerifyStaffInfo`
    VerifyStaffInfo(Box<VerifyStaffInfo>),
    /// Anything else: see [`EsignEvent::message`].
    Other,
}

impl EsignEvent {
    pub(super) fn read(bytes: &[u8], key: EventKey, encrypted: bool) -> Result<Self, Rejection> {
        let bytes = open::without_mark(bytes);
        let fields: BTreeMap<String, Box<RawValue>> =
            serde_json::from_slice(bytes).map_err(|error| Rejection::unreadable(&error))?;
        let json = serde_json::from_slice(bytes).map_err(|error| Rejection::unreadable(&error))?;
        let kind = text(&json, "MsgType").map(|text| EsignKind::from_text(&text));
        // The older form for companies is the state of a contract, without a frame around it.
        let message = match (&kind, fields.get("MsgData")) {
            (None, None) => bytes,
            (_, Some(message)) => message.get().as_bytes(),
            (Some(_), None) => b"{}",
        };
        let is_older_form = kind.is_none() && fields.contains_key("FlowId");
        let read = match &kind {
            None if is_older_form => open::read(message, EsignData::FlowStatusChange),
            Some(kind) => typed(kind, message),
            None => Ok(EsignData::Other),
        };
        let (data, problem) = match read {
            Ok(data) => (data, None),
            Err(problem) => (EsignData::Other, Some(problem.to_string())),
        };
        Ok(Self {
            key,
            encrypted,
            id: text(&json, "MsgId"),
            version: text(&json, "MsgVersion"),
            kind,
            data,
            problem,
            json,
        })
    }

    /// What the message is about; `None` in the older form for companies, which sends nothing but states of contracts.
    pub fn kind(&self) -> Option<&EsignKind> {
        self.kind.as_ref()
    }

    /// The vendor's id of the message (`MsgId`).
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Which side sent it: `CustomApp` for companies, `ThirdPartyApp` for platforms.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// What it carries.
    pub fn data(&self) -> &EsignData {
        &self.data
    }

    /// The JSON of what it carries, with the fields that the typed part does not have. Personal data.
    pub fn message(&self) -> &JsonValue {
        self.json.get("MsgData").unwrap_or(&self.json)
    }

    /// The whole message. Personal data.
    pub fn json(&self) -> &JsonValue {
        &self.json
    }

    /// Why a message of a known kind is [`EsignData::Other`]: the path of the field that has another type than described.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Whether it came encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// What a [`ReplayGuard`](crate::callback::ReplayGuard) knows it by: the same for the same bytes.
    pub fn key(&self) -> EventKey {
        self.key
    }
}

fn typed(kind: &EsignKind, message: &[u8]) -> Result<EsignData, Error> {
    match kind {
        EsignKind::FlowStatusChange => open::read(message, EsignData::FlowStatusChange),
        EsignKind::OperateSeal => open::read(message, EsignData::OperateSeal),
        EsignKind::OrgAuth => open::read(message, EsignData::OrgAuth),
        EsignKind::OrgCertify => open::read(message, EsignData::OrgCertify),
        EsignKind::OrgOpenTsignBiz => open::read(message, EsignData::OrgOpenTsignBiz),
        EsignKind::VerifyStaffInfo => open::read(message, EsignData::VerifyStaffInfo),
        EsignKind::Unknown(_) => Ok(EsignData::Other),
    }
}

/// A text of the frame, also if it is a number.
fn text(json: &Json, name: &str) -> Option<String> {
    match json.get(name)? {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl fmt::Debug for EsignEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EsignEvent")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("version", &self.version)
            .field("data", &self.data)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
