//! What a service's metadata declare in, the schema files that say the same out: facts only, and prose where it is asked for.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_model::Node;

use crate::upstream::{Action, Item, Member, MemberType, Status, Upstream};
use crate::{prose, sensitive};

/// The files of a service version by their path below its folder.
pub(crate) type Files = BTreeMap<String, Node>;

/// What an action that the vendor has deprecated says.
pub(crate) const DEPRECATED: &str = "Deprecated by the vendor.";
/// What an action that the vendor has switched off says.
pub(crate) const OFFLINE: &str = "Switched off by the vendor.";

/// Whether the vendor's prose is taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Docs {
    /// Names, types and flags only.
    #[default]
    None,
    /// Also descriptions, cleaned, for a user's own output.
    Upstream,
}

/// Builds the files. The codes are those that the examples of each action show; what the vendor declares for all services is not
/// declared again.
pub(crate) fn files(
    upstream: &Upstream,
    codes: &BTreeMap<String, Vec<String>>,
    declared: &BTreeSet<String>,
    docs: Docs,
) -> Files {
    let mut files = Files::new();
    let shown = codes
        .iter()
        .filter(|(action, _)| upstream.actions.contains_key(*action));
    let own: BTreeSet<&String> = shown
        .flat_map(|(_, codes)| codes)
        .filter(|code| !declared.contains(*code))
        .collect();
    files.insert("service.yaml".to_owned(), service(upstream, &own, docs));
    for (name, declared) in &upstream.actions {
        let codes = codes.get(name).map_or(&[][..], Vec::as_slice);
        files.insert(
            format!("actions/{name}.yaml"),
            action(name, declared, codes, docs),
        );
    }
    for (name, declared) in &upstream.structs {
        let mut file = Node::mapping();
        file.set("struct", name.as_str());
        if taken(upstream, name) {
            file.set("rust", format!("{name}Struct"));
            file.set(
                "because",
                "The generated code has another type of this name.",
            );
        }
        describe(&mut file, &declared.prose, docs);
        file.set("fields", fields(&declared.members, docs));
        files.insert(format!("structs/{name}.yaml"), file);
    }
    files
}

/// Whether the generator makes a type of this name beside the struct: the client, or an action's request or answer.
fn taken(upstream: &Upstream, name: &str) -> bool {
    let message = |end: &str| {
        name.strip_suffix(end)
            .is_some_and(|action| upstream.actions.contains_key(action))
    };
    name == "Client" || message("Request") || message("Response")
}

fn service(upstream: &Upstream, codes: &BTreeSet<&String>, docs: Docs) -> Node {
    let mut file = Node::mapping();
    file.set("service", upstream.service.as_str());
    file.set("version", upstream.version.as_str());
    file.set("title", upstream.service.as_str());
    describe(&mut file, &upstream.prose, docs);
    file.set("undescribed", true);
    file.set("host", format!("{}.tencentcloudapi.com", upstream.service));
    // The metadata do not tell. A region that is configured is sent, and the vendor has the last word.
    file.set("region", "optional");
    // What the vendor's pages say of every action that names no other limit.
    file.set("rate_limit", "20/s");
    let mut errors = Node::mapping();
    for code in codes {
        errors.push(code, Node::mapping());
    }
    if !codes.is_empty() {
        file.set("errors", errors);
    }
    file
}

fn action(name: &str, action: &Action, codes: &[String], docs: Docs) -> Node {
    let mut file = Node::mapping();
    file.set("action", name);
    describe(&mut file, &action.prose, docs);
    match action.status {
        Status::Online => {}
        Status::Deprecated => file.set("deprecated", DEPRECATED),
        Status::Offline => file.set("deprecated", OFFLINE),
    }
    let is_binary = |member: &Member| matches!(member.ty.item, Item::Scalar("binary", _));
    if action.request.iter().any(is_binary) {
        file.set("body", "multipart");
    }
    let token =
        |member: &&Member| member.name == "ClientToken" && !member.disabled && member.ty == TEXT;
    // The vendor's own SDKs fill this member in wherever it occurs, to repeat calls safely.
    if let Some(member) = action.request.iter().find(token) {
        file.set("idempotency_token", member.name.as_str());
    }
    if action.streaming {
        file.set("streaming", true);
    }
    if action.response.iter().any(|member| member.name == "Error") {
        file.set("error_member", true);
        file.set(
            "because",
            "The metadata declare a member `Error` of the answer, beside the envelope's error.",
        );
    }
    file.set("request", fields(&action.request, docs));
    file.set("response", fields(&action.response, docs));
    if !codes.is_empty() {
        file.set(
            "errors",
            Node::list(codes.iter().map(|code| Node::from(code.as_str()))),
        );
    }
    file
}

const TEXT: MemberType = MemberType {
    list: false,
    item: Item::Scalar("string", None),
};

fn fields(members: &[Member], docs: Docs) -> Node {
    let mut fields = Node::mapping();
    for member in members {
        let mut field = Node::mapping();
        let (name, format) = match &member.ty.item {
            Item::Scalar(name, format) => (*name, *format),
            Item::Struct(name) => (name.as_str(), None),
        };
        field.set(
            "type",
            if member.ty.list {
                Node::list([Node::from(name)])
            } else {
                Node::from(name)
            },
        );
        // A member that is switched off can be needed by nobody.
        if member.required && !member.disabled {
            field.set("required", true);
        }
        describe(&mut field, std::slice::from_ref(&member.prose), docs);
        if let Some(format) = format {
            field.set("format", format);
        }
        if matches!(member.ty.item, Item::Scalar("string", None))
            && let Some(sensitive) = sensitive::guess(&member.name)
        {
            field.set("sensitive", sensitive);
        }
        if member.disabled {
            field.set("disabled", true);
        }
        fields.push(&member.name, field);
    }
    fields
}

/// Takes the vendor's prose over, if that is wanted and there is any.
fn describe(file: &mut Node, prose: &[String], docs: Docs) {
    if docs == Docs::Upstream {
        let text = prose::clean(prose);
        if !text.is_empty() {
            file.set("upstream_doc", text);
        }
    }
}
