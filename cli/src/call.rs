//! `yunqiao call`: an action and its parameters in, the call made and its answer out.

pub(crate) mod connect;
pub(crate) mod dry_run;
mod pages;
mod query;
mod refusal;
mod stream;
mod wait;

use std::ffi::OsString;
use std::fs;
use std::future::IntoFuture as _;
use std::io::{self, Read as _};
use std::time::Duration;

use serde_json::{Map, Value as Json};
use yunqiao_model::{Deviation, DeviationKind, conform_request};

use self::connect::Connection;
use self::query::Query;
use crate::Outcome;
use crate::catalog::{Catalog, Found};
use crate::failure::{Failure, Result};
use crate::near;
use crate::output::{self, Format};
use crate::parameters::{self, Parameter};
use crate::progress;

pub(crate) const EXAMPLES: &str = r#"Parameters have the names of the vendor's documents; `yunqiao show ACTION` lists them.
  --Limit 20                    a value; its type is known
  --FlowIds a --FlowIds b       a list, one entry after the other; or --FlowIds '["a", "b"]'
  --Operator.UserId u           a member of an object; or --Operator '{"UserId": "u"}'
  --Approvers.0.Name n          a member of an entry of a list
  --FileBody @contract.pdf      what is in a file: bytes as they are, or as base64 where the field takes that; @@x for a value
                                that begins with @
Objects and lists that are in a file or on standard input: --input request.json, --input -.

Examples:
  yunqiao call ess.DescribeFlowBriefs --Operator.UserId yDRS --FlowIds yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm
  yunqiao call ca.DescribeVerifyReport --ReportId 1 --query ReportUrl
  yunqiao call sms SendSms --input message.json --dry-run
  yunqiao call ess.DescribeIntegrationEmployees --Operator.UserId yDRS --Limit 20 --all --output lines
  yunqiao call ess.CreateConvertTaskApi --input convert.json --wait --wait-timeout 120
  yunqiao call sts.GetCallerIdentity --region ap-guangzhou --endpoint http://127.0.0.1:8080

Exit codes: 0 answered, 1 the cloud has refused the call or the job has failed, 2 the call could not be made as it was
written, 3 the cloud could not be reached or its answer not be read, or the job has not ended in time, 130 Ctrl-C."#;

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
    /// Get all pages of a list and print their items: an array, or one by one as they come with --output lines.
    #[arg(long, conflicts_with_all = ["dry_run", "wait"])]
    all: bool,
    /// Stop after so many items.
    #[arg(long, value_name = "NUMBER", requires = "all")]
    max_items: Option<usize>,
    /// Wait for the end of the job that the action starts, and print the answer that tells it.
    #[arg(long, conflicts_with = "dry_run")]
    wait: bool,
    /// Seconds to wait for that end.
    #[arg(long, value_name = "SECONDS", requires = "wait", default_value_t = 600)]
    wait_timeout: u64,
    /// Send it as it is, whatever the schema says.
    #[arg(long)]
    no_check: bool,
    /// Print only what this JMESPath expression finds in the answer, such as FlowBriefs[].FlowName. With --all it looks at the
    /// array of all items, or with --output lines at each item.
    #[arg(long, value_name = "EXPRESSION", value_parser = query::read)]
    query: Option<Query>,
    /// How to print the answer. The events of a stream are lines in any case.
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
    let (own, parameters) = parameters::separate(arguments, |name| {
        if ["help", "version"].contains(&name) {
            return Some(false);
        }
        let option = command
            .get_arguments()
            .find(|option| option.get_long() == Some(name))?;
        Some(option.get_action().takes_values())
    })?;
    // A misspelt option in front of the action takes it for its value, and then no action is left to tell parameters by.
    if own.is_empty()
        && let Some(Parameter { path, .. }) = parameters.first()
    {
        let options = names(command);
        let known = options.iter().map(String::as_str);
        return Err(Failure::new(near::none_shown(
            "option",
            path,
            known,
            |one| format!("--{one}"),
            "parameters stand behind the action",
        )));
    }
    Ok((own, parameters))
}

/// The names of the options of a command that takes parameters.
pub(crate) fn options<A: clap::Args>() -> Vec<String> {
    names(&A::augment_args(clap::Command::new("command")))
}

fn names(command: &clap::Command) -> Vec<String> {
    let names = command.get_arguments().filter_map(clap::Arg::get_long);
    names
        .chain(["schemas", "help"])
        .map(str::to_owned)
        .collect()
}

/// Makes the call.
pub(crate) fn run(arguments: &Arguments, catalog: &Catalog) -> Result<Outcome> {
    let words: Vec<&str> = arguments.action.iter().map(String::as_str).collect();
    let found = catalog.find(&words)?;
    let Found {
        service, action, ..
    } = found;
    let mut request = input(arguments.input.as_deref())?;
    parameters::set(
        service,
        &action.request,
        &mut request,
        &arguments.parameters,
        &options::<Arguments>(),
    )?;
    let paging = arguments.all.then(|| pages::of(found)).transpose()?;
    if let Some(paging) = paging {
        pages::begin(found, paging, &mut request);
    }
    let plan = arguments.wait.then(|| wait::plan(found)).transpose()?;
    let question = plan.as_ref().map(|plan| plan.question(&request));
    let request = Json::Object(request);
    if !arguments.no_check {
        check(found, &request)?;
    }
    if arguments.dry_run {
        output::write(&dry_run::curl(found, &arguments.connection, request)?)?;
        return Ok(Outcome::Fine);
    }
    let config = arguments.connection.config(service.id.vendor)?;
    let (query, format) = (arguments.query.as_ref(), arguments.output);
    if let Some(paging) = paging {
        let most = arguments.max_items;
        let choice = pages::Choice {
            most,
            query,
            format,
        };
        return pages::print(&config, found, paging, request, &choice);
    }
    if let (Some(plan), Some(question)) = (plan, question) {
        let deadline = Duration::from_secs(arguments.wait_timeout);
        let choice = wait::Choice {
            deadline,
            query,
            format,
        };
        return plan.run(&config, request, &question?, &choice);
    }
    if action.streaming {
        return stream::print(&config, found, request, query);
    }
    let call = connect::any_call(&config, found, request)?;
    match connect::block_on(call.into_future())? {
        None => {
            progress::tell("interrupted: the call may have been carried out\n");
            Ok(Outcome::Interrupted)
        }
        Some(Ok(answer)) => {
            let answer = answer.into_inner();
            let shown = match query {
                Some(query) => query.find(&answer)?,
                None => answer,
            };
            output::print(&shown, format, &[])?;
            Ok(Outcome::Fine)
        }
        Some(Err(error)) => refusal::tell(found, &error),
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
