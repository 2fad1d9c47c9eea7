//! A YAML or JSON text in, rules about what the cloud answers out, or which rule is wrong, where, and what was probably meant.

use std::fmt;

use serde_json::Value as Json;
use yunqiao_model::{Source, to_json};

mod lines;
mod read;
mod rule;
mod step;
mod trouble;

pub(crate) use self::read::nearest;
pub(crate) use self::rule::{Limit, Outcome, Rule};
pub(crate) use self::step::{Check, Make, Move, Step, Tell, Wrong};

/// What the cloud is to answer to which calls, and with what faults.
///
/// ```
/// use yunqiao_mock::Script;
///
/// let script = Script::read(
///     r#"
/// rules:
/// - action: ess.CreateFlow
///   when: {FlowName: too early}
///   times: 2
///   error: {code: InternalError, message: Not yet.}
/// - action: ess.DescribeFlowInfo
///   fault: reset
/// - action: "*"
///   limit: {calls: 20, seconds: 1}
/// "#,
///     "broken.yaml",
/// );
/// assert!(script.is_ok());
///
/// let wrong = Script::read("- {action: CreateFlow, fualt: reset}", "wrong.yaml").unwrap_err();
/// assert_eq!(wrong.to_string(), "wrong.yaml: rule 1 (line 1): there is no key \"fualt\"; did you mean \"fault\"?");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub(crate) rules: Vec<Rule>,
    /// Whether the limits of the schemas hold.
    pub(crate) documented_limits: bool,
}

impl Script {
    /// Reads a script; `name` is what messages call it. Whether the actions exist is known when the cloud starts.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn read(text: &str, name: &str) -> Result<Self, ScriptError> {
        let named = |error: ScriptError| error.inside(name);
        let source = Source::new(name, text);
        let json = to_json(&source).map_err(|problems| {
            let first = problems.first();
            let message = first.map_or_else(String::new, |problem| {
                format!("line {}: {}", problem.at.line, problem.message)
            });
            named(ScriptError::new(message, "write YAML or JSON"))
        })?;
        Self::of_json(&json, &lines::of_rules(text)).map_err(named)
    }

    /// The same from JSON; `lines` are those at which the rules begin, if they are known.
    pub(crate) fn of_json(json: &Json, lines: &[usize]) -> Result<Self, ScriptError> {
        let one = std::slice::from_ref(json);
        let (rules, documented_limits) = match json {
            Json::Array(rules) => (rules.as_slice(), false),
            Json::Object(members) if members.contains_key("action") => (one, false),
            Json::Null => (&[][..], false),
            Json::Object(members) => {
                read::known_keys(members, &["rules", "limits"])?;
                let rules = match members.get("rules") {
                    None | Some(Json::Null) => &[][..],
                    Some(Json::Array(rules)) => rules.as_slice(),
                    Some(_) => {
                        return Err(ScriptError::new("rules is no list", "begin each with -"));
                    }
                };
                let documented = match members.get("limits") {
                    None => false,
                    Some(Json::String(text)) if text == "documented" => true,
                    Some(_) => {
                        return Err(ScriptError::new(
                            "limits has a value that is not known",
                            "write limits: documented, or leave it out",
                        ));
                    }
                };
                (rules, documented)
            }
            _ => {
                return Err(ScriptError::new(
                    "this is no script",
                    "write a list of rules, each with an action",
                ));
            }
        };
        let lines = if lines.len() == rules.len() {
            lines
        } else {
            &[]
        };
        let read = |(at, json): (usize, &Json)| {
            let line = lines
                .get(at)
                .map_or_else(String::new, |line| format!(" (line {line})"));
            let place = format!("rule {}{line}", at + 1);
            Rule::read(json, &place).map_err(|error| error.inside(&place))
        };
        Ok(Self {
            rules: rules
                .iter()
                .enumerate()
                .map(read)
                .collect::<Result<_, _>>()?,
            documented_limits,
        })
    }
}

/// What is wrong with a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    message: String,
    hint: String,
}

impl ScriptError {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// The same with the place around it in front.
    pub(crate) fn inside(mut self, place: &str) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// What is wrong, and where.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What would be right.
    #[must_use]
    pub fn hint(&self) -> &str {
        &self.hint
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.hint)
    }
}

impl std::error::Error for ScriptError {}
