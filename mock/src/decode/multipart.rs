//! The bytes of a `multipart/form-data` body in, its parts out.

/// One part of the body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    /// Its own content type is JSON, as it is for lists and objects.
    pub(super) json: bool,
    pub(super) content: Vec<u8>,
}

/// Divides a body by the boundary that its content type names.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<Part>, &'static str> {
    let boundary = parameter(content_type, "boundary").filter(|text| !text.is_empty());
    let boundary = boundary.ok_or("the content type names no boundary")?;
    // Every boundary stands on a line of its own, the first maybe at the very beginning.
    let first = format!("--{boundary}");
    let next = format!("\r\n--{boundary}");
    let mut rest = body
        .strip_prefix(first.as_bytes())
        .ok_or("it does not begin with the boundary")?;
    let mut found = Vec::new();
    while !rest.starts_with(b"--") {
        let begun = rest
            .strip_prefix(b"\r\n")
            .ok_or("no line end after the boundary")?;
        let end = position(begun, next.as_bytes()).ok_or("the closing boundary is missing")?;
        found.push(part(&begun[..end])?);
        rest = &begun[end + next.len()..];
    }
    Ok(found)
}

fn part(bytes: &[u8]) -> Result<Part, &'static str> {
    let end = position(bytes, b"\r\n\r\n").ok_or("a part has no blank line after its headers")?;
    let headers = String::from_utf8_lossy(&bytes[..end]);
    let header = |name: &str| {
        let lines = headers
            .split("\r\n")
            .filter_map(|line| line.split_once(':'));
        lines
            .into_iter()
            .find(|(found, _)| found.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition").ok_or("a part has no Content-Disposition")?;
    Ok(Part {
        name: parameter(disposition, "name").ok_or("a part has no name")?,
        json: header("content-type").is_some_and(|value| value.starts_with("application/json")),
        content: bytes[end + 4..].to_vec(),
    })
}

/// A parameter of a header's value, for example the boundary of `multipart/form-data; boundary=x`.
fn parameter(value: &str, name: &str) -> Option<String> {
    let parameters = value
        .split(';')
        .skip(1)
        .filter_map(|part| part.trim().split_once('='));
    let found = parameters
        .into_iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::parts;

    const TYPE: &str = "multipart/form-data; boundary=b";

    #[test]
    fn parts_keep_their_bytes() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"A\"\r\n\r\ntext\r\n--b\r\n\
            content-disposition: form-data; name=\"F\"; filename=\"F\"\r\nContent-Type: application/json\r\n\r\n\x00\xff\r\n--\r\n--b--\r\n";
        let found = parts(TYPE, body).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (
                found[0].name.as_str(),
                found[0].json,
                found[0].content.as_slice()
            ),
            ("A", false, &b"text"[..])
        );
        assert_eq!(
            (
                found[1].name.as_str(),
                found[1].json,
                found[1].content.as_slice()
            ),
            ("F", true, &b"\x00\xff\r\n--"[..])
        );
        assert_eq!(parts(TYPE, b"--b--\r\n").unwrap(), []);
    }

    #[test]
    fn what_is_malformed_is_said() {
        let head = "--b\r\nContent-Disposition: form-data; name=\"A\"\r\n\r\n";
        let cases = [
            ("multipart/form-data", "--b--".to_owned(), "boundary"),
            (TYPE, "x".to_owned(), "begin"),
            (TYPE, "--bx".to_owned(), "line end"),
            (TYPE, head.to_owned(), "closing"),
            (TYPE, "--b\r\nno headers\r\n--b--".to_owned(), "blank line"),
            (
                TYPE,
                "--b\r\nX: y\r\n\r\n\r\n--b--".to_owned(),
                "Content-Disposition",
            ),
            (
                TYPE,
                "--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--".to_owned(),
                "name",
            ),
        ];
        for (content_type, body, word) in cases {
            let message = parts(content_type, body.as_bytes()).unwrap_err();
            assert!(message.contains(word), "{body}: {message}");
        }
    }
}
