//! In: files in a folder of their own, and variables. Out: whose credential it is, or what the error says of it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const NOW: i64 = 1_700_000_000;

/// A home that goes when the test ends.
struct Home(PathBuf);

impl Home {
    fn with(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("yunqiao-profile-{}-{number}", std::process::id());
        let home = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&home.0).unwrap();
        for (path, content) in files {
            home.write(path, content.as_bytes());
        }
        home
    }

    fn write(&self, path: &str, content: &[u8]) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn path(&self, path: &str) -> String {
        self.0.join(path).to_str().unwrap().to_owned()
    }

    /// What the profile gives with these variables beside `HOME`: id, key and token, or the error's text without this folder.
    fn read(&self, vendor: Vendor, variables: &[(&str, &str)]) -> Result<String, (bool, String)> {
        let home = self.0.to_str().unwrap();
        let variables = variables
            .iter()
            .copied()
            .chain([("HOME", home), ("USERPROFILE", home)]);
        let profile = Profile::new(vendor).variables(Variables::of(variables));
        shown(profile.read(NOW), &self.0)
    }
}

fn shown(
    outcome: Result<Credential, CredentialError>,
    home: &Path,
) -> Result<String, (bool, String)> {
    match outcome {
        Ok(own) => {
            let token = own.token().unwrap_or("-");
            Ok(format!("{} {} {token}", own.id(), own.key()))
        }
        Err(error) => {
            let told = error.to_string();
            assert!(!told.contains("hunter2"), "{told}");
            Err((error.is_absent(), told.replace(home.to_str().unwrap(), "~")))
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const TENCENT: &str = ".tencentcloud/credentials";
const TCCLI: &str = ".tccli/default.credential";
const CONFIG: &str = ".volcengine/config.json";
const SHARED: &str = ".volcengine/credentials";

fn broken<T>(told: &str) -> Result<T, (bool, String)> {
    Err((false, told.to_owned()))
}

fn absent<T>(told: &str) -> Result<T, (bool, String)> {
    Err((true, told.to_owned()))
}

#[test]
fn tencent_files_have_an_order() {
    let read = |home: &Home, variables: &[(&str, &str)]| home.read(Vendor::Tencent, variables);
    let home = Home::with(&[]);
    assert_eq!(
        read(&home, &[]),
        absent(
            "~/.tencentcloud/credentials does not exist; /etc/tencentcloud/credentials does not exist; \
             ~/.tccli/default.credential does not exist"
        )
    );
    home.write(
        TCCLI,
        br#"{"secretId": "cli", "secretKey": "k", "token": "t"}"#,
    );
    assert_eq!(read(&home, &[]), Ok("cli k t".to_owned()));
    home.write(
        TENCENT,
        b"[default]\nsecret_id = ini\nsecret_key = k\n[other]\nsecret_id=other\nsecret_key=k\n",
    );
    assert_eq!(read(&home, &[]), Ok("ini k -".to_owned()));
    // Whoever names a profile means the command line's, and no other file.
    home.write(
        ".tccli/prod.credential",
        br#"{"secretId": "prod", "secretKey": "k"}"#,
    );
    assert_eq!(
        read(&home, &[("TCCLI_PROFILE", "prod")]),
        Ok("prod k -".to_owned())
    );
    assert_eq!(
        read(&home, &[("TCCLI_PROFILE", "dev")]),
        broken("~/.tccli/dev.credential: does not exist, and the profile is asked for")
    );
    home.write("elsewhere", b"[default]\nsecret_id='else'\nsecret_key=\"k\"\ntoken=t\n[prod]\nsecret_id=p\nsecret_key=k");
    let file = home.path("elsewhere");
    let named = ("TENCENTCLOUD_CREDENTIALS_FILE", file.as_str());
    assert_eq!(read(&home, &[named]), Ok("else k t".to_owned()));
    assert_eq!(
        read(&home, &[named, ("TCCLI_PROFILE", "prod")]),
        Ok("p k -".to_owned())
    );
    assert_eq!(
        read(
            &home,
            &[("TENCENTCLOUD_CREDENTIALS_FILE", &home.path("nowhere"))]
        ),
        broken("~/nowhere: does not exist, and TENCENTCLOUD_CREDENTIALS_FILE names it")
    );
    let variables = Variables::of([("HOME", home.0.as_os_str())]);
    let profile = Profile::new(Vendor::Tencent)
        .variables(variables)
        .named("prod");
    assert_eq!(shown(profile.read(NOW), &home.0), Ok("prod k -".to_owned()));
    let nowhere = Profile::new(Vendor::Tencent).variables(Variables::of([("A", "b")]));
    let told = shown(nowhere.read(NOW), &home.0);
    assert!(told.unwrap_err().1.starts_with("HOME is not set; "));
}

#[test]
fn tencent_files_that_do_not_work_are_told() {
    for (file, content, told) in [
        (
            TENCENT,
            "[default]\nsecret_id=i\n",
            "[default] has secret_id, but no secret_key",
        ),
        (
            TENCENT,
            "[default]\nsecret_key=hunter2\n",
            "[default] has secret_key, but no secret_id",
        ),
        (
            TENCENT,
            "[default]\nhunter2",
            "line 2: neither a section nor a setting (name = value) nor a comment",
        ),
        (
            TENCENT,
            "[default]\nsecret_id=i\nsecret_key=hun ter2\n",
            "[default] the credential's key has a character that cannot be part of one",
        ),
        (
            TENCENT,
            "[default]\nsecret_id=i\nsecret_key=hunter2\nrole_arn=r\n",
            "[default] asks for a role, which is not assumed from a file: use AssumeRole with Credential::new",
        ),
        (
            TCCLI,
            "{\"secretId\": \"i\",\n\"secretKey\": hunter2}",
            "no valid JSON at line 2 column 14",
        ),
        (TCCLI, "[\"hunter2\"]", "JSON, but not an object"),
        (
            TCCLI,
            r#"{"secretId": "i"}"#,
            "has secretId, but no secretKey",
        ),
        (
            TCCLI,
            r#"{"secretId": ["hunter2"]}"#,
            "\"secretId\" is not a text",
        ),
        (
            TCCLI,
            r#"{"secretId": "i", "secretKey": "hunter2", "expiresAt": "soon"}"#,
            "\"expiresAt\" is no point in time",
        ),
    ] {
        let home = Home::with(&[(file, content)]);
        assert_eq!(
            home.read(Vendor::Tencent, &[]),
            broken(&format!("~/{file}: {told}"))
        );
    }
    let over = r#"{"secretId": "i", "secretKey": "hunter2", "expiresAt": 1700000000}"#;
    assert_eq!(
        Home::with(&[(TCCLI, over)]).read(Vendor::Tencent, &[]),
        broken(
            "the profile's credential expired at 20231114T221320Z; sign in again with the vendor's command line"
        )
    );
    let later = r#"{"secretId": "i", "secretKey": "k", "expiresAt": 1700000001}"#;
    assert_eq!(
        Home::with(&[(TCCLI, later)]).read(Vendor::Tencent, &[]),
        Ok("i k -".to_owned())
    );
    // Files without a key are passed over, and told.
    let home = Home::with(&[(TENCENT, "[other]\na=b"), (TCCLI, "{}")]);
    assert_eq!(
        home.read(Vendor::Tencent, &[]),
        absent(
            "~/.tencentcloud/credentials has no [default] with a key; /etc/tencentcloud/credentials does not exist; \
             ~/.tccli/default.credential has no key"
        )
    );
}

#[test]
fn files_that_cannot_be_read_are_told() {
    let home = Home::with(&[(".tencentcloud/credentials/folder", "")]);
    assert_eq!(
        home.read(Vendor::Tencent, &[]),
        broken("~/.tencentcloud/credentials: is no file")
    );
    let home = Home::with(&[]);
    home.write(TENCENT, b"[default]\nsecret_id=\xff\xfe");
    assert_eq!(
        home.read(Vendor::Tencent, &[]),
        broken("~/.tencentcloud/credentials: is not UTF-8")
    );
    home.write(TENCENT, &vec![b'#'; 1024 * 1024 + 1]);
    assert_eq!(
        home.read(Vendor::Tencent, &[]),
        broken("~/.tencentcloud/credentials: is larger than 1 MiB")
    );
    for name in ["../default", "", ".", "a\nb"] {
        let profile =
            Profile::new(Vendor::Tencent).variables(Variables::of([("HOME", "/nowhere")]));
        let (is_absent, told) = shown(profile.named(name).read(NOW), Path::new("?")).unwrap_err();
        assert!(
            !is_absent && told.starts_with("the profile's name cannot be one"),
            "{name:?} {told}"
        );
    }
}

const PROFILES: &str = r#"{
  "current": "work",
  "profiles": {
    "work": {"mode": "ak", "access-key": "work", "secret-key": "k", "session-token": "", "sts-expiration": 0},
    "default": {"access-key": "default", "secret-key": "k", "session-token": "t"},
    "old": {"mode": "StsToken", "access-key": "old", "secret-key": "hunter2", "sts-expiration": 1700000000000},
    "fresh": {"mode": "SSO", "access-key": "fresh", "secret-key": "k", "session-token": "t", "sts-expiration": 1700000060},
    "away": {"mode": "sso", "sso-session-name": "s"},
    "role": {"mode": "RamRoleArn", "access-key": "i", "secret-key": "hunter2"},
    "half": {"mode": "ak", "access-key": "i"},
    "none": {}
  }
}"#;

#[test]
fn volcengine_profiles_have_an_order() {
    let home = Home::with(&[(CONFIG, PROFILES)]);
    let read = |variables: &[(&str, &str)]| home.read(Vendor::Volcengine, variables);
    assert_eq!(read(&[]), Ok("work k -".to_owned()));
    assert_eq!(
        read(&[("VOLCSTACK_PROFILE", "default")]),
        Ok("default k t".to_owned())
    );
    let both = [
        ("VOLCSTACK_PROFILE", "default"),
        ("VOLCENGINE_PROFILE", "fresh"),
    ];
    assert_eq!(read(&both), Ok("fresh k t".to_owned()));
    let profile = |name| read(&[("VOLCENGINE_PROFILE", name)]);
    assert_eq!(
        profile("old"),
        broken(
            "the profile's credential expired at 20231114T221320Z; sign in again with the vendor's command line"
        )
    );
    for (name, told) in [
        (
            "away",
            "profile \"away\" has the mode \"sso\", which is not signed in here: only keys and temporary credentials are read",
        ),
        (
            "role",
            "profile \"role\" has the mode \"RamRoleArn\", which is not signed in here: only keys and temporary credentials are read",
        ),
        ("half", "profile \"half\" has access-key, but no secret-key"),
        ("none", "profile \"none\" has no access-key and secret-key"),
    ] {
        assert_eq!(
            profile(name),
            broken(&format!("~/.volcengine/config.json: {told}"))
        );
    }
    assert_eq!(
        profile("unknown"),
        broken(
            "~/.volcengine/config.json has no profile \"unknown\"; ~/.volcengine/credentials does not exist"
        )
    );
    let elsewhere = home.path("elsewhere.json");
    let named = ("VOLCENGINE_CLI_CONFIG_FILE", elsewhere.as_str());
    assert_eq!(
        read(&[named]),
        broken("~/elsewhere.json: does not exist, and VOLCENGINE_CLI_CONFIG_FILE names it")
    );
    home.write(
        "elsewhere.json",
        br#"{"profiles": {"default": {"access-key": "else", "secret-key": "k"}}}"#,
    );
    assert_eq!(read(&[named]), Ok("else k -".to_owned()));
}

#[test]
fn volcengine_has_a_second_file() {
    let shared = "[default]\nvolcengine_access_key_id = new\nvolcengine_secret_access_key = k\nvolcengine_session_token=t\n\
                  [prod]\nvolcstack_access_key_id=old\nvolcstack_secret_access_key=k\n[half]\nvolcstack_access_key_id=i";
    let home = Home::with(&[(SHARED, shared)]);
    let read = |variables: &[(&str, &str)]| home.read(Vendor::Volcengine, variables);
    assert_eq!(read(&[]), Ok("new k t".to_owned()));
    assert_eq!(
        read(&[("VOLCENGINE_PROFILE", "prod")]),
        Ok("old k -".to_owned())
    );
    assert_eq!(
        read(&[("VOLCENGINE_PROFILE", "half")]),
        broken(
            "~/.volcengine/credentials: [half] has volcstack_access_key_id, but no volcstack_secret_access_key"
        )
    );
    for (config, told) in [
        ("", "is empty"),
        ("{}", "has no profiles"),
        (r#"{"profiles": {"x": {}}}"#, "has no profile \"default\""),
    ] {
        home.write(CONFIG, config.as_bytes());
        // The second file serves, and without it the first one's reason is told.
        assert_eq!(read(&[]), Ok("new k t".to_owned()), "{config}");
        let other = Home::with(&[(CONFIG, config)]);
        let expected =
            format!("~/.volcengine/config.json {told}; ~/.volcengine/credentials does not exist");
        assert_eq!(other.read(Vendor::Volcengine, &[]), absent(&expected));
    }
    for (config, told) in [
        (
            r#"{"current": "gone", "profiles": {"x": {}}}"#,
            "has no profile \"gone\", which its \"current\" names",
        ),
        (
            "{\n\"profiles\": hunter2",
            "no valid JSON at line 2 column 13",
        ),
        (
            r#"{"profiles": ["hunter2"]}"#,
            "\"profiles\" is not an object",
        ),
        (
            r#"{"profiles": {"default": {"access-key": "i", "secret-key": "hunter2", "sts-expiration": -5}}}"#,
            "profile \"default\" has an \"sts-expiration\" that is no point in time",
        ),
    ] {
        home.write(CONFIG, config.as_bytes());
        assert_eq!(
            read(&[]),
            broken(&format!("~/.volcengine/config.json: {told}"))
        );
    }
}
