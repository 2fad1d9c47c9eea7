//! What a rule says about what the cloud remembers in, typed steps out.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::ScriptError;
use super::read::{count, object, optional_text, text, texts, wrong};
use super::rule::wrong_of;

/// What a call does with things that the cloud remembers.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Need(Move),
    Move(Move),
    Check(Check),
    Make(Make),
    Tell(Tell),
}

/// An error that a step answers.
#[derive(Clone, Debug)]
pub(crate) struct Wrong {
    pub(crate) code: String,
    pub(crate) message: String,
}

/// The answer carries new ids, which stand for things from now on.
#[derive(Clone, Debug)]
pub(crate) struct Make {
    pub(crate) thing: String,
    /// Path of the ids in the answer.
    pub(crate) id: String,
    pub(crate) state: Json,
    /// Field of the request; there is one thing for each of its entries.
    pub(crate) each: Option<String>,
    /// A number of so many digits that only the one who reads the message knows.
    pub(crate) digits: Option<Number>,
    /// Seconds after which it is over.
    pub(crate) lives: Option<Number>,
    /// How often something wrong may be said.
    pub(crate) tries: Option<Number>,
}

/// Things that the request names must be there, and in one of these states; then they are in another.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) thing: String,
    /// Path of the ids in the request.
    pub(crate) id: String,
    /// Any state if it is empty.
    pub(crate) from: Vec<Json>,
    pub(crate) to: Option<Json>,
    /// What is answered of things in other states.
    pub(crate) otherwise: Option<Wrong>,
    /// The same, state by state.
    pub(crate) refuse: BTreeMap<String, Wrong>,
    /// What is answered of things that are not there.
    pub(crate) unknown: Option<Wrong>,
}

/// What the request says is compared with what only the reader of a message knows.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) thing: String,
    /// Parameters that name the thing.
    pub(crate) by: Vec<String>,
    /// Parameter that says it.
    pub(crate) given: String,
    /// Fields of the answer.
    pub(crate) right: Json,
    pub(crate) wrong: Json,
    pub(crate) over: Json,
}

/// The answer tells the state of things that the request names.
#[derive(Clone, Debug)]
pub(crate) struct Tell {
    pub(crate) thing: String,
    /// Field of the request that names them.
    pub(crate) id: String,
    /// Path of the state in the answer; through a list, there is an entry for each.
    pub(crate) state: String,
    /// Field beside the state that repeats the id.
    pub(crate) repeats: Option<String>,
    /// Another value for a state on the wire.
    pub(crate) shows: BTreeMap<String, Json>,
    /// The state that follows on one that has been told.
    pub(crate) then: BTreeMap<String, Json>,
    /// After being told so often.
    pub(crate) polls: u64,
    /// States in which links are empty yet.
    pub(crate) pending: Vec<Json>,
}

/// A number that the request may say.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    pub(crate) of: Option<String>,
    pub(crate) otherwise: u64,
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// The only ones that count, if there are some.
    pub(crate) among: Vec<u64>,
}

impl Number {
    /// What the request says, unless that does not count.
    pub(crate) fn of(&self, request: &Json) -> u64 {
        let said = self
            .of
            .as_deref()
            .and_then(|name| request.get(name)?.as_u64());
        let counts = |number: &u64| {
            (self.from..=self.to).contains(number)
                && (self.among.is_empty() || self.among.contains(number))
        };
        said.filter(counts).unwrap_or(self.otherwise)
    }
}

/// Reads one step.
type Read = fn(&Json) -> Result<Step, ScriptError>;

/// The steps in the order in which they are done: what refuses comes first.
pub(super) fn read(members: &Map<String, Json>) -> Result<Vec<Step>, ScriptError> {
    let mut steps = Vec::new();
    let all: [(&str, Read); 5] = [
        ("need", need),
        ("move", moved),
        ("check", check),
        ("make", make),
        ("tell", tell),
    ];
    for (name, read) in all {
        match members.get(name) {
            None => {}
            Some(Json::Array(several)) => {
                for one in several {
                    steps.push(read(one).map_err(|error| error.inside(name))?);
                }
            }
            Some(one) => steps.push(read(one).map_err(|error| error.inside(name))?),
        }
    }
    Ok(steps)
}

fn need(json: &Json) -> Result<Step, ScriptError> {
    let members = object("it", json, &["thing", "id", "unknown"])?;
    Ok(Step::Need(Move {
        thing: text(members, "thing")?,
        id: text(members, "id")?,
        from: Vec::new(),
        to: None,
        otherwise: None,
        refuse: BTreeMap::new(),
        unknown: error(members, "unknown")?,
    }))
}

fn moved(json: &Json) -> Result<Step, ScriptError> {
    let keys = [
        "thing",
        "id",
        "from",
        "to",
        "otherwise",
        "refuse",
        "unknown",
    ];
    let members = object("it", json, &keys)?;
    let refuse = match members.get("refuse") {
        None => BTreeMap::new(),
        Some(Json::Object(states)) => states
            .iter()
            .map(|(state, wrong)| Ok((state.clone(), wrong_of("refuse", wrong)?)))
            .collect::<Result<_, ScriptError>>()?,
        Some(_) => return Err(wrong("refuse", "is no mapping", "write states and errors")),
    };
    let otherwise = error(members, "otherwise")?;
    let from = states(members, "from");
    if !from.is_empty() && otherwise.is_none() && refuse.is_empty() {
        let hint = "write otherwise: {code: CODE, message: TEXT}";
        return Err(ScriptError::new(
            "nothing says what other states are answered",
            hint,
        ));
    }
    Ok(Step::Move(Move {
        thing: text(members, "thing")?,
        id: text(members, "id")?,
        from,
        to: members.get("to").cloned(),
        otherwise,
        refuse,
        unknown: error(members, "unknown")?,
    }))
}

fn check(json: &Json) -> Result<Step, ScriptError> {
    let members = object(
        "it",
        json,
        &["thing", "by", "given", "right", "wrong", "over"],
    )?;
    let fields = |key: &str| {
        let found = members.get(key).filter(|json| json.is_object());
        found
            .cloned()
            .ok_or_else(|| wrong(key, "is missing", "write fields of the answer"))
    };
    Ok(Step::Check(Check {
        thing: text(members, "thing")?,
        by: texts(members, "by")?,
        given: text(members, "given")?,
        right: fields("right")?,
        wrong: fields("wrong")?,
        over: fields("over")?,
    }))
}

fn make(json: &Json) -> Result<Step, ScriptError> {
    let keys = ["thing", "id", "state", "each", "digits", "lives", "tries"];
    let members = object("it", json, &keys)?;
    Ok(Step::Make(Make {
        thing: text(members, "thing")?,
        id: text(members, "id")?,
        state: members.get("state").cloned().unwrap_or(Json::Null),
        each: optional_text(members, "each")?,
        digits: number(members, "digits")?,
        lives: number(members, "lives")?,
        tries: number(members, "tries")?,
    }))
}

fn tell(json: &Json) -> Result<Step, ScriptError> {
    let keys = [
        "thing", "id", "state", "repeats", "shows", "then", "polls", "pending",
    ];
    let members = object("it", json, &keys)?;
    let map = |key: &str| match members.get(key) {
        None => Ok(BTreeMap::new()),
        Some(Json::Object(map)) => Ok(map
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()),
        Some(_) => Err(wrong(
            key,
            "is no mapping",
            "write a state and what it becomes",
        )),
    };
    Ok(Step::Tell(Tell {
        thing: text(members, "thing")?,
        id: text(members, "id")?,
        state: text(members, "state")?,
        repeats: optional_text(members, "repeats")?,
        shows: map("shows")?,
        then: map("then")?,
        polls: count(members, "polls", 1, 1_000_000)?.unwrap_or(1),
        pending: states(members, "pending"),
    }))
}

fn error(members: &Map<String, Json>, key: &str) -> Result<Option<Wrong>, ScriptError> {
    members.get(key).map(|json| wrong_of(key, json)).transpose()
}

/// One value or several.
fn states(members: &Map<String, Json>, key: &str) -> Vec<Json> {
    match members.get(key) {
        None => Vec::new(),
        Some(Json::Array(several)) => several.clone(),
        Some(one) => vec![one.clone()],
    }
}

/// A number, or `{of: FIELD, otherwise: N, from: N, to: N, among: [N]}`.
fn number(members: &Map<String, Json>, key: &str) -> Result<Option<Number>, ScriptError> {
    let most = 1_000_000_000;
    let fixed = |number| Number {
        of: None,
        otherwise: number,
        from: 0,
        to: most,
        among: Vec::new(),
    };
    match members.get(key) {
        None => Ok(None),
        Some(Json::Object(_)) => {
            let keys = ["of", "otherwise", "from", "to", "among"];
            let members = object(key, &members[key], &keys)?;
            let among = members.get("among").and_then(Json::as_array);
            let otherwise = count(members, "otherwise", 0, most)?;
            Ok(Some(Number {
                of: optional_text(members, "of")?,
                from: count(members, "from", 0, most)?.unwrap_or(0),
                to: count(members, "to", 0, most)?.unwrap_or(most),
                among: among
                    .into_iter()
                    .flatten()
                    .filter_map(Json::as_u64)
                    .collect(),
                ..fixed(otherwise.ok_or_else(|| {
                    wrong(
                        "otherwise",
                        "is missing",
                        "write the number that counts then",
                    )
                })?)
            }))
        }
        Some(_) => Ok(count(members, key, 0, most)?.map(fixed)),
    }
}
