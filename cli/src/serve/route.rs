//! A request of a browser in, the page or the answer of the API out.

use yunqiao_mock::{PageReply, PageRequest};

use super::assets::Asset;
use super::reply;
use super::site::Site;

pub(super) async fn answer(site: &Site, request: PageRequest) -> PageReply {
    let is_reading = matches!(request.method.as_str(), "GET" | "HEAD");
    if let Some(asset) = Asset::at(&request.path) {
        return if is_reading {
            reply::asset(asset, request.header("if-none-match"))
        } else {
            reply::refusal(405, "this is a page", "ask for it with GET")
        };
    }
    match request.path.strip_prefix("/api/") {
        Some("state") if is_reading => reply::json(200, &site.state()),
        Some(other) => reply::refusal(404, &format!("there is no /api/{other}"), "GET /api/state"),
        None => reply::nothing(),
    }
}
