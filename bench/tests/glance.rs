//! The whole bench at a glance: processes start, every row is there, and what can be measured anywhere is.

use std::process::Command;

use serde_json::Value as Json;

#[test]
fn every_promise_has_a_row() {
    let output = Command::new(env!("CARGO_BIN_EXE_yunqiao-bench"))
        .args(["call", "--json", "--quick"])
        .output();
    let output = output.expect("the bench runs");
    let rows: Json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    for (name, has_floor) in [
        ("cpu-per-call", true),
        ("throughput-16", true),
        ("sign-200b", false),
        ("body-10mb", true),
        ("waiting-10k", false),
    ] {
        let row = rows
            .as_array()
            .and_then(|rows| rows.iter().find(|row| row["name"] == name))
            .unwrap_or_else(|| panic!("no {name} in {rows}"));
        // Memory is told by Linux only.
        if cfg!(target_os = "linux") || name != "waiting-10k" {
            assert!(
                row["value"].as_f64().is_some_and(|value| value > 0.0),
                "{row}"
            );
        }
        assert_eq!(row["floor"].is_number(), has_floor, "{row}");
        assert_eq!(row["ratio"].is_number(), has_floor, "{row}");
    }
}
