//! A command line that is being written in, what may come next out: options, services, actions, parameters and their values.
//!
//! The scripts for shells ask the binary, since what an action takes stands in the schemas: the parameters of the action on the
//! line become options of `call`, and clap's engine does the rest.

mod parameters;

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Arg, ArgAction, Command, ValueHint};
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};
use clap_complete::env::Shells;
use yunqiao_model::api::ServiceId;

use self::parameters::{Offer, offers};
use crate::catalog::Catalog;
use crate::configure;
use crate::failure::{Failure, Result};
use crate::output;

pub(crate) const EXAMPLES: &str = "\
Examples:
  echo 'source <(yunqiao completion bash)' >> ~/.bashrc
  echo 'source <(yunqiao completion zsh)' >> ~/.zshrc
  echo 'yunqiao completion fish | source' >> ~/.config/fish/config.fish

The script asks `yunqiao` itself, which knows actions, parameters and values.";

/// Names the shell that asks what may come next.
const ASKS: &str = "YUNQIAO_COMPLETE";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The shell.
    #[arg(value_parser = ["bash", "elvish", "fish", "powershell", "zsh"])]
    shell: String,
}

/// Prints the script for a shell.
pub(crate) fn script(arguments: &Arguments) -> Result<()> {
    let shells = Shells::builtins();
    let shell = shells
        .completer(&arguments.shell)
        .expect("clap has looked at the name");
    let mut script = Vec::new();
    let written = shell.write_registration(ASKS, "yunqiao", "yunqiao", "yunqiao", &mut script);
    written.map_err(|error| Failure::io("cannot write the script", &error))?;
    let script = String::from_utf8_lossy(&script);
    // A service with its dot is half a word, as a folder with its slash is.
    output::write(&script.replace("=~ [=/:]$", "=~ [=/:.]$"))
}

/// Answers the script of a shell, if it asks.
pub(crate) fn answer(
    command: impl FnOnce() -> Command,
    arguments: &[OsString],
) -> Option<Result<()>> {
    let shell = env::var(ASKS).ok().filter(|shell| !shell.is_empty())?;
    let shells = Shells::builtins();
    let shell = shells.completer(&shell)?;
    let start = arguments.iter().position(|argument| argument == "--")?;
    let words = arguments[start + 1..].to_vec();
    let current = env::var("_CLAP_COMPLETE_INDEX").ok();
    let current = current.and_then(|index| index.parse().ok());
    let current = current.unwrap_or(words.len().saturating_sub(1));
    let mut command = described(command(), &words, current);
    let folder = env::current_dir().ok();
    let mut out = Vec::new();
    let done = shell.write_complete(&mut command, words, folder.as_deref(), &mut out);
    Some(match done {
        Ok(()) => output::write(&String::from_utf8_lossy(&out)),
        Err(error) => Err(Failure::io("nothing to complete", &error)),
    })
}

/// The command with what can be said of this line.
fn described(command: Command, words: &[OsString], current: usize) -> Command {
    let words: Vec<String> = words
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let catalog = match after(&words, "--schemas") {
        Some(folder) => Catalog::folder(Path::new(folder)).ok(),
        None => Some(Catalog::embedded()),
    };
    let Some(catalog) = catalog else {
        return command;
    };
    let typed = words.get(current).cloned().unwrap_or_default();
    let others: Vec<&str> = words
        .iter()
        .enumerate()
        .skip(1)
        .filter_map(|(index, word)| (index != current).then_some(word.as_str()))
        .collect();
    let plain = plain(&others, &command);
    let (subcommand, plain) = plain.split_first().unwrap_or((&"", &[]));
    let names = names(&catalog, &typed, plain.first().copied());
    let command = command.mut_arg("schemas", |arg| arg.value_hint(ValueHint::DirPath));
    match *subcommand {
        "list" => command.mut_subcommand("list", |list| {
            list.mut_arg("words", |arg| named(arg, &names))
        }),
        "show" => command.mut_subcommand("show", |show| {
            show.mut_arg("action", |arg| named(arg, &names))
        }),
        taking @ ("call" | "snippet") => {
            let offers = catalog
                .sketch(plain)
                .map(|(service, action)| offers(&service, &action, &typed, &others));
            command.mut_subcommand(taking, |call| {
                let call = call
                    .mut_arg("action", |arg| named(arg, &names))
                    .mut_arg("input", |arg| arg.value_hint(ValueHint::FilePath))
                    .mut_arg("profile", |arg| named(arg, &configure::names()));
                // What the action takes comes first, since that is what people look for.
                Command::new(taking.to_owned())
                    .args(offers.into_iter().flatten().map(argument))
                    .args(call.get_arguments().cloned())
            })
        }
        _ => command,
    }
}

/// The value of an option.
fn after<'a>(words: &'a [String], option: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| word == option)?;
    words.get(at + 1).map(String::as_str)
}

/// The words that are neither options nor their values.
fn plain<'a>(words: &[&'a str], command: &Command) -> Vec<&'a str> {
    let options: Vec<&Arg> = command
        .get_arguments()
        .chain(command.get_subcommands().flat_map(Command::get_arguments))
        .collect();
    let mut plain = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let Some(name) = word.strip_prefix("--") else {
            plain.push(*word);
            continue;
        };
        let option = options
            .iter()
            .find(|option| option.get_long() == Some(name));
        let takes_value = option.is_none_or(|option| option.get_action().takes_values());
        if takes_value && !name.contains('=') {
            let _ = words.next_if(|next| !next.starts_with("--"));
        }
    }
    plain
}

/// The services and actions that the word may become. `service` is the word before, if it names one.
fn names(catalog: &Catalog, typed: &str, service: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |ids: Vec<&ServiceId>, before: &str, typed: &str| {
        for id in ids {
            let actions = catalog.actions(id).iter();
            let begun = actions.filter(|action| action.starts_with(typed));
            names.extend(begun.map(|action| format!("{before}{action}")));
        }
    };
    if let Some(ids) = service.and_then(|service| catalog.services(service).ok()) {
        add(ids, "", typed);
    } else if let Some((service, action)) = typed.rsplit_once('.') {
        let ids = catalog.services(service).unwrap_or_default();
        add(ids, &format!("{service}."), action);
    } else {
        if !typed.is_empty() {
            add(catalog.ids().collect(), "", typed);
        }
        let services = catalog.ids().filter(|id| id.service.starts_with(typed));
        names.extend(services.map(|id| format!("{}.", id.service)));
    }
    names.sort();
    names.dedup();
    // The only service that is left is not worth a stop.
    if let [only] = names.as_slice()
        && let Some(service) = only.strip_suffix('.')
    {
        let ids = catalog.services(service).unwrap_or_default();
        let actions = ids.iter().flat_map(|id| catalog.actions(id));
        names = actions
            .map(|action| format!("{service}.{action}"))
            .collect();
        names.sort();
        names.dedup();
    }
    names
}

fn named(arg: Arg, names: &[String]) -> Arg {
    let names = names.to_vec();
    arg.add(ArgValueCompleter::new(move |current: &OsStr| {
        let current = current.to_string_lossy();
        let begun = names.iter().filter(|name| name.starts_with(&*current));
        begun.map(CompletionCandidate::new).collect()
    }))
}

/// A parameter as an option of `call`.
fn argument(offer: Offer) -> Arg {
    let values = offer.values;
    Arg::new(format!("parameter {}", offer.path))
        .long(offer.path)
        .help(offer.help)
        .help_heading("Parameters")
        .action(ArgAction::Append)
        .num_args(usize::from(!offer.is_flag)..=1)
        .add(ArgValueCompleter::new(move |current: &OsStr| {
            let text = current.to_string_lossy();
            if let Some(path) = text.strip_prefix('@') {
                let files = PathCompleter::any().complete(OsStr::new(path));
                return files.into_iter().map(|file| file.add_prefix("@")).collect();
            }
            let begun = values.iter().filter(|(value, _)| value.starts_with(&*text));
            begun
                .map(|(value, help)| {
                    let help = Some(help).filter(|help| !help.is_empty());
                    CompletionCandidate::new(value).help(help.map(|help| help.clone().into()))
                })
                .collect()
        }))
}
