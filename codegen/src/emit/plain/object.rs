//! A struct's fields in, the text of its table, of its two matches and of the macro behind them out.

use std::fmt::Write as _;

use yunqiao_model::api::Field;

use crate::emit::object;
use crate::names::NamedFields;

use super::width::{column, fits, line};
use super::{Plain, literal};

/// `impl Object`.
pub(crate) fn object(
    plain: &Plain<'_, '_>,
    body: &NamedFields<'_>,
    all_sensitive: bool,
) -> Option<String> {
    let usual = |field: &Field| {
        field.life.removed.is_none()
            && field.header.is_none()
            && !field.result
            && (field.advisory || field.checks.is_empty())
    };
    if !body
        .fields
        .iter()
        .all(|field| Plain::is_plain(field) && usual(field.field))
    {
        return None;
    }
    let mut out = String::with_capacity(640 + 160 * body.fields.len());
    out.push_str("impl ::yunqiao_runtime::Object for ");
    out.push_str(&body.rust);
    out.push_str(" {");
    fits(out.len())?;
    out.push_str("\n    #[inline]\n    fn shape(&self) -> ::yunqiao_runtime::Shape {\n        ");
    shape(plain, body, all_sensitive, &mut out)?;
    out.push_str("\n    }\n");
    for (name, access) in [("member", "&"), ("member_mut", "&mut ")] {
        let index = if body.fields.is_empty() {
            "_index"
        } else {
            "index"
        };
        // `write!` to a String cannot fail.
        let _ = write!(
            out,
            "\n    #[inline]\n    fn {name}(\n        {access}self,\n        {index}: usize,\n    ) -> ::core::option::Option<{access}dyn ::yunqiao_runtime::Member> {{"
        );
        if body.fields.is_empty() {
            out.push_str("\n        None\n    }\n");
            continue;
        }
        let _ = write!(
            out,
            "\n        let member: {access}dyn ::yunqiao_runtime::Member = match index {{"
        );
        for (index, field) in body.fields.iter().enumerate() {
            line(12, &mut out);
            let _ = write!(out, "{index} => {access}self.{},", field.rust);
            fits(column(&out) + "Some()".len())?;
        }
        out.push_str("\n            _ => return None,\n        };\n        Some(member)\n    }\n");
    }
    out.push_str("}\n");
    Some(out)
}

/// `object!`, which implements the shared traits.
pub(crate) fn traits(body: &NamedFields<'_>) -> Option<String> {
    let out = format!("::yunqiao_runtime::object!({});\n", body.rust);
    fits(out.len() - 1)?;
    Some(out)
}

/// The body of `shape`, as wide as it can be.
fn shape(
    plain: &Plain<'_, '_>,
    body: &NamedFields<'_>,
    all_sensitive: bool,
    out: &mut String,
) -> Option<()> {
    let wire = literal(&body.wire)?;
    let names: Vec<&str> = body
        .fields
        .iter()
        .map(|field| literal(&field.field.name))
        .collect::<Option<_>>()?;
    let list = match names.as_slice() {
        [] => "&[]".to_owned(),
        names => format!("&[\"{}\"]", names.join("\", \"")),
    };
    let indices = |is: &dyn Fn(&Field) -> bool| {
        let which = body.fields.iter().enumerate();
        let which: Vec<String> = which
            .filter(|(_, field)| is(field.field))
            .map(|(index, _)| index.to_string())
            .collect();
        format!("&[{}]", which.join(", "))
    };
    let required = indices(&object::is_required);
    let sensitive = indices(&|field| all_sensitive || object::is_sensitive(plain.service, field));
    const CALL: &str = "::yunqiao_runtime::Shape::of(";
    out.push_str(CALL);
    let whole = format!("\"{wire}\", {list}, {required}, {sensitive}, &[])");
    if fits(column(out) + whole.len()).is_some() {
        out.push_str(&whole);
        return Some(());
    }
    line(12, out);
    let _ = write!(out, "\"{wire}\",");
    fits(column(out))?;
    line(12, out);
    if fits(12 + list.len() + ",".len()).is_some() {
        out.push_str(&list);
    } else {
        out.push_str("&[");
        for name in &names {
            line(16, out);
            let _ = write!(out, "\"{name}\",");
            fits(column(out))?;
        }
        line(12, out);
        out.push(']');
    }
    for indices in [required.as_str(), &sensitive, "&[]"] {
        out.push(',');
        line(12, out);
        out.push_str(indices);
        fits(column(out) + ",".len())?;
    }
    out.push(',');
    line(8, out);
    out.push(')');
    Some(())
}
