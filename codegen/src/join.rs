//! The versions of one service in, what their common client shows out: who owns each plain name, and which types fit.
//!
//! The newest version that has a name owns it, whatever features are enabled: a call must not change its meaning because
//! another crate of the program enables one more version.

use std::collections::{BTreeMap, BTreeSet};

use crate::outline::{Outline, OutlinedAction, OutlinedCode};

/// What the module of a service shows of its versions.
#[derive(Debug)]
pub(crate) struct Joined<'a> {
    /// Oldest first.
    pub(crate) versions: &'a [&'a Outline],
    /// By method.
    pub(crate) methods: BTreeMap<&'a str, Plain<'a>>,
    /// Type names that mean one type in all plain methods: the version that has it.
    pub(crate) types: BTreeMap<&'a str, usize>,
    /// Type names that mean another type in each of several versions.
    pub(crate) split: BTreeMap<&'a str, BTreeSet<usize>>,
    /// By constant.
    pub(crate) codes: BTreeMap<&'a str, PlainCode<'a>>,
}

/// A method of the common client.
#[derive(Debug)]
pub(crate) struct Plain<'a> {
    /// Place of the version among the versions.
    pub(crate) version: usize,
    pub(crate) action: &'a OutlinedAction,
    /// It is the name that the action had before it was renamed.
    pub(crate) former: bool,
    /// Older versions with an action of this name: where they stand, and their method.
    pub(crate) others: Vec<(usize, &'a str)>,
}

/// An error code of one or more versions.
#[derive(Debug)]
pub(crate) struct PlainCode<'a> {
    /// As the newest of the versions describes it.
    pub(crate) newest: &'a OutlinedCode,
    pub(crate) versions: BTreeSet<usize>,
    /// Each of the versions says that it is gone.
    pub(crate) gone: bool,
}

impl<'a> Joined<'a> {
    /// `versions` are those of one service, oldest first.
    pub(crate) fn new(versions: &'a [&'a Outline]) -> Self {
        let methods = methods(versions);
        let mut split = reached(versions, &methods);
        let types = split
            .iter()
            .filter(|(_, versions)| versions.len() == 1)
            .filter_map(|(name, versions)| Some((*name, *versions.first()?)))
            .collect();
        split.retain(|_, versions| versions.len() > 1);
        Self {
            versions,
            methods,
            types,
            split,
            codes: codes(versions),
        }
    }

    /// Whether the plain name of an action leads to it, and not to a newer one.
    pub(crate) fn owns(&self, version: usize, action: &OutlinedAction) -> bool {
        self.methods
            .get(action.method.as_str())
            .is_some_and(|plain| plain.version == version && !plain.former)
    }
}

/// Newest first, a name is taken once; an action is the same as a newer one if either its wire name or its method is.
fn methods<'a>(versions: &'a [&'a Outline]) -> BTreeMap<&'a str, Plain<'a>> {
    let mut methods: BTreeMap<&str, Plain<'_>> = BTreeMap::new();
    let mut wires: BTreeMap<&str, &str> = BTreeMap::new();
    for (version, outline) in versions.iter().enumerate().rev() {
        for action in &outline.actions {
            let method = action.method.as_str();
            let newer = wires.get(action.name.as_str()).copied().unwrap_or(method);
            if let Some(plain) = methods.get_mut(newer) {
                plain.others.push((version, method));
                continue;
            }
            wires.insert(&action.name, method);
            methods.insert(method, Plain::new(version, action, false));
        }
        for action in &outline.actions {
            let former = action.former.as_ref();
            if let Some(old) = former.and_then(|former| former.method.as_deref()) {
                methods
                    .entry(old)
                    .or_insert_with(|| Plain::new(version, action, true));
            }
        }
    }
    methods
}

impl<'a> Plain<'a> {
    fn new(version: usize, action: &'a OutlinedAction, former: bool) -> Self {
        Self {
            version,
            action,
            former,
            others: Vec::new(),
        }
    }
}

/// The names of all types that plain methods lead to, each with the versions that they lead to.
fn reached<'a>(
    versions: &'a [&'a Outline],
    methods: &BTreeMap<&'a str, Plain<'a>>,
) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let (mut names, mut former) = (BTreeMap::new(), BTreeMap::new());
    for (version, outline) in versions.iter().enumerate() {
        let claim = |name: &'a String, names: &mut BTreeMap<&'a str, BTreeSet<usize>>| {
            names.entry(name).or_default().insert(version);
        };
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<usize> = Vec::new();
        let own = |plain: &&Plain<'_>| plain.version == version && !plain.former;
        for plain in methods.values().filter(own) {
            let action = plain.action;
            claim(&action.request, &mut names);
            claim(&action.response, &mut names);
            if let Some(old) = &action.former {
                claim(&old.request, &mut former);
                claim(&old.response, &mut former);
            }
            waiting.extend(&action.uses);
        }
        while let Some(place) = waiting.pop() {
            if !seen.insert(place) {
                continue;
            }
            let Some(item) = outline.types.get(place) else {
                continue;
            };
            claim(&item.rust, &mut names);
            if let Some(old) = &item.former {
                claim(old, &mut former);
            }
            waiting.extend(&item.uses);
        }
    }
    // A former name stands back behind whoever goes by it now.
    for (name, versions) in former {
        names.entry(name).or_insert(versions);
    }
    names
}

/// Constants whose value is the same wherever they stand.
fn codes<'a>(versions: &'a [&'a Outline]) -> BTreeMap<&'a str, PlainCode<'a>> {
    let mut codes: BTreeMap<&str, PlainCode<'_>> = BTreeMap::new();
    let mut differing = BTreeSet::new();
    for (version, outline) in versions.iter().enumerate().rev() {
        for code in &outline.codes {
            let plain = codes.entry(&code.rust).or_insert_with(|| PlainCode {
                newest: code,
                versions: BTreeSet::new(),
                gone: true,
            });
            plain.versions.insert(version);
            plain.gone &= code.note.is_some();
            if plain.newest.code != code.code {
                differing.insert(code.rust.as_str());
            }
        }
    }
    codes.retain(|name, _| !differing.contains(name));
    codes
}
