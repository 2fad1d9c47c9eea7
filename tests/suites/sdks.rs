//! In: the vendors' own SDKs for Python, of fixed versions. Out: whether they agree with the local cloud about signatures, answers,
//! errors and the way things go. They know nothing of it, so what they accept is right.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use yunqiao_mock::{LocalCloud, Script};
use yunqiao_tests::root;

const FOLDER: &str = "tests/suites/sdks";
const REQUIREMENTS: &str = "requirements.txt";

#[test]
fn tencents_own_sdk_agrees() {
    let cloud = LocalCloud::start().unwrap();
    let Some(said) = said(&cloud, "tencent.py") else {
        return;
    };
    assert_eq!(said.lines().count(), 19, "{said}");
    // All but those with a wrong key were signed as the SDK signs.
    let verified = cloud
        .calls()
        .iter()
        .filter(|call| call.signature.is_verified())
        .count();
    assert_eq!(cloud.calls().len() - verified, 3);
}

#[test]
fn volcengines_own_sdks_agree() {
    let cloud = LocalCloud::start().unwrap();
    let Some(said) = said(&cloud, "volcengine_sms.py") else {
        return;
    };
    assert_eq!(said.lines().count(), 7, "{said}");
}

#[test]
fn tencents_own_sdk_repeats_what_a_script_refuses() {
    let text = "[{action: sts.GetCallerIdentity, times: 2, error: {code: RequestLimitExceeded}}]";
    let cloud = LocalCloud::start().unwrap();
    cloud.script(Script::read(text, "busy").unwrap()).unwrap();
    if said(&cloud, "busy.py").is_some() {
        let codes: Vec<Option<String>> = cloud
            .calls()
            .into_iter()
            .map(|call| call.error_code)
            .collect();
        let busy = Some("RequestLimitExceeded".to_owned());
        assert_eq!(codes, [busy.clone(), busy, None]);
    }
}

/// What the program says about the cloud, if it can be run here.
fn said(cloud: &LocalCloud, program: &str) -> Option<String> {
    static PYTHON: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let python = match PYTHON.get_or_init(installed) {
        Ok(python) => python,
        Err(why) => {
            println!("skipped: {why}");
            return None;
        }
    };
    let output = Command::new(python)
        .arg(root().join(FOLDER).join(program))
        .args([
            &cloud.address().to_string(),
            cloud.secret_id(),
            cloud.secret_key(),
        ])
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {errors}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Python with the SDKs in an environment of its own, or why there is none.
fn installed() -> Result<PathBuf, String> {
    let home = target().join("sdks");
    let python = home.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let wanted = fs::read_to_string(root().join(FOLDER).join(REQUIREMENTS)).unwrap();
    let done = home.join("installed.txt");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    let mut environment = Command::new("python3");
    environment.args(["-m", "venv"]).arg(&home);
    run(environment, "python3 makes no environment")?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--timeout",
        "20",
    ]);
    pip.args(["--retries", "1", "-r"])
        .arg(root().join(FOLDER).join(REQUIREMENTS));
    run(pip, "the SDKs cannot be installed")?;
    fs::write(&done, wanted).unwrap();
    Ok(python)
}

fn run(mut command: Command, what: &str) -> Result<(), String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{what}: {error}"))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    let last = errors.lines().last().unwrap_or_default();
    output
        .status
        .success()
        .then_some(())
        .ok_or_else(|| format!("{what}: {last}"))
}

/// The folder that cargo builds in: this program lies in `deps` of a profile below it.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).map(Path::to_owned).unwrap()
}
