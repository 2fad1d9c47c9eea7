//! What a run has made in, the records for the next run out.

use std::fs;

use serde_json::{Value as Json, json};
use yunqiao_codegen::Outline;
use yunqiao_model::api::{ServiceId, Vendor};
use yunqiao_model::on_all_cores;

use crate::outcome::Result;
use crate::tree::{self, Found};

use super::cache::{self, Cache, Entry, Record};
use super::{Made, Run};

/// Name of the record of what belongs to no service version.
pub(super) const ROOT: &str = "root";

/// Name of a service version's record.
pub(super) fn name(id: &ServiceId) -> String {
    id.to_string().replace('/', ".")
}

pub(super) fn words(outline: &Outline) -> String {
    let id = &outline.id;
    json!([
        id.vendor.folder(),
        id.service,
        id.version,
        outline.title,
        outline.actions,
        outline.has_calls,
        outline.has_doc_example
    ])
    .to_string()
}

/// Stands for the lines of `api.lock`.
pub(super) fn surface(lines: &str) -> String {
    format!("{:016x}", cache::hash(lines.as_bytes()))
}

pub(super) fn outline(words: &str) -> Option<Outline> {
    let all: Json = serde_json::from_str(words).ok()?;
    let text = |index: usize| all.get(index)?.as_str().map(ToOwned::to_owned);
    Some(Outline {
        id: ServiceId {
            vendor: Vendor::from_folder(&text(0)?)?,
            service: text(1)?,
            version: text(2)?,
        },
        title: text(3)?,
        actions: usize::try_from(all.get(4)?.as_u64()?).ok()?,
        has_calls: all.get(5)?.as_bool()?,
        has_doc_example: all.get(6)?.as_bool()?,
    })
}

impl Run<'_> {
    /// Files as they lie there now; `None` if one of them has gone already.
    fn entries(&self, files: &[(String, String)]) -> Option<Vec<Entry>> {
        let now = cache::now();
        let entry = |(name, content): &(String, String)| {
            let metadata = fs::symlink_metadata(self.target.folder.join(name)).ok()?;
            let found = Found {
                path: name.clone(),
                size: metadata.len(),
                modified: tree::modified(&metadata),
            };
            Some(Entry::output(&found, content.as_bytes(), now))
        };
        files.iter().map(entry).collect()
    }

    pub(super) fn remember(&self, cache: &Cache, made: &Made) {
        if let Some(outputs) = self.entries(&made.files) {
            let record = Record {
                words: vec![words(&made.outline), surface(&made.surface)],
                inputs: made.inputs.clone(),
                outputs,
            };
            cache.save(&name(&made.outline.id), &record);
        }
    }

    pub(super) fn remember_root(&self, cache: &Cache, root: &[(String, String)]) -> Result<()> {
        if let Some(outputs) = self.entries(root) {
            let ids = self.input.services.iter().map(|(id, _)| id.to_string());
            let record = Record {
                words: ids.collect(),
                inputs: self.input.vendor_entries()?,
                outputs,
            };
            cache.save(ROOT, &record);
        }
        Ok(())
    }

    /// The root's record with new entries for the files that were looked at.
    pub(super) fn remember_new_root(
        &self,
        cache: &Cache,
        mut root: Record,
        new: &[(String, String)],
    ) -> Result<()> {
        let Some(entries) = self.entries(new) else {
            return Ok(());
        };
        root.outputs
            .retain(|old| !new.iter().any(|(name, _)| name == old.path()));
        root.outputs.extend(entries);
        root.inputs = self.input.vendor_entries()?;
        cache.save(ROOT, &root);
        Ok(())
    }

    pub(super) fn remember_all(&self, made: &[Made], root: &[(String, String)]) -> Result<()> {
        let Some(cache) = &self.cache else {
            return Ok(());
        };
        cache.label(&self.input.folder, &self.target.folder);
        on_all_cores(made, |made| self.remember(cache, made));
        // Last, because the others count only with it.
        self.remember_root(cache, root)
    }
}
