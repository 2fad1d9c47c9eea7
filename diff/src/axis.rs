//! The four questions about a change, never merged into one word, and what follows from the answers: its class and the bump.

use std::fmt;

/// Does a program that is deployed keep working when the server follows the new schema? No release can mend this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// It does.
    #[default]
    Ok,
    /// It may not, depending on values.
    Risk,
    /// It does not: calls are refused, or answers cannot be read.
    Fail,
    /// It goes on and means something else.
    Silent,
}

/// Does the code of callers compile after an upgrade?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// It does.
    #[default]
    Ok,
    /// It does, with a warning.
    Warning,
    /// It does not.
    Break,
    /// It does, and means something else.
    Silent,
}

/// What a change is beside wire and source, where it is anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Nothing that anybody could notice.
    None,
    /// Prose.
    Docs,
    /// Something new beside what there was.
    Additive,
    /// Prose that may hide a list of values, a unit or a duty: for a person to read.
    Review,
    /// Upgraded code that compiles acts differently.
    Behaviour,
    /// Something private may come to light: for a person to sign.
    Security,
}

/// How bad it is, in one word for sorting; the worst comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// No change for anybody.
    None,
    /// Prose.
    Docs,
    /// Something new.
    Additive,
    /// Prose to be read.
    Review,
    /// Acts differently.
    Behaviour,
    /// Needs a signature.
    Security,
    /// Deployed programs are hit.
    Wire,
    /// Callers do not compile.
    Compile,
    /// Compiles, or goes on, and means something else.
    Silent,
}

impl Class {
    /// From the worst to the mildest, as reports have them.
    pub const WORST_FIRST: [Self; 9] = [
        Self::Silent,
        Self::Compile,
        Self::Wire,
        Self::Security,
        Self::Behaviour,
        Self::Review,
        Self::Additive,
        Self::Docs,
        Self::None,
    ];

    /// The class of these answers.
    pub(crate) fn of(wire: Wire, source: Source, kind: Kind) -> Self {
        let by_kind = match kind {
            Kind::None => Self::None,
            Kind::Docs => Self::Docs,
            Kind::Additive => Self::Additive,
            Kind::Review => Self::Review,
            Kind::Behaviour => Self::Behaviour,
            Kind::Security => Self::Security,
        };
        let by_source = match source {
            Source::Ok => Self::None,
            // Something stays under its name and is told to go.
            Source::Warning => Self::Additive,
            Source::Break => Self::Compile,
            Source::Silent => Self::Silent,
        };
        let by_wire = match wire {
            Wire::Ok => Self::None,
            // What prose may mean is for a person to say, and documented widths and formats are wrong too often to alarm.
            Wire::Risk if matches!(kind, Kind::Review | Kind::Docs) => Self::None,
            Wire::Risk | Wire::Fail => Self::Wire,
            Wire::Silent => Self::Silent,
        };
        by_kind.max(by_source).max(by_wire)
    }

    /// Whether callers or deployed programs are hit.
    #[must_use]
    pub fn is_breaking(self) -> bool {
        self >= Self::Wire
    }
}

/// Which part of a version has to go up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// None.
    #[default]
    None,
    /// The last.
    Patch,
    /// The middle one.
    Minor,
    /// The first.
    Major,
}

macro_rules! words {
    ($($ty:ty { $($variant:ident = $word:literal),+ $(,)? })+) => {
        $(
            impl $ty {
                /// The word in reports and in JSON.
                #[must_use]
                pub const fn word(self) -> &'static str {
                    match self { $(Self::$variant => $word),+ }
                }
            }

            impl fmt::Display for $ty {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(self.word())
                }
            }
        )+
    };
}

words! {
    Wire { Ok = "ok", Risk = "RISK", Fail = "FAIL", Silent = "SILENT" }
    Source { Ok = "ok", Warning = "warning", Break = "BREAK", Silent = "SILENT" }
    Class {
        None = "none", Docs = "docs", Additive = "additive", Review = "review", Behaviour = "behaviour",
        Security = "SECURITY", Wire = "wire", Compile = "compile", Silent = "SILENT",
    }
    Bump { None = "none", Patch = "patch", Minor = "minor", Major = "major" }
}
