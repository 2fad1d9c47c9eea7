//! In: a choice, and the places where an answer differs from its description. Out: nothing, a report, or an error.

use std::fmt;
use std::sync::Arc;

use crate::codec::{Context, Deviation};
use crate::error::{Error, Kind};
use crate::operation::Action;

/// What a configuration does with answers that differ from their descriptions and can be read all the same.
#[derive(Clone, Default)]
pub(crate) enum Drift {
    /// Nothing; nobody looks.
    #[default]
    Ignored,
    /// The call fails.
    Refused,
    /// Somebody is told.
    Told(Arc<dyn Fn(&DriftReport<'_>) + Send + Sync>),
}

impl Drift {
    /// The context to read an answer in.
    pub(crate) fn context(&self) -> Context {
        match self {
            Self::Ignored => Context::default(),
            Self::Refused | Self::Told(_) => Context::strict(),
        }
    }

    /// Judges an answer that has been read.
    pub(crate) fn judge(
        &self,
        action: &Action,
        request_id: Option<&str>,
        context: Context,
    ) -> Result<(), Error> {
        let deviations = context.deviations.unwrap_or_default();
        if deviations.is_empty() {
            return Ok(());
        }
        match self {
            Self::Ignored => Ok(()),
            Self::Refused => Err(Error::new(Kind::Drift(deviations))),
            Self::Told(tell) => {
                tell(&DriftReport {
                    action,
                    request_id,
                    deviations: &deviations,
                });
                Ok(())
            }
        }
    }
}

impl fmt::Debug for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ignored => "Ignored",
            Self::Refused => "Refused",
            Self::Told(_) => "Told",
        })
    }
}

/// Where one answer differs from its description: unknown fields and values, numbers as text, `null` for a list. Values are
/// never in it. See [`ConfigBuilder::on_drift`](crate::ConfigBuilder::on_drift).
#[derive(Debug)]
pub struct DriftReport<'a> {
    action: &'a Action,
    request_id: Option<&'a str>,
    deviations: &'a [Deviation],
}

impl<'a> DriftReport<'a> {
    /// The service that answered.
    pub fn service(&self) -> &'a str {
        self.action.service().name()
    }

    /// The action that was called.
    pub fn action(&self) -> &'a str {
        self.action.name()
    }

    /// The vendor's id of the request.
    pub fn request_id(&self) -> Option<&'a str> {
        self.request_id
    }

    /// Each place, by its JSON path.
    pub fn deviations(&self) -> &'a [Deviation] {
        self.deviations
    }
}

/// One line, and one more for each place.
impl fmt::Display for DriftReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.service(), self.action())?;
        list(self.deviations, f)
    }
}

/// The sentence and the places.
pub(crate) fn list(deviations: &[Deviation], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let count = deviations.len();
    let s = if count == 1 { "" } else { "s" };
    write!(
        f,
        "the answer differs from its description in {count} place{s}:"
    )?;
    deviations
        .iter()
        .try_for_each(|deviation| write!(f, "\n  {deviation}"))
}
