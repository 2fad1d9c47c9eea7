//! The schemas in, how many of each kind they hold out, against numbers written here: a file that is lost is noticed.

use yunqiao_model::api::{Service, Type};
use yunqiao_model::load;
use yunqiao_tests::schemas;

/// Service version, then actions, structs, fields, enums, values of enums, error codes, codes of actions, and examples.
const EXPECTED: &[(&str, [usize; 8])] = &[
    ("tencent/ca/2023-02-28", [3, 2, 24, 3, 7, 1, 9, 4]),
    (
        "tencent/ess/2020-11-11",
        [156, 150, 2078, 152, 597, 228, 2266, 160],
    ),
    (
        "tencent/essbasic/2021-05-26",
        [100, 102, 1398, 112, 438, 180, 1240, 109],
    ),
    ("tencent/sts/2018-08-13", [7, 3, 55, 1, 3, 27, 93, 7]),
    ("volcengine/sms/2020-01-01", [4, 0, 27, 0, 0, 18, 59, 6]),
    ("volcengine/sms/2021-01-01", [1, 1, 9, 0, 0, 18, 18, 1]),
    (
        "volcengine/sms/2021-01-11",
        [33, 25, 475, 15, 77, 5, 28, 36],
    ),
    ("volcengine/sms/2025-01-01", [4, 6, 125, 7, 44, 4, 4, 6]),
    (
        "volcengine/sms/2026-01-01",
        [18, 15, 227, 8, 36, 9, 126, 19],
    ),
];

fn count(service: &Service) -> [usize; 8] {
    let actions = service.actions.values();
    let of_calls: usize = actions
        .clone()
        .map(|action| action.request.len() + action.response.len())
        .sum();
    let of_structs: usize = service.structs.values().map(|item| item.fields.len()).sum();
    [
        service.actions.len(),
        service.structs.len(),
        of_calls + of_structs,
        service.enums.len(),
        service.enums.values().map(|item| item.values.len()).sum(),
        service.errors.len(),
        actions.clone().map(|action| action.errors.len()).sum(),
        actions.map(|action| action.examples.len()).sum(),
    ]
}

#[test]
fn nothing_is_lost_from_the_schemas() {
    let api = load(&schemas()).api;
    let found: Vec<(String, [usize; 8])> = api
        .services
        .values()
        .map(|service| (service.id.to_string(), count(service)))
        .collect();
    let expected: Vec<(String, [usize; 8])> = EXPECTED
        .iter()
        .map(|(id, counts)| ((*id).to_owned(), *counts))
        .collect();
    assert_eq!(
        found, expected,
        "actions, structs, fields, enums, values, codes, codes of actions, examples"
    );
}

#[test]
fn ids_of_sms_have_64_bits() {
    let api = load(&schemas()).api;
    let mut ids = 0;
    for service in api
        .services
        .values()
        .filter(|service| service.id.service == "sms")
    {
        let calls = service
            .actions
            .values()
            .flat_map(|action| action.request.iter().chain(&action.response));
        let structs = service.structs.values().flat_map(|item| &item.fields);
        for field in calls.chain(structs) {
            let name = field.name.to_lowercase();
            let is_id = name == "id" || name == "ids" || name.ends_with("identificationid");
            if is_id && *field.ty.innermost() == Type::Int {
                let width = field.width;
                assert_eq!(
                    width,
                    Some(yunqiao_model::api::Width::Int64),
                    "{}: {}",
                    service.id,
                    field.name
                );
                ids += 1;
            }
        }
    }
    assert!(ids >= 10, "only {ids} ids");
}
