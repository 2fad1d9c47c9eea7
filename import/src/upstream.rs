//! The text of an `api.json` in, what it declares out, or every problem at its place. Nothing is believed: any shape may come.

use std::collections::BTreeMap;

mod check;
mod graph;
pub(crate) mod place;
mod read;

use crate::Problem;

/// Largest file that is read, in bytes. The largest real one is a tenth of it.
pub const MAX_BYTES: u64 = 64 << 20;

/// One version of one service, as the vendor's metadata describe it.
#[derive(Debug, Default)]
pub(crate) struct Upstream {
    /// First label of the host, and the name that signatures use.
    pub(crate) service: String,
    /// `YYYY-MM-DD`.
    pub(crate) version: String,
    /// What the vendor calls the service, and says about it.
    pub(crate) prose: Vec<String>,
    pub(crate) actions: BTreeMap<String, Action>,
    /// Structures that are no action's input or output.
    pub(crate) structs: BTreeMap<String, Struct>,
    /// Structures that no action reaches; they are left out.
    pub(crate) strays: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Action {
    pub(crate) status: Status,
    /// The answer comes as server-sent events.
    pub(crate) streaming: bool,
    pub(crate) request: Vec<Member>,
    /// Without `RequestId`.
    pub(crate) response: Vec<Member>,
    pub(crate) prose: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Status {
    #[default]
    Online,
    Deprecated,
    Offline,
}

#[derive(Debug, Default)]
pub(crate) struct Struct {
    pub(crate) members: Vec<Member>,
    /// Where the vendor says it occurs: `in`, `out` or `both`; often wrong.
    pub(crate) usage: String,
    pub(crate) prose: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) ty: MemberType,
    pub(crate) required: bool,
    pub(crate) disabled: bool,
    /// An answer may hold null here although the member is flagged as present.
    pub(crate) present_or_null: bool,
    pub(crate) example: String,
    pub(crate) prose: String,
}

/// A member's type. There is no list of lists, no map and no union upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberType {
    pub(crate) list: bool,
    pub(crate) item: Item,
}

/// What a member, or each entry of its list, is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// A type that the dialect knows under the same name, with its format.
    Scalar(&'static str, Option<&'static str>),
    /// A struct by its name.
    Struct(String),
}

/// Reads and checks a file.
pub(crate) fn read(bytes: &[u8]) -> Result<Upstream, Vec<Problem>> {
    let text = text(bytes).map_err(|problem| vec![problem])?;
    let mut reader = read::Reader::default();
    let upstream = match serde_json::from_str(text) {
        Ok(document) => reader.document(&document),
        Err(error) => return Err(vec![syntax(&error)]),
    };
    let problems = if reader.problems.is_empty() {
        check::check(&upstream)
    } else {
        reader.problems
    };
    if problems.is_empty() {
        Ok(upstream.without_strays())
    } else {
        let place = |problem: Problem| problem.placed(text);
        // Finding a place reads the file again; a file that is wrong everywhere is shown by its first problems.
        let (mut shown, rest) = (Vec::new(), problems.len().saturating_sub(SHOWN));
        shown.extend(problems.into_iter().take(SHOWN).map(place));
        shown.sort_by_key(|problem| (problem.line, problem.column));
        if rest > 0 {
            shown.push(Problem::file(format!("{rest} more problems in this file")));
        }
        Err(shown)
    }
}

/// Problems of one file that are reported one by one.
const SHOWN: usize = 20;

pub(crate) fn text(bytes: &[u8]) -> Result<&str, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let read = &bytes[..error.valid_up_to()];
        let start = read
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        let characters = String::from_utf8_lossy(&read[start..]).chars().count();
        let message = match error.error_len() {
            None => "no JSON: the file ends in the middle of a character",
            Some(_) => "not UTF-8",
        };
        let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        let mut problem = Problem::file(message);
        problem.line = number(read.iter().filter(|b| **b == b'\n').count());
        problem.column = number(characters);
        problem
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// What the JSON reader says, at its place.
pub(crate) fn syntax(error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    // The place is printed in front.
    let message = message.split(" at line ").next().unwrap_or_default();
    let mut problem = Problem::file(format!("no JSON: {message}"));
    problem.line = u32::try_from(error.line()).unwrap_or(u32::MAX);
    problem.column = u32::try_from(error.column()).unwrap_or(u32::MAX);
    problem
}
