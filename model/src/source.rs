//! A schema file as handed in: its path below the schema folder and its bytes.

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
        }
    }

    /// A file that was not read because it is larger than [`Source::MAX_BYTES`].
    pub fn too_large(path: impl Into<String>, size: u64) -> Self {
        Self {
            path: path.into(),
            bytes: Vec::new(),
            oversized: Some(size),
        }
    }
}
