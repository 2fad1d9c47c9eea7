//! A path below the schema folder in, what kind of file lies there out.

use crate::api::{ServiceId, Vendor};
use crate::{Code, Diagnostic, Location, suggest};

/// The kinds of schema file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// `<vendor>/vendor.yaml`
    Vendor,
    /// `<vendor>/<service>/<version>/service.yaml`
    Service,
    /// `…/actions/<Name>.yaml`
    Action,
    /// `…/structs/<Name>.yaml`
    Struct,
    /// `…/enums/<Name>.yaml`
    Enum,
}

impl FileKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 5] = [
        Self::Vendor,
        Self::Service,
        Self::Action,
        Self::Struct,
        Self::Enum,
    ];

    /// Where files of this kind lie, as a glob below the schema folder.
    #[must_use]
    pub const fn glob(self) -> &'static str {
        match self {
            Self::Vendor => "*/vendor.{yaml,json}",
            Self::Service => "*/*/*/service.{yaml,json}",
            Self::Action => "*/*/*/actions/*.{yaml,json}",
            Self::Struct => "*/*/*/structs/*.{yaml,json}",
            Self::Enum => "*/*/*/enums/*.{yaml,json}",
        }
    }

    /// The word with its article.
    pub(crate) const fn with_article(self) -> &'static str {
        match self {
            Self::Vendor => "a vendor",
            Self::Service => "a service",
            Self::Action => "an action",
            Self::Struct => "a struct",
            Self::Enum => "an enum",
        }
    }

    /// Where a file of this kind lies, seen from the folder of its service version.
    pub(crate) const fn home(self) -> &'static str {
        match self {
            Self::Vendor => "../../vendor.yaml",
            Self::Service => "service.yaml",
            Self::Action => "actions/",
            Self::Struct => "structs/",
            Self::Enum => "enums/",
        }
    }

    /// One word for the kind.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Service => "service",
            Self::Action => "action",
            Self::Struct => "struct",
            Self::Enum => "enum",
        }
    }
}

/// What a path says about its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) kind: FileKind,
    pub(crate) vendor: Vendor,
    /// Absent for a vendor file.
    pub(crate) service: Option<ServiceId>,
    /// The name that the file must give.
    pub(crate) name: String,
}

const HELP: &str = "files lie at VENDOR/vendor.yaml, VENDOR/SERVICE/VERSION/service.yaml, and in actions/, structs/ and enums/ beside it";

/// Tells what lies at a path. A folder that is wrong is reported as such, so that its files give one report together.
pub(crate) fn place(path: &str) -> Result<Place, Diagnostic> {
    let wrong = |at: &str, message: String, help: &str| {
        Diagnostic::new(Code::WrongFolder, Location::file(at), message).help(help)
    };
    let parts: Vec<&str> = path.split('/').collect();
    let [vendor_folder, .., file] = parts.as_slice() else {
        return Err(wrong(
            path,
            "a file at the top of the schema folder".to_owned(),
            HELP,
        ));
    };
    let Some(vendor) = Vendor::from_folder(vendor_folder) else {
        let hint = suggest::hint(vendor_folder, Vendor::ALL.into_iter().map(Vendor::folder));
        let message = format!("\"{vendor_folder}\" is no vendor whose protocol is known");
        return Err(wrong(vendor_folder, message, &hint));
    };
    let service = match parts.as_slice() {
        [_, service, version, _, ..] => Some(service_id(vendor, service, version)?),
        _ => None,
    };
    let Some(name) = file
        .strip_suffix(".yaml")
        .or_else(|| file.strip_suffix(".json"))
    else {
        let message = format!("\"{file}\" ends neither in .yaml nor in .json");
        let help = match file.strip_suffix(".yml") {
            Some(name) => format!("rename it to {name}.yaml"),
            None => "only schema files lie here; move it elsewhere".to_owned(),
        };
        return Err(wrong(path, message, &help));
    };
    let at = |kind: FileKind, name: &str| Place {
        kind,
        vendor,
        service: service.clone(),
        name: name.to_owned(),
    };
    match &parts[1..] {
        [_] if name == "vendor" => Ok(at(FileKind::Vendor, vendor_folder)),
        [service, _, _] if name == "service" => Ok(at(FileKind::Service, service)),
        [_, _, "actions", _] => Ok(at(FileKind::Action, name)),
        [_, _, "structs", _] => Ok(at(FileKind::Struct, name)),
        [_, _, "enums", _] => Ok(at(FileKind::Enum, name)),
        [_, _, _] => Err(wrong(
            path,
            format!("\"{file}\" is not service.yaml"),
            "actions lie in actions/, structs in structs/ and enums in enums/",
        )),
        [_, _, folder @ ("actions" | "structs" | "enums"), ..] => Err(wrong(
            path,
            format!("a folder inside of {folder}/"),
            &format!("move the file up into {folder}/"),
        )),
        [_, _, folder, ..] => Err(wrong(
            &parts[..4].join("/"),
            format!("no schema files lie in a folder \"{folder}\""),
            &suggest::hint(folder, ["actions", "structs", "enums"]),
        )),
        _ => Err(wrong(path, "no schema file lies here".to_owned(), HELP)),
    }
}

/// The service version in whose folder a file lies, and the path from there.
pub(crate) fn in_version(path: &str) -> Option<(ServiceId, &str)> {
    let mut parts = path.splitn(4, '/');
    let (vendor, service, version) = (parts.next()?, parts.next()?, parts.next()?);
    let below = parts.next()?;
    let id = service_id(Vendor::from_folder(vendor)?, service, version).ok()?;
    Some((id, below))
}

/// The name that a misplaced file would have in its place.
pub(crate) fn misplaced(path: &str) -> Option<&str> {
    let file = path.rsplit_once('/').map_or(path, |(_, file)| file);
    Some(file.rsplit_once('.')?.0)
}

fn service_id(vendor: Vendor, service: &str, version: &str) -> Result<ServiceId, Diagnostic> {
    let folder = format!("{vendor}/{service}");
    if !is_service_name(service) {
        let message = format!("\"{service}\" is no service name");
        let problem = Diagnostic::new(Code::WrongFolder, Location::file(&folder), message);
        return Err(problem.help("use lower-case letters, digits and single _ between them"));
    }
    if !is_date(version) {
        let at = Location::file(&format!("{folder}/{version}"));
        let problem = Diagnostic::new(
            Code::WrongFolder,
            at,
            format!("\"{version}\" is no version"),
        );
        return Err(problem.help("a version folder is a date, YYYY-MM-DD"));
    }
    Ok(ServiceId {
        vendor,
        service: service.to_owned(),
        version: version.to_owned(),
    })
}

fn is_service_name(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('_').all(word)
}

/// Whether the text is a calendar date `YYYY-MM-DD`.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let (Some(_), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    (1..=12).contains(&month) && (1..=31).contains(&day)
}
