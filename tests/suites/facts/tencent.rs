//! One service version of Tencent Cloud and the facts about it in, the differences out.

use serde_json::Value as Json;
use yunqiao_model::api::{Api, Field, PageStyle, PageUnit, Pagination, Service};

use crate::fields::{Fact, Told, compare, text};
use crate::finding::Findings;

pub(crate) fn findings(api: &Api, service: &Service, facts: &Json) -> Findings {
    let mut findings = Findings::new(&service.id);
    let mut values = Told::default();
    let structs = |name: &str| {
        let found = list(facts, "structs")
            .iter()
            .find(|item| item["name"] == name);
        found.map(|item| &item["fields"])
    };
    findings.same(
        "service",
        "host",
        service.host.as_str(),
        string(facts, "host"),
    );
    findings.same_set(
        "service",
        "action",
        service.actions.keys().cloned(),
        names(facts, "actions"),
    );
    let calls: Vec<String> = list(facts, "actions")
        .iter()
        .flat_map(|action| [string(action, "input"), string(action, "output")])
        .map(ToOwned::to_owned)
        .collect();
    findings.same_set(
        "service",
        "struct",
        service.structs.keys().cloned(),
        names(facts, "structs").filter(|name| !calls.contains(name)),
    );
    codes(api, service, facts, &mut findings);
    for fact in list(facts, "actions") {
        let Some(action) = service.actions.get(string(fact, "name")) else {
            continue;
        };
        let name = &action.name;
        let own = |side: &str| structs(string(fact, side)).unwrap_or(&Json::Null);
        let (asks, answers) = (format!("{name}.request"), format!("{name}.response"));
        fields(
            service,
            &asks,
            &action.request,
            own("input"),
            true,
            (&mut values, &mut findings),
        );
        fields(
            service,
            &answers,
            &action.response,
            own("output"),
            false,
            (&mut values, &mut findings),
        );
        let told = list(fact, "errors").iter().map(text);
        findings.same_set(name, "error", action.errors.iter().cloned(), told);
        let host = action.host.as_deref().unwrap_or("-");
        findings.same(name, "host", host, fact["host"].as_str().unwrap_or("-"));
        let is_deprecated = !fact["deprecated"].is_null() || fact["status"] == "deprecated";
        findings.same(
            name,
            "deprecated",
            action.life.note().is_some(),
            is_deprecated,
        );
        findings.same(name, "unsigned", action.unsigned, fact["unsigned"] == true);
        let token = action.idempotency_token.as_deref().unwrap_or("-");
        findings.same(
            name,
            "token",
            token,
            fact["idempotency"].as_str().unwrap_or("-"),
        );
        let pages = action
            .pagination
            .as_ref()
            .map_or_else(|| "-".to_owned(), pages);
        findings.same(name, "pagination", pages, told_pages(&fact["pagination"]));
    }
    for item in service.structs.values() {
        let Some(told) = structs(&item.name) else {
            continue;
        };
        fields(
            service,
            &item.name,
            &item.fields,
            told,
            item.in_request,
            (&mut values, &mut findings),
        );
        let role = match (item.in_request, item.in_response) {
            (true, true) => "both",
            (true, false) => "in",
            (false, _) => "out",
        };
        let told = list(facts, "structs")
            .iter()
            .find(|fact| fact["name"] == item.name.as_str());
        findings.same(
            &item.name,
            "role",
            role,
            told.map_or("-", |told| string(told, "role")),
        );
    }
    values.settle(service, &mut findings);
    findings
}

/// The service's codes. Those of the vendor count for every service, so a service need not repeat them.
fn codes(api: &Api, service: &Service, facts: &Json, findings: &mut Findings) {
    let common = &api.vendors[&service.id.vendor].errors;
    let told: Vec<String> = list(facts, "errors")
        .iter()
        .map(|error| string(error, "code").to_owned())
        .collect();
    let shared = told
        .iter()
        .filter(|code| common.contains_key(*code))
        .cloned();
    let mut ours: Vec<String> = service.errors.keys().cloned().chain(shared).collect();
    ours.sort();
    ours.dedup();
    findings.same_set("service", "error", ours, told);
}

fn fields(
    service: &Service,
    owner: &str,
    ours: &[Field],
    told: &Json,
    is_request: bool,
    (values, findings): (&mut Told, &mut Findings),
) {
    let told: Vec<&Json> = told
        .as_array()
        .into_iter()
        .flatten()
        .filter(|fact| is_request || fact["name"] != "RequestId")
        .collect();
    let facts: Vec<Fact> = told
        .iter()
        .map(|fact| self::fact(fact, is_request))
        .collect();
    compare(service, owner, ours, &facts, values, findings);
}

fn fact(fact: &Json, is_request: bool) -> Fact {
    // A date is a text that looks like one; the type of it is text.
    let ty = string(fact, "type").replace("struct:", "");
    let ty = if ty == "date" {
        "string".to_owned()
    } else {
        ty
    };
    let values = fact["values"].as_array();
    Fact {
        name: string(fact, "name").to_owned(),
        ty,
        required: is_request.then_some(fact["required"] == true),
        disabled: fact["disabled"] == true,
        deprecated: None,
        default: fact.get("default").map(text),
        values: values.map(|values| values.iter().map(|value| text(&value["v"])).collect()),
        is_certain: fact["values_confidence"] == "high",
    }
}

fn pages(pages: &Pagination) -> String {
    let style = match pages.style {
        PageStyle::Offset => "offset",
        PageStyle::Page => "page",
        PageStyle::Cursor => "cursor",
    };
    let unit = match pages.unit {
        PageUnit::Row => "row",
        PageUnit::Page => "page",
    };
    let optional = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    format!(
        "{style} {} of {unit}s, {} each, {} of {}",
        pages.input,
        optional(&pages.size),
        pages.items,
        optional(&pages.total)
    )
}

fn told_pages(told: &Json) -> String {
    let part = |key: &str| told[key].as_str().unwrap_or("-");
    if !matches!(part("unit"), "row" | "page") {
        return "-".to_owned();
    }
    format!(
        "{} {} of {}s, {} each, {} of {}",
        part("style"),
        part("start"),
        part("unit"),
        part("size"),
        part("items"),
        part("total")
    )
}

fn list<'a>(value: &'a Json, key: &str) -> &'a [Json] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn string<'a>(value: &'a Json, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn names(value: &Json, key: &str) -> impl Iterator<Item = String> {
    list(value, key)
        .iter()
        .map(|item| string(item, "name").to_owned())
}
