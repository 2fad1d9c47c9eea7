//! The text of a program that somebody has written below `examples/` in, what the crate's manifest must say of it out.

use std::collections::BTreeSet;
use std::fmt;

/// How the line that names a program's features begins.
const COMMAND: &str = "cargo run -p yunqiao --example ";

/// A program below the crate's `examples/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Program {
    /// Its file, without `.rs`.
    pub name: String,
    /// Features that it needs beside `rustls`.
    pub features: Vec<String>,
}

/// Why the manifest cannot list a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// Line of the program, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}; {}", self.line, self.message, self.help)
    }
}

impl std::error::Error for Unfit {}

impl Program {
    /// Reads the features from the program's own documentation, where one line of its head is
    /// `//! cargo run -p yunqiao --example NAME --features a,b`. `known` are the crate's features.
    ///
    /// ```
    /// let text = "//! Sends a message:\n//!\n//!     cargo run -p yunqiao --example send --features volcengine-sms\n";
    /// let known = ["volcengine-sms".to_owned()].into();
    /// let program = yunqiao_codegen::Program::read("send", text, &known).expect("the head names the features");
    /// assert_eq!(program.features, ["volcengine-sms"]);
    /// assert!(yunqiao_codegen::Program::read("other", text, &known).is_err());
    /// ```
    ///
    /// # Errors
    /// The line is missing, is of another program, or names a feature that the crate does not have.
    pub fn read(name: &str, text: &str, known: &BTreeSet<String>) -> Result<Self, Unfit> {
        let head = text.lines().map_while(|line| line.strip_prefix("//!"));
        let command = (1..).zip(head).find_map(|(number, line)| {
            let line = line.trim().trim_matches('`');
            Some((number, line.strip_prefix(COMMAND)?))
        });
        let unfit = |line, message: &str, help: String| Unfit {
            line,
            message: message.to_owned(),
            help,
        };
        let whole = format!("`//! {COMMAND}{name} --features FEATURE,FEATURE`");
        let Some((line, rest)) = command else {
            let message = "the program does not say which features it needs";
            return Err(unfit(
                1,
                message,
                format!("add the line {whole} to its head"),
            ));
        };
        let words: Vec<&str> = rest.split_whitespace().collect();
        let &[of, "--features", features] = words.as_slice() else {
            let message = "the line that runs the program has another form";
            return Err(unfit(line, message, format!("write {whole}")));
        };
        if of != name {
            let message = format!("the line runs the program {of}, but the file is {name}.rs");
            return Err(unfit(line, &message, format!("write {whole}")));
        }
        let features: Vec<String> = features
            .split(',')
            .filter(|feature| *feature != "rustls")
            .map(ToOwned::to_owned)
            .collect();
        if let Some(feature) = features.iter().find(|feature| !known.contains(*feature)) {
            let message = format!("the crate has no feature \"{feature}\"");
            return Err(unfit(line, &message, nearest(feature, known)));
        }
        Ok(Self {
            name: name.to_owned(),
            features,
        })
    }
}

/// The feature that begins like a wrong one, as advice.
fn nearest(feature: &str, known: &BTreeSet<String>) -> String {
    let shared = |known: &&String| {
        let pairs = known.bytes().zip(feature.bytes());
        pairs.take_while(|(a, b)| a == b).count()
    };
    let near = known.iter().rev().max_by_key(shared);
    let near = near.filter(|near| shared(near) * 2 > feature.len());
    near.map_or_else(
        || "the crate's Cargo.toml lists the features".to_owned(),
        |near| format!("did you mean {near}? The crate's Cargo.toml lists the features"),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

    use super::*;

    fn read(text: &str) -> Result<Program, Unfit> {
        let known = ["tencent-ca", "volcengine-sms", "volcengine-sms-v20200101"];
        Program::read("send", text, &known.map(ToOwned::to_owned).into())
    }

    #[test]
    fn the_head_names_the_features() {
        for (line, features) in [
            ("volcengine-sms", &["volcengine-sms"][..]),
            (
                "tencent-ca,volcengine-sms",
                &["tencent-ca", "volcengine-sms"],
            ),
            ("rustls,tencent-ca", &["tencent-ca"]),
        ] {
            let text =
                format!("//! Sends.\n//!\n//! `{COMMAND}send --features {line}`\nfn main() {{}}\n");
            assert_eq!(read(&text).unwrap().features, features);
        }
    }

    #[test]
    fn the_manifest_lists_programs_in_order() {
        let program = |name: &str, features: &[&str]| Program {
            name: name.to_owned(),
            features: features.iter().map(ToString::to_string).collect(),
        };
        let options = crate::Options {
            programs: vec![program("send", &["volcengine-sms"]), program("list", &[])],
            ..crate::Options::default()
        };
        let files = crate::generate(&yunqiao_model::Api::default(), &options).unwrap();
        let list = "[[example]]\nname = \"list\"\nrequired-features = [\"rustls\"]\n";
        let send =
            "[[example]]\nname = \"send\"\nrequired-features = [\"rustls\", \"volcengine-sms\"]\n";
        let manifest = &files["Cargo.toml"];
        assert!(manifest.ends_with(&format!("{list}\n{send}")), "{manifest}");
    }

    #[test]
    fn what_is_wrong_has_a_line_and_a_fix() {
        let command = |rest: &str| format!("//! Sends.\n//! {COMMAND}{rest}\n");
        for (text, line, message, help) in [
            (
                "//! Sends.\n".to_owned(),
                1,
                "which features",
                "--example send --features",
            ),
            (
                format!("fn main() {{}}\n{}", command("send --features tencent-ca")),
                1,
                "which features",
                "to its head",
            ),
            (
                command("send"),
                2,
                "another form",
                "--example send --features",
            ),
            (
                command("sent --features tencent-ca"),
                2,
                "the program sent",
                "--example send",
            ),
            (
                command("send --features volcengine-sns"),
                2,
                "no feature \"volcengine-sns\"",
                "did you mean volcengine-sms?",
            ),
            (
                command("send --features x"),
                2,
                "no feature \"x\"",
                "Cargo.toml",
            ),
        ] {
            let unfit = read(&text).unwrap_err();
            assert_eq!(unfit.line, line, "{unfit}");
            assert!(
                unfit.message.contains(message) && unfit.help.contains(help),
                "{unfit}"
            );
        }
    }
}
