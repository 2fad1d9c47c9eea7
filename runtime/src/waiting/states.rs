//! In: states of a job by their texts, from generated code or made at run time. Out: one list for both.

/// States, numbers as texts.
#[derive(Debug, Clone)]
pub(crate) enum States {
    Constant(&'static [&'static str]),
    Described(Vec<String>),
}

impl States {
    /// Whether it is one of them.
    pub(super) fn has(&self, state: &str) -> bool {
        match self {
            Self::Constant(states) => states.contains(&state),
            Self::Described(states) => states.iter().any(|own| own == state),
        }
    }
}
