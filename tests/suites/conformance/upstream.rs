//! The vendor's example calls of the four services of Tencent Cloud, each document as it stands there. Skipped without them.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use yunqiao_import::{Request, examples};
use yunqiao_mock::LocalCloud;
use yunqiao_model::api::{Api, ServiceId, Vendor};
use yunqiao_model::{DeviationKind, conform_request, load};
use yunqiao_tests::{home, schemas, settle, shared};

use crate::compare::{differences, without_indices};
use crate::program::Program;

/// Service, version, and how many examples it has.
const SERVICES: [(&str, &str, usize); 4] = [
    ("ca", "2023-02-28", 5),
    ("ess", "2020-11-11", 367),
    ("essbasic", "2021-05-26", 227),
    ("sts", "2018-08-13", 9),
];

/// What is judged: `tencent/ess/2020-11-11/CreateFlow`, and the number of the example.
struct Case<'a> {
    id: &'a ServiceId,
    action: String,
    number: usize,
}

/// Contradictions as rows of the table, and what was looked at.
#[derive(Default)]
struct Verdict {
    rows: Vec<String>,
    counts: BTreeMap<&'static str, usize>,
}

impl Verdict {
    fn report(&mut self, case: &Case<'_>, side: &str, place: &str, what: &str) {
        let Case { id, action, number } = case;
        let row = format!("{id}\t{action}\t{number}\t{side}\t{place}\t{what}");
        if !self.rows.contains(&row) {
            self.rows.push(row);
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    /// The request, through its type and back, and what the checks before sending say of it.
    fn request(&mut self, case: &Case<'_>, document: &Json, api: &Api, program: &mut Program) {
        let target = format!("{}/{}", case.id, case.action);
        let outcome = program.work("request", &target, &document.to_string());
        if let Some(reason) = outcome["refused"].as_str() {
            self.report(case, "request", "", &format!("not read: {reason}"));
            return;
        }
        let changed = differences(document, &outcome["written"]);
        for (place, what) in &changed {
            self.report(case, "request", place, what);
        }
        for problem in texts(&outcome["about"]) {
            let (place, what) = problem.split_once(": ").unwrap();
            self.report(case, "check", &without_indices(place), what);
        }
        let service = &api.services[case.id];
        for deviation in conform_request(service, &service.actions[&case.action], document) {
            let place = without_indices(&deviation.path_text());
            // What was not read as a value has been told.
            let is_told = changed.iter().any(|(changed, _)| *changed == place);
            if deviation.kind == DeviationKind::UndocumentedValue && !is_told {
                self.report(case, "request", &place, "value outside the documented list");
            }
        }
    }

    /// The answer as it would come in, through the runtime's reading of the envelope.
    fn answer(&mut self, case: &Case<'_>, text: &str, program: &mut Program) {
        let target = format!("{}/{}", case.id, case.action);
        let document: Json = serde_json::from_str(text).unwrap();
        let outcome = program.work("answer", &target, text);
        let error = &document["Response"]["Error"];
        if error.is_object() {
            self.count("errors");
            for (key, told) in [
                ("code", &error["Code"]),
                ("message", &error["Message"]),
                ("request id", &document["Response"]["RequestId"]),
            ] {
                if outcome[key] != *told {
                    self.report(case, "error", key, "not the one of the answer");
                }
            }
            if outcome["is service"] != true {
                self.report(case, "error", "", "not told as an error of the service");
            }
            return;
        }
        self.count("answers");
        if let Some(reason) = outcome["error"].as_str() {
            self.report(case, "answer", "", &format!("not read: {reason}"));
            return;
        }
        let mut explained = Vec::new();
        for deviation in texts(&outcome["about"]) {
            let (place, what) = deviation.split_once(": ").unwrap();
            let place = without_indices(place.trim_start_matches("Response."));
            self.report(case, "answer", &place, what);
            explained.push(place);
        }
        let mut answer = document["Response"].clone();
        answer.as_object_mut().unwrap().remove("RequestId");
        for (place, what) in differences(&answer, &outcome["written"]) {
            if !explained.contains(&place) {
                self.report(case, "answer", &place, &what);
            }
        }
    }
}

fn texts(list: &Json) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
}

#[test]
fn the_vendors_examples_pass_through_the_generated_types() {
    let Some(folder) = shared().map(|shared| shared.join("upstream/tencentcloud")) else {
        println!("skipped: ../shared is not there, so the vendor's examples cannot be read");
        return;
    };
    let api = load(&schemas()).api;
    let cloud = LocalCloud::start().unwrap();
    let mut program = Program::start(&cloud);
    let mut verdict = Verdict::default();
    let mut ids = Vec::new();
    for (service, version, expected) in SERVICES {
        let id = ServiceId {
            vendor: Vendor::Tencent,
            service: service.to_owned(),
            version: version.to_owned(),
        };
        let path = format!("{service}/v{}/examples.json", version.replace('-', ""));
        let bytes = std::fs::read(folder.join(path)).unwrap();
        let document: Json = serde_json::from_slice(&bytes).unwrap();
        let all = examples(&bytes).unwrap();
        assert_eq!(all.len(), expected, "examples of {service}");
        for example in all {
            let case = Case {
                id: &id,
                action: example.action,
                number: example.index + 1,
            };
            verdict.count("requests");
            match &example.request {
                Ok(Request::Json(request) | Request::Query(request)) => {
                    verdict.request(&case, request, &api, &mut program);
                }
                Err(reason) => verdict.report(&case, "request", "", reason),
            }
            let output = &document["actions"][&case.action][example.index]["output"];
            verdict.answer(&case, output.as_str().unwrap(), &mut program);
        }
        ids.push(id.to_string());
    }
    println!("{:?}", verdict.counts);
    let looked_at = |what: &str| verdict.counts.get(what).copied().unwrap_or_default();
    assert_eq!(looked_at("requests"), 608);
    assert_eq!(looked_at("answers") + looked_at("errors"), 608);
    let path = home().join("conformance/contradictions.tsv");
    match settle(&path, 6, &verdict.rows, |_| true) {
        Ok(rows) => println!("{rows} contradictions"),
        Err(problems) => panic!("{problems}"),
    }
}
