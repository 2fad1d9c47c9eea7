//! Files in, declarations by service version out: paths, YAML and keys are checked here, meaning is not.

use std::collections::BTreeMap;

use crate::dialect::{ActionFile, At, EnumFile, Read, ServiceFile, StructFile, VendorFile};
use crate::layout::{self, FileKind, Place};
use crate::node::{Node, NodeValue};
use crate::{Code, Diagnostic, Location, Source, on_all_cores};

/// What was declared for one service version.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) service: Option<ServiceFile>,
    /// There was a service file, readable or not.
    pub(crate) service_file_seen: bool,
    pub(crate) actions: BTreeMap<String, ActionFile>,
    pub(crate) structs: BTreeMap<String, StructFile>,
    pub(crate) enums: BTreeMap<String, EnumFile>,
    /// Types and actions whose file exists but could not be read; using them is no second error.
    pub(crate) unreadable: Vec<String>,
}

/// What a vendor's files declare.
pub(crate) fn vendor(sources: &[&Source], problems: &mut Vec<Diagnostic>) -> Option<VendorFile> {
    let mut kept: BTreeMap<(), VendorFile> = BTreeMap::new();
    for source in sources {
        let place = match layout::place(&source.path) {
            Ok(place) => place,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let (node, found) = source.tree();
        problems.extend(found);
        let Some(node) = node.filter(|node| !is_misplaced(node, &place, problems)) else {
            continue;
        };
        if let Some(file) = VendorFile::read(&node, problems) {
            check_name(file.name.as_ref(), &place, problems);
            keep(&mut kept, (), file, |file| &file.at, source, problems);
        }
    }
    kept.remove(&())
}

/// What one file of a service version declares, and what is wrong with it.
struct Parsed {
    place: Place,
    declared: Option<Declared>,
    problems: Vec<Diagnostic>,
}

enum Declared {
    Service(Box<ServiceFile>),
    Action(Box<ActionFile>),
    Struct(Box<StructFile>),
    Enum(Box<EnumFile>),
}

/// Reads one file by itself, so that each can be read on any core.
fn parse(source: &Source) -> Result<Parsed, Diagnostic> {
    let place = layout::place(&source.path)?;
    let (node, mut problems) = source.tree();
    let node = node.filter(|node| !is_misplaced(node, &place, &mut problems));
    let declared = node.and_then(|node| declared(&node, &place, &mut problems));
    Ok(Parsed {
        place,
        declared,
        problems,
    })
}

fn declared(node: &Node, place: &Place, problems: &mut Vec<Diagnostic>) -> Option<Declared> {
    let (declared, name) = match place.kind {
        FileKind::Service | FileKind::Vendor => {
            let file = ServiceFile::read(node, problems)?;
            let name = file.name.clone();
            (Declared::Service(Box::new(file)), name)
        }
        FileKind::Action => {
            let file = ActionFile::read(node, problems)?;
            let name = file.name.clone();
            (Declared::Action(Box::new(file)), name)
        }
        FileKind::Struct => {
            let file = StructFile::read(node, problems)?;
            let name = file.name.clone();
            (Declared::Struct(Box::new(file)), name)
        }
        FileKind::Enum => {
            let file = EnumFile::read(node, problems)?;
            let name = file.name.clone();
            (Declared::Enum(Box::new(file)), name)
        }
    };
    check_name(name.as_ref(), place, problems);
    if let Declared::Service(file) = &declared {
        check_version(file, place, problems);
    }
    Some(declared)
}

/// What a service version's files declare; nothing if none of them lies where one can.
pub(crate) fn service(sources: &[&Source], problems: &mut Vec<Diagnostic>) -> Option<Draft> {
    let mut draft: Option<Draft> = None;
    let mut misplaced = Vec::new();
    let parsed = on_all_cores(sources, |source| parse(source));
    for (source, parsed) in sources.iter().zip(parsed) {
        match parsed {
            Ok(parsed) => draft.get_or_insert_default().add(parsed, source, problems),
            Err(problem) => {
                problems.push(problem);
                misplaced.extend(layout::misplaced(&source.path));
            }
        }
    }
    if let Some(draft) = &mut draft {
        for name in misplaced {
            draft.service_file_seen |= name == "service";
            draft.unreadable.push(name.to_owned());
        }
    }
    draft
}

impl Draft {
    fn add(&mut self, parsed: Parsed, source: &Source, problems: &mut Vec<Diagnostic>) {
        let Parsed {
            place,
            declared,
            problems: found,
        } = parsed;
        problems.extend(found);
        self.service_file_seen |= place.kind == FileKind::Service;
        let name = place.name;
        let other = match declared {
            // Without its file a service is checked all the same.
            None if place.kind == FileKind::Service => None,
            None => {
                self.unreadable.push(name);
                None
            }
            Some(Declared::Service(file)) => self.service.replace(*file).map(|other| other.at),
            Some(Declared::Action(file)) => self.actions.insert(name, *file).map(|other| other.at),
            Some(Declared::Struct(file)) => self.structs.insert(name, *file).map(|other| other.at),
            Some(Declared::Enum(file)) => self.enums.insert(name, *file).map(|other| other.at),
        };
        if let Some(other) = other {
            twice(&other, source, problems);
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
