//! One service version in, its share of the crate out. Parts know nothing of each other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use yunqiao_model::Diagnostic;
use yunqiao_model::api::{Service, ServiceId, Vendor, VendorInfo};

use crate::names::{self, NamedService};
use crate::outline::{Frame, Outline, Places};
use crate::render::File;
use crate::{Files, Options, emit, lock, render};

/// A service version that can become Rust.
#[derive(Debug)]
pub struct Part<'a> {
    named: NamedService<'a>,
}

impl<'a> Part<'a> {
    /// Names every item.
    ///
    /// # Errors
    /// Every place where the schemas cannot become Rust.
    pub fn new(
        service: &'a Service,
        vendor: Option<&'a VendorInfo>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let named = names::service(service, vendor, &mut problems);
        problems.sort();
        if problems.is_empty() {
            Ok(Self { named })
        } else {
            Err(problems)
        }
    }

    /// What the crate around it has to know.
    #[must_use]
    pub fn outline(&self) -> Outline {
        Outline::of(&self.named)
    }

    /// Its lines of `api.lock`, sorted.
    #[must_use]
    pub fn surface(&self) -> String {
        lock::service(&self.named)
    }

    /// Its items with their names.
    pub(crate) fn named(&self) -> &NamedService<'a> {
        &self.named
    }

    /// Its files: path below the crate's folder, and content.
    #[must_use]
    pub fn files(&self) -> Vec<(String, String)> {
        emit::service(&self.named)
    }
}

fn texts(files: &[File]) -> Vec<(String, String)> {
    let text = |file: &File| (file.path.clone(), render::render(file));
    files.iter().map(text).collect()
}

/// The crate's own files, around parts that may have been made at another time.
///
/// # Errors
/// Every place where what the vendors share cannot become Rust.
pub fn root_files(
    vendors: &BTreeMap<Vendor, VendorInfo>,
    outlines: &[Outline],
    options: &Options,
) -> Result<Files, Vec<Diagnostic>> {
    let frame = frame(vendors, outlines)?;
    Ok(texts(&emit::root(&frame, options)).into_iter().collect())
}

/// The whole surface from those of all parts: what `api.lock` holds.
///
/// # Errors
/// Every place where what the vendors share cannot become Rust.
pub fn join_surfaces(
    vendors: &BTreeMap<Vendor, VendorInfo>,
    outlines: &[Outline],
    surfaces: &[&str],
) -> Result<String, Vec<Diagnostic>> {
    let root = lock::root(&frame(vendors, outlines)?);
    Ok(lock::join(surfaces.iter().copied().chain([root.as_str()])))
}

fn frame<'a>(
    vendors: &'a BTreeMap<Vendor, VendorInfo>,
    outlines: &'a [Outline],
) -> Result<Frame<'a>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let frame = Frame::new(vendors, outlines, &mut problems);
    problems.sort();
    if problems.is_empty() {
        Ok(frame)
    } else {
        Err(problems)
    }
}

/// A lock with new lines for one service version, or `None` if callers would lose something. `lock` is one that was written here.
#[must_use]
pub fn extend_surface<'a>(lock: &'a str, id: &ServiceId, part: &str) -> Option<Cow<'a, str>> {
    let module = Module(id).path();
    let old = lock::part(lock, &module);
    if old == part {
        return Some(Cow::Borrowed(lock));
    }
    lock::compare(&old, part)
        .is_empty()
        .then(|| Cow::Owned(lock::replace(lock, &module, part)))
}

/// A lock with new lines for what belongs to no service version, or `None` if callers might lose something.
///
/// # Errors
/// Every place where what the vendors share cannot become Rust.
pub fn extend_root<'a>(
    lock: &'a str,
    vendors: &BTreeMap<Vendor, VendorInfo>,
    outlines: &[Outline],
) -> Result<Option<Cow<'a, str>>, Vec<Diagnostic>> {
    let root = lock::root(&frame(vendors, outlines)?);
    Ok(lock::with_root(lock, &root))
}

/// What is lost of a surface, or changes its meaning: places in the old `api.lock`.
#[must_use]
pub fn breaks(old: &str, new: &str) -> Vec<Diagnostic> {
    if old == new {
        return Vec::new();
    }
    lock::compare(old, new)
}

/// The cargo features that lead to a service version: the service's and its own.
#[must_use]
pub fn features(id: &ServiceId) -> [String; 2] {
    let module = Module(id);
    [module.service_feature(), module.feature()]
}

struct Module<'a>(&'a ServiceId);

impl Places for Module<'_> {
    fn id(&self) -> &ServiceId {
        self.0
    }
}
