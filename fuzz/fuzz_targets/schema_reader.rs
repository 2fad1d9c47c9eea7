//! Schema files in: they load or are reported, what can be formatted stays as it is when it is formatted again and says the same,
//! and what has no problem can be generated.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yunqiao_codegen::{Options, check, generate};
use yunqiao_fuzz::{assert_printable, files, sources};
use yunqiao_model::{Source, format, load, render, to_json};

fuzz_target!(|data: &[u8]| {
    let sources = sources(files(data, "tencent/demo/2024-01-01/service.yaml").into_iter());
    let loaded = load(&sources);
    let mut problems = loaded.diagnostics;
    problems.extend(check(&loaded.api));
    assert_printable(&render(&problems, &sources, "", false));
    if problems.is_empty() {
        drop(generate(&loaded.api, &Options::default()));
    }
    for source in &sources {
        let Ok(text) = format(source) else { continue };
        let formatted = Source::new(source.path.clone(), text.clone());
        assert_eq!(format(&formatted).as_ref(), Ok(&text), "{}", source.path);
        // The order of keys is the formatter's; what they say is not.
        assert_eq!(
            to_json(source),
            to_json(&formatted),
            "{}: {text}",
            source.path
        );
    }
});
