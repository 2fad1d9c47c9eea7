//! Running the commands, and folders that a test may spoil.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A schema file that the tests change.
pub(crate) const VERIFY: &str = "tencent/essbasic/2021-05-26/actions/ChannelVerifyPdf.yaml";

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// A folder of this test's own, empty.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

pub(crate) fn xtask(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(args)
        .env_remove("NO_COLOR")
        .current_dir(root())
        .output()
        .unwrap()
}

/// Runs it with this for its standard output.
pub(crate) fn xtask_into(args: &[&str], out: impl Into<Stdio>) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(args)
        .stdout(out)
        .stderr(Stdio::piped())
        .current_dir(root())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A part of the project's schemas that a test may spoil: both vendors and the parts of services that tests change. All of
/// them would be generated some fifty times, at seconds each.
pub(crate) fn some_schemas(name: &str) -> PathBuf {
    let (from, path) = (root().join("schemas"), scratch(name).join("schemas"));
    for part in [
        "tencent/ca",
        "volcengine/sms/2020-01-01",
        "volcengine/sms/2021-01-11",
    ] {
        copy(&from.join(part), &path.join(part));
    }
    for file in ["tencent/vendor.yaml", "volcengine/vendor.yaml"] {
        fs::copy(from.join(file), path.join(file)).unwrap();
    }
    let service = "tencent/essbasic/2021-05-26";
    let (from, to) = (from.join(service), path.join(service));
    for folder in ["actions", "enums", "structs"] {
        fs::create_dir_all(to.join(folder)).unwrap();
    }
    for file in [
        "service",
        "actions/ChannelCancelMultiFlowSignQRCode",
        "actions/ChannelVerifyPdf",
        "enums/SignatureVerifyResult",
        "enums/VerifyResult",
        "structs/Agent",
        "structs/PdfVerifyResult",
        "structs/UserInfo",
    ] {
        let file = format!("{file}.yaml");
        fs::copy(from.join(&file), to.join(&file)).unwrap();
    }
    path
}

/// A copy of the project's schemas that a test may spoil.
pub(crate) fn schemas(name: &str) -> PathBuf {
    let path = scratch(name).join("schemas");
    copy(&root().join("schemas"), &path);
    path
}

/// Every file below a folder with what it holds.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                found.insert(path, bytes);
            }
        }
    }
    found
}

/// A folder with the schemas of some service versions of Tencent Cloud, as the project has them.
pub(crate) fn services(name: &str, versions: &[&str]) -> PathBuf {
    let folder = scratch(name).join("schemas");
    for version in versions {
        copy(&root().join("schemas").join(version), &folder.join(version));
    }
    let vendor = "tencent/vendor.yaml";
    fs::copy(root().join("schemas").join(vendor), folder.join(vendor)).unwrap();
    folder
}

/// Changes the first place of a text in the file of [`VERIFY`].
pub(crate) fn edit(folder: &Path, from: &str, to: &str) {
    let path = folder.join(VERIFY);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
}
