//! A JSON text and a pointer in, line and column of the value out. Only used once something is wrong.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Line and column, from 1, of the value at a pointer such as `/objects/Agent/members/3`, or of the last one on the way.
pub(crate) fn find(text: &str, pointer: &str) -> Option<(u32, u32)> {
    let mut rest: &str = text.trim_start();
    for step in pointer.split('/').skip(1) {
        let next = match rest.as_bytes().first()? {
            b'{' => object(rest, &unescape(step)),
            b'[' => list(rest, step.parse().ok()?),
            _ => None,
        };
        let Some(next) = next else { break };
        rest = next;
    }
    let offset = (rest.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let before = text.get(..offset)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next()?.chars().count() + 1;
    Some((u32::try_from(line).ok()?, u32::try_from(column).ok()?))
}

fn object<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let members: BTreeMap<Cow<'a, str>, &'a RawValue> = serde_json::from_str(text).ok()?;
    members.get(key).map(|value| value.get())
}

fn list(text: &str, index: usize) -> Option<&str> {
    let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    items.get(index).map(|value| value.get())
}

/// A key as it stands in a pointer.
pub(crate) fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_value_is_found_by_its_pointer() {
        let text = "{\n  \"a\": [1,\n    {\"b/c\": \"腾\", \"d\": 2}]\n}";
        assert_eq!(find(text, "/a/1/d"), Some((3, 23)));
        assert_eq!(find(text, "/a/1/b~1c"), Some((3, 13)));
        assert_eq!(
            find(text, "/a/7/x"),
            Some((2, 8)),
            "the last value on the way"
        );
    }
}
