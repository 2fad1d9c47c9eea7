//! In: pages and items as streams, given up, dropped and broken. Out: whether nothing is lost and nothing goes on.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use futures_core::Stream;
use yunqiao_runtime::{Items, Pages};

use super::*;
use crate::server::{Script, http};

fn is_send<T: Send>(value: T) -> T {
    value
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

#[tokio::test]
async fn pages_and_items_are_streams_that_may_be_sent() {
    let listing = Listing::of(List::of(PageStyle::Rows, 5)).await;
    let call = || {
        let request = ListRequest {
            limit: Some(2),
            ..ListRequest::default()
        };
        listing.client.call::<Rows>(&LIST, request)
    };
    let mut items: Items<Rows> = is_send(call().items());
    drop(is_send(items.next()));
    let mut ids = Vec::new();
    while let Some(item) = next(&mut items).await {
        ids.push(item.unwrap().id.unwrap());
    }
    assert_eq!(ids, [0, 1, 2, 3, 4]);
    let mut pages: Pages<Rows> = is_send(call().pages());
    drop(is_send(pages.next()));
    let mut sizes = Vec::new();
    while let Some(page) = next(&mut pages).await {
        sizes.push(page.unwrap().items.len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    assert!(next(&mut pages).await.is_none());
    assert_eq!(
        format!("{pages:?}"),
        "Pages { position: Some(4), is_over: true, .. }"
    );
}

#[tokio::test]
async fn to_give_up_waiting_loses_nothing() {
    let listing = Listing::of(List::of(PageStyle::Rows, 9)).await;
    let request = ListRequest {
        limit: Some(2),
        ..ListRequest::default()
    };
    let mut items = listing.client.call::<Rows>(&LIST, request).items();
    let mut ids = Vec::new();
    loop {
        // Polled once, then dropped: the request is under way, and the next one goes on with it.
        let mut asked = Box::pin(items.next());
        let polled = poll_fn(|context| Poll::Ready(asked.as_mut().poll(context))).await;
        drop(asked);
        match polled {
            Poll::Ready(Ok(Some(row))) => ids.push(row.id.unwrap()),
            Poll::Ready(Ok(None)) => break,
            Poll::Ready(Err(error)) => panic!("{error}"),
            Poll::Pending => tokio::time::sleep(Duration::from_millis(1)).await,
        }
    }
    assert_eq!(ids, (0..9).collect::<Vec<_>>());
    assert_eq!(listing.server.seen().len(), 5);
}

#[tokio::test]
async fn what_is_dropped_asks_for_nothing_more() {
    let server = Server::run(Script::Stall(Vec::new())).await;
    let client = Client::new(
        &server.config().without_rate_limit().build().unwrap(),
        &SERVICE,
    );
    let mut items = client.call::<Rows>(&LIST, ListRequest::default()).items();
    assert_eq!(server.seen().len(), 0);
    let waited = tokio::time::timeout(Duration::from_millis(100), items.next()).await;
    assert!(waited.is_err());
    assert_eq!(server.seen().len(), 1);
    drop(items);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_error_is_the_end_and_what_came_before_it_is_not_lost() {
    let list = List::of(PageStyle::SkippedPages, 10);
    let server = Server::run(Script::Reply(Arc::new(move |seen| {
        let request: Json = serde_json::from_slice(&seen.body).unwrap();
        if request["Offset"] == 2 {
            let fault = json!({ "Code": "ResourceUnavailable", "Message": "gone" });
            let body = json!({ "Response": { "Error": fault, "RequestId": "broken" } });
            return http("200 OK", &[], body.to_string().as_bytes());
        }
        http("200 OK", &[], list.answer(&request).to_string().as_bytes())
    })))
    .await;
    let client = Client::new(
        &server.config().without_rate_limit().build().unwrap(),
        &SERVICE,
    );
    let call = |offset| {
        let request = ListRequest {
            offset,
            limit: Some(2),
            token: None,
        };
        client.call::<Skipped>(&LIST, request)
    };
    let mut items = call(None).items();
    for expected in 0..4 {
        assert_eq!(items.next().await.unwrap().unwrap().id, Some(expected));
    }
    let error = items.next().await.unwrap_err();
    assert_eq!(error.code(), Some("ResourceUnavailable"));
    assert_eq!(error.request_id(), Some("broken"));
    assert!(items.next().await.unwrap().is_none());
    let mut pages = call(None).pages();
    while pages.next().await.is_ok() {}
    assert_eq!(pages.position(), Some(2));
    // From there, and past the broken page.
    assert_eq!(ids(call(Some(3))).await, Ok(vec![6, 7, 8, 9]));
}
