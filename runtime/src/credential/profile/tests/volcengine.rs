//! In: Volcengine's files. Out: whose credential it is, or what the error says of it.

use super::*;

const CONFIG: &str = ".volcengine/config.json";
const SHARED: &str = ".volcengine/credentials";

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
