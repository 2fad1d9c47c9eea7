//! Schema files in, the crate `cloud` with just the actions that are used out.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use yunqiao_codegen::{LOCK_FILE, Options, Package, Runtime, generate};
use yunqiao_model::{Source, load, render};

/// Below the schema folder: the vendor's file, and the service version.
const FILES: [&str; 2] = ["tencent/vendor.yaml", "tencent/essbasic/2021-05-26"];

/// What the program calls.
const ACTIONS: [&str; 1] = ["ChannelVerifyPdf"];

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (schemas, cloud) = (here.join("../../../schemas"), here.join("../cloud"));
    let mut sources = Vec::new();
    for name in FILES {
        read(&schemas, Path::new(name), &mut sources)?;
    }
    let mut loaded = load(&sources);
    if !loaded.diagnostics.is_empty() {
        return Err(render(&loaded.diagnostics, &sources, "schemas", false).into());
    }
    for service in loaded.api.services.values_mut() {
        service
            .keep_actions(ACTIONS)
            .map_err(|missing| format!("{}: {}", missing[0].name, missing[0].hint))?;
    }
    let options = Options {
        // From another repository: Runtime::Version("0.1".into()), or Runtime::Git with a revision.
        package: Package::Standalone {
            runtime: Runtime::Path("../../../runtime".into()),
        },
        // What was published may not be lost or renamed by accident.
        lock: fs::read_to_string(cloud.join(LOCK_FILE)).ok(),
        ..Options::default()
    };
    let files = generate(&loaded.api, &options)?;
    for (name, text) in &files {
        let path = cloud.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&cloud))?;
        fs::write(path, text)?;
    }
    println!("{} files in cloud/", files.len());
    Ok(())
}

/// Adds a file, or every file of a folder.
fn read(schemas: &Path, name: &Path, sources: &mut Vec<Source>) -> Result<(), Box<dyn Error>> {
    let path = schemas.join(name);
    if path.is_dir() {
        let mut names: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(&path)? {
            names.push(name.join(entry?.file_name()));
        }
        return names.iter().try_for_each(|name| read(schemas, name, sources));
    }
    let shown = name.to_string_lossy().replace('\\', "/");
    sources.push(Source::new(shown, fs::read(path)?));
    Ok(())
}
