//! A schema file as handed in: its path below the schema folder and its bytes.

use crate::node::Node;
use crate::{Diagnostic, condensed, yaml};

/// One schema file. The path uses `/` and starts below the schema folder, for example
/// `tencent/essbasic/2021-05-26/actions/ChannelVerifyPdf.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Path below the schema folder.
    pub path: String,
    /// What the file holds; not necessarily UTF-8.
    pub bytes: Vec<u8>,
    /// Size of the file when it was too large to read in; the bytes are empty then.
    pub oversized: Option<u64>,
    /// The bytes are not the file's, but what [`condense`](crate::condense) made of it.
    pub is_condensed: bool,
}

impl Source {
    /// Largest schema file accepted, in bytes. The longest real one is a tenth of it.
    pub const MAX_BYTES: u64 = 1 << 20;

    /// A file from its path and content.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
            oversized: None,
            is_condensed: false,
        }
    }

    /// A file without problems, in the short form of [`condense`](crate::condense).
    pub fn condensed(path: impl Into<String>, json: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: json.into(),
            oversized: None,
            is_condensed: true,
        }
    }

    /// A file that was not read because it is larger than [`Source::MAX_BYTES`].
    pub fn too_large(path: impl Into<String>, size: u64) -> Self {
        Self {
            path: path.into(),
            bytes: Vec::new(),
            oversized: Some(size),
            is_condensed: false,
        }
    }

    /// What stands in it, and every problem of that.
    pub(crate) fn tree(&self) -> (Option<Node>, Vec<Diagnostic>) {
        if self.is_condensed {
            condensed::read(self)
        } else {
            yaml::parse(self)
        }
    }
}
