//! An action in, the text of its constant and of its method out.

use yunqiao_model::api::{Action, Body, Method, RegionRule};

use crate::emit::operation::idempotency_token;
use crate::names::NamedAction;

use super::width::{column, fits, line, signature};
use super::{Plain, deprecated, doc, literal};

/// The method with its documentation.
pub(crate) fn method(plain: &Plain<'_, '_>, item: &NamedAction<'_>, text: &str) -> Option<String> {
    let action = item.action;
    if action.streaming || item.former.is_some() || raw(action.body) {
        return None;
    }
    let mut out = String::with_capacity(1_024 + text.len());
    out.push_str("impl ");
    out.push_str(&plain.path);
    out.push_str("::Client {");
    fits(column(&out))?;
    out.push('\n');
    doc(text, "    ", &mut out);
    deprecated(action.life.note(), "    ", &mut out)?;
    out.push_str("    #[inline]\n");
    let answer = format!("::yunqiao_runtime::Call<{}>", item.response.rust);
    let argument = ("request", item.request.rust.as_str());
    signature(&item.method, "&self", argument, &answer, &mut out);
    out.push_str("\n        self.runtime.call(&ACTION, request)\n    }\n}\n");
    Some(out)
}

/// The body is no document of members.
fn raw(body: Body) -> bool {
    !matches!(body, Body::Json | Body::Query | Body::Form)
}

/// `ACTION`, where it departs from the service in nothing but its region, its limit and whether it may be repeated.
pub(crate) fn constant(plain: &Plain<'_, '_>, action: &Action) -> Option<String> {
    let usual = action.method == Method::Post
        && action.body == Body::Json
        && !(action.streaming || action.unsigned || action.error_member)
        && action.host.is_none()
        && action.version.is_none();
    if !usual {
        return None;
    }
    let mut calls = Vec::new();
    if action.region != plain.service.service.region {
        calls.push(match action.region {
            RegionRule::Required => ".region(::yunqiao_runtime::RegionRule::Required)".to_owned(),
            RegionRule::Optional => ".region(::yunqiao_runtime::RegionRule::Optional)".to_owned(),
            RegionRule::Unused => ".region(::yunqiao_runtime::RegionRule::Unused)".to_owned(),
        });
    }
    if action.idempotent {
        calls.push(".idempotent()".to_owned());
    }
    if let Some(token) = idempotency_token(action) {
        calls.push(format!(".idempotency_token(\"{}\")", literal(token)?));
    }
    if let Some(limit) = action.rate_limit.filter(|limit| limit.seconds == 1) {
        calls.push(format!(".rate_limit({})", limit.calls));
    }
    // With a chain of calls, what stands in its first parentheses is indented once more.
    let (inner, outer) = if calls.is_empty() { (4, 0) } else { (8, 4) };
    let mut out =
        String::from("static ACTION: ::yunqiao_runtime::Action = ::yunqiao_runtime::Action::new(");
    line(inner, &mut out);
    out.push('&');
    out.push_str(&plain.path);
    out.push_str("::client::SERVICE,");
    line(inner, &mut out);
    out.push('"');
    out.push_str(literal(&action.name)?);
    out.push_str("\",");
    line(outer, &mut out);
    out.push(')');
    for call in calls {
        line(outer, &mut out);
        out.push_str(&call);
    }
    out.push_str(";\n");
    Some(out)
}
