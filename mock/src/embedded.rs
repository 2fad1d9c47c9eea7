//! Nothing in, the schema files that were compiled in out, as a model.

use yunqiao_model::{Api, Loaded, Source, load, render};

use crate::StartError;

/// Every file. The build script writes the table.
static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

struct File {
    /// Below the schema folder.
    path: &'static str,
    content: Content,
}

#[allow(
    dead_code,
    reason = "which of them occurs depends on the schema folder"
)]
enum Content {
    /// Short, because nothing is wrong with any file.
    Condensed(&'static str),
    AsItIs(&'static [u8]),
}

/// The schemas of this repository as they were when the crate was built, and what is wrong with them.
///
/// ```
/// let loaded = yunqiao_mock::embedded();
/// assert!(loaded.diagnostics.iter().all(|problem| !problem.message.is_empty()));
/// ```
#[must_use]
pub fn embedded() -> Loaded {
    load(&sources())
}

/// The schema files of this repository as they were when the crate was built, for whoever reads only some of them.
#[must_use]
pub fn embedded_sources() -> Vec<Source> {
    sources()
}

/// The files.
pub(crate) fn sources() -> Vec<Source> {
    let source = |file: &File| match file.content {
        Content::Condensed(json) => Source::condensed(file.path, json),
        Content::AsItIs(bytes) => Source::new(file.path, bytes),
    };
    FILES.iter().map(source).collect()
}

/// The model of the files, if nothing is wrong with them: half a cloud would mislead.
pub(crate) fn complete(sources: &[Source]) -> Result<Api, StartError> {
    let Loaded { api, diagnostics } = load(sources);
    if diagnostics.is_empty() {
        return Ok(api);
    }
    let rendered = render(&diagnostics, sources, "schemas", false);
    Err(StartError::schema(diagnostics.len(), rendered))
}

#[cfg(test)]
mod tests {
    use yunqiao_model::Source;

    use super::complete;

    #[test]
    fn problems_of_the_schemas_are_shown_with_their_places() {
        let error = complete(&[Source::new(
            "tencent/vendor.yaml",
            "vendor: tencent\nnome: x\n",
        )])
        .unwrap_err();
        assert!(error.is_schema() && !error.is_port_taken());
        let message = error.to_string();
        assert!(
            message.contains("schemas/tencent/vendor.yaml:2:1") && message.contains("nome: x"),
            "{message}"
        );
        assert!(std::error::Error::source(&error).is_none());
    }
}
