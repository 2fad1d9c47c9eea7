//! What an import did to a curated schema, and what somebody has to look at.

use std::fmt;

/// A remark on a schema file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Path below the schema folder.
    pub path: String,
    /// Names within the file, for example `request.Agent`; empty for the file as a whole.
    pub place: String,
    /// What happened.
    pub kind: NoteKind,
    /// In words.
    pub text: String,
}

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// A fact of the metadata is new or has changed, and the schema follows.
    Updated,
    /// Something is gone upstream and stays as a tombstone.
    Removed,
    /// Something that had gone is back.
    Returned,
    /// Something that is not in the metadata, or no longer, stays because the file says why it is there.
    Kept,
    /// What the schema says by decision and the metadata say do not go together; the schema is as it was.
    Contradicted,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.kind {
            NoteKind::Updated => "updated",
            NoteKind::Removed => "removed upstream",
            NoteKind::Returned => "back upstream",
            NoteKind::Kept => "kept",
            NoteKind::Contradicted => "contradicted",
        };
        write!(f, "{word}: {}", self.path)?;
        if !self.place.is_empty() {
            write!(f, " {}", self.place)?;
        }
        write!(f, ": {}", self.text)
    }
}
