//! The vendor's own metadata of a service in, schema files out: new ones, or the ones that people have curated with the new
//! facts in their places. Pure: no file, clock or network is touched here.
//!
//! ```
//! use yunqiao_import::{Docs, Release};
//!
//! let api = br#"{
//!     "metadata": {"serviceShortName": "demo", "apiVersion": "2024-01-01"},
//!     "actions": {"Ping": {"input": "PingRequest", "output": "PingResponse", "status": "online"}},
//!     "objects": {
//!         "PingRequest": {"members": [{"name": "Text", "type": "string", "member": "string", "required": true}]},
//!         "PingResponse": {"members": [{"name": "RequestId", "type": "string", "member": "string"}]}
//!     }
//! }"#;
//! let release = Release::read(api, None).unwrap();
//! let imported = release.merge(&[], Docs::None).unwrap();
//! let action = &imported.files["tencent/demo/2024-01-01/actions/Ping.yaml"];
//! assert_eq!(action, "action: Ping\nrequest:\n  Text:\n    type: string\n    required: true\nresponse: {}\n");
//! ```

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_model::api::{ServiceId, Vendor};
use yunqiao_model::{Diagnostic, Document, Node, Source};

mod collide;
mod examples;
mod facts;
mod merge;
mod note;
mod overlay;
mod problem;
mod prose;
mod quirk;
mod sensitive;
mod upstream;

pub use examples::{Example, Request, examples};
pub use facts::Docs;
pub use note::{Note, NoteKind};
pub use problem::Problem;
pub use quirk::Quirks;
pub use upstream::MAX_BYTES;

use merge::Merge;
use upstream::Upstream;

/// What a new schema folder starts with: the vendor's path below it, and its file.
pub const VENDOR_FILE: (&str, &str) = (
    "tencent/vendor.yaml",
    include_str!("../../schemas/tencent/vendor.yaml"),
);

/// One service version as one release of the vendor's metadata describes it.
#[derive(Debug)]
pub struct Release {
    upstream: Upstream,
    codes: BTreeMap<String, Vec<String>>,
    /// What is wrong with the examples; the service itself can be imported all the same.
    pub examples_problems: Vec<Problem>,
}

/// What an import comes to.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Files that are new or have changed, by their path below the schema folder.
    pub files: BTreeMap<String, String>,
    /// Files that stay as they are.
    pub unchanged: usize,
    /// What has happened to curated files.
    pub notes: Vec<Note>,
    /// Entries of the list of quirks that no longer find their place.
    pub idle_quirks: Vec<String>,
    /// Oddities met, by kind.
    pub quirks: Quirks,
    /// Actions of the service.
    pub actions: usize,
    /// Structures of the service, without requests and answers.
    pub structs: usize,
    /// Fields of all of them.
    pub fields: usize,
}

impl Release {
    /// Reads an `api.json`, and the `examples.json` beside it, whose answers show error codes.
    ///
    /// # Errors
    /// Everything that is wrong with the `api.json`, each at its place.
    pub fn read(api: &[u8], examples: Option<&[u8]>) -> Result<Self, Vec<Problem>> {
        let upstream = upstream::read(api)?;
        let codes = examples.map_or_else(|| Ok(BTreeMap::new()), examples::error_codes);
        let (codes, examples_problems) = match codes {
            Ok(codes) => (codes, Vec::new()),
            Err(problems) => (BTreeMap::new(), problems),
        };
        Ok(Self {
            upstream,
            codes,
            examples_problems,
        })
    }

    /// Which service version it is.
    #[must_use]
    pub fn id(&self) -> ServiceId {
        ServiceId {
            vendor: Vendor::Tencent,
            service: self.upstream.service.clone(),
            version: self.upstream.version.clone(),
        }
    }

    /// Names of its actions.
    pub fn action_names(&self) -> impl Iterator<Item = &str> {
        self.upstream.actions.keys().map(String::as_str)
    }

    /// The schema files of the service: new ones, and those of `existing` (the files of this service version and of the vendor)
    /// with the facts of the release.
    ///
    /// # Errors
    /// Why an existing file cannot be read; nothing may be written then.
    pub fn merge(&self, existing: &[Source], docs: Docs) -> Result<Imported, Vec<Diagnostic>> {
        let folder = format!("{}/", self.id());
        let mut documents = documents(existing)?;
        let declared = vendor_codes(existing)?;
        let mut fresh = facts::files(&self.upstream, &self.codes, &declared, docs);
        let mut imported = Imported {
            quirks: quirk::count(&self.upstream),
            actions: self.upstream.actions.len(),
            structs: self.upstream.structs.len(),
            fields: self.upstream.members().count(),
            ..Imported::default()
        };
        let id = format!("{}/{}", self.upstream.service, self.upstream.version);
        imported.overlay(&id, &mut fresh);
        let enums = enum_kinds(&documents);
        let structs = collide::standing_structs(&documents, &folder);
        imported.settle(collide::settle_structs(&mut fresh, structs));
        imported.doubt_names(&fresh, &documents, &folder);
        for (name, facts) in &fresh {
            let path = format!("{folder}{name}");
            // A curated file may be JSON.
            let json = path.replace(".yaml", ".json");
            let path = if documents.contains_key(&json) {
                json
            } else {
                path
            };
            match documents.remove(&path) {
                None => imported.create(&path, facts)?,
                Some(document) => {
                    imported.update(document, &path, &enums, docs, |merge, root| {
                        match name.split('/').next() {
                            Some("actions") => merge.action(root, facts),
                            Some("structs") => merge.structure(root, facts),
                            _ => merge.service(root, facts),
                        }
                    })?
                }
            }
        }
        for (path, document) in documents {
            let kind = path
                .strip_prefix(&folder)
                .and_then(|name| name.split('/').next());
            // What says why it is there was never in the metadata; enums never are.
            let own = document.root().get("because").is_some() && !departs(document.root());
            if matches!(kind, Some("actions" | "structs")) && !own {
                imported.update(document, &path, &enums, docs, |merge, root| {
                    merge.gone(root)
                })?;
            }
        }
        Ok(imported)
    }
}

impl Imported {
    /// Adds what is known beside the metadata.
    fn overlay(&mut self, id: &str, fresh: &mut facts::Files) {
        let (taken, idle) = overlay::apply(id, fresh);
        self.idle_quirks = idle;
        for kind in taken {
            self.count(kind, 1);
        }
    }

    fn count(&mut self, kind: &'static str, number: usize) {
        if number > 0 {
            *self.quirks.entry(kind).or_default() += number;
        }
    }

    /// A file that was not there.
    fn create(&mut self, path: &str, facts: &Node) -> Result<(), Vec<Diagnostic>> {
        let mut document = Document::new(path);
        *document.root_mut() = facts.clone();
        self.settle(collide::settle_all(document.root_mut()));
        self.files.insert(path.to_owned(), document.text()?);
        Ok(())
    }

    /// A file that was there. It is written only if it says something else afterwards.
    fn update(
        &mut self,
        mut document: Document,
        path: &str,
        enums: &BTreeMap<String, String>,
        docs: Docs,
        change: impl FnOnce(&mut Merge<'_>, &mut Node),
    ) -> Result<(), Vec<Diagnostic>> {
        let before = document.root().clone();
        let mut merge = Merge {
            path,
            enums,
            docs,
            notes: &mut self.notes,
            settled: 0,
        };
        change(&mut merge, document.root_mut());
        let settled = merge.settled;
        self.settle(settled);
        if before.says_same(document.root()) {
            self.unchanged += 1;
        } else {
            self.files.insert(path.to_owned(), document.text()?);
        }
        Ok(())
    }

    /// Reports new files that cannot stand beside the ones that are there.
    fn doubt_names(
        &mut self,
        fresh: &facts::Files,
        documents: &BTreeMap<String, Document>,
        folder: &str,
    ) {
        let stem = |path: &str| {
            path.rsplit_once('.')
                .map_or("", |(stem, _)| stem)
                .to_owned()
        };
        let standing: BTreeSet<String> = documents.keys().map(|path| stem(path)).collect();
        let folded: BTreeMap<String, &String> = standing
            .iter()
            .map(|stem| (stem.to_ascii_lowercase(), stem))
            .collect();
        for name in fresh.keys() {
            let path = format!("{folder}{name}");
            let mut doubt = |text: String| {
                self.notes.push(Note {
                    path: path.clone(),
                    place: String::new(),
                    kind: NoteKind::Contradicted,
                    text,
                });
            };
            let own = stem(&path);
            if let Some(other) = folded.get(&own.to_ascii_lowercase())
                && !standing.contains(&own)
            {
                doubt(format!(
                    "differs from `{other}` by letter case only, and so do their files"
                ));
            }
            let namesake = stem(&path.replace("/structs/", "/enums/"));
            if namesake != own && standing.contains(&namesake) {
                doubt("an enum of the schema has the name of this structure".to_owned());
            }
        }
    }

    fn settle(&mut self, number: usize) {
        self.count("two names that become one in Rust", number);
    }
}

/// Whether the reason that a file gives is one for something in it: then the file itself was in the metadata.
fn departs(root: &Node) -> bool {
    let facts = ["rust", "host", "body", "unsigned", "error_member"];
    facts.into_iter().any(|key| root.get(key).is_some())
}

/// Existing files by their path.
fn documents(existing: &[Source]) -> Result<BTreeMap<String, Document>, Vec<Diagnostic>> {
    let (mut documents, mut problems) = (BTreeMap::new(), Vec::new());
    for source in existing {
        match Document::read(source) {
            Ok(document) => {
                documents.insert(source.path.clone(), document);
            }
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        Ok(documents)
    } else {
        Err(problems)
    }
}

/// The codes that the vendor's file declares for all services; without one, those of the file that a new folder starts with.
fn vendor_codes(existing: &[Source]) -> Result<BTreeSet<String>, Vec<Diagnostic>> {
    let own = existing.iter().find(|source| {
        source.path == VENDOR_FILE.0 || source.path == VENDOR_FILE.0.replace(".yaml", ".json")
    });
    let first = Source::new(VENDOR_FILE.0, VENDOR_FILE.1);
    let vendor = Document::read(own.unwrap_or(&first))?;
    let errors = vendor
        .root()
        .get("errors")
        .into_iter()
        .flat_map(Node::entries);
    Ok(errors.map(|(code, _)| code.to_owned()).collect())
}

/// What the values of each enum are, by its name.
fn enum_kinds(documents: &BTreeMap<String, Document>) -> BTreeMap<String, String> {
    let enums = documents
        .iter()
        .filter(|(path, _)| path.contains("/enums/"));
    let kind = |document: &Document| {
        let text = |key: &str| document.root().get(key)?.as_str().map(ToOwned::to_owned);
        Some((text("enum")?, text("type")?))
    };
    enums.filter_map(|(_, document)| kind(document)).collect()
}
