//! The tree as it is committed, wrong usage, help and completion.

use crate::support::{code, scratch, stderr, stdout, xtask, xtask_into};

#[test]
fn the_committed_tree_is_up_to_date() {
    let output = xtask(&["generate", "--check"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn the_house_is_tidy() {
    let output = xtask(&["tidy"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn wrong_usage_and_unreadable_input_exit_with_2() {
    assert_eq!(code(&xtask(&["generat"])), 2);
    assert_eq!(code(&xtask(&["lint", "no/such/folder"])), 2);
    assert_eq!(code(&xtask(&["fmt", "no/such/folder"])), 2);
    assert_eq!(code(&xtask(&["lint", "--explain", "S999"])), 2);
    let empty = scratch("empty");
    let output = xtask(&[
        "generate",
        "--schemas",
        empty.to_str().unwrap(),
        "--out",
        empty.to_str().unwrap(),
    ]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("holds no schema files"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn whoever_stops_listening_stops_nothing() {
    let empty = scratch("closed");
    let out = empty.to_str().unwrap();
    // One that prints a line, with findings; and one whose whole work is to print.
    for (args, expected) in [
        (&["generate", "--check", "--out", out][..], 1),
        (&["completion", "bash"], 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = xtask_into(args, writer);
        assert_eq!(
            (code(&output), stderr(&output)),
            (expected, String::new()),
            "{args:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_no_success() {
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = xtask_into(&["completion", "bash"], full);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("cannot write to standard output"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn help_explanations_and_completion_are_there() {
    let help = stdout(&xtask(&["--help"]));
    for command in [
        "quickstart",
        "test",
        "generate",
        "lint",
        "fmt",
        "tidy",
        "completion",
    ] {
        assert!(help.contains(command), "{help}");
        let help = xtask(&[command, "--help"]);
        assert_eq!(code(&help), 0);
    }
    assert!(stdout(&xtask(&["generate", "--help"])).contains("Examples:"));
    assert!(stdout(&xtask(&["lint", "--explain", "s044"])).contains("example does not conform"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            stdout(&xtask(&["completion", shell])).contains("quickstart"),
            "{shell}"
        );
    }
}
