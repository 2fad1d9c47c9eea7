//! In: this process, or a table. Out: what variables hold.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::CredentialError;

/// Where variables are looked up: in this process, or in a table, so that a test need not change the process.
///
/// ```
/// use yunqiao_runtime::Vendor;
/// use yunqiao_runtime::credential::{Environment, Variables};
///
/// let variables = Variables::of([("TENCENTCLOUD_SECRET_ID", "AKIDexample"), ("TENCENTCLOUD_SECRET_KEY", "a-key")]);
/// let environment = Environment::new(Vendor::Tencent).variables(variables);
/// # let _ = environment;
/// ```
#[derive(Clone)]
pub struct Variables(Arc<Lookup>);

type Lookup = dyn Fn(&str) -> Option<OsString> + Send + Sync;

/// What there is under a name.
pub(super) enum Reading {
    Unset,
    Empty,
    /// Set, and no value of its kind; what is wrong with it.
    Malformed(String),
    Set(String),
}

impl Variables {
    /// The variables of this process, as they are when they are asked for.
    pub fn process() -> Self {
        Self::looked_up(|name| std::env::var_os(name))
    }

    /// These variables and no other.
    pub fn of<N: Into<String>, V: Into<OsString>>(table: impl IntoIterator<Item = (N, V)>) -> Self {
        let table: BTreeMap<String, OsString> = table
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        Self::looked_up(move |name| table.get(name).cloned())
    }

    fn looked_up(lookup: impl Fn(&str) -> Option<OsString> + Send + Sync + 'static) -> Self {
        Self(Arc::new(lookup))
    }

    pub(super) fn read(&self, name: &str) -> Reading {
        match self.0(name).map(OsString::into_string) {
            None => Reading::Unset,
            Some(Err(_)) => Reading::Malformed(format!("{name} is not UTF-8")),
            Some(Ok(value)) if value.is_empty() => Reading::Empty,
            Some(Ok(value)) if value.trim() != value => {
                Reading::Malformed(format!("{name} has whitespace around its value"))
            }
            Some(Ok(value)) => Reading::Set(value),
        }
    }

    /// The value of the first name that is set and not empty. A malformed value is an error, never a reason to try the next
    /// name: the caller meant it.
    pub(super) fn first(&self, names: &[&str]) -> Result<Option<String>, CredentialError> {
        for name in names {
            match self.read(name) {
                Reading::Unset | Reading::Empty => {}
                Reading::Set(value) => return Ok(Some(value)),
                Reading::Malformed(complaint) => return Err(CredentialError::broken(complaint)),
            }
        }
        Ok(None)
    }

    /// The first of the names that is set and not empty, with its value, without the spaces around it: for variables that other
    /// programs read too, and not as strictly.
    pub(crate) fn trimmed<'n>(
        &self,
        names: &[&'n str],
    ) -> Result<Option<(&'n str, String)>, String> {
        for name in names {
            let Some(value) = self.0(name) else { continue };
            let value = value.into_string();
            let value = value.map_err(|_| format!("{name} is not UTF-8"))?;
            if !value.trim().is_empty() {
                return Ok(Some((name, value.trim().to_owned())));
            }
        }
        Ok(None)
    }

    /// A path, which need not be UTF-8; none if it is empty.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        self.0(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    }

    /// The user's own folder, by the variable that the vendors' SDKs read.
    pub(super) fn home(&self) -> Result<PathBuf, CredentialError> {
        let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        self.path(name)
            .ok_or_else(|| CredentialError::absent(format!("{name} is not set")))
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}
