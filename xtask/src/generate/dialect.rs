//! The dialect's declarations in, the files below `schemas/` that come from them out.

use std::fs;

use yunqiao_model::{JSON_SCHEMA_FILES, json_schema, reference};

use crate::outcome::{Failure, Result};
use crate::tree;

/// Files below `schemas/`: the JSON Schemas, and the README with its reference.
pub(super) fn files() -> Result<Vec<(String, String)>> {
    let mut files: Vec<(String, String)> = JSON_SCHEMA_FILES
        .into_iter()
        .map(|(kind, name)| {
            (
                format!("dialect/{name}"),
                format!("{:#}\n", json_schema(kind)),
            )
        })
        .collect();
    let path = tree::root().join("schemas/README.md");
    let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let (begin, end) = ("<!-- reference: begin -->\n", "<!-- reference: end -->");
    let (Some(start), Some(stop)) = (text.find(begin).map(|at| at + begin.len()), text.find(end))
    else {
        return Err(Failure::new(format!(
            "{} has lost its marks {} and {end}",
            path.display(),
            begin.trim()
        )));
    };
    files.push((
        "README.md".to_owned(),
        format!("{}\n{}\n{}", &text[..start], reference(), &text[stop..]),
    ));
    Ok(files)
}
