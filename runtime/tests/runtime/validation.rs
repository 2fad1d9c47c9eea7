//! In: requests that break rules. Out: every problem at once, with its path and without its value.

use yunqiao_runtime::{Check, Field, Run, validate};

use crate::sample::{Agent, UserInfo, generated};

const DIGITS: &[(char, char)] = &[('0', '9')];
const ID_CARD: &[Run] = &[
    Run {
        ranges: DIGITS,
        min: 17,
        max: 17,
    },
    Run {
        ranges: &[('0', '9'), ('X', 'X')],
        min: 1,
        max: 1,
    },
];

generated!(Approver {
    name: Option<String> = Field::new("Name").required().checks(&[Check::Length { min: 2, max: 4 }]),
    mobile: Option<String> = Field::new("Mobile").checks(&[Check::Pattern(&[&[Run { ranges: DIGITS, min: 11, max: 11 }]])]),
    id_card: Option<String> = Field::new("IdCard").checks(&[Check::Pattern(&[ID_CARD])]),
});

generated!(CreateFlowRequest {
    agent: Option<Agent> = Field::new("Agent").required(),
    approvers: Vec<Approver> = Field::new("Approvers").required().checks(&[Check::Items { min: 1, max: 2 }]),
    deadline: Option<i64> = Field::new("Deadline").checks(&[Check::Range { min: 1, max: i64::MAX }]),
    ratio: Option<f64> = Field::new("Ratio").checks(&[Check::FloatRange { min: 0.0, max: 1.0 }]),
    image: Option<String> = Field::new("Image").checks(&[Check::Bytes { max: 6 }]),
    tags: Vec<String> = Field::new("Tags").checks(&[Check::Length { min: 1, max: 3 }, Check::Items { min: 0, max: 2 }]),
    levels: Vec<i64> = Field::new("Levels").checks(&[Check::Range { min: 1, max: 3 }]),
    old: Option<bool> = Field::new("Old").removed("use Deadline"),
    operator: Option<UserInfo> = Field::new("Operator"),
});

fn problems(request: &CreateFlowRequest) -> Vec<String> {
    validate(request).iter().map(ToString::to_string).collect()
}

fn good() -> CreateFlowRequest {
    CreateFlowRequest {
        agent: Some(Agent {
            app_id: Some("a".repeat(32)),
            proxy_operator: None,
        }),
        approvers: vec![Approver {
            name: Some("张三丰".to_owned()),
            mobile: Some("13800000000".to_owned()),
            id_card: Some("11010119900101123X".to_owned()),
        }],
        deadline: Some(1),
        ratio: Some(1.0),
        image: Some("中文".to_owned()),
        tags: vec!["a".to_owned()],
        levels: vec![1, 3],
        ..CreateFlowRequest::default()
    }
}

#[test]
fn a_request_within_the_rules_has_no_problem() {
    assert_eq!(problems(&good()), [""; 0]);
}

#[test]
fn what_is_required_is_asked_for() {
    assert_eq!(
        problems(&CreateFlowRequest::default()),
        ["Agent is required", "Approvers is required"]
    );
}

#[test]
fn every_problem_is_told_at_once() {
    let request = CreateFlowRequest {
        agent: Some(Agent {
            app_id: Some("a".repeat(33)),
            proxy_operator: None,
        }),
        approvers: vec![
            Approver {
                name: Some("张".to_owned()),
                mobile: Some("1380000000a".to_owned()),
                ..Approver::default()
            },
            Approver::default(),
            Approver {
                name: Some("abcde".to_owned()),
                id_card: Some("110101199001011".to_owned()),
                ..Approver::default()
            },
        ],
        deadline: Some(0),
        ratio: Some(1.5),
        image: Some("中文字".to_owned()),
        tags: vec![String::new(), "ok".to_owned(), "long".to_owned()],
        levels: vec![1, 9],
        old: Some(true),
        operator: None,
    };
    assert_eq!(
        problems(&request),
        [
            "Agent.AppId must have 1 to 32 characters, has 33",
            "Approvers must have 1 to 2 items, has 3",
            "Approvers[0].Name must have 2 to 4 characters, has 1",
            "Approvers[0].Mobile has a form that the vendor does not accept",
            "Approvers[1].Name is required",
            "Approvers[2].Name must have 2 to 4 characters, has 5",
            "Approvers[2].IdCard has a form that the vendor does not accept",
            "Deadline must be at least 1",
            "Ratio must be between 0 and 1",
            "Image must have at most 6 bytes, has 9",
            "Tags must have at most 2 items, has 3",
            "Tags[0] must have 1 to 3 characters, has 0",
            "Tags[2] must have 1 to 3 characters, has 4",
            "Levels[1] must be between 1 and 3",
            "Old was removed by the vendor: use Deadline",
        ]
    );
    let first = &validate(&request)[0];
    assert_eq!(
        (first.path(), first.message()),
        ("Agent.AppId", "must have 1 to 32 characters, has 33")
    );
}

#[test]
fn a_number_that_json_cannot_spell_is_a_problem() {
    for ratio in [f64::NAN, f64::INFINITY] {
        let request = CreateFlowRequest {
            ratio: Some(ratio),
            ..good()
        };
        assert_eq!(problems(&request), ["Ratio must be a finite number"]);
    }
}

#[test]
fn counts_read_well() {
    generated!(Counted {
        exact: Option<String> = Field::new("Exact").checks(&[Check::Length { min: 18, max: 18 }]),
        one: Option<String> = Field::new("One").checks(&[Check::Length { min: 1, max: 1 }]),
        many: Option<String> = Field::new("Many").checks(&[Check::Length { min: 2, max: u64::MAX }]),
        low: Option<i64> = Field::new("Low").checks(&[Check::Range { min: i64::MIN, max: 5 }]),
        half: Option<i64> = Field::new("Half").checks(&[Check::FloatRange { min: 0.5, max: f64::INFINITY }]),
    });
    let counted = Counted {
        exact: Some("1".to_owned()),
        one: Some("12".to_owned()),
        many: Some("1".to_owned()),
        low: Some(6),
        half: Some(0),
    };
    let told: Vec<String> = validate(&counted).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "Exact must have exactly 18 characters, has 1",
            "One must have exactly 1 character, has 2",
            "Many must have at least 2 characters, has 1",
            "Low must be at most 5",
            "Half must be at least 0.5",
        ]
    );
}
