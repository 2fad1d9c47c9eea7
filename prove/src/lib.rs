//! Two models and the report of their diff in, a proof or a refutation of each verdict out: programs that use what has changed are
//! compiled and run against the generated crates of both sides. The verdict about source is the compiler's to confirm, the one
//! about the wire that of deployed code in front of a server that follows the new schemas.

mod failure;
mod names;
mod side;
mod source;
mod subject;
mod toolchain;
mod trim;
mod wire;
mod witness;

use std::path::Path;

use yunqiao_diff::{Proof, Report};
use yunqiao_model::Api;

pub use failure::Failure;
pub use wire::{UNSHOWN, Unshown};

/// One comparison.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// What there was.
    pub old: &'a Api,
    /// What there is.
    pub new: &'a Api,
    /// What the diff says about it.
    pub report: &'a Report,
}

/// Where the proof does its work.
pub struct Workplace<'a> {
    /// The project's root, where the runtime's crate is.
    pub root: &'a Path,
    /// A folder for generated crates and programs; what is in it from an earlier run goes.
    pub folder: &'a Path,
    /// Told what begins.
    pub progress: &'a (dyn Fn(&str) + Sync),
}

impl std::fmt::Debug for Workplace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workplace")
            .field("root", &self.root)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// Proves every change of every pair: for each pair a proof for each change of its report, in that order.
///
/// Everything of one kind is compiled at once, so that many small pairs cost little more than a large one.
///
/// # Errors
/// What keeps the work from being done: a side cannot be generated or does not compile, or cargo or rustc cannot be run. A verdict
/// that does not hold is no error but a [refutation](yunqiao_diff::Shown::Refuted).
pub fn prove(pairs: &[Pair<'_>], workplace: &Workplace<'_>) -> Result<Vec<Vec<Proof>>, Failure> {
    let toolchain = toolchain::Toolchain::prepare(workplace)?;
    let trimmed: Vec<(Api, Api)> = pairs
        .iter()
        .map(|pair| trim::trim(pair.old, pair.new, pair.report))
        .collect();
    let pairs: Vec<Pair<'_>> = pairs
        .iter()
        .zip(&trimmed)
        .map(|(pair, (old, new))| Pair { old, new, ..*pair })
        .collect();
    let pairs = pairs.as_slice();
    let sides = side::Sides::compile(pairs, &toolchain, workplace)?;
    let source = source::prove(pairs, &sides, &toolchain, workplace)?;
    let wire = wire::prove(pairs, &sides, &toolchain, workplace)?;
    let joined = source.into_iter().zip(wire);
    Ok(joined
        .map(|(source, wire)| {
            let both = source.into_iter().zip(wire);
            both.map(|(source, wire)| Proof { source, wire }).collect()
        })
        .collect())
}
