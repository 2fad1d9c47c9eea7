//! A request of a browser in, the page or the answer of the API out.

use yunqiao_mock::{PageReply, PageRequest};

use super::assets::Asset;
use super::site::Site;
use super::{ask, describe, export, prepare, reply, send};

pub(super) async fn answer(site: &Site, request: PageRequest) -> PageReply {
    let is_reading = matches!(request.method.as_str(), "GET" | "HEAD");
    if let Some(asset) = Asset::at(&request.path) {
        return if is_reading {
            reply::asset(asset, request.header("if-none-match"))
        } else {
            reply::refusal(
                405,
                "this is a page",
                "ask for it with GET; calls to Tencent Cloud carry X-TC-Action, those to Volcengine Action and Version",
            )
        };
    }
    let Some(name) = request.path.strip_prefix("/api/") else {
        return reply::nothing();
    };
    let (reads, writes) = (
        ["state", "actions", "action"],
        ["prepare", "send", "snippet", "test"],
    );
    let name = name.to_owned();
    match (request.method.as_str(), name.as_str()) {
        ("GET" | "HEAD", name) if reads.contains(&name) => read(site, name, &request),
        ("POST", name) if writes.contains(&name) => {
            let made = write(site, name, request).await;
            made.unwrap_or_else(|refusal| refusal)
        }
        (_, name) if reads.contains(&name) => reply::refusal(405, "this is read only", "use GET"),
        (_, name) if writes.contains(&name) => {
            reply::refusal(405, "this takes a body", "use POST with JSON")
        }
        _ => reply::refusal(
            404,
            "there is no such answer",
            &format!(
                "there are {}",
                [&reads[..], &writes[..]].concat().join(", ")
            ),
        ),
    }
}

fn read(site: &Site, name: &str, request: &PageRequest) -> PageReply {
    match name {
        "state" => reply::json(200, &site.state()),
        "actions" => reply::json_bytes(200, site.actions().to_vec()),
        _ => {
            let id = request
                .query
                .split('&')
                .find_map(|pair| pair.strip_prefix("id="));
            let id = decoded(id.unwrap_or_default());
            match ask::found(site, &id) {
                Ok(found) => reply::json(200, &describe::action(found)),
                Err(refusal) => refusal,
            }
        }
    }
}

async fn write(site: &Site, name: &str, request: PageRequest) -> Result<PageReply, PageReply> {
    let body = ask::object(request)?;
    if name == "test" {
        return export::test(site, &body).await;
    }
    let asked = ask::call(site, body)?;
    Ok(match name {
        "prepare" => prepare::prepare(site, &asked).await,
        "send" => send::send(site, &asked).await,
        _ => prepare::snippets(site, &asked).await,
    })
}

/// A value of a query. What is encoded wrongly stays as it is, and names nothing.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = hex.and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
