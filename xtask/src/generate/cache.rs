//! What a run has read and written in, what of it still holds at the next run out.
//!
//! A small file for each service version below the folder of the running executable. It is never needed: whatever is missing,
//! foreign or damaged counts as not there, and the work is done again.

use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::tree::{self, Found, nanoseconds};

/// How long after its last change a file may change again under the same time. Some file systems count in two seconds.
const COARSE: u64 = 2_000_000_000;
/// The same where times are seen to be finer.
const FINE: u64 = 50_000_000;

/// A file as it was when it was read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    path: String,
    size: u64,
    modified: u64,
    hash: u64,
    /// So fresh that it could have changed again under the same time: its content is compared.
    young: bool,
}

/// Files that go together: those read, those written, and words of their owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) words: Vec<String>,
    pub(super) inputs: Vec<Entry>,
    pub(super) outputs: Vec<Entry>,
}

/// Whether files are still what they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    Changed,
    Same,
    /// The same by their content; the next run can go by their times.
    Settled,
}

impl Trust {
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Changed, _) | (_, Self::Changed) => Self::Changed,
            (Self::Settled, _) | (_, Self::Settled) => Self::Settled,
            _ => Self::Same,
        }
    }
}

pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

pub(super) fn now() -> u64 {
    nanoseconds(SystemTime::now())
}

impl Entry {
    /// A file that was read: `start` is when the run began.
    pub(super) fn input(found: &Found, bytes: &[u8], start: u64) -> Self {
        Self::new(found, bytes, found.modified.saturating_add(COARSE) > start)
    }

    /// A file that was written, or found to be as it should.
    pub(super) fn output(found: &Found, bytes: &[u8], now: u64) -> Self {
        let coarse = found.modified.is_multiple_of(1_000_000);
        let window = if coarse { COARSE } else { FINE };
        Self::new(found, bytes, found.modified.saturating_add(window) > now)
    }

    fn new(found: &Found, bytes: &[u8], young: bool) -> Self {
        Self {
            path: found.path.clone(),
            size: found.size,
            modified: found.modified,
            hash: hash(bytes),
            young,
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Whether the file had this content.
    pub(super) fn holds(&self, content: &str) -> bool {
        self.size == content.len() as u64 && self.hash == hash(content.as_bytes())
    }

    /// Whether a file is still this one.
    pub(super) fn trust(&self, found: Option<&Found>, folder: &Path) -> Trust {
        let same = found.is_some_and(|found| {
            found.path == self.path && found.size == self.size && found.modified == self.modified
        });
        match (same, self.young) {
            (false, _) => Trust::Changed,
            (true, false) => Trust::Same,
            (true, true) => match fs::read(folder.join(&self.path)) {
                Ok(bytes) if hash(&bytes) == self.hash => Trust::Settled,
                _ => Trust::Changed,
            },
        }
    }

    fn line(&self, kind: &str) -> String {
        let Self {
            path,
            size,
            modified,
            hash,
            young,
        } = self;
        let young = u8::from(*young);
        format!("{kind} {size} {modified} {hash:x} {young} {path}\n")
    }

    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.splitn(5, ' ');
        Some(Self {
            size: parts.next()?.parse().ok()?,
            modified: parts.next()?.parse().ok()?,
            hash: u64::from_str_radix(parts.next()?, 16).ok()?,
            young: parts.next()? == "1",
            path: parts.next()?.to_owned(),
        })
    }
}

impl Record {
    /// Whether the files read are still the same, no more and no fewer.
    pub(super) fn trust_inputs(&self, found: &[Found], folder: &Path) -> Trust {
        if found.len() != self.inputs.len() {
            return Trust::Changed;
        }
        let pairs = self.inputs.iter().zip(found);
        pairs.fold(Trust::Same, |trust, (entry, found)| {
            trust.and(entry.trust(Some(found), folder))
        })
    }

    /// After a comparison by content at that time.
    pub(super) fn settle(&mut self, start: u64) {
        for entry in self.inputs.iter_mut().chain(&mut self.outputs) {
            entry.young = entry.modified.saturating_add(COARSE) > start;
        }
    }

    fn text(&self, identity: &str) -> String {
        let mut out = format!("{identity}\n");
        for words in &self.words {
            out.push_str(&format!("is {words}\n"));
        }
        for entry in &self.inputs {
            out.push_str(&entry.line("in"));
        }
        for entry in &self.outputs {
            out.push_str(&entry.line("out"));
        }
        let sum = hash(out.as_bytes());
        out.push_str(&format!("sum {sum:x}\n"));
        out
    }

    fn parse(text: &str, identity: &str) -> Option<Self> {
        // A line that is lost would make a file look as if nobody had asked for it.
        let (body, sum) = text.trim_end().rsplit_once("\nsum ")?;
        let body = text.get(..=body.len())?;
        if u64::from_str_radix(sum, 16).ok()? != hash(body.as_bytes()) {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()? != identity {
            return None;
        }
        let mut record = Self::default();
        for line in lines {
            match line.split_once(' ')? {
                ("is", words) => record.words.push(words.to_owned()),
                ("in", entry) => record.inputs.push(Entry::parse(entry)?),
                ("out", entry) => record.outputs.push(Entry::parse(entry)?),
                _ => return None,
            }
        }
        Some(record)
    }
}

/// The records of one pair of folders.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
    identity: String,
}

impl Cache {
    /// The cache for what `key` names, unless the executable cannot be told from others.
    pub(super) fn open(key: &str) -> Option<Self> {
        let executable = std::env::current_exe().ok()?;
        let metadata = fs::metadata(&executable).ok()?;
        let identity = format!(
            "yunqiao-generate 1 {} {}",
            metadata.len(),
            tree::modified(&metadata)
        );
        let folder = executable
            .parent()?
            .join("generate-cache")
            .join(format!("{:016x}", hash(key.as_bytes())));
        Some(Self { folder, identity })
    }

    pub(super) fn load(&self, name: &str) -> Option<Record> {
        let text = fs::read_to_string(self.folder.join(name)).ok()?;
        Record::parse(&text, &self.identity)
    }

    /// Says in a file for people what the folder is about.
    pub(super) fn label(&self, from: &Path, to: &Path) {
        let text = format!("{}\n-> {}\n", from.display(), to.display());
        if fs::create_dir_all(&self.folder).is_ok() {
            let _ = tree::replace(&self.folder.join("folders"), &text);
        }
    }

    /// Keeps a record. One that cannot be kept is missing at the next run, which costs time only.
    pub(super) fn save(&self, name: &str, record: &Record) {
        let _ = fs::create_dir_all(&self.folder)
            .is_ok()
            .then(|| tree::replace(&self.folder.join(name), &record.text(&self.identity)));
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Record};

    fn record() -> Record {
        let entry = |path: &str| Entry {
            path: path.to_owned(),
            size: 7,
            modified: 1_700_000_000_123_456_789,
            hash: u64::MAX,
            young: path.contains(' '),
        };
        Record {
            words: vec!["{\"title\":\"two words\"}".to_owned()],
            inputs: vec![entry("a"), entry("a b")],
            outputs: vec![entry("src/c.rs")],
        }
    }

    #[test]
    fn a_record_survives_the_file() {
        let text = record().text("me");
        assert_eq!(Record::parse(&text, "me"), Some(record()));
    }

    #[test]
    fn a_foreign_or_damaged_record_is_none() {
        let text = record().text("me");
        assert_eq!(Record::parse(&text, "you"), None);
        for line in 0..text.lines().count() {
            let without: Vec<&str> = text
                .lines()
                .enumerate()
                .filter(|(at, _)| *at != line)
                .map(|(_, text)| text)
                .collect();
            assert_eq!(Record::parse(&without.join("\n"), "me"), None, "{line}");
        }
        for end in 0..text.len() - 1 {
            assert_eq!(Record::parse(&text[..end], "me"), None, "{end}");
        }
    }
}
