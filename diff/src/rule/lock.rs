//! The rules of what no schema shows and `api.lock` does, and the list of those rules that it shows at all.

use super::{Mirror, Rule, Verdict};
use crate::axis::{Bump, Kind, Source, Wire};

const BREAK: Verdict = Verdict {
    wire: Wire::Ok,
    source: Source::Break,
    kind: Kind::None,
    bump: Bump::Major,
};

/// A name without a version, such as a service's own `Client::send_sms`, leads to another version.
pub static MOVED: Rule = Rule {
    id: "A7",
    title: "name without a version leads elsewhere",
    guarded: BREAK,
    bare: None,
    why: "Whoever leaves the version out gets the method or the type of another one, or none.",
    mirror: Mirror::Own,
};

/// The generator makes something else of the same schemas. With its guard, nothing that was pinned is lost.
pub static GENERATOR: Rule = Rule {
    id: "H8",
    title: "generator changed what callers see",
    guarded: Verdict {
        wire: Wire::Ok,
        source: Source::Ok,
        kind: Kind::Additive,
        bump: Bump::Minor,
    },
    bare: Some(BREAK),
    why: "The committed locks differ, and the schemas do not say why.",
    mirror: Mirror::Own,
};

/// Rules of changes that can show in `api.lock`: they are about names, types, and what is there at all. Duties, limits, marks,
/// hosts and prose never do.
pub static SHOWN: &[&str] = &[
    "A1", "A2", "A5", "A6", "B5", "B11", "B14", "C1", "C3", "C7", "C8", "C17", "C18", "C21", "C22",
    "C24", "C26", "D1", "D2", "D3", "D4", "D5", "D12", "D13", "D14", "D15", "D16", "D17", "D18",
    "D19", "D20", "D21", "D22", "D23", "D24", "D37", "D38", "D41", "D42", "D43", "E1", "E3", "E6",
    "E13", "E14", "E16", "E17", "E18", "E19", "E20", "E21", "E22", "E27", "E28", "E34", "E35",
    "F1", "F2", "F3", "F11", "X1", "X2", "X3", "X7", "H11",
];
