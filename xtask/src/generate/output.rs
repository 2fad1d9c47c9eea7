//! Files as they should be and as they are in, what differs out; and the writing of it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use yunqiao_model::on_all_cores;

use crate::outcome::{Failure, Result};
use crate::tree::{self, Found};

/// A folder of the generator's, as it was found.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) folder: PathBuf,
    /// How messages name the folder.
    pub(super) shown: String,
    found: HashMap<String, Found>,
}

/// How a file is told from what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    None,
    Stale,
    Missing,
}

/// How files on disk differ from what they should be.
#[derive(Debug, Default)]
pub(super) struct Drift {
    pub(super) stale: Vec<String>,
    pub(super) missing: Vec<String>,
    pub(super) extra: Vec<String>,
}

impl Drift {
    pub(super) fn sorted(&mut self) -> &Self {
        self.stale.sort_unstable();
        self.missing.sort_unstable();
        self
    }

    pub(super) fn count(&self) -> usize {
        self.stale.len() + self.missing.len() + self.extra.len()
    }
}

impl Target {
    /// Looks at the folders that the generator writes into, and at the named files beside them.
    pub(super) fn find(folder: PathBuf, shown: String, beside: &[&str]) -> Result<Self> {
        let tops: Vec<&str> = ["src", "examples"]
            .into_iter()
            .filter(|top| folder.join(top).is_dir())
            .collect();
        let mut found = tree::find(&folder, &tops, |_, _| false)?;
        for name in beside {
            if let Ok(metadata) = fs::metadata(folder.join(name)) {
                found.push(Found {
                    path: (*name).to_owned(),
                    size: metadata.len(),
                    modified: tree::modified(&metadata),
                });
            }
        }
        let found = found
            .into_iter()
            .map(|found| (found.path.clone(), found))
            .collect();
        Ok(Self {
            folder,
            shown,
            found,
        })
    }

    pub(super) fn get(&self, name: &str) -> Option<&Found> {
        self.found.get(name)
    }

    pub(super) fn compare(&self, files: &[(String, String)]) -> Result<Vec<Difference>> {
        let all = on_all_cores(files, |(name, content)| {
            if !self.found.contains_key(name) {
                return Ok(Difference::Missing);
            }
            let path = self.folder.join(name);
            let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
            Ok(if is_same(&bytes, content) {
                Difference::None
            } else {
                Difference::Stale
            })
        });
        all.into_iter().collect()
    }

    /// Generated files that are no longer wanted. Others are none of our business.
    pub(super) fn extra(&self, wanted: &HashSet<&str>) -> Vec<String> {
        let in_tops = |name: &str| name.starts_with("src/") || name.starts_with("examples/");
        let unknown: Vec<&String> = self
            .found
            .keys()
            .filter(|name| in_tops(name) && !wanted.contains(name.as_str()))
            .collect();
        let generated = on_all_cores(&unknown, |name| is_generated(&self.folder.join(name)));
        let mut extra: Vec<String> = unknown
            .into_iter()
            .zip(generated)
            .filter(|(_, generated)| *generated)
            .map(|(name, _)| name.clone())
            .collect();
        extra.sort_unstable();
        extra
    }

    /// Writes the files that differ.
    pub(super) fn write(
        &self,
        files: &[(String, String)],
        differences: &[Difference],
    ) -> Result<()> {
        let wanted: Vec<&(String, String)> = files
            .iter()
            .zip(differences)
            .filter_map(|(file, difference)| (*difference != Difference::None).then_some(file))
            .collect();
        let paths = wanted.iter().map(|(name, _)| self.folder.join(name));
        let folders: BTreeSet<PathBuf> = paths
            .filter_map(|path| path.parent().map(Path::to_path_buf))
            .collect();
        for folder in folders {
            fs::create_dir_all(&folder).map_err(|error| Failure::io("create", &folder, &error))?;
        }
        let done = on_all_cores(&wanted, |(name, content)| {
            tree::replace(&self.folder.join(name), content)
        });
        done.into_iter().collect()
    }

    pub(super) fn remove(&self, names: &[String]) -> Result<()> {
        for name in names {
            let path = self.folder.join(name);
            fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
            // An empty folder is of no use; one that is not empty refuses.
            if let Some(parent) = path.parent() {
                let _ = fs::remove_dir(parent);
            }
        }
        Ok(())
    }
}

/// A checkout may have turned line ends.
fn is_same(bytes: &[u8], content: &str) -> bool {
    if bytes.len() == content.len() {
        return bytes == content.as_bytes();
    }
    if !bytes.contains(&b'\r') {
        return false;
    }
    let mut next = bytes.iter().skip(1);
    let kept = bytes.iter().filter(|byte| {
        let next = next.next();
        !(**byte == b'\r' && next == Some(&b'\n'))
    });
    kept.eq(content.as_bytes())
}

/// Whether the generator has written a file.
pub(super) fn is_generated(path: &Path) -> bool {
    const HEAD: &[u8] = b"// Generated by `cargo xtask generate`";
    let mut head = [0; HEAD.len()];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut head))
        .is_ok_and(|()| head == HEAD)
}
