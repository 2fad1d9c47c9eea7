//! In: Tencent Cloud's files. Out: whose credential it is, or what the error says of it.

use super::*;

const TENCENT: &str = ".tencentcloud/credentials";
const TCCLI: &str = ".tccli/default.credential";

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
