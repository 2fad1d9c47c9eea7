//! Rows of the truth table that cannot come up here, each with its reason.

/// A kind of change that is no rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Absent {
    /// Its name in the truth table.
    pub id: &'static str,
    /// Why it cannot come up, or what is reported in its place.
    pub reason: &'static str,
}

macro_rules! absent {
    ($($id:ident $reason:literal)+) => {
        /// Every row without a rule.
        pub static ABSENT: &[Absent] = &[$(Absent { id: stringify!($id), reason: $reason }),+];
    };
}

absent! {
    A3 "A module is named after its folder, which is the name on the wire."
    A4 "The name on the wire is the folder; another one is another service (A1, A2). A host is B3, a signing name B5."
    A7 "No schema shows it: api.lock pins which version a name without a version leads to. Told where the surfaces of both sides are compared."
    B1 "Regions are texts; no list of them is kept."
    B2 "As B1."
    B9 "Both protocols know one path."
    C2 "No trait of a service can be implemented."
    C6 "An action that is offline has the mark `removed:`, which is C3."
    C9 "Requests are named after their action; what is in them is compared field by field."
    C10 "As C9, for answers."
    C11 "An action always answers with a struct."
    C15 "Limits are read through functions, never from a typed constant."
    C16 "No timeout is described."
    C20 "Shows as fields that go and fields that come (D, E), and a waiter (C17)."
    D8 "Whether a value may be null is not described: no type depends on it."
    D26 "No default is sent: what is missing is left out."
    D29 "Rules between fields are prose (`required_if:`): one that comes, goes or says otherwise is H3."
    D31 "What is sensitive keeps its type and is hidden by `Debug`: D30."
    D35 "There are no positional arguments: D34."
    D36 "There are no positional arguments: D34."
    E2 "Every struct has the same traits, whatever is in it."
    E4 "A collision is an error of the generator that `rust:` solves; no name moves by itself."
    E5 "Every field of an answer is an `Option` or a `Vec`: E6."
    E7 "Whether an answer's field may be missing is not described: no type depends on it."
    E8 "As E7."
    E9 "As E7: null is an empty list."
    E10 "Null among the items of a list is read leniently, whatever the description."
    E15 "There is one width of floats."
    E23 "Every enum is open."
    E29 "Shows as a field that goes (D4, E6) and one that comes elsewhere (D1, E1): no two places know of each other."
    E31 "What is in a text is prose: H3."
    F4 "All types of a version are in its one module."
    F5 "Shows as a struct that goes (F2) and fields of another type (D23)."
    F6 "Shows as structs that come (F1) and fields of another type (D23)."
    F9 "Names of structs are those on the wire."
    F10 "Every struct can be empty, whatever is required."
    H6 "Nothing is reported: files are read before they are compared."
    H7 "Nothing is reported: the model has no provenance."
    H8 "No schema shows it. Told where the committed locks of both sides are compared."
    H9 "A feature is named after its service: A2, A6."
    H10 "There is one crate."
}
