//! `yunqiao call`: an action and its parameters in, the call made and its answer out.

pub(crate) mod connect;
pub(crate) mod dry_run;
mod query;
mod refusal;

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _};

use serde_json::{Map, Value as Json};
use yunqiao_model::api::Body;
use yunqiao_model::{Deviation, DeviationKind, conform_request};

use self::connect::Connection;
use self::query::Query;
use crate::Outcome;
use crate::catalog::{Catalog, Found};
use crate::failure::{Failure, Result};
use crate::output::{self, Format};
use crate::parameters::{self, Parameter};

pub(crate) const EXAMPLES: &str = r#"Parameters have the names of the vendor's documents; `yunqiao show ACTION` lists them.
  --Limit 20                    a value; its type is known
  --FlowIds a --FlowIds b       a list, one entry after the other; or --FlowIds '["a", "b"]'
  --Operator.UserId u           a member of an object; or --Operator '{"UserId": "u"}'
  --Approvers.0.Name n          a member of an entry of a list
  --FileBody @contract.pdf      what is in a file, as base64 where the field takes that; @@x for a value that begins with @
Objects and lists that are in a file or on standard input: --input request.json, --input -.

Examples:
  yunqiao call ess.DescribeFlowBriefs --Operator.UserId yDRS --FlowIds yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm
  yunqiao call ca.DescribeVerifyReport --ReportId 1 --query ReportUrl
  yunqiao call sms SendSms --input message.json --dry-run
  yunqiao call sts.GetCallerIdentity --region ap-guangzhou --endpoint http://127.0.0.1:8080

Exit codes: 0 answered, 1 the cloud has refused the call, 2 the call could not be made as it was written,
3 the cloud could not be reached or its answer not be read."#;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The action, as ess.CreateFlow; or a service and an action.
    #[arg(required = true, num_args = 1..=2)]
    action: Vec<String>,
    /// A file with the request as JSON, or - for standard input; parameters are set in it.
    #[arg(long, value_name = "FILE")]
    input: Option<String>,
    /// Print the signed request as a curl command, and send nothing. Secrets are hidden.
    #[arg(long)]
    dry_run: bool,
    /// Send it as it is, whatever the schema says.
    #[arg(long)]
    no_check: bool,
    /// Print only what this JMESPath expression finds in the answer, such as FlowBriefs[].FlowName.
    #[arg(long, value_name = "EXPRESSION", value_parser = query::read)]
    query: Option<Query>,
    /// How to print the answer.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    output: Format,
    #[command(flatten)]
    connection: Connection,
    /// The parameters of the action, as they were parted from the options.
    #[arg(skip)]
    pub(crate) parameters: Vec<Parameter>,
}

/// Parts the arguments that follow `call`.
pub(crate) fn separate(
    arguments: impl IntoIterator<Item = OsString>,
    command: &clap::Command,
) -> Result<(Vec<OsString>, Vec<Parameter>)> {
    parameters::separate(arguments, |name| {
        if ["help", "version"].contains(&name) {
            return Some(false);
        }
        let option = command
            .get_arguments()
            .find(|option| option.get_long() == Some(name))?;
        Some(option.get_action().takes_values())
    })
}

/// Makes the call.
pub(crate) fn run(arguments: &Arguments, catalog: &Catalog) -> Result<Outcome> {
    let words: Vec<&str> = arguments.action.iter().map(String::as_str).collect();
    let found = catalog.find(&words)?;
    let Found {
        service, action, ..
    } = found;
    if matches!(action.body, Body::Multipart | Body::OctetStream) {
        return Err(Failure::new(format!(
            "{} takes raw bytes, which cannot be sent from here: use the generated crate",
            action.name
        )));
    }
    if action.streaming {
        return Err(Failure::new(format!(
            "{} answers a stream of events, which cannot be read from here: use the generated crate",
            action.name
        )));
    }
    let mut request = input(arguments.input.as_deref())?;
    parameters::set(
        service,
        &action.request,
        &mut request,
        &arguments.parameters,
    )?;
    let request = Json::Object(request);
    if !arguments.no_check {
        check(found, &request)?;
    }
    if arguments.dry_run {
        output::write(&dry_run::curl(found, &arguments.connection, request)?)?;
        return Ok(Outcome::Fine);
    }
    let config = arguments.connection.config(service.id.vendor)?;
    match connect::block_on(connect::call(&config, found, request))? {
        Ok(answer) => {
            let answer = answer.into_inner();
            let shown = match &arguments.query {
                Some(query) => query.find(&answer)?,
                None => answer,
            };
            output::print(&shown, arguments.output, &[])?;
            Ok(Outcome::Fine)
        }
        Err(error) => refusal::tell(found, &error),
    }
}

pub(crate) fn input(from: Option<&str>) -> Result<Map<String, Json>> {
    let (bytes, shown) = match from {
        None => return Ok(Map::new()),
        Some("-") => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|error| Failure::io("cannot read standard input", &error))?;
            (bytes, "standard input")
        }
        Some(path) => {
            let read = fs::read(path);
            (
                read.map_err(|error| Failure::io(&format!("cannot read {path}"), &error))?,
                path,
            )
        }
    };
    match serde_json::from_slice(&bytes) {
        Ok(Json::Object(map)) => Ok(map),
        Ok(_) => Err(Failure::new(format!("{shown}: a request is an object"))),
        Err(error) => Err(Failure::new(format!(
            "{shown}: no JSON: line {}, column {}",
            error.line(),
            error.column()
        ))),
    }
}

/// Compares the request with the schema. Lists of values are open: another value is for the cloud to judge.
fn check(
    Found {
        service, action, ..
    }: Found<'_>,
    request: &Json,
) -> Result<()> {
    let counts =
        |deviation: &Deviation| !matches!(deviation.kind, DeviationKind::UndocumentedValue);
    let wrong: Vec<String> = conform_request(service, action, request)
        .into_iter()
        .filter(counts)
        .map(|deviation| format!("  {}: {}", deviation.path_text(), deviation.kind))
        .collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} was not called:\n{}\n--no-check sends it as it is",
        action.name,
        wrong.join("\n")
    )))
}
