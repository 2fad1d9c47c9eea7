//! The project's own examples of every action, through the generated types, the generated client and real HTTP to the local
//! cloud, which verifies the signature.

use serde_json::Value as Json;
use yunqiao_mock::{Call, LocalCloud, Signature};
use yunqiao_model::api::{Action, ExampleAnswer, Service};
use yunqiao_model::load;
use yunqiao_tests::schemas;

use crate::compare::differences;
use crate::program::Program;

/// One example, with the place it is from for whoever reads a failure.
struct Case<'a> {
    target: String,
    title: &'a str,
    request: &'a Json,
    action: &'a Action,
}

impl Case<'_> {
    fn wrong(&self, what: &str, detail: impl std::fmt::Debug) -> String {
        format!("{}, \"{}\": {what}: {detail:?}", self.target, self.title)
    }

    /// The request alone: through its type and back, with nothing for the checks to find.
    fn request(&self, program: &mut Program, is_good: bool) -> Vec<String> {
        let outcome = program.work("request", &self.target, &self.request.to_string());
        let mut wrong = Vec::new();
        let changed = differences(self.request, &outcome["written"]);
        if !changed.is_empty() {
            wrong.push(self.wrong("the request is changed", changed));
        }
        let problems = outcome["about"].as_array();
        if is_good && problems.is_none_or(|problems| !problems.is_empty()) {
            wrong.push(self.wrong("the checks refuse it", &outcome));
        }
        wrong
    }

    /// What the cloud saw of the call.
    fn seen(&self, cloud: &LocalCloud) -> Result<Call, String> {
        let Some(call) = cloud.calls().pop() else {
            return Err(self.wrong("nothing arrived", ()));
        };
        let expected = if self.action.unsigned {
            Signature::NotNeeded
        } else {
            Signature::Verified
        };
        if call.signature != expected {
            return Err(self.wrong("the signature", &call.signature));
        }
        if !self
            .target
            .ends_with(&format!("{}/{}", call.version, call.action))
        {
            return Err(self.wrong("another action arrived", (&call.version, &call.action)));
        }
        Ok(call)
    }

    fn answer(&self, program: &mut Program, cloud: &LocalCloud, answer: &Json) -> Vec<String> {
        let mut wrong = self.request(program, true);
        let read = program.work("expected", &self.target, &answer.to_string());
        let lost = differences(answer, &read["written"]);
        if !lost.is_empty() {
            wrong.push(self.wrong("the answer is changed", lost));
        }
        cloud.answer(&self.action.name, answer.clone());
        let outcome = program.work("call", &self.target, &self.request.to_string());
        match self.seen(cloud) {
            Err(problem) => wrong.push(problem),
            Ok(call) => {
                let changed = differences(self.request, &call.request);
                if !changed.is_empty() {
                    wrong.push(self.wrong("another request arrived", changed));
                }
                if outcome["request id"] != call.request_id.as_str() {
                    wrong.push(self.wrong("the request id", &outcome["request id"]));
                }
            }
        }
        if outcome["written"] != read["written"] || !outcome["error"].is_null() {
            wrong.push(self.wrong("another answer", &outcome));
        }
        wrong
    }

    fn error(
        &self,
        program: &mut Program,
        cloud: &LocalCloud,
        code: &str,
        message: &str,
    ) -> Vec<String> {
        let mut wrong = self.request(program, false);
        cloud.fail(&self.action.name, code, message);
        let outcome = program.work("unchecked call", &self.target, &self.request.to_string());
        let told = (
            &outcome["code"],
            &outcome["message"],
            &outcome["is service"],
        );
        if *told.0 != code || *told.1 != message || *told.2 != true {
            wrong.push(self.wrong("another error", &outcome));
        }
        match self.seen(cloud) {
            Err(problem) => wrong.push(problem),
            Ok(call) if outcome["request id"] != call.request_id.as_str() => {
                wrong.push(self.wrong("the request id", &outcome["request id"]));
            }
            Ok(_) => {}
        }
        wrong
    }
}

fn one(
    service: &Service,
    program: &mut Program,
    cloud: &LocalCloud,
    counts: &mut [usize; 2],
) -> Vec<String> {
    let mut wrong = Vec::new();
    for action in service.actions.values() {
        for example in &action.examples {
            let case = Case {
                target: format!("{}/{}", service.id, action.name),
                title: &example.title,
                request: &example.request,
                action,
            };
            wrong.extend(match &example.answer {
                ExampleAnswer::Response(answer) => {
                    counts[0] += 1;
                    case.answer(program, cloud, answer)
                }
                ExampleAnswer::Error { code, message } => {
                    counts[1] += 1;
                    case.error(program, cloud, code, message)
                }
            });
            cloud.reset();
        }
        if action.examples.is_empty() {
            wrong.push(format!("{}/{} has no example", service.id, action.name));
        }
    }
    wrong
}

#[test]
fn every_example_is_called_over_http() {
    let api = load(&schemas()).api;
    let cloud = LocalCloud::start().unwrap();
    let mut program = Program::start(&cloud);
    let mut counts = [0; 2];
    let wrong: Vec<String> = api
        .services
        .values()
        .flat_map(|service| one(service, &mut program, &cloud, &mut counts))
        .collect();
    println!("{} answers, {} errors", counts[0], counts[1]);
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        counts[0] >= 300 && counts[1] >= 1,
        "only {counts:?} examples"
    );
}
