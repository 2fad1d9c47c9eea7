//! A captured request in, whether its signature is right out, and if not, which part differs.

use serde_json::{Value as Json, json};

use super::capture::{Capture, Vendor};
use super::claim::Claim;
use super::plan::Plan;
use super::slip::slips;
use super::steps::Steps;
use crate::Outcome;
use crate::failure::{Failure, Result};

/// What is wrong with a request, whatever its signature is.
struct Difference {
    part: &'static str,
    why: String,
}

pub(super) fn verify(mut capture: Capture) -> Result<(Json, Outcome)> {
    let header = capture.header("authorization").ok_or_else(|| {
        Failure::new("the request has no Authorization header: there is no signature to check")
    })?;
    let claim = Claim::read(header)?;
    if capture.secret_key.is_none() {
        capture.secret_key = Some(own_key(claim.vendor)?);
    }
    let absent: Vec<&String> = claim
        .signed_headers
        .iter()
        .filter(|name| {
            let given = **name == "host" && capture.host.is_some();
            !given && capture.header(name).is_none()
        })
        .collect();
    if let Some(name) = absent.first() {
        let why = format!("SignedHeaders names {name}, which was not sent");
        return Ok((
            report(
                &claim,
                None,
                &[Difference {
                    part: "headers",
                    why,
                }],
            ),
            Outcome::Finding,
        ));
    }
    let given = [
        ("secret_id", capture.secret_id.clone(), &claim.id),
        ("region", capture.region.clone(), &claim.region),
        ("service", capture.service.clone(), &claim.service),
    ];
    let plan = Plan::claimed(capture, &claim)?;
    let mut differences = stated(&plan, &claim);
    for (part, given, claimed) in given {
        let is_theirs = part != "region" || claim.vendor == Vendor::Volcengine;
        if let Some(given) = given.filter(|given| is_theirs && given != claimed) {
            let why = format!("the request was signed for {claimed}, and {given} is expected");
            differences.push(Difference { part, why });
        }
    }
    let is_signed = plan.steps.sign().signature == claim.signature;
    if !is_signed && differences.is_empty() {
        let all = slips(&plan, &claim.date);
        let found = all
            .into_iter()
            .find(|slip| slip.steps.sign().signature == claim.signature);
        differences.push(match found {
            Some(slip) => Difference {
                part: slip.part,
                why: slip.why,
            },
            None => Difference {
                part: "signature",
                why: "no known slip gives this signature: the secret key is another one, or several parts differ; \
                      compare the client's own canonical request and string to sign with these"
                    .to_owned(),
            },
        });
    }
    let is_right = is_signed && differences.is_empty();
    let outcome = if is_right {
        Outcome::Fine
    } else {
        Outcome::Finding
    };
    Ok((report(&claim, Some(&plan.steps), &differences), outcome))
}

/// The secret key of the environment, where the vendors' SDKs look for it.
fn own_key(vendor: Vendor) -> Result<String> {
    let name = match vendor {
        Vendor::Tencent => "TENCENTCLOUD_SECRET_KEY",
        Vendor::Volcengine => "VOLCENGINE_SECRET_KEY",
    };
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    value.ok_or_else(|| {
        Failure::new(format!(
            "secret_key is missing: write it into the JSON, or set {name}"
        ))
    })
}

/// What the request says of itself that does not fit.
fn stated(plan: &Plan, claim: &Claim) -> Vec<Difference> {
    let mut out = Vec::new();
    let mut add = |part, why: String| out.push(Difference { part, why });
    let (steps, vendor) = (&plan.steps, claim.vendor);
    if plan.capture.vendor.is_some_and(|given| given != vendor) {
        add(
            "algorithm",
            format!("the request was signed with {}", vendor.algorithm()),
        );
    }
    if claim.end != vendor.end() {
        add(
            "scope",
            format!("it ends with {}, and not with {}", claim.end, vendor.end()),
        );
    }
    if claim.date != steps.date {
        add(
            "date",
            format!(
                "the scope's date is {}, and the time of the request is on {} in UTC",
                claim.date, steps.date
            ),
        );
    }
    let needed: &[&str] = match vendor {
        Vendor::Tencent => &["content-type", "host"],
        Vendor::Volcengine => &["host", "x-date"],
    };
    for name in needed {
        if !claim.signed_headers.iter().any(|signed| signed == name) {
            add("headers", format!("SignedHeaders does not name {name}"));
        }
    }
    if !claim.signed_headers.is_sorted() {
        add(
            "headers",
            format!("SignedHeaders is not in order: {}", steps.signed_headers()),
        );
    }
    if vendor == Vendor::Volcengine
        && let Some(sent) = plan.capture.header("x-content-sha256")
        && !sent.eq_ignore_ascii_case(&steps.payload_hash)
    {
        add(
            "body",
            format!(
                "X-Content-Sha256 is not the hash of the body, which is {}",
                steps.payload_hash
            ),
        );
    }
    out
}

fn report(claim: &Claim, steps: Option<&Steps>, differences: &[Difference]) -> Json {
    let mut report = json!({
        "valid": differences.is_empty(),
        "differs": differences.first().map(|first| first.part),
        "why": differences.iter().map(|one| format!("{}: {}", one.part, one.why)).collect::<Vec<_>>(),
        "claimed": {
            "secret_id": claim.id,
            "signed_headers": claim.signed_headers.join(";"),
            "signature": claim.signature,
        },
    });
    if let Some(steps) = steps {
        report["expected"] = super::steps(steps);
    }
    report
}
