//! Members in, the structures that they lead to out.

use std::collections::BTreeSet;

use super::{Item, Member, Upstream};

impl Upstream {
    /// Every member of every action and structure.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Member> {
        let actions = self.actions.values();
        let messages = actions.flat_map(|action| action.request.iter().chain(&action.response));
        messages.chain(self.structs.values().flat_map(|item| &item.members))
    }

    /// The structures that members lead to, directly or through others.
    pub(crate) fn reached<'a>(
        &'a self,
        roots: impl Iterator<Item = &'a Member>,
    ) -> BTreeSet<&'a str> {
        self.follow(roots.collect(), |_| true)
    }

    /// Whether a structure contains itself: by value all the way, or only through lists.
    pub(crate) fn contains_itself(&self, name: &str) -> Option<bool> {
        let members = &self.structs.get(name)?.members;
        if !self.reached(members.iter()).contains(name) {
            return None;
        }
        let by_value = |member: &Member| !member.ty.list;
        let roots = members.iter().filter(|member| by_value(member)).collect();
        Some(self.follow(roots, by_value).contains(name))
    }

    fn follow<'a>(
        &'a self,
        mut waiting: Vec<&'a Member>,
        along: impl Fn(&Member) -> bool,
    ) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::new();
        while let Some(member) = waiting.pop() {
            if let Item::Struct(name) = &member.ty.item
                && reached.insert(name.as_str())
                && let Some(item) = self.structs.get(name)
            {
                waiting.extend(item.members.iter().filter(|member| along(member)));
            }
        }
        reached
    }

    /// Leaves out the structures that no action reaches, and counts them.
    pub(super) fn without_strays(mut self) -> Self {
        let roots = self
            .actions
            .values()
            .flat_map(|action| action.request.iter().chain(&action.response));
        let reached: BTreeSet<String> = self
            .reached(roots)
            .into_iter()
            .map(ToOwned::to_owned)
            .collect();
        let before = self.structs.len();
        self.structs.retain(|name, _| reached.contains(name));
        self.strays = before - self.structs.len();
        self
    }
}
