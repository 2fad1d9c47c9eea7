//! An id of an example in, another one of the same form out.

use serde_json::Value as Json;

/// Characters at the beginning that stay: some ids begin with letters that say what they are.
const KEPT: usize = 2;
/// Shorter ids would soon be the same as others.
const SHORTEST: usize = 6;

/// The n-th id of this form: every letter becomes a letter and every digit a digit, so that the form is still that of the schema.
/// The same number and form give the same id, so that a test sees the same ids every time.
pub(super) fn like(example: &Json, number: u64) -> Json {
    match example {
        Json::String(text) => Json::String(text_like(text, number)),
        Json::Number(old) => {
            let digits = text_like(&format!("1{old}"), number);
            let fallback = number.max(1);
            // An example of few digits is one of few digits, and numbers grow on.
            let found = digits
                .get(1..)
                .and_then(|digits| digits.parse::<u64>().ok());
            Json::from(match found {
                Some(found) if old.to_string().len() >= SHORTEST && found > 0 => found,
                _ => fallback,
            })
        }
        other => other.clone(),
    }
}

fn text_like(text: &str, number: u64) -> String {
    if text.chars().filter(char::is_ascii_alphanumeric).count() < SHORTEST {
        return format!("{text}{number}");
    }
    let mut noise = Noise(number);
    let hexadecimal = text
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let other = |(at, character): (usize, char)| match character {
        _ if at < KEPT => character,
        '0'..='9' => char::from(b'0' + noise.below(10)),
        'a'..='z' if hexadecimal => char::from(b'a' + noise.below(6)),
        'A'..='Z' if hexadecimal => char::from(b'A' + noise.below(6)),
        'a'..='z' => char::from(b'a' + noise.below(26)),
        'A'..='Z' => char::from(b'A' + noise.below(26)),
        other => other,
    };
    text.chars().enumerate().map(other).collect()
}

/// A number of so many digits.
pub(super) fn digits(count: u64, number: u64) -> String {
    // Another beginning than that of the ids, which everybody sees.
    let mut noise = Noise(number ^ 0x5eed_c0de);
    (0..count.min(20))
        .map(|_| char::from(b'0' + noise.below(10)))
        .collect()
}

/// SplitMix64 (Steele, Lea and Flood, 2014): enough to look like chance, and no secret.
struct Noise(u64);

impl Noise {
    fn below(&mut self, end: u64) -> u8 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u8::try_from((mixed ^ (mixed >> 31)) % end).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::{digits, like};

    #[test]
    fn ids_keep_their_form_and_differ() {
        let all: BTreeSet<String> = (0..1_000)
            .map(|number| like(&json!("yDb3-Nf8_YtR6"), number).to_string())
            .collect();
        assert_eq!(all.len(), 1_000);
        for id in &all {
            assert!(id.starts_with("\"yD") && id.len() == 15, "{id}");
            assert_eq!((&id[5..6], &id[9..10]), ("-", "_"), "{id}");
        }
        assert_eq!(like(&json!("yDb3Nf8Y"), 7), like(&json!("yDb3Nf8Y"), 7));
        let hexadecimal = like(&json!("5f0c7d52-8f1c"), 3);
        let hexadecimal = hexadecimal.as_str().unwrap();
        assert!(
            hexadecimal
                .bytes()
                .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
        );
        assert_eq!(like(&json!(618_204_771_905_u64), 3).to_string().len(), 12);
        assert_ne!(digits(6, 1), digits(6, 2));
        assert_eq!(digits(4, 9).len(), 4);
    }
}
