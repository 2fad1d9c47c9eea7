//! `yunqiao list`: words in, the services and actions that they are about out.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};
use yunqiao_model::api::{Action, Service};

use crate::Outcome;
use crate::catalog::Catalog;
use crate::failure::Result;
use crate::output::{self, Format};

pub(crate) const EXAMPLES: &str = "\
Examples:
  yunqiao list                     every service
  yunqiao list ess                 the actions of a service
  yunqiao list ess template        those of its actions that are about templates
  yunqiao list --output json sms   for programs

Exit codes: 0 something was found, 1 nothing was, 2 the service does not exist.";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A service, and words that an action's name or summary has to hold; or only words.
    words: Vec<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    output: Format,
}

/// Lists services, or actions.
pub(crate) fn run(arguments: &Arguments, catalog: &Catalog) -> Result<Outcome> {
    let words: Vec<String> = arguments
        .words
        .iter()
        .map(|word| word.to_lowercase())
        .collect();
    let Some((first, rest)) = words.split_first() else {
        return services(arguments.output, catalog);
    };
    // A word that is no service is looked for everywhere.
    let (ids, filter): (Vec<_>, &[String]) = match catalog.services(first) {
        Ok(ids) => (ids, rest),
        Err(wrong) if first.contains(['/', '@']) => return Err(wrong),
        Err(_) => (catalog.ids().collect(), &words),
    };
    let mut rows = Vec::new();
    for id in ids {
        let service = catalog.service(id)?;
        let actions = service
            .actions
            .values()
            .filter(|action| is_about(action, filter));
        rows.extend(actions.map(|action| row(service, action)));
    }
    let found = !rows.is_empty();
    output::print(&Json::Array(rows), arguments.output, &["action", "summary"])?;
    Ok(if found {
        Outcome::Fine
    } else {
        Outcome::Finding
    })
}

fn is_about(action: &Action, words: &[String]) -> bool {
    let mut text = action.name.to_lowercase();
    let _ = write!(text, " {}", action.summary.to_lowercase());
    words.iter().all(|word| text.contains(word.as_str()))
}

fn row(service: &Service, action: &Action) -> Json {
    json!({
        "action": format!("{}.{}", service.id.service, action.name),
        "vendor": service.id.vendor.folder(),
        "version": service.id.version,
        "summary": action.summary,
        "deprecated": action.life.deprecated.is_some(),
    })
}

fn services(format: Format, catalog: &Catalog) -> Result<Outcome> {
    let mut rows = Vec::new();
    for id in catalog.ids() {
        let service = catalog.service(id)?;
        rows.push(json!({
            "service": id.service,
            "version": id.version,
            "vendor": id.vendor.folder(),
            "actions": service.actions.len(),
            "title": service.title,
        }));
    }
    let columns = ["service", "version", "vendor", "actions", "title"];
    output::print(&Json::Array(rows), format, &columns)?;
    Ok(Outcome::Fine)
}
