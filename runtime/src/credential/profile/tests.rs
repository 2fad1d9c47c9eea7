//! In: files in a folder of their own, and variables. Out: whose credential it is, or what the error says of it.

mod tencent;
mod volcengine;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const NOW: i64 = 1_700_000_000;

/// A home that goes when the test ends.
struct Home(PathBuf);

impl Home {
    fn with(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("yunqiao-profile-{}-{number}", std::process::id());
        let home = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&home.0).unwrap();
        for (path, content) in files {
            home.write(path, content.as_bytes());
        }
        home
    }

    fn write(&self, path: &str, content: &[u8]) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn path(&self, path: &str) -> String {
        self.0.join(path).to_str().unwrap().to_owned()
    }

    /// What the profile gives with these variables beside `HOME`: id, key and token, or the error's text without this folder.
    fn read(&self, vendor: Vendor, variables: &[(&str, &str)]) -> Result<String, (bool, String)> {
        let home = self.0.to_str().unwrap();
        let variables = variables
            .iter()
            .copied()
            .chain([("HOME", home), ("USERPROFILE", home)]);
        let profile = Profile::new(vendor).variables(Variables::of(variables));
        shown(profile.read(NOW), &self.0)
    }
}

fn shown(
    outcome: Result<Credential, CredentialError>,
    home: &Path,
) -> Result<String, (bool, String)> {
    match outcome {
        Ok(own) => {
            let token = own.token().unwrap_or("-");
            Ok(format!("{} {} {token}", own.id(), own.key()))
        }
        Err(error) => {
            let told = error.to_string();
            assert!(!told.contains("hunter2"), "{told}");
            Err((error.is_absent(), told.replace(home.to_str().unwrap(), "~")))
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn broken<T>(told: &str) -> Result<T, (bool, String)> {
    Err((false, told.to_owned()))
}

fn absent<T>(told: &str) -> Result<T, (bool, String)> {
    Err((true, told.to_owned()))
}
