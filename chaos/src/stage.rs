//! A seed in, a cloud with the planned trouble on its line out.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use yunqiao_mock::{Answer, ClosedPort, Line, LocalCloud, Trouble};

use crate::canary;
use crate::ledger::{self, Ledger};
use crate::plan::Plan;
use crate::schemas::schemas;

/// Id of the permanent key.
pub(crate) const KEY_ID: &str = "permanent-key";
/// Id of the temporary key.
pub(crate) const TEMPORARY_ID: &str = "temporary-key";

/// Everything that calls are made against.
pub(crate) struct Stage {
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) line: Line,
    pub(crate) closed: ClosedPort,
    /// Behind the line.
    _cloud: LocalCloud,
}

impl Stage {
    pub(crate) fn set(seed: u64) -> Result<Self, String> {
        let ledger = Arc::new(Ledger::new());
        let observer = Arc::clone(&ledger);
        let cloud = LocalCloud::builder()
            .schemas(schemas()?)
            .key(KEY_ID, canary::KEY)
            .key_with_token(TEMPORARY_ID, canary::KEY, canary::TOKEN)
            .keep_calls(0)
            .observe(move |call| observer.recorded(call))
            .start()
            .map_err(|error| error.to_string())?;
        answer_with_people(&cloud);
        for action in [
            "archive/2026-01-01/ReadRecord",
            "dialogue/2026-01-01/Answer",
        ] {
            cloud.respond(action, move |request| parts(seed, request));
        }
        let arrivals = Arc::clone(&ledger);
        let choose = move |arrival: &yunqiao_mock::Arrival<'_>| {
            let Some((number, attempt)) = arrivals.arrived(arrival) else {
                return Trouble::None;
            };
            let plan = Plan::new(seed, number);
            let mishap = plan.mishap(attempt);
            mishap.map_or(Trouble::None, |mishap| {
                mishap.trouble(plan.kind.vendor, plan.temporary)
            })
        };
        let line = cloud.line(choose).map_err(|error| error.to_string())?;
        let closed = ClosedPort::new().map_err(|error| error.to_string())?;
        Ok(Self {
            ledger,
            line,
            closed,
            _cloud: cloud,
        })
    }
}

/// Personal data in the answers, in the fields that are meant for it; and an answer that is not small.
fn answer_with_people(cloud: &LocalCloud) {
    let signer = json!({ "ApproveName": canary::ANSWERED, "Mobile": canary::PHONE });
    let flow = json!({ "FlowName": "Prescription", "FlowApproverInfos": vec![signer; 3] });
    cloud.answer(
        "DescribeFlowInfo",
        json!({ "FlowDetailInfos": vec![flow; 60] }),
    );
    let area = json!({ "VerifyResult": 1, "SignerName": canary::ANSWERED });
    cloud.answer(
        "ChannelVerifyPdf",
        json!({ "VerifyResult": 1, "PdfVerifyResults": [area] }),
    );
    cloud.answer("StoreScan", json!({ "Owner": canary::ANSWERED }));
}

/// The parts that a call is answered with, each of which tells whose it is.
fn parts(seed: u64, request: &Json) -> Answer {
    let plan = ledger::find(request).map(|number| Plan::new(seed, number));
    let content = if plan.as_ref().is_some_and(|plan| plan.large) {
        "So it went on. ".repeat(1_000)
    } else {
        "So it was.".to_owned()
    };
    let part = |text| json!({ "Part": text, "Owner": canary::ANSWERED, "Content": content });
    Answer::events(plan.iter().flat_map(Plan::telling).map(part))
}
