//! A report in, JSON out.

use serde_json::{Map, Value as Json, json};

use crate::change::Change;
use crate::report::Report;

/// One object: the bump, the next version, how many changes of each class there are, and every change, worst first.
#[must_use]
pub fn json(report: &Report, next: &str) -> String {
    let counts: Map<String, Json> = report
        .counts()
        .into_iter()
        .map(|(class, count)| (class.word().to_owned(), count.into()))
        .collect();
    let changes: Vec<Json> = report.changes.iter().map(change).collect();
    let object = json!({
        "bump": report.bump().word(),
        "next": next,
        "counts": counts,
        "changes": changes,
    });
    format!("{object:#}\n")
}

fn change(change: &Change) -> Json {
    let verdict = change.verdict();
    let evidence = change.evidence.as_ref().map(
        |evidence| json!({ "to": evidence.to, "reasons": evidence.reasons, "line": evidence.line }),
    );
    let approval = change.approval.as_ref().map(|approval| {
        json!({ "reason": approval.reason, "owner": approval.owner, "expires": approval.expires })
    });
    let proof = change
        .proof
        .as_ref()
        .map(|proof| json!({ "source": proof.source.to_string(), "wire": proof.wire.to_string() }));
    json!({
        "rule": change.rule.id,
        "title": change.rule.title,
        "class": verdict.class().word(),
        "wire": verdict.wire.word(),
        "source": verdict.source.word(),
        "bump": verdict.bump.word(),
        "guarded": change.is_guarded,
        "surface": change.surface,
        "path": change.path,
        "before": change.before,
        "after": change.after,
        "actions": change.actions,
        "why": change.rule.why,
        "advice": change.advice,
        "fingerprint": change.fingerprint(),
        "approved": approval,
        "rename": evidence,
        "proof": proof,
    })
}
