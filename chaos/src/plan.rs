//! A seed and a call's number in, all that is to happen to the call out.

use std::time::Duration;

use crate::dice::Dice;
use crate::kinds::{KINDS, Kind, Sort};
use crate::mishap::Mishap;

/// What begins the marker that each request carries in one of its fields; the call's number follows.
pub(crate) const MARK: &str = "chaos";
/// Digits of the number.
const DIGITS: usize = 8;

/// How long an attempt may take. Short, so that a stall costs little.
pub(crate) const ATTEMPT: Duration = Duration::from_millis(250);
/// How long a stream may be silent.
pub(crate) const IDLE: Duration = Duration::from_millis(150);
/// How long a whole call may take, as one of these.
const TOTAL: [Duration; 2] = [Duration::from_millis(350), Duration::from_millis(800)];
/// Attempts of one call that may meet trouble; later ones meet none.
const MOST_MISHAPS: usize = 4;

/// Which way a call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Over the line with the troubles.
    Line,
    /// To a port that refuses connections.
    Closed,
    /// Over the line, signed by a clock that is an hour slow.
    WrongClock,
    /// Over the line, within the documented limits of the actions.
    Limited,
}

/// What is to happen to a call. The same seed and number give the same plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which call it is.
    pub number: u64,
    /// What is called.
    pub kind: &'static Kind,
    /// Which way it goes.
    pub way: Way,
    /// Whether the request is large, if the action can be.
    pub large: bool,
    /// Whether it is made on a thread that waits for it.
    pub blocking: bool,
    /// In how many parts the answer comes, if it streams.
    pub parts: usize,
    /// Whether the credential is a temporary one.
    pub temporary: bool,
    /// How long the call may take.
    pub total: Duration,
    /// After which time the caller loses interest.
    pub abandoned_after: Option<Duration>,
    /// What happens to each attempt, beginning with the first. Nothing happens to those that are not listed.
    pub mishaps: Vec<Mishap>,
}

impl Plan {
    /// The plan of a call.
    #[must_use]
    pub fn new(seed: u64, number: u64) -> Self {
        let mut dice = Dice::new(seed, number);
        let kind = &KINDS[dice.below(KINDS.len())];
        let way = match dice.below(100) {
            0..3 => Way::Closed,
            3..5 => Way::WrongClock,
            5..8 => Way::Limited,
            _ => Way::Line,
        };
        let large = kind.may_be_large && dice.percent(10);
        let temporary = dice.percent(30);
        let total = dice.pick(&TOTAL);
        let blocking = dice.percent(20);
        let parts = if kind.sort == Sort::Stream {
            2 + dice.below(8)
        } else {
            0
        };
        // A thread that waits cannot lose interest.
        let abandoned_after = (!blocking && dice.percent(2))
            .then(|| dice.pick(&[0, 1, 2, 5, 20, 100].map(Duration::from_millis)));
        let mut mishaps = Vec::new();
        if way != Way::Closed {
            // A burst lasts: the same thing happens to some attempts one after the other.
            let mut chance = 60;
            while mishaps.len() < MOST_MISHAPS && dice.percent(chance) {
                let again = mishaps.last().copied().filter(|_| dice.percent(40));
                mishaps.push(again.unwrap_or_else(|| befalling(kind.sort, &mut dice)));
                chance = 45;
            }
        }
        Self {
            number,
            kind,
            way,
            large,
            blocking,
            parts,
            temporary,
            total,
            abandoned_after,
            mishaps,
        }
    }

    /// What happens to an attempt, the first of which is 0.
    pub(crate) fn mishap(&self, attempt: usize) -> Option<Mishap> {
        self.mishaps.get(attempt).copied()
    }

    /// What the parts of the answer say, in their order.
    pub(crate) fn telling(&self) -> impl Iterator<Item = String> + use<'_> {
        let (all, marker) = (self.parts, self.short_marker());
        (1..=all).map(move |part| format!("part {part} of {all} of {marker}"))
    }

    /// The text by which the request is known again: 32 characters for identifiers that must have so many.
    pub(crate) fn marker(&self) -> String {
        format!("{:z<32}", self.short_marker())
    }

    /// The same for fields that hold few characters.
    pub(crate) fn short_marker(&self) -> String {
        format!("{MARK}{:0DIGITS$}", self.number)
    }
}

/// Something that can happen to such a call; often, what is typical of it.
fn befalling(sort: Sort, dice: &mut Dice) -> Mishap {
    let typical = dice.percent(40);
    loop {
        let mishap = dice.pick(Mishap::ALL);
        if mishap.befalls(sort) && (!typical || mishap.is_typical(sort)) {
            return mishap;
        }
    }
}

/// The call's number in a text that begins with the mark.
pub(crate) fn number(text: &[u8]) -> Option<u64> {
    let digits = text.strip_prefix(MARK.as_bytes())?.get(..DIGITS)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}
