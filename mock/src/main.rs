//! Arguments in, a running local cloud and a line for every call out.

use std::future::{Future as _, poll_fn};
use std::io::{self, IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::ExitCode;
use std::task::Poll;

use clap::Parser;
use yunqiao_mock::{Builder, Call, DEMO_SECRET_ID, DEMO_SECRET_KEY, LocalCloud, Script, Signature};
use yunqiao_model::{Api, Loaded, Source, load, render};

/// Wrong usage or unreadable input, as for every command of the project.
const UNUSABLE: u8 = 2;

const EXAMPLES: &str = "\
Examples:
  local-cloud
      Serves the built-in schemas at http://127.0.0.1:8080 with the demo key.
  local-cloud --port 0 --key my-id:my-secret
      Takes any free port and accepts a key of your own.
  local-cloud --script broken.yaml
      Answers some calls as the rules of a file say, or not at all.
  local-cloud --schemas ./schemas --quiet
      Serves the schemas of a folder and prints no line per call.";

/// Plays Tencent Cloud and Volcengine on this computer: verifies signatures, checks parameters, answers from the schemas.
#[derive(Parser)]
#[command(name = "local-cloud", version, after_help = EXAMPLES)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Folder with schema files, in place of the built-in ones.
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// The key to accept, in place of the demo key.
    #[arg(long, value_name = "ID:SECRET", value_parser = key)]
    key: Option<Key>,
    /// Rules about what is answered, in YAML or JSON: errors, delays, broken connections, limits. Repeatable.
    #[arg(long, value_name = "FILE")]
    script: Vec<PathBuf>,
    /// Print no line per call.
    #[arg(long)]
    quiet: bool,
}

#[derive(Clone)]
struct Key {
    id: String,
    secret: String,
}

/// Reads `ID:SECRET`. The message must not repeat the argument, which may hold a secret.
fn key(text: &str) -> Result<Key, &'static str> {
    match text.split_once(':') {
        Some((id, secret)) if !id.is_empty() && !secret.is_empty() => Ok(Key {
            id: id.to_owned(),
            secret: secret.to_owned(),
        }),
        _ => Err("write the id, a colon and the secret"),
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nobody is left to be told if this cannot be written.
            drop(writeln!(io::stderr(), "{}", message.trim_end()));
            ExitCode::from(UNUSABLE)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let api = api(arguments.schemas.as_deref())?;
    let services = services(&api);
    let color = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut builder = LocalCloud::builder().schemas(api).port(arguments.port);
    if let Some(Key { id, secret }) = &arguments.key {
        builder = builder.key(id, secret);
    }
    for file in &arguments.script {
        builder = builder.script(script(file)?);
    }
    let cloud = watched(builder, arguments.quiet, color)
        .start()
        .map_err(|error| format!("error: {error}"))?;
    let key = match &arguments.key {
        Some(key) => format!("  id      {}\n", key.id),
        None => format!("  id      {DEMO_SECRET_ID}\n  secret  {DEMO_SECRET_KEY}\n"),
    };
    let greeting = format!(
        "Local cloud at {}\n{key}{services}Stop it with Ctrl-C.\n",
        cloud.url()
    );
    greet_and_wait(&greeting).map_err(|error| format!("error: cannot wait for Ctrl-C: {error}"))
}

fn script(file: &Path) -> Result<Script, String> {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("error: cannot read {name}: {error}"))?;
    Script::read(&text, &name.to_string()).map_err(|error| format!("error: {error}"))
}

fn watched(builder: Builder, quiet: bool, color: bool) -> Builder {
    if quiet {
        builder
    } else {
        builder.observe(move |call| print(&line(call, color)))
    }
}

/// The model of a folder, or the built-in one.
fn api(folder: Option<&Path>) -> Result<Api, String> {
    let Some(folder) = folder else {
        return built_in();
    };
    let unreadable = |error: io::Error| format!("error: cannot read {}: {error}", folder.display());
    let sources = yunqiao_mock::sources_in(folder).map_err(unreadable)?;
    if sources.is_empty() {
        return Err(format!("error: {} holds no schema files", folder.display()));
    }
    complete(load(&sources), &sources, &folder.display().to_string())
}

#[cfg(feature = "embedded")]
fn built_in() -> Result<Api, String> {
    complete(yunqiao_mock::embedded(), &[], "schemas")
}

#[cfg(not(feature = "embedded"))]
fn built_in() -> Result<Api, String> {
    Err("error: this command was built without schemas; name a folder with --schemas".to_owned())
}

/// The model, unless something is wrong with the schemas.
fn complete(loaded: Loaded, sources: &[Source], root: &str) -> Result<Api, String> {
    if loaded.diagnostics.is_empty() {
        return Ok(loaded.api);
    }
    let count = loaded.diagnostics.len();
    let problems = render(
        &loaded.diagnostics,
        sources,
        root,
        io::stderr().is_terminal(),
    );
    Err(format!(
        "{problems}{count} {} in the schemas",
        if count == 1 { "problem" } else { "problems" }
    ))
}

fn services(api: &Api) -> String {
    let one = |(id, service): (&yunqiao_model::api::ServiceId, &yunqiao_model::api::Service)| {
        let count = service.actions.len();
        format!(
            "  serves  {id} ({count} {})\n",
            if count == 1 { "action" } else { "actions" }
        )
    };
    api.services.iter().map(one).collect()
}

/// Time, action, signature, status and duration of a call.
fn line(call: &Call, color: bool) -> String {
    let paint = |style: &str, text: &str| {
        if color {
            format!("\x1b[{style}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    };
    let second = call.at.rem_euclid(86_400);
    let time = format!(
        "{:02}:{:02}:{:02}",
        second / 3_600,
        second / 60 % 60,
        second % 60
    );
    let [service, version, action] = [&call.service, &call.version, &call.action]
        .map(|name| if name.is_empty() { "-" } else { name });
    // What a caller sent must not steer the terminal.
    let name = format!("{}/{service}/{version}/{action}", call.vendor);
    let name = name.escape_debug();
    let good = matches!(call.signature, Signature::Verified | Signature::NotNeeded);
    let signature = paint(if good { "32" } else { "31" }, &call.signature.to_string());
    let status = match &call.error_code {
        Some(code) => paint("31", &format!("{} {code}", call.http_status)),
        None => paint("32", &call.http_status.to_string()),
    };
    let milliseconds = call.elapsed.as_secs_f64() * 1_000.0;
    let mut line = format!("{time}  {name}  {signature}  {status}  {milliseconds:.1} ms");
    if let Signature::Refused(reason) = &call.signature {
        line.push_str(&format!("  {}", reason.escape_debug()));
    }
    line.push('\n');
    line
}

/// The one place that prints. A closed pipe ends nothing: the cloud is still there for its callers.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// Prints the greeting once Ctrl-C is listened to, so that what it says is true from the start, and returns on Ctrl-C.
fn greet_and_wait(greeting: &str) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut stopped = pin!(tokio::signal::ctrl_c());
        // The first poll is what begins to listen.
        if let Poll::Ready(outcome) =
            poll_fn(|context| Poll::Ready(stopped.as_mut().poll(context))).await
        {
            return outcome;
        }
        print(greeting);
        stopped.await
    })
}
