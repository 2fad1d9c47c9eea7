//! Values of generated types in; whether copies and comparisons say what derived code says out.

use std::collections::HashSet;

use yunqiao_runtime::{Binary, Field as F, JsonValue};

use crate::sample::{Agent, IdCardType, UserInfo, VerifyResult, decoded, generated};

/// The same fields twice: as the generator writes them, and with derived traits. And every value, as both.
macro_rules! twins {
    ($($field:ident: $type:ty = [$($value:expr),+ $(,)?],)+) => {
        generated!(Shared { $($field: $type = F::new(stringify!($field)),)+ });

        #[derive(Clone, Debug, Default, PartialEq)]
        struct Derived { $($field: $type,)+ }

        /// The empty value, and one for each value of each field.
        fn values() -> Vec<(Shared, Derived)> {
            let mut all = vec![(Shared::default(), Derived::default())];
            $($(
                let value: $type = $value;
                all.push((
                    Shared { $field: value.clone(), ..Shared::default() },
                    Derived { $field: value, ..Derived::default() },
                ));
            )+)+
            all
        }

        fn derived(from: &Shared) -> Derived {
            Derived { $($field: from.$field.clone(),)+ }
        }
    };
}

generated!(Chain {
    name: Option<String> = F::new("Name"),
    next: Option<Box<Chain>> = F::new("Next"),
    all: Vec<Chain> = F::new("All"),
});

fn chain(name: Option<&str>, next: Option<Chain>) -> Chain {
    Chain {
        name: name.map(str::to_owned),
        next: next.map(Box::new),
        all: Vec::new(),
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn json(text: &str) -> Option<JsonValue> {
    Some(serde_json::from_str(text).unwrap())
}

twins! {
    text: Option<String> = [Some(String::new()), Some("a".to_owned()), Some("b".to_owned())],
    int: Option<i64> = [Some(0), Some(1), Some(i64::MIN)],
    float: Option<f64> = [Some(0.0), Some(-0.0), Some(1.5), Some(f64::NAN), Some(f64::INFINITY)],
    flag: Option<bool> = [Some(false), Some(true)],
    kind: Option<IdCardType> = [Some(IdCardType::IdCard), Some("".into()), Some("NEW".into()), Some("OTHER".into())],
    verdict: Option<VerifyResult> = [Some(VerifyResult::Intact), Some(0.into()), Some(99.into())],
    any: Option<JsonValue> = [json("null"), json("{}"), json("{\"a\": [1, 1.0]}"), json("{\"a\": [1, 1]}"), json("\"\"")],
    bytes: Option<Binary> = [Some(Binary::default()), Some(Binary::from(&[0, 255]))],
    agent: Option<Agent> = [
        Some(Agent::default()),
        Some(Agent { app_id: Some("x".to_owned()), proxy_operator: None }),
        Some(Agent { app_id: None, proxy_operator: Some(Box::new(UserInfo::default())) }),
    ],
    chain: Option<Box<Chain>> = [
        Some(Box::new(chain(None, None))),
        Some(Box::new(chain(None, Some(chain(None, None))))),
        Some(Box::new(chain(Some("a"), Some(chain(Some(""), Some(chain(Some("c"), None))))))),
        Some(Box::new(Chain { all: vec![chain(None, None), chain(Some("b"), None)], ..Chain::default() })),
    ],
    texts: Vec<String> = [texts(&[""]), texts(&["a"]), texts(&["a", "b"]), texts(&["b", "a"])],
    floats: Vec<f64> = [vec![0.0], vec![-0.0], vec![f64::NAN]],
    kinds: Vec<IdCardType> = [vec!["ID_CARD".into()], vec!["NEW".into()], vec!["".into()]],
    agents: Vec<Agent> = [vec![Agent::default()], vec![Agent::default(), Agent::default()]],
    grid: Vec<Vec<i64>> = [vec![vec![]], vec![vec![], vec![]], vec![vec![1], vec![2, 3]], vec![vec![1, 2], vec![3]]],
    anything: Vec<JsonValue> = [vec![JsonValue::Null], vec![JsonValue::Null, JsonValue::Null]],
}

#[test]
fn they_are_equal_when_derived_twins_are() {
    let values = values();
    let mut verdicts = HashSet::new();
    for (a, derived_a) in &values {
        for (b, derived_b) in &values {
            assert_eq!(a == b, derived_a == derived_b, "{a:?} {b:?}");
            verdicts.insert(a == b);
        }
    }
    assert_eq!(verdicts.len(), 2);
}

#[test]
fn a_copy_is_what_a_derived_twin_copies() {
    for (value, twin) in values() {
        // `Debug` of the twin tells apart what `==` does not: NaN, and the sign of zero.
        let copied = format!("{:?}", derived(&value.clone()));
        assert_eq!(copied, format!("{:?}", twin.clone()));
    }
}

#[test]
fn a_copy_shares_nothing_with_its_original() {
    let original: Agent = decoded(r#"{"ProxyOperator": {"OpenId": "one"}}"#).unwrap();
    let mut copy = original.clone();
    assert_eq!(copy, original);
    copy.proxy_operator.as_mut().unwrap().open_id = Some("two".to_owned());
    let open_id = |agent: &Agent| agent.proxy_operator.as_ref().unwrap().open_id.clone();
    assert_eq!(open_id(&original).as_deref(), Some("one"));
    assert_ne!(copy, original);
}
