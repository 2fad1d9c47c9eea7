//! What a run has made in, the records for the next run out.

use std::fs;

use yunqiao_model::api::ServiceId;
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

/// Stands for the lines of `api.lock`.
pub(super) fn surface(lines: &str) -> String {
    format!("{:016x}", cache::hash(lines.as_bytes()))
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
                words: vec![made.outline.to_line(), surface(&made.surface)],
                inputs: made.inputs.clone(),
                outputs,
            };
            cache.save(&name(&made.outline.id), &record);
        }
    }

    /// What the root's record is about: the service versions, and the programs.
    pub(super) fn root_words(&self) -> Vec<String> {
        let ids = self.input.services.iter().map(|(id, _)| id.to_string());
        let programs = self.options.programs.iter();
        let programs =
            programs.map(|program| format!("{} {}", program.name, program.features.join(",")));
        ids.chain(programs).collect()
    }

    pub(super) fn remember_root(&self, cache: &Cache, root: &[(String, String)]) -> Result<()> {
        if let Some(outputs) = self.entries(root) {
            let record = Record {
                words: self.root_words(),
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
