//! What happens to a stream in; how many of its parts may come and how it may end, out.

use crate::mishap::Mishap;

/// What an honest client can tell of a stream that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// So many parts came for sure.
    pub(crate) least: usize,
    /// More did not come.
    pub(crate) most: usize,
    /// The stream came to an end in good order.
    pub(crate) ends: bool,
}

impl Flow {
    /// Of a stream of so many parts.
    pub(crate) fn of(mishap: Option<Mishap>, parts: usize) -> Self {
        let (half, last) = (parts / 2, parts.saturating_sub(1));
        let (least, most, ends) = match mishap {
            None
            | Some(Mishap::Twice | Mishap::CloseAfter | Mishap::DripSlow | Mishap::DripQuick) => {
                (parts, parts, true)
            }
            Some(Mishap::HalfBody) => (half, half, true),
            Some(
                Mishap::CutBody | Mishap::StallBody | Mishap::BrokenEvent | Mishap::ThrottledEvent,
            ) => (half, half, false),
            // The last part is there, in a frame that is not.
            Some(Mishap::LengthTooLong) => (last, parts, false),
            Some(Mishap::LengthTooShort) => (last, last, false),
            // Nothing that is a stream.
            Some(_) => (0, 0, false),
        };
        Self { least, most, ends }
    }
}
