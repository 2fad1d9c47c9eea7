//! The pairs of small schemas of the truth table in, whether compilers and programs confirm each verdict about them out.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use yunqiao_diff::{Report, diff};
use yunqiao_prove::{Evidence, Pair, Proof, Workplace, prove};
use yunqiao_tests::root;

#[allow(dead_code, reason = "other suites ask more of a case")]
#[path = "diff/case.rs"]
mod case;

/// Proves pairs in a folder of their own.
fn proofs(name: &str, pairs: &[Pair<'_>]) -> Vec<Vec<Proof>> {
    let folder = root().join("target/prove").join(name);
    let root = root();
    let workplace = Workplace {
        root: &root,
        folder: &folder,
        progress: &|what| { use std::io::Write as _; let _ = writeln!(std::io::stderr(), "{:?} {what}", std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()); },
    };
    prove(pairs, &workplace).unwrap_or_else(|failure| panic!("{failure}"))
}

#[test]
fn the_whole_truth_table_is_proved() {
    let all = case::all();
    let reports: Vec<Report> = all
        .iter()
        .map(|case| {
            let (old, new) = case.models();
            diff(old, new)
        })
        .collect();
    let pairs: Vec<Pair<'_>> = all
        .iter()
        .zip(&reports)
        .map(|(case, report)| {
            let (old, new) = case.models();
            Pair { old, new, report }
        })
        .collect();
    let mut wrong = Vec::new();
    for ((case, pair), proofs) in all.iter().zip(&pairs).zip(proofs("table", &pairs)) {
        for (change, proof) in pair.report.changes.iter().zip(proofs) {
            let verdict = change.verdict();
            for (axis, word, evidence) in [
                ("source", verdict.source.word(), &proof.source),
                ("wire", verdict.wire.word(), &proof.wire),
            ] {
                if let Evidence::Refuted { witness, .. } = evidence {
                    wrong.push(format!(
                        "{}: {} at {}, {axis} {word}: {evidence}\n{witness}",
                        case.name(),
                        change.rule.id,
                        change.path
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} refuted", wrong.join("\n"), wrong.len());
}
