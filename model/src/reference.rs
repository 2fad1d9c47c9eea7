//! The dialect's shapes in, the key-by-key reference of `schemas/README.md` out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::dialect::{Need, ObjectShape, Shape, file_shapes};

/// The reference as Markdown: a table of keys for each kind of file and each mapping inside it.
#[must_use]
pub fn reference() -> String {
    let mut out = String::new();
    let mut seen = BTreeSet::new();
    for (kind, shape) in file_shapes() {
        let _ = writeln!(
            out,
            "### `{}`\n",
            kind.glob().replace("{yaml,json}", "yaml")
        );
        table(&mut out, &shape);
        nested(&mut out, &shape, &mut seen);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn nested(out: &mut String, shape: &ObjectShape, seen: &mut BTreeSet<&'static str>) {
    for key in &shape.keys {
        if let Some(inner) = inner((key.shape)())
            && seen.insert(inner.name)
        {
            let title = inner
                .title
                .strip_prefix("a ")
                .or_else(|| inner.title.strip_prefix("an "))
                .unwrap_or(inner.title);
            let _ = writeln!(out, "#### {}{}\n", title[..1].to_uppercase(), &title[1..]);
            table(out, &inner);
            nested(out, &inner, seen);
        }
    }
}

fn inner(shape: Shape) -> Option<ObjectShape> {
    match shape {
        Shape::Object(shape) => Some(shape()),
        Shape::List(item) | Shape::Map(item) => inner(*item),
        _ => None,
    }
}

fn table(out: &mut String, shape: &ObjectShape) {
    let _ = writeln!(
        out,
        "{}\n\n| key | value | meaning |\n|---|---|---|",
        shape.doc_text()
    );
    for key in &shape.keys {
        let need = match key.need {
            Need::Required => " (required)",
            Need::Description => " (required, unless the service is `undescribed`)",
            Need::Optional => "",
        };
        let doc = key.doc_text().replace('|', "\\|");
        let _ = writeln!(
            out,
            "| `{}`{need} | {} | {doc} |",
            key.name,
            words(&(key.shape)())
        );
    }
    out.push('\n');
}

fn words(shape: &Shape) -> String {
    match shape {
        Shape::Text(None) => "text".to_owned(),
        Shape::Text(Some((_, example))) => format!("text such as `{example}`"),
        Shape::Bool => "`true` or `false`".to_owned(),
        Shape::Int => "integer".to_owned(),
        Shape::TextOrInt => "number or range such as `1..50`".to_owned(),
        Shape::Any => "any value".to_owned(),
        Shape::OneOf(words) => words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", "),
        Shape::List(item) => format!("list of: {}", words(item)),
        Shape::Map(value) => format!("mapping of names to: {}", words(value)),
        Shape::Object(shape) => shape().title.to_owned(),
        Shape::Type => "type, or `[type]`".to_owned(),
    }
}
