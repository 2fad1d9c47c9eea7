//! The name of an action in, the answer that a test wants for it out.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value as Json;
use yunqiao_model::api::ServiceId;

use crate::lookup::{Catalogue, Found};

mod bomb;

/// An answer that a test chooses instead of the schema's.
///
/// It takes effect after the usual checks: a call with a bad signature or a missing parameter is refused all the same.
///
/// ```
/// use std::time::Duration;
/// use yunqiao_mock::Answer;
///
/// let busy = Answer::error("RequestLimitExceeded", "Too many calls.").after(Duration::from_millis(5));
/// # let _ = busy;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub(crate) kind: Kind,
    pub(crate) delay: Duration,
    pub(crate) headers: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Fields(Json),
    Events(Vec<Json>),
    Error {
        code: String,
        message: String,
    },
    Raw {
        status: u16,
        content_type: String,
        body: Vec<u8>,
    },
}

impl Answer {
    /// The answer's fields; the envelope and the request id are added. Of a call that asks for a stream, they are its one event. Tencent's envelope can carry nothing but an object,
    /// Volcengine's also a text.
    pub fn fields(fields: Json) -> Self {
        Self::new(Kind::Fields(fields))
    }

    /// An answer in pieces, as `text/event-stream`: the fields of each event, without an envelope. Whether the request asks for a
    /// stream does not matter.
    pub fn events(events: impl IntoIterator<Item = Json>) -> Self {
        Self::new(Kind::Events(events.into_iter().collect()))
    }

    /// An error in the vendor's envelope. HTTP status and numeric code are those that the schemas declare for the code, or 200
    /// and none.
    pub fn error(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Kind::Error {
            code: code.into(),
            message: message.into(),
        })
    }

    /// Exactly these bytes, for answers that no envelope holds, such as a proxy's error page.
    ///
    /// # Panics
    /// If the status is not between 200 and 599, or the content type cannot stand in a header.
    #[track_caller]
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        let content_type = content_type.into();
        assert!(
            (200..600).contains(&status),
            "{status} is no status of a final answer"
        );
        let printable = content_type
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic());
        assert!(printable, "the content type cannot stand in a header");
        Self::new(Kind::Raw {
            status,
            content_type,
            body: body.into(),
        })
    }

    /// Waits before answering, for tests of time limits.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// A gzip bomb: blanks, 160 times as many as it has bytes. Its
    /// header says `Content-Encoding: gzip`, whatever the client has asked for.
    pub fn gzip_bomb(unpacked_bytes: u64) -> Self {
        Self::raw(200, "application/json", bomb::gzip(unpacked_bytes))
            .with_header("content-encoding", "gzip")
    }

    /// A header that the answer has besides, in place of one that the cloud would send. Names are in lower case.
    ///
    /// # Panics
    /// If name or value cannot stand in a header.
    #[must_use]
    #[track_caller]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(
            !name.is_empty() && name.bytes().all(is_name),
            "the name cannot stand in a header"
        );
        assert!(
            value
                .bytes()
                .all(|byte| byte == b' ' || byte.is_ascii_graphic()),
            "the value cannot stand in a header"
        );
        self.headers.push((name, value));
        self
    }

    fn new(kind: Kind) -> Self {
        Self {
            kind,
            delay: Duration::ZERO,
            headers: Vec::new(),
        }
    }
}

/// The answers that tests have asked for.
#[derive(Debug, Default)]
pub(crate) struct Asked(Mutex<Vec<Rule>>);

#[derive(Debug)]
struct Rule {
    /// An action, or more of its path: `VENDOR/SERVICE/VERSION/ACTION`.
    name: String,
    choice: Choice,
    once: bool,
}

/// What a rule answers.
pub(crate) enum Choice {
    Fixed(Answer),
    /// What is made of the request.
    Made(Box<MakeAnswer>),
}

/// Makes an answer of the parameters of a request.
pub(crate) type MakeAnswer = dyn Fn(&Json) -> Answer + Send + Sync;

impl Choice {
    fn answer(&self, request: &Json) -> Answer {
        match self {
            Self::Fixed(answer) => answer.clone(),
            Self::Made(make) => make(request),
        }
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(answer) => answer.fmt(f),
            Self::Made(_) => f.write_str("made of the request"),
        }
    }
}

impl Asked {
    pub(crate) fn add(&self, name: &str, choice: Choice, once: bool) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Rule {
                name: name.to_owned(),
                choice,
                once,
            });
    }

    pub(crate) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// The answer for this call: single answers in the order of asking, then the lasting one that was asked for last.
    pub(crate) fn take(&self, found: Found<'_>, request: &Json) -> Option<Answer> {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = rules
            .iter()
            .position(|rule| rule.once && is_called(&rule.name, found))
        {
            return Some(rules.remove(at).choice.answer(request));
        }
        rules
            .iter()
            .rfind(|rule| !rule.once && is_called(&rule.name, found))
            .map(|rule| rule.choice.answer(request))
    }
}

/// Whether any action of the schemas is called so.
pub(crate) fn is_known(catalogue: &Catalogue, name: &str) -> bool {
    catalogue.actions().any(|found| is_called(name, found))
}

/// Whether the name is that of the action.
pub(crate) fn is_called(name: &str, found: Found<'_>) -> bool {
    names(name, &found.service.id, &found.action.name)
}

/// Whether the name is the action's, or more of its path: service and version, or the service alone, may stand before it, and the
/// vendor before these. Parts are divided by slashes or dots.
fn names(name: &str, id: &ServiceId, action: &str) -> bool {
    let mut parts = name.rsplit(['/', '.']);
    if parts.next() != Some(action) {
        return false;
    }
    let path = [&id.version, &id.service, id.vendor.folder()];
    let fits = |path: &[&str]| {
        let mut path = path.iter();
        parts.clone().all(|part| path.next() == Some(&part))
    };
    fits(&path) || fits(&path[1..])
}

#[cfg(test)]
mod tests {
    use yunqiao_model::api::{ServiceId, Vendor};

    use super::names;

    #[test]
    fn a_name_is_an_end_of_the_path() {
        let id = ServiceId {
            vendor: Vendor::Tencent,
            service: "ess".to_owned(),
            version: "2020-11-11".to_owned(),
        };
        for name in [
            "CreateFlow",
            "2020-11-11/CreateFlow",
            "ess/2020-11-11/CreateFlow",
            "tencent/ess/2020-11-11/CreateFlow",
            "ess.CreateFlow",
            "tencent/ess/CreateFlow",
        ] {
            assert!(names(name, &id, "CreateFlow"), "{name}");
        }
        for name in [
            "Flow",
            "createflow",
            "tencent/CreateFlow",
            "essbasic.CreateFlow",
            "",
            "x/tencent/ess/2020-11-11/CreateFlow",
        ] {
            assert!(!names(name, &id, "CreateFlow"), "{name}");
        }
    }
}
