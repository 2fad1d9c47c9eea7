//! A change in, why no call can show its verdict about the wire out: it is about meaning or habits, not about bytes.

use yunqiao_diff::Change;

/// A rule without a witness on the wire.
#[derive(Debug, PartialEq, Eq)]
pub struct Unshown {
    /// The rule.
    pub rule: &'static str,
    /// Why nothing can show it.
    pub reason: &'static str,
}

/// Every rule whose verdict about the wire no call can show.
pub const UNSHOWN: &[Unshown] = &[
    Unshown {
        rule: "C14",
        reason: "how often a server is called is no matter of one call",
    },
    Unshown {
        rule: "C23",
        reason: "whether a server still pages as it did is not described",
    },
    Unshown {
        rule: "E24",
        reason: "a format is how people read a text; every text arrives",
    },
    Unshown {
        rule: "H3",
        reason: "prose: what it means is for a person to read",
    },
];

pub(crate) fn reason(change: &Change) -> Option<&'static str> {
    let mut table = UNSHOWN.iter();
    let found = table.find(|one| one.rule == change.rule.id);
    found.map(|one| one.reason)
}
