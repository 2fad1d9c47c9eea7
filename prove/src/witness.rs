//! A change and its subject in, the programs that show its verdict about source out: each with what a compiler has to say to it
//! before and after.

mod text;

use yunqiao_diff::{Change, Source};

use crate::subject::{Item, Subject};
use text::Text;

/// A function or two that use what a change is about, as a caller would.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    /// Rust, in which `yunqiao` is the generated crate.
    pub(crate) text: String,
    /// Names at the end of the paths that the change is about: a warning about anything else is none of its business.
    pub(crate) names: Vec<String>,
    /// What the compiler says on the old side.
    pub(crate) before: Expected,
    /// What it says on the new side.
    pub(crate) after: Expected,
    /// An expression for what the code means where it runs, as a text.
    pub(crate) meaning: Option<String>,
    /// Whether that is to differ.
    pub(crate) means_otherwise: bool,
}

/// What a compiler has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// That it compiles, deprecated or not.
    Compiles,
    /// That it compiles, and no warning that was not there before.
    NoNewWarning,
    /// That it compiles, and that something is deprecated.
    Deprecated,
    /// That it compiles, and that something is deprecated which was not.
    NewlyDeprecated,
    /// That it does not compile.
    Fails,
    /// Anything.
    Anything,
}

impl Expected {
    /// After the change, of what was there before it. What goes may have been deprecated already.
    fn after(verdict: Source, goes: bool) -> Self {
        match verdict {
            Source::Ok => Self::NoNewWarning,
            Source::Warning if goes => Self::Deprecated,
            Source::Warning => Self::NewlyDeprecated,
            Source::Break => Self::Fails,
            Source::Silent => Self::Compiles,
        }
    }
}

/// Rules of what has another name on the new side.
const RENAMES: [&str; 5] = ["C7", "D38", "E28", "F3", "X3"];

/// Every witness of a change; none where neither side has what it is about.
pub(crate) fn witnesses(change: &Change, subject: &Subject<'_>) -> Vec<Witness> {
    let verdict = change.verdict().source;
    let is_dead = |item: Option<Item<'_>>| item.is_some_and(|item| item.is_dead());
    let is_renamed = RENAMES.contains(&change.rule.id);
    let goes = is_renamed || (is_dead(subject.new) && !is_dead(subject.old));
    let stays = |text: Text| Witness {
        text: text.code,
        names: text.names,
        before: Expected::Compiles,
        after: Expected::after(verdict, goes),
        means_otherwise: verdict == Source::Silent,
        meaning: text.meaning,
    };
    let comes = |text: Text, before: Expected| Witness {
        text: text.code,
        names: text.names,
        before,
        after: Expected::NoNewWarning,
        means_otherwise: false,
        meaning: None,
    };
    let mut found = Vec::new();
    match change.rule.id {
        "C17" => {
            found.extend(subject.old.map(|old| stays(text::of(&old))));
            let new = subject.new.and_then(|new| text::wait(&new));
            found.extend(new.map(|new| comes(new, Expected::Fails)));
        }
        "C21" => {
            found.extend(subject.old.map(|old| stays(text::of(&old))));
            let new = subject.new.and_then(|new| text::items(&new));
            found.extend(new.map(|new| comes(new, Expected::Fails)));
        }
        "C18" | "C19" => found.extend(subject.old.and_then(|old| text::wait(&old)).map(stays)),
        "C22" | "C23" => {
            let text = subject.old.and_then(|old| text::items(&old));
            // The list that a page holds is what it was.
            let silent = |text: Text| Text {
                meaning: None,
                ..text
            };
            found.extend(text.map(silent).map(stays));
        }
        "C24" | "C26" => {
            found.extend(subject.old.and_then(|old| text::items(&old)).map(stays));
        }
        "F7" => {
            found.extend(subject.old.map(|old| stays(text::of(&old))));
            if let (Some(Item::Struct(_, old)), Some(Item::Struct(service, new))) =
                (subject.old, subject.new)
                && new.in_request
                && !old.in_request
            {
                let new = text::of(&Item::Struct(service, new));
                found.push(comes(new, Expected::Fails));
            }
        }
        "A2" | "A6" => {
            let old = subject.old.map(|old| text::whole_service(&old));
            found.extend(old.map(stays));
        }
        "A1" | "A5" => {
            found.extend(subject.around.map(|around| stays(text::of(&around))));
            let before = match subject.old {
                Some(_) => Expected::Anything,
                None => Expected::Fails,
            };
            let new = subject.new.map(|new| text::whole_service(&new));
            found.extend(new.map(|new| comes(new, before)));
        }
        "D42" => {
            let meant = subject.old.map(|old| text::meant(&old, change));
            found.extend(meant.map(stays));
        }
        _ => {
            let is_there = subject.old.is_some_and(|old| !old.is_dead());
            match subject.new.filter(|new| !new.is_dead() && !is_there) {
                // It comes: callers who do not use it notice nothing, and those who do can.
                Some(new) => {
                    found.extend(subject.around.map(|around| stays(text::of(&around))));
                    let before = match subject.old {
                        Some(_) => Expected::Anything,
                        None => Expected::Fails,
                    };
                    found.push(comes(text::of(&new), before));
                }
                None => found.extend(subject.old.map(|old| stays(text::of(&old)))),
            }
        }
    }
    found
}
