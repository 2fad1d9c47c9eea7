//! Keys in, the vendors' credential files out; and calls that use them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

use crate::call::cloud;
use crate::{code, stderr, stdout, with_input, yunqiao};

/// A home that is gone when the test is.
pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("yunqiao-home-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.join(below)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = yunqiao(args);
        command.env("HOME", &self.0).env_remove("TCCLI_PROFILE");
        command.env_remove("VOLCSTACK_PROFILE");
        command
    }

    fn configure(&self, args: &[&str], secret: &str) -> Output {
        let command = self.command(&[&["configure"], args].concat());
        with_input(command, secret.as_bytes())
    }

    fn text(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_configured_is_what_calls_are_signed_with() {
    let home = Home::new("use");
    let cloud = cloud();
    let secret = format!("{}\n", cloud.secret_key());
    for (vendor, file, call) in [
        (
            "tencent",
            ".tccli/work.credential",
            &["call", "sts.GetCallerIdentity", "--region", "ap-guangzhou"][..],
        ),
        (
            "volcengine",
            ".volcengine/config.json",
            &["call", "sms.ListSubContent"],
        ),
    ] {
        let args = ["--vendor", vendor, "--profile", "work", "--secret-id"];
        let output = home.configure(&[&args[..], &[cloud.secret_id()]].concat(), &secret);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let told = stdout(&output) + &stderr(&output);
        assert!(
            told.contains(file) && !told.contains(cloud.secret_key()),
            "{told}"
        );
        #[cfg(unix)]
        {
            let path = home.path(file);
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        }
        let args = ["--profile", "work", "--endpoint", cloud.url()];
        let output = home.command(&[call, &args].concat()).output().unwrap();
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(cloud.calls().last().unwrap().signature.is_verified());
    }
    // Without a profile it is the one that calls without a profile use.
    let args = ["--vendor", "tencent", "--secret-id", cloud.secret_id()];
    assert_eq!(code(&home.configure(&args, &secret)), 0);
    assert!(
        home.text(".tencentcloud/credentials")
            .starts_with("[default]\n")
    );
    let call = ["call", "sts.GetCallerIdentity", "--region", "ap-guangzhou"];
    let call = home.command(&[&call[..], &["--endpoint", cloud.url()]].concat());
    let mut call = call;
    assert_eq!(code(&call.output().unwrap()), 0);
}

#[test]
fn other_profiles_and_comments_stay() {
    let home = Home::new("stay");
    let file = ".tencentcloud/credentials";
    fs::create_dir_all(home.path(".tencentcloud")).unwrap();
    fs::write(
        home.path(file),
        "# mine\n[other]\nsecret_id = a\nsecret_key = b\n",
    )
    .unwrap();
    let args = ["--vendor", "tencent", "--secret-id", "AKIDnew"];
    assert_eq!(code(&home.configure(&args, "k")), 0);
    assert_eq!(
        home.text(file),
        "# mine\n[other]\nsecret_id = a\nsecret_key = b\n\n[default]\nsecret_id = AKIDnew\nsecret_key = k\n"
    );
    #[cfg(unix)]
    assert_eq!(
        mode(&home.path(file)),
        0o600,
        "others may not read it any more"
    );
    let args = ["--vendor", "volcengine", "--secret-id", "AKLT1"];
    let with = |more: &[&str], secret| code(&home.configure(&[&args[..], more].concat(), secret));
    assert_eq!(with(&["--region", "cn-beijing"], "one"), 0);
    assert_eq!(with(&["--profile", "second"], "two"), 0);
    let config: Json = serde_json::from_str(&home.text(".volcengine/config.json")).unwrap();
    assert_eq!(config["current"], "default");
    assert_eq!(
        config["profiles"]["default"],
        json!({ "name": "default", "mode": "ak", "access-key": "AKLT1", "secret-key": "one", "region": "cn-beijing" })
    );
    assert_eq!(config["profiles"]["second"]["secret-key"], "two");
    // Nothing is left beside the files.
    assert_eq!(fs::read_dir(home.path(".volcengine")).unwrap().count(), 1);
}

#[test]
fn profiles_are_listed_without_secrets() {
    let home = Home::new("list");
    let id = "AKIDabcdefghijklmnop";
    for args in [
        &["--vendor", "tencent"][..],
        &["--vendor", "tencent", "--profile", "work"],
        &["--vendor", "volcengine", "--region", "cn-beijing"],
    ] {
        let args = [args, &["--secret-id", id]].concat();
        assert_eq!(code(&home.configure(&args, "the-secret-key")), 0);
    }
    let output = home
        .command(&["configure", "list", "--output", "json"])
        .output()
        .unwrap();
    let listed = stdout(&output);
    assert!(
        !listed.contains("the-secret-key") && !listed.contains(id),
        "{listed}"
    );
    let rows: Vec<Json> = serde_json::from_str(&listed).unwrap();
    let shown = |row: &Json| {
        let part = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
        [part("vendor"), part("profile"), part("id"), part("region")].join(" ")
    };
    assert_eq!(
        rows.iter().map(shown).collect::<Vec<_>>(),
        [
            "tencent default AKID...mnop -",
            "tencent work AKID...mnop -",
            "volcengine default AKID...mnop cn-beijing",
        ]
    );
    // A shell proposes them.
    let mut asked = home.command(&["--", "yunqiao", "call", "X", "--profile", ""]);
    asked.env("YUNQIAO_COMPLETE", "fish");
    assert_eq!(stdout(&asked.output().unwrap()), "default\nwork\n");
    fs::write(
        home.path(".volcengine/config.json"),
        "{\"secret-key\": hunter2}",
    )
    .unwrap();
    let output = home.command(&["configure", "list"]).output().unwrap();
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("work"), "the others are listed");
    assert!(
        stderr(&output).contains("config.json: no valid JSON")
            && !stderr(&output).contains("hunter2"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_cannot_be_right_is_not_written() {
    let home = Home::new("wrong");
    fs::create_dir_all(home.path(".tccli/dir.credential")).unwrap();
    fs::write(
        home.path(".tccli/bad.credential"),
        "{\"secretKey\": hunter2}",
    )
    .unwrap();
    let before = home.text(".tccli/bad.credential");
    for (args, secret, told) in [
        (&["--secret-id", "a"][..], "k", "--vendor is needed"),
        (&["--vendor", "tencent"], "k", "--secret-id is needed"),
        (
            &["--vendor", "tencent", "--secret-id", "a"],
            "",
            "SecretKey is empty",
        ),
        (
            &["--vendor", "volcengine", "--secret-id", "a"],
            "s3cr\u{e9}t",
            "Secret Access Key has a character",
        ),
        (
            &["--vendor", "tencent", "--secret-id", "a b"],
            "k",
            "SecretId has a character",
        ),
        (
            &[
                "--vendor",
                "tencent",
                "--profile",
                "../x",
                "--secret-id",
                "a",
            ],
            "k",
            "a profile's name",
        ),
        (
            &["--vendor", "tencent", "--region", "r", "--secret-id", "a"],
            "k",
            "has no place for a region",
        ),
        (
            &[
                "--vendor",
                "tencent",
                "--profile",
                "dir",
                "--secret-id",
                "a",
            ],
            "k",
            "is no file",
        ),
        (
            &[
                "--vendor",
                "tencent",
                "--profile",
                "bad",
                "--secret-id",
                "a",
            ],
            "k",
            "no valid JSON at line 1",
        ),
        (&["--secret", "k"], "k", "unexpected argument"),
    ] {
        let output = home.configure(args, secret);
        assert_eq!(code(&output), 2, "{args:?}");
        let error = stderr(&output);
        assert!(
            error.contains(told) && !error.contains("hunter2") && !error.contains("s3cr"),
            "{args:?}: {error}"
        );
    }
    assert!(!home.path(".tencentcloud").exists() && !home.path(".volcengine").exists());
    assert_eq!(home.text(".tccli/bad.credential"), before);
}

#[cfg(unix)]
#[test]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn links_of_ones_own_stay_and_those_of_others_are_refused() {
    use std::os::unix::fs::{MetadataExt as _, symlink};
    let home = Home::new("links");
    fs::create_dir_all(home.path(".tccli")).unwrap();
    fs::write(home.path("kept.json"), "{\"x\": 1}").unwrap();
    let link = home.path(".tccli/own.credential");
    symlink(home.path("kept.json"), &link).unwrap();
    let args = ["--vendor", "tencent", "--secret-id", "a", "--profile"];
    let output = home.configure(&[&args[..], &["own"]].concat(), "k");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let kept: Json = serde_json::from_str(&home.text("kept.json")).unwrap();
    assert_eq!(kept, json!({ "x": 1, "secretId": "a", "secretKey": "k" }));
    // A link that leads to what somebody else owns; and one that leads nowhere.
    symlink("/nonexistent/x", home.path(".tccli/gone.credential")).unwrap();
    let output = home.configure(&[&args[..], &["gone"]].concat(), "k");
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("is a link, and cannot be followed"),
        "{}",
        stderr(&output)
    );
    let mine = fs::metadata(home.path("kept.json")).unwrap().uid();
    let theirs = home.path(".tccli/theirs.credential");
    if mine == 0 {
        fs::write(&theirs, "{}").unwrap();
        std::os::unix::fs::chown(&theirs, Some(65_534), None).unwrap();
    } else if fs::metadata("/etc/hostname").is_ok_and(|about| about.uid() == 0) {
        symlink("/etc/hostname", &theirs).unwrap();
    } else {
        println!("skipped: there is no file of somebody else");
        return;
    }
    let output = home.configure(&[&args[..], &["theirs"]].concat(), "k");
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("belongs to somebody else"),
        "{}",
        stderr(&output)
    );
}
