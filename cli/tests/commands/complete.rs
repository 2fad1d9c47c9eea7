//! Command lines that are half written in, what a shell would propose out.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::{code, stderr, stdout, yunqiao};

/// What the script of a shell is told for this line, of which the last word is being written: value and help.
fn proposed(words: &[&str]) -> Vec<(String, String)> {
    let mut command = yunqiao(&["--", "yunqiao"]);
    command
        .args(words)
        .env("YUNQIAO_COMPLETE", "zsh")
        .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
        .env("_CLAP_IFS", "\n");
    let output = command.output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let pair = |line: &str| {
        let (value, help) = line.split_once(':').unwrap_or((line, ""));
        (value.to_owned(), help.to_owned())
    };
    stdout(&output).lines().map(pair).collect()
}

fn values(words: &[&str]) -> Vec<String> {
    proposed(words)
        .into_iter()
        .map(|(value, _)| value)
        .collect()
}

#[test]
fn services_and_actions_are_proposed() {
    assert_eq!(values(&["call", "es"]), ["ess.", "essbasic."]);
    // The only one that is left is gone into.
    let sts = values(&["call", "st"]);
    assert!(sts.contains(&"sts.GetCallerIdentity".to_owned()), "{sts:?}");
    let flows = values(&["show", "ess.CreateFlow"]);
    assert!(
        flows.len() > 5 && flows.iter().all(|name| name.starts_with("ess.CreateFlow")),
        "{flows:?}"
    );
    assert!(values(&["show", "ess", "CreateFlow"]).contains(&"CreateFlowByFiles".to_owned()));
    assert!(values(&["call", "GetCallerId"]).contains(&"GetCallerIdentity".to_owned()));
    assert_eq!(values(&["lis"]), ["list"]);
    assert!(values(&["call", "no.such"]).is_empty());
}

#[test]
fn parameters_and_their_values_are_proposed() {
    let action = "ess.CreateConvertTaskApi";
    let names = proposed(&["call", action, "--Res"]);
    let expected = ["--ResourceType", "--ResourceName", "--ResourceId"];
    assert_eq!(
        names.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        expected
    );
    assert!(names[0].1.starts_with("required: "), "{names:?}");
    // What the action takes comes before the options.
    let all = values(&["call", action, "--"]);
    let place = |name: &str| all.iter().position(|one| one == name).unwrap();
    assert!(place("--Operator") < place("--region"));
    assert!(
        !all.contains(&"--Organization".to_owned()),
        "it is disabled"
    );
    let formats = values(&["call", action, "--ResourceType", "d"]);
    assert_eq!(formats, ["doc", "docx"]);
    assert_eq!(
        values(&["call", action, "--ResourceType=xls"]),
        ["--ResourceType=xls", "--ResourceType=xlsx"]
    );
    assert!(values(&["call", action, "--Operator.Us"]).contains(&"--Operator.UserId".to_owned()));
    let flow = ["call", "--region", "x", "ess", "CreateFlow"];
    let first = values(&[&flow[..], &["--Approvers.0.ApproverNa"]].concat());
    assert_eq!(first, ["--Approvers.0.ApproverName"]);
    let more = [
        "--Approvers.0.ApproverName",
        "n",
        "--Approvers.1.ApproverNa",
    ];
    let second = values(&[&flow[..], &more].concat());
    assert_eq!(second, ["--Approvers.1.ApproverName"]);
    assert_eq!(values(&["call", action, "--output", "t"]), ["table"]);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/Car");
    let file = format!("@{folder}");
    assert_eq!(
        values(&["call", action, "--ResourceName", &file]),
        [format!("{file}go.toml")]
    );
}

/// Only what is asked for is read: much less than `show` reads, whatever else the machine is doing.
#[test]
fn a_shell_does_not_wait() {
    let timed = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let (mut asked, mut shown) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        asked.push(timed(&|| {
            assert!(!values(&["call", "ess.CreateConvertTaskApi", "--Res"]).is_empty());
        }));
        shown.push(timed(&|| {
            let output = yunqiao(&["show", "ess.CreateConvertTaskApi"])
                .output()
                .unwrap();
            assert_eq!(code(&output), 0);
        }));
    }
    assert!(
        asked.iter().min() < shown.iter().min(),
        "{asked:?} {shown:?}"
    );
}

/// The script in a bash, zsh or fish that is there.
#[test]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn scripts_work_in_real_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = yunqiao(&["completion", shell]).output().unwrap();
        assert!(
            stdout(&output).contains("YUNQIAO_COMPLETE"),
            "{shell}: {}",
            stdout(&output)
        );
    }
    let folder = Path::new(env!("CARGO_BIN_EXE_yunqiao")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", folder.display());
    let bash = r#"source <(yunqiao completion bash)
        COMP_WORDS=(yunqiao call ess.CreateConvertTaskApi --ResourceType xl); COMP_CWORD=4
        _clap_complete_yunqiao yunqiao xl --ResourceType
        IFS=,; echo "${COMPREPLY[*]}""#;
    let fish = "yunqiao completion fish | source; complete -C 'yunqiao call ess.CreateConvertTaskApi --ResourceType xl' | string split -f1 \\t | string join ,";
    let zsh = "autoload -Uz compinit && compinit -u -D; source <(yunqiao completion zsh); (( $+functions[_clap_dynamic_completer_yunqiao] )) && echo xls,xlsx";
    for (shell, arguments) in [
        ("bash", vec!["--norc", "--noprofile", "-c", bash]),
        ("fish", vec!["--no-config", "-c", fish]),
        ("zsh", vec!["-f", "-c", zsh]),
    ] {
        let mut command = Command::new(shell);
        let ran = command.args(arguments).env("PATH", &path).output();
        match ran {
            Ok(output) => assert_eq!(
                stdout(&output).trim(),
                "xls,xlsx",
                "{shell}: {}",
                stderr(&output)
            ),
            Err(_) => println!("skipped: there is no {shell} on this machine"),
        }
    }
}
