//! Both models and the report in, the report with a proof of each verdict out; what is refuted is told on standard error, with the
//! program that refutes it.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use yunqiao_diff::{Proof, Report, Shown};
use yunqiao_model::Api;
use yunqiao_prove::{Pair, Workplace};

use crate::outcome::{Failure, Result};
use crate::terminal::Progress;
use crate::tree;

/// What the proof tells of, one after another.
const STEPS: usize = 6;

/// Whether some verdict does not hold.
pub(super) fn prove(old: &Api, new: &Api, report: &mut Report) -> Result<bool> {
    if report.changes.is_empty() {
        return Ok(false);
    }
    let root = tree::root();
    // Two commands at once must not write to one folder.
    let folder = root.join(format!("target/prove/diff-{}", std::process::id()));
    let progress = Progress::new("proof", STEPS);
    let done = AtomicUsize::new(0);
    let workplace = Workplace {
        root: &root,
        folder: &folder,
        progress: &|what| progress.step(done.fetch_add(1, Ordering::Relaxed) + 1, what),
    };
    let pair = Pair { old, new, report };
    let proofs = yunqiao_prove::prove(&[pair], &workplace);
    progress.end();
    // Programs of a size that nobody wants to keep; what is refuted is told with its source.
    let _ = fs::remove_dir_all(&folder);
    let proofs = proofs.map_err(|failure| Failure::new(failure.to_string()))?;
    Ok(tell(report, proofs.into_iter().flatten()))
}

/// Puts each proof beside its change, and tells what is refuted; whether something is.
fn tell(report: &mut Report, proofs: impl Iterator<Item = Proof>) -> bool {
    let mut refuted = false;
    for (change, proof) in report.changes.iter_mut().zip(proofs) {
        let verdict = change.verdict();
        for (axis, word, shown) in [
            ("source", verdict.source.word(), &proof.source),
            ("wire", verdict.wire.word(), &proof.wire),
        ] {
            if let Shown::Refuted { witness, .. } = shown {
                refuted = true;
                eprintln!(
                    "{} at {}: {axis} {word} is {shown}\n{witness}",
                    change.rule.id, change.path
                );
            }
        }
        change.proof = Some(proof);
    }
    refuted
}

#[cfg(test)]
mod tests {
    use yunqiao_model::{Source, load};

    use super::*;

    fn model(title: &str) -> Api {
        let vendor = format!("vendor: tencent\ntitle: {title}\ndoc: A cloud.\n");
        load(&[Source::new("tencent/vendor.yaml", vendor)]).api
    }

    #[test]
    fn what_is_refuted_is_a_finding() {
        let mut report = yunqiao_diff::diff(&model("One"), &model("Other"));
        let proof = |wire: Shown| Proof {
            source: Shown::Proved,
            wire,
        };
        assert!(!tell(&mut report, std::iter::once(proof(Shown::Proved))));
        let wrong = proof(Shown::refuted("it is not sent", "request {}"));
        assert!(tell(&mut report, std::iter::once(wrong.clone())));
        assert_eq!(report.changes[0].proof.as_ref(), Some(&wrong));
        let text = yunqiao_diff::render::json(&report, "1.0.0");
        assert!(text.contains("refuted: it is not sent"), "{text}");
        let text = yunqiao_diff::render::markdown(&report, "1.0.0", None);
        assert!(text.contains("**refuted**: H4 at `tencent`"), "{text}");
        let text = yunqiao_diff::render::text(&report, "1.0.0", false);
        assert!(text.contains("1 verdicts proved, 1 refuted"), "{text}");
    }
}
