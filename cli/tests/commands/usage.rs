//! Wrong usage in, clear words and exit code 2 out.

use crate::{code, stderr, stdout, with_input, yunqiao};

#[test]
fn help_has_examples() {
    for args in [&["--help"][..], &["sign", "--help"]] {
        let output = yunqiao(args).output().unwrap();
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("Usage: yunqiao"), "{args:?}");
    }
    let output = yunqiao(&["sign", "--help"]).output().unwrap();
    assert!(stdout(&output).contains("Examples:"));
}

#[test]
fn the_example_of_the_help_runs_as_it_stands() {
    let help = stdout(&yunqiao(&["sign", "--help"]).output().unwrap());
    let (_, rest) = help.split_once("echo '").unwrap();
    let (json, _) = rest.split_once('\'').unwrap();
    let output = with_input(yunqiao(&["sign"]), json.as_bytes());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

#[test]
fn a_command_that_there_is_not_is_refused() {
    let output = yunqiao(&["sing"]).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("'sign'"), "{}", stderr(&output));
}
