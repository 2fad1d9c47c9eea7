//! In: a constant of generated code, or a value made at run time. Out: one handle for both, cheap to clone, leaking nothing.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A service or an action, whoever made it.
pub(crate) enum Shared<T: 'static> {
    Constant(&'static T),
    Counted(Arc<T>),
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Constant(value) => value,
            Self::Counted(value) => value,
        }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(value),
            Self::Counted(value) => Self::Counted(Arc::clone(value)),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
