//! `yunqiao snippet`: an action and its parameters in, the call out as it is written in Rust, for curl and for `yunqiao call`.

pub(crate) mod curl;
mod line;
mod prune;

use std::fmt::Write as _;

use serde_json::Value as Json;
use yunqiao_codegen::{Snippet, program};
use yunqiao_mock::{DEMO_SECRET_ID, DEMO_SECRET_KEY};
use yunqiao_model::api::{Body, Service, Vendor};
use yunqiao_runtime::{Config, ConfigBuilder, Credential};

use crate::Outcome;
use crate::call::{self, connect, dry_run};
use crate::catalog::{Catalog, Found};
use crate::failure::{Failure, Result};
use crate::output;
use crate::parameters::{self, Parameter};

pub(crate) use self::prune::{Left, pruned};

pub(crate) const EXAMPLES: &str = "\
Parameters are written as for `yunqiao call`.

Examples:
  yunqiao snippet ess.DescribeFlowBriefs --Operator.UserId yDRS --FlowIds yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm
  yunqiao snippet sms SendSms --input message.json --language curl
  yunqiao snippet CreateFlow --language cli --endpoint http://127.0.0.1:8080";

/// What a snippet is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    /// A program that uses the crate yunqiao.
    Rust,
    /// A signed request, good for some minutes.
    Curl,
    /// A line for this command.
    Cli,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The action, as ess.CreateFlow; or a service and an action.
    #[arg(required = true, num_args = 1..=2)]
    action: Vec<String>,
    /// What to write it in.
    #[arg(long, value_enum, default_value_t = Language::Rust)]
    language: Language,
    /// A file with the request as JSON, or - for standard input; parameters are set in it.
    #[arg(long, value_name = "FILE")]
    input: Option<String>,
    /// The region of the call.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// The local cloud that is called, with the demo key.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:4100")]
    endpoint: String,
    /// The parameters of the action, as they were parted from the options.
    #[arg(skip)]
    pub(crate) parameters: Vec<Parameter>,
}

/// Prints a snippet.
pub(crate) fn run(arguments: &Arguments, catalog: &Catalog) -> Result<Outcome> {
    let words: Vec<&str> = arguments.action.iter().map(String::as_str).collect();
    let found = catalog.find(&words)?;
    let service = found.service;
    let mut request = call::input(arguments.input.as_deref())?;
    let fields = &found.action.request;
    let options = call::options::<Arguments>();
    parameters::set(
        service,
        fields,
        &mut request,
        &arguments.parameters,
        &options,
    )?;
    let request = Json::Object(request);
    let versions: Vec<&Service> = catalog
        .ids()
        .filter(|id| id.vendor == service.id.vendor && id.service == service.id.service)
        .map(|id| catalog.service(id))
        .collect::<Result<_>>()?;
    let wanted = Wanted {
        found,
        versions: &versions,
        request: &request,
        region: arguments.region.as_deref(),
        destination: Destination::Demo(&arguments.endpoint),
    };
    let text = match arguments.language {
        Language::Rust => wanted.rust()?,
        Language::Cli => wanted.line(),
        Language::Curl => match connect::block_on(wanted.curl())? {
            Some(curl) => curl?,
            None => return Ok(Outcome::Interrupted),
        },
    };
    output::write(&text)?;
    Ok(Outcome::Fine)
}

/// Where a snippet's call goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Destination<'a> {
    /// A local cloud that accepts the demo key.
    Demo(&'a str),
    /// A local cloud that accepts keys of somebody's own, which stand in no snippet.
    Local(&'a str),
    /// The vendor.
    Vendor,
}

/// A call that is to be written down.
pub(crate) struct Wanted<'a> {
    pub(crate) found: Found<'a>,
    /// Every version of its service.
    pub(crate) versions: &'a [&'a Service],
    pub(crate) request: &'a Json,
    pub(crate) region: Option<&'a str>,
    pub(crate) destination: Destination<'a>,
}

impl Wanted<'_> {
    /// A program. What the types of the crate do not take is left out, and told at its head.
    pub(crate) fn rust(&self) -> Result<String> {
        let Found {
            service, action, ..
        } = self.found;
        let Left { request, paths } = pruned(service, action, self.request);
        let text = program(&Snippet {
            versions: self.versions,
            id: &service.id,
            action: &action.name,
            parameters: &request,
            region: self.region,
        });
        let text =
            text.ok_or_else(|| Failure::new(format!("{} cannot be written in Rust", action.name)))?;
        let mut head = String::new();
        if !paths.is_empty() {
            // A name may hold anything, and must not leave the comment.
            let paths: Vec<String> = paths
                .iter()
                .map(|path| path.escape_debug().to_string())
                .collect();
            let paths = paths.join(", ");
            let _ = writeln!(
                head,
                "// Left out, as the schema does not take it: {paths}\n"
            );
        }
        if let Some(environment) = self.environment() {
            let _ = writeln!(
                head,
                "// To run it against the local cloud:\n//   {environment} cargo run\n//"
            );
        }
        Ok(format!("{head}{text}"))
    }

    /// A line for a shell.
    pub(crate) fn line(&self) -> String {
        if let Some(why) = unsendable(self.found) {
            return comment("#", &why);
        }
        line::command(self, self.key().as_deref())
    }

    /// A signed request to a local cloud that accepts the demo key.
    async fn curl(&self) -> Result<String> {
        let (Destination::Demo(url) | Destination::Local(url)) = self.destination else {
            return Err(Failure::new(
                "--dry-run of `yunqiao call` signs for the vendor",
            ));
        };
        if let Some(why) = unsendable(self.found) {
            return Err(Failure::new(why));
        }
        let credential = Credential::new(DEMO_SECRET_ID, DEMO_SECRET_KEY);
        let builder = local(url, credential, self.region);
        let request = dry_run::request(builder, self.found, self.request.clone()).await?;
        Ok(curl::command(&request))
    }

    /// The variables with which a program reaches the local cloud.
    fn environment(&self) -> Option<String> {
        let Destination::Demo(url) = self.destination else {
            return None;
        };
        Some(format!(
            "{} YUNQIAO_ENDPOINT={}",
            self.key()?,
            curl::word(url)
        ))
    }

    /// The variables that hold the demo key.
    fn key(&self) -> Option<String> {
        let Destination::Demo(_) = self.destination else {
            return None;
        };
        let [id, secret] = match self.found.service.id.vendor {
            Vendor::Tencent => ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"],
            Vendor::Volcengine => ["VOLCENGINE_ACCESS_KEY", "VOLCENGINE_SECRET_KEY"],
        };
        Some(format!("{id}={DEMO_SECRET_ID} {secret}={DEMO_SECRET_KEY}"))
    }
}

/// How calls reach a local cloud: it has no quota but those of its script.
pub(crate) fn local(url: &str, credential: Credential, region: Option<&str>) -> ConfigBuilder {
    let builder = Config::builder()
        .credential(credential)
        .endpoint(url)
        .without_rate_limit();
    match region {
        Some(region) => builder.region(region),
        None => builder,
    }
}

/// A message in the place of a snippet, on one line.
pub(crate) fn comment(mark: &str, message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    format!("{mark} {}\n", words.join(" "))
}

/// Why a call can be made by nothing but the generated crate, if that is so.
pub(crate) fn unsendable(found: Found<'_>) -> Option<String> {
    let action = found.action;
    let what = if matches!(action.body, Body::Multipart | Body::OctetStream) {
        "takes raw bytes"
    } else if action.streaming {
        "answers a stream of events"
    } else {
        return None;
    };
    Some(format!("{} {what}: use the generated crate", action.name))
}
