//! `yunqiao configure`: a key and its secret in, the vendor's own credential file with that profile out.

mod ask;
mod edit;
mod file;
mod place;
mod profiles;

use std::io::{self, IsTerminal as _};

use clap::ValueEnum;
use yunqiao_model::api::Vendor;
use zeroize::Zeroizing;

use self::edit::Entry;
use self::place::Place;
use crate::Outcome;
use crate::failure::{Failure, Result};
use crate::output::{self, Format};

pub(crate) use self::profiles::{names, region};

pub(crate) const EXAMPLES: &str = "\
The secret is asked for, or read from standard input; it is never an argument, which other users of the machine can see.
The files are those of the vendors: ~/.tencentcloud/credentials, or with --profile ~/.tccli/PROFILE.credential; and
~/.volcengine/config.json. Other profiles and comments in them stay.

Examples:
  yunqiao configure
  yunqiao configure --vendor volcengine --profile work --region cn-beijing
  pass show cloud/secret | yunqiao configure --vendor tencent --profile work --secret-id AKIDexample
  yunqiao configure list
  yunqiao call sts.GetCallerIdentity --profile work --region ap-guangzhou

Exit codes: 0 written, 1 a file cannot be read, 2 nothing was written, 130 Ctrl-C.";

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    /// Whose key it is.
    #[arg(long, value_enum)]
    vendor: Option<Whose>,
    /// The profile to write, instead of the default one.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The id of the key, which is no secret.
    #[arg(long, value_name = "ID")]
    secret_id: Option<String>,
    /// The region of the profile, where the vendor's file has a place for it: that of Volcengine.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the profiles in the vendors' files, without their secrets.
    List {
        /// How to print them.
        #[arg(long, value_enum, default_value_t = Format::Table)]
        output: Format,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Whose {
    Tencent,
    Volcengine,
}

impl From<Whose> for Vendor {
    fn from(whose: Whose) -> Self {
        match whose {
            Whose::Tencent => Self::Tencent,
            Whose::Volcengine => Self::Volcengine,
        }
    }
}

/// Writes a profile, or lists all.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    if let Some(Command::List { output }) = &arguments.command {
        return profiles::list(*output);
    }
    let is_asked = io::stdin().is_terminal();
    let vendor: Vendor = match arguments.vendor {
        Some(vendor) => vendor.into(),
        None if is_asked => match ask::vendor()? {
            Some(vendor) => vendor,
            None => return Ok(Outcome::Interrupted),
        },
        None => return Err(needed("--vendor")),
    };
    let place = Place::of(vendor, arguments.profile.as_deref())?;
    if arguments.region.is_some() && !place.takes_region() {
        return Err(Failure::new(
            "--region: this file of the vendor has no place for a region; set TENCENTCLOUD_REGION, or name it with each call",
        ));
    }
    // What is there is looked at first: nobody types a secret for a file that cannot be written.
    let before = file::read(&place.path)?;
    let id = match &arguments.secret_id {
        Some(id) => id.clone(),
        None if is_asked => match ask::line(&format!("{} of {place}: ", place.id_name()))? {
            Some(id) => id,
            None => return Ok(Outcome::Interrupted),
        },
        None => return Err(needed("--secret-id")),
    };
    let id = part(place.id_name(), id.trim())?.to_owned();
    let secret = if is_asked {
        match ask::secret(&format!("{} (is not shown): ", place.secret_name()))? {
            Some(secret) => secret,
            None => return Ok(Outcome::Interrupted),
        }
    } else {
        ask::piped()?
    };
    let secret = Zeroizing::new(part(place.secret_name(), secret.trim())?.to_owned());
    let entry = Entry {
        profile: &place.profile,
        id: &id,
        secret: &secret,
        region: arguments.region.as_deref(),
    };
    let after = place.edited(before.as_ref().map_or("", |text| text.as_str()), &entry)?;
    file::write(&place.path, &after)?;
    output::write(&format!(
        "{} holds profile {} with {}\n",
        place.path.display(),
        place.profile,
        shortened(&id)
    ))?;
    Ok(Outcome::Fine)
}

fn needed(option: &str) -> Failure {
    Failure::new(format!("{option} is needed where nobody can be asked"))
}

/// A part of a key, if it can be one: what cannot stand in a header or in a line would show only with the first call.
fn part<'a>(name: &str, text: &'a str) -> Result<&'a str> {
    if text.is_empty() {
        return Err(Failure::new(format!(
            "{name} is empty; nothing was written"
        )));
    }
    if !text.chars().all(|c| c.is_ascii_graphic()) {
        return Err(Failure::new(format!(
            "{name} has a character that is in no key; nothing was written"
        )));
    }
    Ok(text)
}

/// Enough of an id to know it again.
fn shortened(id: &str) -> String {
    let count = id.chars().count();
    if count < 12 {
        let start: String = id.chars().take(count / 3).collect();
        return format!("{start}...");
    }
    let start: String = id.chars().take(4).collect();
    let end: String = id.chars().skip(count - 4).collect();
    format!("{start}...{end}")
}
