//! Nothing in, the model that the local cloud answers from out: the repository's schemas, and the invented services that send
//! files and streams.

use yunqiao_model::{Api, Source, load, render};

/// The files below `chaos/schemas`.
macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        [$(Source::new($path, include_bytes!(concat!("../schemas/", $path)).as_slice())),+]
    };
}

/// What the cloud of a run plays.
///
/// # Errors
/// With what is wrong with the schemas.
pub fn schemas() -> Result<Api, String> {
    let sources = files![
        "tencent/vendor.yaml",
        "tencent/archive/2026-01-01/service.yaml",
        "tencent/archive/2026-01-01/actions/ReadRecord.yaml",
        "tencent/archive/2026-01-01/actions/StoreRecord.yaml",
        "tencent/archive/2026-01-01/actions/StoreScan.yaml",
        "volcengine/vendor.yaml",
        "volcengine/dialogue/2026-01-01/service.yaml",
        "volcengine/dialogue/2026-01-01/actions/Answer.yaml",
    ];
    let invented = load(&sources);
    if !invented.diagnostics.is_empty() {
        return Err(render(
            &invented.diagnostics,
            &sources,
            "chaos/schemas",
            false,
        ));
    }
    let mut api = yunqiao_mock::embedded().api;
    api.services.extend(invented.api.services);
    Ok(api)
}
