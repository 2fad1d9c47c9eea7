//! In: environment variables of a process. Out: the client that they configure.
//!
//! The variables of this process are not touched: the test runs itself again with variables of its own.

use std::process::Command;

use yunqiao_runtime::{Client, Config, Vendor};

use crate::sample::{SERVICE, SMS};

const MARK: &str = "YUNQIAO_TEST_PRINTS_ITS_CLIENTS";

/// What the clients of a process with these variables are, or why there are none.
fn clients(variables: &[(&str, &str)]) -> String {
    let own = std::env::current_exe().unwrap();
    let output = Command::new(own)
        .args([
            "--exact",
            "environment::the_environment_configures_clients",
            "--nocapture",
        ])
        .env_clear()
        .env(MARK, "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "the printed text is what the outer process checks"
)]
fn the_environment_configures_clients() {
    if std::env::var_os(MARK).is_some() {
        println!("{:?}", Client::from_env(&SERVICE));
        println!("{:?}", Client::from_env(&SMS));
        println!("{:?}", Config::from_env(Vendor::Tencent));
        return;
    }
    let shown = clients(&[
        ("TENCENTCLOUD_SECRET_ID", "AKIDexample"),
        ("TENCENTCLOUD_SECRET_KEY", "hunter2"),
        ("TENCENTCLOUD_TOKEN", "hunter2"),
        ("TENCENTCLOUD_REGION", "ap-guangzhou"),
        ("VOLC_ACCESSKEY", "AKLTexample"),
        ("VOLC_SECRETKEY", "hunter2"),
        ("VOLCENGINE_REGION", "cn-beijing"),
    ]);
    let tencent = r#"credential: Some(Credential { id: AKID..., key: <redacted>, token: <redacted> }), region: Some("ap-guangzhou")"#;
    assert_eq!(shown.matches(tencent).count(), 2, "{shown}");
    let volcengine = r#"credential: Some(Credential { id: AKLT..., key: <redacted> }), region: Some("cn-beijing")"#;
    assert_eq!(shown.matches(volcengine).count(), 1, "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");

    // Without a variable or a file it is the first call that asks further: whoever is an instance has a role.
    let shown = clients(&[]);
    assert_eq!(
        shown
            .matches("by: the credential chain of Tencent Cloud, current: None")
            .count(),
        2,
        "{shown}"
    );
    assert_eq!(
        shown
            .matches("by: the credential chain of Volcengine, current: None")
            .count(),
        1,
        "{shown}"
    );
}

#[test]
fn mistakes_in_variables_and_files_show_at_once() {
    let home = std::env::temp_dir().join(format!("yunqiao-home-{}", std::process::id()));
    let folder = home.join(".tencentcloud");
    std::fs::create_dir_all(&folder).unwrap();
    let place = home.to_str().unwrap();
    let with = |file: &str, variables: &[(&str, &str)]| {
        std::fs::write(folder.join("credentials"), file).unwrap();
        let all = [&[("HOME", place), ("USERPROFILE", place)], variables].concat();
        clients(&all)
    };
    let shown = with("[default]\nsecret_id=AKIDfile\nsecret_key=hunter2", &[]);
    assert_eq!(
        shown
            .matches("Some(Credential { id: AKID..., key: <redacted> })")
            .count(),
        2,
        "{shown}"
    );
    let shown = with("[default]\nhunter2", &[]);
    assert_eq!(
        shown
            .matches("credentials: line 2: neither a section")
            .count(),
        2,
        "{shown}"
    );
    assert!(!shown.contains("hunter2"), "{shown}");
    // Half of a pair is not made good by a file.
    let shown = with(
        "[default]\nsecret_id=i\nsecret_key=k",
        &[
            ("TENCENTCLOUD_SECRET_ID", "i"),
            ("VOLC_SECRETKEY", "hunter2"),
        ],
    );
    assert_eq!(shown.matches("Err(").count(), 3, "{shown}");
    assert!(
        shown.contains("no credential of Tencent Cloud: the environment does not work"),
        "{shown}"
    );
    assert!(
        shown.contains("the environment: TENCENTCLOUD_SECRET_KEY is not set"),
        "{shown}"
    );
    assert!(!shown.contains("hunter2"), "{shown}");
    // Where nobody is left to ask, there is no need to wait for a call.
    let off = [("VOLCENGINE_ECS_METADATA_DISABLED", "true")];
    let shown = with("", &off);
    assert_eq!(
        shown
            .matches("no credential of Volcengine: no source has a credential")
            .count(),
        1,
        "{shown}"
    );
    assert!(
        shown.contains("VOLCENGINE_ACCESS_KEY is not set") && shown.contains("switched off by"),
        "{shown}"
    );
    let half = [("VOLCENGINE_OIDC_ROLE_TRN", "r")];
    let shown = with("", &half);
    assert!(
        shown.contains("the workload's identity: VOLCENGINE_OIDC_TOKEN_FILE is not set"),
        "{shown}"
    );
    std::fs::remove_dir_all(home).unwrap();
}

#[test]
fn the_environment_leads_every_service_to_another_endpoint() {
    let with = |endpoint: &str| {
        clients(&[
            ("TENCENTCLOUD_SECRET_ID", "AKIDexample"),
            ("TENCENTCLOUD_SECRET_KEY", "a-key"),
            ("VOLC_ACCESSKEY", "AKLTexample"),
            ("VOLC_SECRETKEY", "a-key"),
            ("YUNQIAO_ENDPOINT", endpoint),
        ])
    };
    for (set, shown) in [
        ("", "endpoint: None"),
        (
            "http://127.0.0.1:8080",
            r#"endpoint: Some("http://127.0.0.1:8080/")"#,
        ),
        (
            "https://gateway.example",
            r#"endpoint: Some("https://gateway.example/")"#,
        ),
    ] {
        let clients = with(set);
        assert_eq!(clients.matches(shown).count(), 3, "{set:?}: {clients}");
    }
    for (wrong, reason) in [
        ("http://example.com", "plain http"),
        ("127.0.0.1:8080", "https://host"),
        ("https://user:hunter2@example.com", "a user name"),
        ("https://example.com/hunter2", "a path"),
        (" https://example.com", "whitespace"),
    ] {
        let clients = with(wrong);
        assert_eq!(clients.matches("Err(").count(), 3, "{wrong:?}: {clients}");
        assert_eq!(
            clients.matches("YUNQIAO_ENDPOINT").count(),
            3,
            "{wrong:?}: {clients}"
        );
        assert!(clients.contains(reason), "{wrong:?}: {clients}");
        assert!(!clients.contains("hunter2"), "{clients}");
    }
}

#[test]
fn the_environment_chooses_a_site() {
    let with = |variables: &[(&str, &str)]| {
        let credentials = [
            ("TENCENTCLOUD_SECRET_ID", "AKIDexample"),
            ("TENCENTCLOUD_SECRET_KEY", "a-key"),
            ("VOLC_ACCESSKEY", "AKLTexample"),
            ("VOLC_SECRETKEY", "a-key"),
        ];
        clients(&[&credentials, variables].concat())
    };
    let local = ("YUNQIAO_ENDPOINT", "http://127.0.0.1:8080");
    for (variables, shown) in [
        (&[("YUNQIAO_SITE", "")][..], "site: None"),
        (
            &[("YUNQIAO_SITE", "sandbox")],
            r#"endpoint: None, site: Some(Site("sandbox"))"#,
        ),
        (
            &[("YUNQIAO_SITE", ""), local],
            r#"endpoint: Some("http://127.0.0.1:8080/"), site: None"#,
        ),
    ] {
        let clients = with(variables);
        assert_eq!(
            clients.matches(shown).count(),
            3,
            "{variables:?}: {clients}"
        );
    }
    for (variables, reason) in [
        (
            &[("YUNQIAO_SITE", "Sandbox")][..],
            r#"YUNQIAO_SITE: the site "Sandbox""#,
        ),
        (
            &[("YUNQIAO_SITE", " sandbox")],
            "YUNQIAO_SITE has whitespace",
        ),
        (
            &[("YUNQIAO_SITE", "sandbox"), local],
            "YUNQIAO_ENDPOINT and YUNQIAO_SITE are both set",
        ),
    ] {
        let clients = with(variables);
        assert_eq!(
            clients.matches(reason).count(),
            3,
            "{variables:?}: {clients}"
        );
        assert_eq!(
            clients.matches("Err(").count(),
            3,
            "{variables:?}: {clients}"
        );
    }
}

/// The vendor's own variable, for its own clients only, and after ours.
#[test]
fn volcengine_has_an_endpoint_variable_of_its_own() {
    let with = |variables: &[(&str, &str)]| {
        let credentials = [
            ("TENCENTCLOUD_SECRET_ID", "AKIDexample"),
            ("TENCENTCLOUD_SECRET_KEY", "a-key"),
            ("VOLC_ACCESSKEY", "AKLTexample"),
            ("VOLC_SECRETKEY", "a-key"),
        ];
        clients(&[&credentials, variables].concat())
    };
    for value in ["open.volcengineapi.com", "https://open.volcengineapi.com"] {
        let shown = with(&[("VOLCENGINE_ENDPOINT", value)]);
        let found = r#"endpoint: Some("https://open.volcengineapi.com/")"#;
        assert_eq!(shown.matches(found).count(), 1, "{shown}");
        assert_eq!(shown.matches("endpoint: None").count(), 2, "{shown}");
    }
    let ours = ("YUNQIAO_ENDPOINT", "http://127.0.0.1:8080");
    let shown = with(&[("VOLCENGINE_ENDPOINT", "open.volcengineapi.com"), ours]);
    assert_eq!(shown.matches("127.0.0.1:8080").count(), 3, "{shown}");
    for (variables, reason) in [
        (
            &[("VOLCENGINE_ENDPOINT", "http://open.volcengineapi.com")][..],
            "VOLCENGINE_ENDPOINT: ",
        ),
        (
            &[
                ("VOLCENGINE_ENDPOINT", "open.volcengineapi.com"),
                ("YUNQIAO_SITE", "byteplus"),
            ],
            "VOLCENGINE_ENDPOINT and YUNQIAO_SITE are both set",
        ),
    ] {
        let shown = with(variables);
        assert_eq!(shown.matches(reason).count(), 1, "{shown}");
    }
}

#[test]
fn the_environment_names_the_proxy() {
    let with = |variables: &[(&str, &str)]| {
        let credential = [
            ("TENCENTCLOUD_SECRET_ID", "AKIDexample"),
            ("TENCENTCLOUD_SECRET_KEY", "a-key"),
            ("VOLC_ACCESSKEY", "AKLTexample"),
            ("VOLC_SECRETKEY", "a-key"),
        ];
        clients(&[&credential, variables].concat())
    };
    let proxy = "http://user:hunter2@proxy.example:3128";
    for (variables, shown) in [
        (&[][..], "proxy: None"),
        (&[("HTTP_PROXY", proxy)], "proxy: None"),
        (
            &[("HTTPS_PROXY", proxy)],
            r#"proxy: Some("http://proxy.example:3128")"#,
        ),
        (
            &[("ALL_PROXY", "socks5h://127.0.0.1:1080")],
            r#"proxy: Some("socks5h://127.0.0.1:1080")"#,
        ),
    ] {
        let clients = with(variables);
        assert_eq!(
            clients.matches(shown).count(),
            3,
            "{variables:?}: {clients}"
        );
        assert!(!clients.contains("hunter2"), "{clients}");
    }
    let clients = with(&[("all_proxy", "ftp://user:hunter2@proxy.example")]);
    assert_eq!(clients.matches("Err(").count(), 3, "{clients}");
    assert_eq!(
        clients.matches("all_proxy: the proxy's scheme").count(),
        3,
        "{clients}"
    );
    assert!(!clients.contains("hunter2"), "{clients}");
}
