//! What a service costs to compile: rows for whoever reads them, and wrong usage.

use std::fs;

use crate::support::{code, scratch, stderr, stdout, xtask};

const FILES: [(&str, &str); 4] = [
    (
        "vendor.yaml",
        "vendor: tencent\ntitle: Tencent Cloud\ndoc: A cloud.\n",
    ),
    (
        "tiny/2024-01-01/service.yaml",
        "service: tiny\nversion: \"2024-01-01\"\ntitle: Tiny\ndoc: A service.\nhost: tiny.tencentcloudapi.com\nregion: optional\n",
    ),
    (
        "tiny/2024-01-01/enums/Color.yaml",
        "enum: Color\ndoc: A color.\ntype: int\nvalues:\n  - value: 1\n    name: Red\n    doc: Red.\n",
    ),
    (
        "tiny/2024-01-01/actions/Paint.yaml",
        "action: Paint\nsummary: Paint it.\nrequest:\n  Type:\n    type: Color\n    doc: In this color.\n  \
         Parts:\n    type: [[string]]\n    doc: These.\nresponse:\n  Left:\n    type: json\n    doc: What is left.\n",
    ),
];

#[test]
fn a_row_has_ours_the_baseline_and_their_ratio() {
    let schemas = scratch("compile");
    for (path, text) in FILES {
        let path = schemas.join("tencent").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let schemas = schemas.to_str().unwrap();
    let bench = |more: &[&str]| {
        let mut args = vec!["bench", "compile", "--schemas", schemas, "--json"];
        args.extend(more);
        xtask(&args)
    };

    let unknown = bench(&["--only", "tencent/tin"]);
    assert_eq!(code(&unknown), 2);
    assert!(
        stderr(&unknown).contains("no service tencent/tin"),
        "{}",
        stderr(&unknown)
    );

    // One way of the three: dependencies are built for each.
    let output = bench(&["--only", "tencent/tiny", "--build", "check"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let rows: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["name"], "tiny-check");
    let number = |name: &str| rows[0][name].as_f64().unwrap();
    let ratio = number("seconds") / number("baseline_seconds");
    assert!(number("seconds") > 0.0);
    assert!((number("ratio") - ratio).abs() < 1e-9);
    // Progress is for terminals.
    assert_eq!(stderr(&output), "");
}

#[test]
fn wrong_usage_exits_with_2() {
    assert_eq!(code(&xtask(&["bench", "compile", "--build", "debug"])), 2);
    assert_eq!(
        code(&xtask(&["bench", "compile", "--schemas", "no/such/folder"])),
        2
    );
    let help = stdout(&xtask(&["bench", "compile", "--help"]));
    assert!(help.contains("Examples:"), "{help}");
}
