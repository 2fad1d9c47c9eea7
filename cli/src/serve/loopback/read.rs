//! The bytes of an answer in HTTP/1.1 in, its status, headers and body out.

use yunqiao_runtime::transport::Bytes;

use super::Answer;

/// None if it breaks off, or is no HTTP.
pub(super) fn answer(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let header = |name: &str| {
        let found = headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    let rest = &bytes[end + 4..];
    let body = if header("transfer-encoding").is_some_and(|coding| coding == "chunked") {
        chunks(rest)?
    } else if let Some(length) = header("content-length") {
        rest.get(..length.parse().ok()?)?.to_vec()
    } else {
        rest.to_vec()
    };
    Some(Answer {
        status,
        headers,
        body: Bytes::from(body),
    })
}

/// A body in chunks, as a whole.
fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = size.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size.checked_add(2)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn bodies_are_read_as_they_are_framed() {
        let whole = answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: y\r\n\r\n{}").unwrap();
        assert_eq!((whole.status, &whole.body[..]), (200, &b"{}"[..]));
        assert_eq!(whole.headers[1], ("x".to_owned(), "y".to_owned()));
        let pieces =
            answer(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\n\r\n");
        assert_eq!(&pieces.unwrap().body[..], b"{}");
        let open = answer(b"HTTP/1.1 503 Busy\r\n\r\nlater").unwrap();
        assert_eq!((open.status, &open.body[..]), (503, &b"later"[..]));
    }

    #[test]
    fn what_breaks_off_is_no_answer() {
        for cut in [
            &b""[..],
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{",
            b"nonsense\r\n\r\n",
        ] {
            assert!(answer(cut).is_none(), "{cut:?}");
        }
    }
}
