//! An action's examples and a request in, the answer of the example whose request is most like it out.

use serde_json::Value as Json;
use yunqiao_model::api::{Action, ExampleAnswer};

/// The answer of the best example that has one; the first of equally good ones.
pub(super) fn best<'a>(action: &'a Action, request: &Json) -> Option<&'a Json> {
    let mut best: Option<(usize, &Json)> = None;
    for example in &action.examples {
        if let ExampleAnswer::Response(response) = &example.answer {
            let score = alike(&example.request, request);
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, response));
            }
        }
    }
    best.map(|(_, response)| response)
}

/// How many single values stand at the same place in both.
fn alike(a: &Json, b: &Json) -> usize {
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => a
            .iter()
            .filter_map(|(name, value)| b.get(name).map(|other| alike(value, other)))
            .sum(),
        (Json::Array(a), Json::Array(b)) => a.iter().zip(b).map(|(a, b)| alike(a, b)).sum(),
        (a, b) => usize::from(a == b),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::alike;

    #[test]
    fn equal_values_at_equal_places_count() {
        let example = json!({ "A": 1, "B": { "C": "x", "D": [1, 2] } });
        assert_eq!(alike(&example, &example), 4);
        assert_eq!(
            alike(&example, &json!({ "A": 1, "B": { "C": "y", "D": [1, 3] } })),
            2
        );
        assert_eq!(alike(&example, &json!({ "C": "x" })), 0);
    }
}
