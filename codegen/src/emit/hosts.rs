//! A service or an action in, what its documentation says of its hosts and of how to choose one out.

use yunqiao_model::api::{Action, Service};

use crate::names::NamedService;
use crate::outline::Places as _;

/// The heading of a client's hosts, as a link spells it.
const HEADING: &str = "hosts";
/// What chooses a host by its name.
const CHOICE: &str = "[`site`](::yunqiao_runtime::ConfigBuilder::site)";
/// What stands in a host for the region.
const REGION: &str = "{region}";

/// The hosts of a service, which its client lists for all its actions.
pub(super) fn of_service(service: &Service) -> String {
    if service.hosts.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n\n# Hosts\n\nCalls go to `{}`, or to the host whose name {CHOICE} of the configuration chooses:\n",
        service.host
    );
    for (name, host) in &service.hosts {
        let region = match service.default_regions.get(name) {
            Some(region) => format!(", with the region `{region}` if none is configured"),
            None if host.contains(REGION) => ", where the region is that of the call".to_owned(),
            None => String::new(),
        };
        text.push_str(&format!("\n- `{name}`: `{host}`{region}"));
    }
    let own = service.actions.values();
    let own: Vec<String> = own
        .filter(|action| action.host.is_some())
        .map(|action| format!("`{}`", action.name))
        .collect();
    if !own.is_empty() {
        text.push_str(&format!(
            "\n\nActions with hosts of their own, which their documentation names: {}.",
            own.join(", ")
        ));
    }
    text
}

/// Where an action is called, in a sentence or two.
pub(super) fn of_action(service: &NamedService<'_>, action: &Action) -> String {
    let of_service = service.service;
    match &action.host {
        None if of_service.hosts.is_empty() => format!("Host `{}`.", of_service.host),
        None => format!(
            "Host `{}` or [another](crate::{}::Client#{HEADING}).",
            of_service.host,
            service.path()
        ),
        Some(own) if action.hosts.is_empty() => {
            format!("Host `{own}`, its own; {CHOICE} leads to no other.")
        }
        Some(own) => {
            let hosts = action.hosts.iter();
            let hosts: Vec<String> = hosts
                .map(|(name, host)| format!("`{name}` (`{host}`)"))
                .collect();
            format!(
                "Host `{own}`, its own; {CHOICE} leads to {} and to no other.",
                hosts.join(", ")
            )
        }
    }
}
