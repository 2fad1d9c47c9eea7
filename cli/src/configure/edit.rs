//! The text of a credential file and a profile in, the text with that profile out; whatever else stands in it stays.

use serde_json::{Map, Value as Json, json};
use zeroize::Zeroizing;

/// A profile to write.
pub(super) struct Entry<'a> {
    pub(super) profile: &'a str,
    pub(super) id: &'a str,
    pub(super) secret: &'a str,
    pub(super) region: Option<&'a str>,
}

type Edited = std::result::Result<Zeroizing<String>, String>;

/// A file of sections: lines are changed where they stand.
pub(super) fn sections(before: &str, entry: &Entry<'_>) -> Edited {
    let mut out = Zeroizing::new(String::with_capacity(before.len() + 256));
    let mut left = vec![("secret_id", entry.id), ("secret_key", entry.secret)];
    let (mut is_wanted, mut was_there) = (false, false);
    // Blank lines and comments at the end of a section may belong to the next one.
    let mut held: Vec<&str> = Vec::new();
    for (index, line) in before.lines().enumerate() {
        let text = line.trim_start_matches('\u{feff}').trim();
        if let Some(rest) = text.strip_prefix('[') {
            let Some(name) = rest.strip_suffix(']') else {
                return Err(format!(
                    "line {}: a section has no closing bracket",
                    index + 1
                ));
            };
            if is_wanted {
                settings(&mut left, &mut out);
            }
            release(&mut held, &mut out);
            is_wanted = name.trim() == entry.profile;
            was_there |= is_wanted;
            push(line, &mut out);
            continue;
        }
        if text.is_empty() || text.starts_with(['#', ';']) {
            held.push(line);
            continue;
        }
        release(&mut held, &mut out);
        let key = text.split_once('=').map_or(text, |(key, _)| key);
        let key = key.trim().to_ascii_lowercase();
        match key.as_str() {
            // A token belongs to the key that it came with.
            "token" | "secret_id" | "secret_key" if is_wanted => {
                let at = left.iter().position(|(name, _)| *name == key);
                if let Some((name, value)) = at.map(|at| left.remove(at)) {
                    push(&format!("{name} = {value}"), &mut out);
                }
            }
            _ => push(line, &mut out),
        }
    }
    if is_wanted {
        settings(&mut left, &mut out);
    }
    release(&mut held, &mut out);
    if !was_there {
        if !out.is_empty() {
            push("", &mut out);
        }
        push(&format!("[{}]", entry.profile), &mut out);
        settings(&mut left, &mut out);
    }
    Ok(out)
}

fn push(line: &str, out: &mut String) {
    out.push_str(line);
    out.push('\n');
}

fn release(held: &mut Vec<&str>, out: &mut String) {
    held.drain(..).for_each(|line| push(line, out));
}

fn settings(left: &mut Vec<(&str, &str)>, out: &mut String) {
    for (name, value) in left.drain(..) {
        push(&format!("{name} = {value}"), out);
    }
}

/// A file that is one profile of Tencent Cloud's command line.
pub(super) fn command_line(before: &str, entry: &Entry<'_>) -> Edited {
    let mut members = object(before)?;
    for gone in ["token", "expiresAt"] {
        members.remove(gone);
    }
    for role in ["role-arn", "roleArn"] {
        if members.contains_key(role) {
            return Err(format!(
                "the profile asks for a role (\"{role}\"), which a key of its own would not end"
            ));
        }
    }
    members.insert("secretId".to_owned(), json!(entry.id));
    members.insert("secretKey".to_owned(), json!(entry.secret));
    Ok(printed(members))
}

/// The file of Volcengine's command line.
pub(super) fn config(before: &str, entry: &Entry<'_>) -> Edited {
    let mut config = object(before)?;
    let current = config.get("current").and_then(Json::as_str);
    let has_current = current.is_some_and(|name| !name.is_empty());
    let profiles = config.entry("profiles").or_insert(Json::Null);
    if profiles.is_null() {
        *profiles = json!({});
    }
    let profiles = profiles
        .as_object_mut()
        .ok_or("\"profiles\" is not an object")?;
    let profile = profiles.entry(entry.profile).or_insert_with(|| json!({}));
    let profile = profile
        .as_object_mut()
        .ok_or_else(|| format!("profile {:?} is not an object", entry.profile))?;
    for gone in ["session-token", "sts-expiration"] {
        profile.remove(gone);
    }
    let region = entry.region.map(|region| ("region", region));
    let members = [
        ("name", entry.profile),
        ("mode", "ak"),
        ("access-key", entry.id),
        ("secret-key", entry.secret),
    ];
    for (name, value) in members.into_iter().chain(region) {
        profile.insert(name.to_owned(), json!(value));
    }
    if !has_current {
        config.insert("current".to_owned(), json!(entry.profile));
    }
    Ok(printed(config))
}

/// The JSON object of a file, which may be empty.
pub(super) fn object(text: &str) -> std::result::Result<Map<String, Json>, String> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_str(text) {
        Ok(Json::Object(members)) => Ok(members),
        Ok(_) => Err("JSON, but not an object".to_owned()),
        // The parser's message may repeat a part of the file.
        Err(error) => Err(format!(
            "no valid JSON at line {} column {}",
            error.line(),
            error.column()
        )),
    }
}

fn printed(members: Map<String, Json>) -> Zeroizing<String> {
    Zeroizing::new(format!("{:#}\n", Json::Object(members)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: Entry<'_> = Entry {
        profile: "work",
        id: "AKIDnew",
        secret: "s3cret=/+",
        region: Some("cn-beijing"),
    };

    #[test]
    fn a_section_is_changed_where_it_stands() {
        let before = "# mine\n[default]\nsecret_id = a\nsecret_key = b\n\n; of work\n[work]\n# keep\nSecret_Key=old\ntoken = t\nregion = x\n\n# last\n[other]\nsecret_id = c\n";
        let after = sections(before, &ENTRY).unwrap();
        assert_eq!(
            after.as_str(),
            "# mine\n[default]\nsecret_id = a\nsecret_key = b\n\n; of work\n[work]\n# keep\nsecret_key = s3cret=/+\nregion = x\nsecret_id = AKIDnew\n\n# last\n[other]\nsecret_id = c\n"
        );
        // Once more changes nothing.
        assert_eq!(sections(&after, &ENTRY).unwrap(), after);
        assert_eq!(
            sections("", &ENTRY).unwrap().as_str(),
            "[work]\nsecret_id = AKIDnew\nsecret_key = s3cret=/+\n"
        );
        assert!(
            sections("[default]\nsecret_id = a", &ENTRY)
                .unwrap()
                .starts_with("[default]\nsecret_id = a\n\n[work]\n")
        );
        assert!(sections("[work\n", &ENTRY).is_err());
    }

    #[test]
    fn other_members_of_a_document_stay() {
        let before = r#"{"current":"a","profiles":{"a":{"access-key":"x","n":9007199254740993},"work":{"mode":"sso","session-token":"t","endpoint":"e"}},"enableColor":true}"#;
        let after: Json = serde_json::from_str(&config(before, &ENTRY).unwrap()).unwrap();
        let mut expected: Json = serde_json::from_str(before).unwrap();
        expected["profiles"]["work"] = json!({
            "name": "work", "mode": "ak", "access-key": "AKIDnew", "secret-key": "s3cret=/+", "region": "cn-beijing", "endpoint": "e",
        });
        assert_eq!(after, expected);
        let first: Json = serde_json::from_str(&config(" ", &ENTRY).unwrap()).unwrap();
        assert_eq!(first["current"], "work");
        let after = command_line(r#"{"secretId":"o","token":"t","x":1}"#, &ENTRY).unwrap();
        assert_eq!(
            serde_json::from_str::<Json>(&after).unwrap(),
            json!({ "secretId": "AKIDnew", "secretKey": "s3cret=/+", "x": 1 })
        );
        for wrong in [
            "[1]",
            "{\"secretKey\": hunter2}",
            r#"{"profiles":3}"#,
            r#"{"role-arn":"r"}"#,
        ] {
            let told = match wrong {
                r#"{"role-arn":"r"}"# => command_line(wrong, &ENTRY),
                _ => config(wrong, &ENTRY),
            };
            let told = told.unwrap_err();
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}
