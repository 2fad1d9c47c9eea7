//! A service and names of actions in, the service with these actions and the types that they reach out.

use std::collections::BTreeSet;

use crate::api::Service;
use crate::resolve::reach;
use crate::suggest;

/// An action that was asked for and is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAction {
    /// As it was asked for.
    pub name: String,
    /// What may have been meant.
    pub hint: String,
}

impl Service {
    /// Leaves out every other action and every type that these do not reach. A waiter whose poll is left out goes too.
    ///
    /// # Errors
    /// The names that are no actions of the service; nothing is left out then.
    pub fn keep_actions<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Vec<NoAction>> {
        let wanted: BTreeSet<&str> = names.into_iter().collect();
        let missing: Vec<NoAction> = wanted
            .iter()
            .filter(|name| !self.actions.contains_key(**name))
            .map(|name| NoAction {
                name: (*name).to_owned(),
                hint: match suggest::nearest(name, self.actions.keys().map(String::as_str)) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("the service has {} others", self.actions.len()),
                },
            })
            .collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        self.actions
            .retain(|name, _| wanted.contains(name.as_str()));
        for action in self.actions.values_mut() {
            if action
                .waiter
                .as_ref()
                .is_some_and(|waiter| !wanted.contains(waiter.poll.as_str()))
            {
                action.waiter = None;
            }
        }
        let used = reach::mark(self);
        self.structs.retain(|name, _| used.contains(name));
        self.enums.retain(|name, _| used.contains(name));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Source, load};

    const FOLDER: &str = "tencent/demo/2024-01-01";

    #[test]
    fn only_what_the_actions_reach_is_left() {
        let file = |name: &str, text: &str| Source::new(format!("{FOLDER}/{name}.yaml"), text);
        let sources = [
            Source::new("tencent/vendor.yaml", "vendor: tencent\ntitle: T\ndoc: D\n"),
            file(
                "service",
                "service: demo\nversion: \"2024-01-01\"\ntitle: Demo\nundescribed: true\nhost: demo.tencentcloudapi.com\nregion: optional\n",
            ),
            file(
                "actions/Put",
                "action: Put\nrequest:\n  A:\n    type: Both\nresponse: {}\n",
            ),
            file(
                "actions/Get",
                "action: Get\nrequest: {}\nresponse:\n  A:\n    type: [Both]\n  B:\n    type: Other\n",
            ),
            file(
                "structs/Both",
                "struct: Both\nfields:\n  Inner:\n    type: Inner\n",
            ),
            file("structs/Inner", "struct: Inner\nfields: {}\n"),
            file("structs/Other", "struct: Other\nfields: {}\n"),
        ];
        let mut loaded = load(&sources);
        assert_eq!(loaded.diagnostics, []);
        let service = loaded.api.services.values_mut().next().unwrap();
        let missing = service.keep_actions(["Gett"]).unwrap_err();
        assert_eq!(
            (missing[0].name.as_str(), missing[0].hint.as_str()),
            ("Gett", "did you mean Get?")
        );
        assert_eq!(service.actions.len(), 2);
        service.keep_actions(["Put"]).unwrap();
        assert_eq!(
            service.structs.keys().collect::<Vec<_>>(),
            ["Both", "Inner"]
        );
        assert!(
            service
                .structs
                .values()
                .all(|item| item.in_request && !item.in_response)
        );
    }
}
