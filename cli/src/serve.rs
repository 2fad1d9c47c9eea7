//! `yunqiao serve`: options in, the local cloud with its pages on one port out, until Ctrl-C.

mod ask;
mod assets;
mod describe;
mod export;
mod loopback;
mod prepare;
mod reply;
mod route;
mod send;
mod site;
mod start;

use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use yunqiao_mock::LocalCloud;

use self::site::Site;
use crate::Outcome;
use crate::failure::{Failure, Result};
use crate::output;

pub(crate) const EXAMPLES: &str = "\
Examples:
  yunqiao serve                          the cloud, the explorer and the inspector at http://127.0.0.1:4100
  yunqiao serve --port 0                 at any free port
  yunqiao serve --key my-id:my-secret    accepts a key of your own
  yunqiao serve --script broken.yaml     answers as a file says
  yunqiao serve --live                   the explorer may call the real clouds, too, with your credentials

Ctrl-C ends it.";

/// So many the inspector shows; more would only cost memory.
const KEPT_CALLS: usize = 5_000;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The port; 0 takes any free one.
    #[arg(long, value_name = "N", default_value_t = 4100)]
    port: u16,
    /// A file of rules: how the cloud answers, which limits it keeps, what goes wrong. May be given several times.
    #[arg(long, value_name = "FILE")]
    script: Vec<PathBuf>,
    /// Listen on another address than 127.0.0.1.
    #[arg(long, value_name = "ADDRESS", requires = "exposed")]
    listen: Option<IpAddr>,
    /// Whoever reaches --listen may use this server, and see what others have sent to it. Never together with --live.
    #[arg(
        long = "yes-expose-it-to-the-network",
        requires = "listen",
        conflicts_with = "live"
    )]
    exposed: bool,
    /// Let the explorer call the real clouds as well, with the credentials of this process.
    #[arg(long)]
    live: bool,
    /// A key to accept, in place of the demo key; may be given several times.
    #[arg(long = "key", value_name = "ID:SECRET", value_parser = key)]
    keys: Vec<Key>,
}

#[derive(Clone)]
struct Key {
    id: String,
    secret: String,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// Reads `ID:SECRET`. The message must not repeat the argument, which may hold a secret.
fn key(text: &str) -> std::result::Result<Key, &'static str> {
    match text.split_once(':') {
        Some((id, secret)) if !id.is_empty() && !secret.is_empty() => Ok(Key {
            id: id.to_owned(),
            secret: secret.to_owned(),
        }),
        _ => Err("write the id, a colon and the secret"),
    }
}

/// Serves until Ctrl-C.
pub(crate) fn run(arguments: &Arguments, schemas: Option<&Path>) -> Result<Outcome> {
    let api = start::model(schemas)?;
    let site = Arc::new(Site::new(api.clone(), arguments.live));
    let mut builder = LocalCloud::builder()
        .schemas(api)
        .port(arguments.port)
        .keep_calls(KEPT_CALLS);
    for file in &arguments.script {
        builder = builder.script(start::script(file)?);
    }
    if let Some(address) = arguments.listen.filter(|_| arguments.exposed) {
        builder = builder.expose_to_the_network(address);
    }
    for Key { id, secret } in &arguments.keys {
        builder = builder.key(id, secret);
    }
    let answering = Arc::clone(&site);
    let cloud = builder
        .pages(move |request| {
            let site = Arc::clone(&answering);
            Box::pin(async move { route::answer(&site, request).await })
        })
        .start()
        .map_err(|error| start::failure(arguments.port, &error))?;
    site.started(&cloud);
    start::until_stopped(|| output::write(&greeting(&cloud, arguments)))
        .map_err(|error| Failure::io("cannot wait for Ctrl-C", &error))??;
    Ok(Outcome::Fine)
}

fn greeting(cloud: &LocalCloud, arguments: &Arguments) -> String {
    let url = cloud.url();
    let key = match arguments.keys.first() {
        Some(first) => format!("  id         {}\n", first.id),
        None => format!(
            "  id         {}\n  secret     {}\n",
            cloud.secret_id(),
            cloud.secret_key()
        ),
    };
    let live = if arguments.live {
        "Calls to the real clouds are allowed from the explorer.\n"
    } else {
        ""
    };
    format!(
        "Local cloud at {url}\n{key}  explorer   {url}/\n  inspector  {url}/inspector\n{live}Stop it with Ctrl-C.\n"
    )
}

/// Whether a port is free to listen on; none if the computer does not say.
fn free_port() -> Option<u16> {
    let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).ok()?;
    let address: io::Result<_> = listener.local_addr();
    Some(address.ok()?.port())
}
