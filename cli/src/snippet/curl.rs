//! A signed request in, the curl command that sends it out, for a POSIX shell.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use yunqiao_runtime::transport::{Bytes, http};

/// What stands for a header's value that grants access.
pub(crate) const HIDDEN: &str = "***";

/// A longer argument is refused by Linux.
const LONGEST_ARGUMENT: usize = 100_000;

/// The command. A token stands in it as stars.
pub(crate) fn command(request: &http::Request<Bytes>) -> String {
    let mut out = format!(
        "curl -X {} {}",
        request.method(),
        quoted(&request.uri().to_string())
    );
    for (name, value) in request.headers() {
        let value = if is_token(name.as_str()) {
            HIDDEN.to_owned()
        } else {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let _ = write!(out, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
    }
    let text = std::str::from_utf8(request.body());
    match text.map(quoted) {
        Ok(body) if request.body().is_empty() => drop(body),
        Ok(body) if body.len() <= LONGEST_ARGUMENT => {
            let _ = write!(out, " \\\n  --data-raw {body}");
        }
        // What a shell does itself has no limit.
        Ok(body) => {
            let _ = write!(out, " \\\n  --data-binary @-");
            out = format!("printf %s {body} | {out}");
        }
        // No word of a shell holds any bytes.
        Err(_) => {
            let _ = write!(out, " \\\n  --data-binary @-");
            let body = BASE64.encode(request.body());
            out = format!("printf %s {body} | base64 -d | {out}");
        }
    }
    out.push('\n');
    out
}

/// Whether a header of this name, in lower case, holds a token.
pub(crate) fn is_token(name: &str) -> bool {
    matches!(name, "x-tc-token" | "x-security-token")
}

/// A word of a POSIX shell, with quotes around it.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A word of a POSIX shell, with quotes where it needs them.
pub(crate) fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,@%+=".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn words_mean_themselves() {
        assert_eq!(word("a-b/c.d"), "a-b/c.d");
        assert_eq!(word(""), "''");
        assert_eq!(word("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(word("中"), "'中'");
        assert_eq!(word("a\nb"), "'a\nb'");
    }
}
