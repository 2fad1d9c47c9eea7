//! A plan in, a call of the invented service that goes on with conversations out.

use yunqiao::{Config, Service, Vendor};
use yunqiao_runtime::{Action, Client, Field};

use super::making::{Ready, stream};
use super::part::{Part, object};
use crate::canary::NAME;
use crate::plan::Plan;

static SERVICE: Service = Service::new(
    Vendor::Volcengine,
    "dialogue",
    "2026-01-01",
    "dialogue.volcengineapi.com",
);
static ANSWER: Action = Action::new(&SERVICE, "Answer");

object!(AnswerRequest {
    0 conversation: String = Field::new("Conversation").required(),
    1 speaker: String = Field::new("Speaker").sensitive(),
});

pub(super) fn answer(config: &Config, plan: &Plan) -> Ready {
    let request = AnswerRequest {
        conversation: Some(plan.marker()),
        speaker: Some(NAME.to_owned()),
    };
    let shown = format!("{request:?}");
    let call = Client::new(config, &SERVICE).stream::<Part>(&ANSWER, request);
    stream(plan, shown, call)
}
