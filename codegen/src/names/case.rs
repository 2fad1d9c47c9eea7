//! Wire names in, Rust spellings out. Knows the acronyms that a plain splitter tears apart.

use heck::{ToShoutySnakeCase, ToSnakeCase};

/// Words with capitals inside that are one word.
const WORDS: [(&str, &str); 10] = [
    ("IPv", "Ipv"),
    ("IoT", "Iot"),
    ("OAuth", "Oauth"),
    ("PaaS", "Paas"),
    ("SaaS", "Saas"),
    ("IaaS", "Iaas"),
    ("QoS", "Qos"),
    ("DDoS", "Ddos"),
    ("MySQL", "Mysql"),
    ("WeChat", "Wechat"),
];

/// `TagIDs` -> `tag_ids`, `IPv6Addr` -> `ipv6_addr`, `DBInstanceId` -> `db_instance_id`. Not yet safe from keywords.
pub(crate) fn snake(name: &str) -> String {
    join_plurals(&join_words(name)).to_snake_case()
}

/// A field, method or module name: [`snake`], with `_` behind keywords and the names in `taken`.
pub(crate) fn identifier(name: &str, taken: &[&str]) -> String {
    let snake = snake(name);
    let snake = if snake.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{snake}")
    } else {
        snake
    };
    if is_keyword(&snake) || taken.contains(&snake.as_str()) {
        format!("{snake}_")
    } else {
        snake
    }
}

/// An error code as a constant: a dot becomes two underscores, so that `InvalidParameterValue` and
/// `InvalidParameter.Value` stay apart whichever comes first.
pub(crate) fn constant(code: &str) -> String {
    let parts = code
        .split('.')
        .map(|part| join_plurals(&join_words(part)).to_shouty_snake_case());
    let name = parts.collect::<Vec<_>>().join("__");
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("CODE_{name}")
    } else {
        name
    }
}

fn join_words(name: &str) -> String {
    let mut out = name.to_owned();
    for (from, to) in WORDS {
        if out.contains(from) {
            out = out.replace(from, to);
        }
    }
    out
}

/// An acronym with a plural s is one word: `TagIDs` -> `TagIds`, `VPCsInfo` -> `VpcsInfo`.
fn join_plurals(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len());
    let mut index = 0;
    while index < chars.len() {
        let run = chars[index..]
            .iter()
            .take_while(|c| c.is_ascii_uppercase())
            .count();
        let plural = run >= 2 && chars.get(index + run) == Some(&'s');
        let ends = chars
            .get(index + run + 1)
            .is_none_or(|next| !next.is_ascii_lowercase());
        if plural && ends {
            out.push(chars[index]);
            out.extend(
                chars[index + 1..index + run]
                    .iter()
                    .map(char::to_ascii_lowercase),
            );
            index += run;
        } else {
            out.extend(&chars[index..index + run.max(1)]);
            index += run.max(1);
        }
    }
    out
}

/// Strict and reserved keywords of every edition so far.
fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 52] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
        "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{constant, identifier, snake};

    #[test]
    fn acronyms_stay_whole() {
        let cases = [
            ("TagIDs", "tag_ids"),
            ("IPv6Addr", "ipv6_addr"),
            ("DBInstanceId", "db_instance_id"),
            ("VPCId", "vpc_id"),
            ("VPCsInfo", "vpcs_info"),
            ("VideoURLs", "video_urls"),
            ("DBs", "dbs"),
            ("HTTPServer", "http_server"),
            ("personIDCard", "person_id_card"),
            ("PdfResourceMd5", "pdf_resource_md5"),
            ("DNSStatus", "dns_status"),
            ("materialName", "material_name"),
            ("OAuthToken", "oauth_token"),
            ("UUI", "uui"),
            ("IPs", "ips"),
        ];
        for (wire, rust) in cases {
            assert_eq!(snake(wire), rust, "{wire}");
        }
    }

    #[test]
    fn keywords_and_taken_names_get_an_underscore() {
        assert_eq!(identifier("Type", &[]), "type_");
        assert_eq!(identifier("Super", &[]), "super_");
        assert_eq!(identifier("New", &["new"]), "new_");
        assert_eq!(identifier("3rdParty", &[]), "_3rd_party");
    }

    #[test]
    fn codes_that_differ_by_a_dot_stay_apart() {
        assert_eq!(constant("InvalidParameterValue"), "INVALID_PARAMETER_VALUE");
        assert_eq!(
            constant("InvalidParameter.Value"),
            "INVALID_PARAMETER__VALUE"
        );
        assert_eq!(constant("1001"), "CODE_1001");
        assert_eq!(constant("RE:0000"), "RE_0000");
    }
}
