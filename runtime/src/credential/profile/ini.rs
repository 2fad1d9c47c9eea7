//! In: the text of an INI file. Out: the settings of one section, or the line that is none.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

/// The settings of one section.
pub(super) type Section = BTreeMap<String, Zeroizing<String>>;

/// Reads one section; `None` if there is no such section. A key that stands twice has its last value. The error names the
/// line and shows nothing of it.
pub(super) fn section(text: &str, wanted: &str) -> Result<Option<Section>, String> {
    let mut found: Option<Section> = None;
    let mut is_wanted = None;
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let number = index + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(rest) = line.strip_prefix('[') {
            let name = rest
                .strip_suffix(']')
                .ok_or_else(|| format!("line {number}: a section has no closing bracket"))?;
            is_wanted = Some(name.trim() == wanted);
            if is_wanted == Some(true) {
                found.get_or_insert_default();
            }
            continue;
        }
        let (key, value) = line.split_once('=').ok_or_else(|| {
            format!("line {number}: neither a section nor a setting (name = value) nor a comment")
        })?;
        match (is_wanted, found.as_mut()) {
            (None, _) => return Err(format!("line {number}: a setting before the first section")),
            (Some(true), Some(section)) => {
                let value = Zeroizing::new(unquoted(value.trim()).to_owned());
                section.insert(key.trim().to_ascii_lowercase(), value);
            }
            _ => {}
        }
    }
    Ok(found)
}

fn unquoted(value: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Vec<(String, String)>>, String> {
        let pairs = |section: Section| {
            section
                .into_iter()
                .map(|(key, value)| (key, value.to_string()))
                .collect()
        };
        Ok(section(text, "default")?.map(pairs))
    }

    #[test]
    fn one_section_is_read() {
        let text = "\u{feff}# a comment\r\n[ default ]\r\nSecret_Id = a=b\r\n; another\r\nsecret_key=\"c\"\r\n\r\n[other]\r\nsecret_id=x\r\n\
                    [default]\nsecret_key='d'\nempty=\n";
        let expected = [("empty", ""), ("secret_id", "a=b"), ("secret_key", "d")];
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(read(text), Ok(Some(expected.to_vec())));
        assert_eq!(read("[other]\na=b"), Ok(None));
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("[default]"), Ok(Some(Vec::new())));
    }

    #[test]
    fn mistakes_have_a_line_and_no_content() {
        for (text, line) in [
            ("[default]\nhunter2", 2),
            ("hunter2=hunter2", 1),
            ("\n\n[hunter2", 3),
        ] {
            let told = read(text).unwrap_err();
            assert!(told.starts_with(&format!("line {line}: ")), "{told}");
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}
