//! Files in, declarations by service version out: paths, YAML and keys are checked here, meaning is not.

use std::collections::BTreeMap;

use crate::api::{ServiceId, Vendor};
use crate::dialect::{ActionFile, At, EnumFile, Read, ServiceFile, StructFile, VendorFile};
use crate::layout::{self, FileKind, Place};
use crate::node::{Node, NodeValue};
use crate::{Code, Diagnostic, Location, Source, yaml};

/// Everything that was declared.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) vendors: BTreeMap<Vendor, VendorFile>,
    pub(super) services: BTreeMap<ServiceId, Draft>,
}

/// What was declared for one service version.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) service: Option<ServiceFile>,
    /// There was a service file, readable or not.
    pub(super) service_file_seen: bool,
    pub(super) actions: BTreeMap<String, ActionFile>,
    pub(super) structs: BTreeMap<String, StructFile>,
    pub(super) enums: BTreeMap<String, EnumFile>,
    /// Types and actions whose file exists but could not be read; using them is no second error.
    pub(super) unreadable: Vec<String>,
}

pub(super) fn gather(sources: &[Source], problems: &mut Vec<Diagnostic>) -> Drafts {
    let mut sorted: Vec<&Source> = sources.iter().collect();
    sorted.sort();
    let mut drafts = Drafts::default();
    let mut misplaced = Vec::new();
    for source in sorted {
        match layout::place(&source.path) {
            Ok(place) => drafts.add(source, place, problems),
            Err(problem) => {
                problems.push(problem);
                misplaced.extend(layout::misplaced(&source.path));
            }
        }
    }
    for (id, name) in misplaced {
        if let Some(draft) = drafts.services.get_mut(&id) {
            draft.service_file_seen |= name == "service";
            draft.unreadable.push(name.to_owned());
        }
    }
    drafts
}

impl Drafts {
    fn add(&mut self, source: &Source, place: Place, problems: &mut Vec<Diagnostic>) {
        let (node, found) = yaml::parse(source);
        problems.extend(found);
        let Some(id) = &place.service else {
            let Some(node) = node.filter(|node| !is_misplaced(node, &place, problems)) else {
                return;
            };
            if let Some(file) = VendorFile::read(&node, problems) {
                check_name(file.name.as_ref(), &place, problems);
                keep(
                    &mut self.vendors,
                    place.vendor,
                    file,
                    |file| &file.at,
                    source,
                    problems,
                );
            }
            return;
        };
        let draft = self.services.entry(id.clone()).or_default();
        draft.service_file_seen |= place.kind == FileKind::Service;
        let Some(node) = node.filter(|node| !is_misplaced(node, &place, problems)) else {
            draft.unreadable.push(place.name);
            return;
        };
        draft.add(&node, &place, source, problems);
    }
}

impl Draft {
    fn add(&mut self, node: &Node, place: &Place, source: &Source, problems: &mut Vec<Diagnostic>) {
        let name = place.name.clone();
        match place.kind {
            FileKind::Service | FileKind::Vendor => {
                let Some(file) = ServiceFile::read(node, problems) else {
                    return;
                };
                check_name(file.name.as_ref(), place, problems);
                check_version(&file, place, problems);
                if let Some(other) = self.service.replace(file) {
                    twice(&other.at, source, problems);
                }
            }
            FileKind::Action => match ActionFile::read(node, problems) {
                None => self.unreadable.push(name),
                Some(file) => {
                    check_name(file.name.as_ref(), place, problems);
                    keep(
                        &mut self.actions,
                        name,
                        file,
                        |file| &file.at,
                        source,
                        problems,
                    );
                }
            },
            FileKind::Struct => match StructFile::read(node, problems) {
                None => self.unreadable.push(name),
                Some(file) => {
                    check_name(file.name.as_ref(), place, problems);
                    keep(
                        &mut self.structs,
                        name,
                        file,
                        |file| &file.at,
                        source,
                        problems,
                    );
                }
            },
            FileKind::Enum => match EnumFile::read(node, problems) {
                None => self.unreadable.push(name),
                Some(file) => {
                    check_name(file.name.as_ref(), place, problems);
                    keep(
                        &mut self.enums,
                        name,
                        file,
                        |file| &file.at,
                        source,
                        problems,
                    );
                }
            },
        }
    }
}

/// Reports a file that describes another kind of item than its place asks for.
fn is_misplaced(node: &Node, place: &Place, problems: &mut Vec<Diagnostic>) -> bool {
    let NodeValue::Map(entries) = &node.value else {
        return false;
    };
    let names = |kind: FileKind| entries.iter().find(|entry| entry.key == kind.word());
    if names(place.kind).is_some() {
        return false;
    }
    let Some((kind, entry)) = FileKind::ALL
        .into_iter()
        .find_map(|kind| names(kind).map(|entry| (kind, entry)))
    else {
        return false;
    };
    let message = format!(
        "the file describes {}, but lies where {} belongs",
        kind.with_article(),
        place.kind.with_article()
    );
    let problem = Diagnostic::new(Code::WrongFolder, entry.key_at.clone(), message);
    problems.push(problem.help(format!(
        "{} belongs at {}",
        kind.with_article(),
        kind.home()
    )));
    true
}

fn keep<K: Ord, T>(
    map: &mut BTreeMap<K, T>,
    key: K,
    file: T,
    at: fn(&T) -> &Location,
    source: &Source,
    problems: &mut Vec<Diagnostic>,
) {
    if let Some(other) = map.insert(key, file) {
        twice(at(&other), source, problems);
    }
}

fn twice(other: &Location, source: &Source, problems: &mut Vec<Diagnostic>) {
    let message = format!("{} describes the same item", other.path);
    let problem = Diagnostic::new(Code::TypeTwice, Location::file(&source.path), message);
    problems.push(problem.help("keep one of the two files"));
}

fn check_name(name: Option<&At<String>>, place: &Place, problems: &mut Vec<Diagnostic>) {
    let Some(name) = name.filter(|name| name.value != place.name) else {
        return;
    };
    let expected = if place.kind <= FileKind::Service {
        "folder"
    } else {
        "file"
    };
    let message = format!(
        "the {} is called \"{}\" but its {expected} \"{}\"",
        place.kind.word(),
        name.value,
        place.name
    );
    let problem = Diagnostic::new(Code::WrongName, name.at.clone(), message);
    problems.push(problem.help(format!("write {}, or rename the {expected}", place.name)));
}

fn check_version(file: &ServiceFile, place: &Place, problems: &mut Vec<Diagnostic>) {
    let (Some(version), Some(id)) = (&file.version, &place.service) else {
        return;
    };
    if version.value != id.version {
        let message = format!(
            "the version is \"{}\" but the folder \"{}\"",
            version.value, id.version
        );
        let problem = Diagnostic::new(Code::WrongName, version.at.clone(), message);
        problems.push(problem.help(format!("write {}, or move the file", id.version)));
    }
}
