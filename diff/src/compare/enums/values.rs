//! The values of an enum on both sides in, what came, went or changed out. A value is the same if its text on the wire is, and
//! next if its Rust name is.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_model::api::{Enum, EnumValue, WireValue};

use crate::change::Change;
use crate::compare::life::{Fate, deprecation, is_dead, note, notes};
use crate::compare::place::{Place, Way};
use crate::prose;

pub(super) fn compare(
    place: &Place<'_>,
    rest: &str,
    way: Way,
    (old, new): (&Enum, &Enum),
    actions: &[String],
    out: &mut Vec<Change>,
) {
    let around = Around {
        place,
        rest,
        way,
        actions,
    };
    let by_wire: BTreeMap<&WireValue, &EnumValue> = old
        .values
        .iter()
        .map(|value| (&value.value, value))
        .collect();
    let left: BTreeSet<&WireValue> = new.values.iter().map(|value| &value.value).collect();
    let is_left = |value: &EnumValue| left.contains(&value.value);
    let mut renamed = BTreeSet::new();
    for after in &new.values {
        let same_name = |before: &&EnumValue| before.name == after.name && !is_left(before);
        let before = match by_wire.get(&after.value) {
            Some(before) => Some(*before),
            None => old.values.iter().find(same_name),
        };
        renamed.extend(before.map(|before| &before.value));
        let life = before.map(|before| &before.life);
        match (Fate::of(life, Some(&after.life)), before) {
            (Fate::Stays, Some(before)) => around.value(old, before, after, out),
            (Fate::Buried, Some(before)) => out.push(around.removed(before, true)),
            (Fate::Dead, Some(before)) => {
                let path = around.path(after);
                notes(&path, &before.life, &after.life, actions, out);
            }
            (Fate::Comes, _) => {
                let change = Change::new(way.rule("D17", "E21", true), around.path(after));
                out.push(change.actions(actions).after(&after.name));
            }
            _ => {}
        }
    }
    for before in &old.values {
        if renamed.contains(&before.value) {
            continue;
        }
        if is_dead(&before.life) {
            let change = place.change("H11", &format!("{rest}/{}", before.value));
            out.push(change.actions(actions).before(&before.name));
        } else {
            out.push(around.removed(before, false));
        }
    }
}

struct Around<'a> {
    place: &'a Place<'a>,
    rest: &'a str,
    way: Way,
    actions: &'a [String],
}

impl Around<'_> {
    fn path(&self, value: &EnumValue) -> String {
        self.place.path(&format!("{}/{}", self.rest, value.value))
    }

    fn value(&self, list: &Enum, old: &EnumValue, new: &EnumValue, out: &mut Vec<Change>) {
        let path = self.path(new);
        let actions = self.actions;
        let change = |id: &str| {
            self.place
                .change(id, &format!("{}/{}", self.rest, new.value))
        };
        if old.value != new.value {
            let change = change("D19").actions(actions);
            let change = change.before(old.value.to_string());
            out.push(change.after(new.value.to_string()));
        }
        if old.name != new.name {
            let is_taken = list.values.iter().any(|value| value.name == new.name);
            let change = change(if is_taken { "D42" } else { "D20" }).actions(actions);
            let change = change.before(&old.name).after(&new.name);
            let is_free = change.rule.bare.is_none();
            let advice = format!("keep the name `{}` for `{}`", old.name, old.value);
            out.push(Change {
                is_guarded: is_free,
                advice: Some(advice),
                ..change
            });
        }
        if let Some(came) = deprecation(&old.life, &new.life) {
            let (request, response) = if came { ("D39", "E30") } else { ("D40", "E33") };
            let rule = self.way.rule(request, response, true);
            let change = Change::new(rule, path.clone()).actions(actions);
            out.push(change.before(note(&old.life)).after(note(&new.life)));
        }
        notes(&path, &old.life, &new.life, actions, out);
        prose::compare(&path, &old.doc, &new.doc, actions, out);
    }

    fn removed(&self, value: &EnumValue, is_guarded: bool) -> Change {
        let rule = self.way.rule("D18", "E22", is_guarded);
        Change::new(rule, self.path(value))
            .actions(self.actions)
            .before(&value.name)
            .guarded(is_guarded, || {
                format!("keep the value `{}` with `removed:`", value.value)
            })
    }
}
