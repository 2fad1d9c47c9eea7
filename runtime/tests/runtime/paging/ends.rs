//! In: servers whose totals lie, grow or are absent, and servers that do not move on. Out: where the walk ends, and why.

use std::sync::atomic::{AtomicI64, Ordering};

use super::*;

/// A list of 45 in pages of 20, of which the server says this; and how many requests it takes.
#[tokio::test]
async fn a_total_is_believed_no_longer_than_it_holds() {
    let listing = Listing::of(List::of(PageStyle::Rows, 0)).await;
    for style in STYLES {
        for (total, requests, why) in [
            (Told::Exact, 3, "the total is reached"),
            (Told::Nothing, 3, "the last page is short"),
            (Told::Always(0), 3, "less than a page"),
            (Told::Always(20), 3, "the number of this page's items"),
            (Told::Always(21), 3, "less than there is"),
            (Told::Always(-1), 3, "no number of items"),
            (Told::Always(46), 4, "a little more: an empty page ends it"),
            (
                Told::Always(i64::MAX),
                4,
                "much more: an empty page ends it",
            ),
        ] {
            *listing.list.lock().unwrap() = List {
                total: total.clone(),
                ..List::of(style, 45)
            };
            let (outcome, needed) = listing.collect(None, Some(20)).await;
            assert_eq!(outcome, Ok((0..45).collect()), "{style:?} {total:?}: {why}");
            assert_eq!(needed, requests, "{style:?} {total:?}: {why}");
        }
    }
}

#[tokio::test]
async fn no_request_is_made_for_nothing() {
    let listing = Listing::of(List::of(PageStyle::Rows, 0)).await;
    for style in STYLES {
        for (count, limit, total, requests, why) in [
            (0, Some(20), Told::Exact, 1, "an empty list"),
            (0, None, Told::Nothing, 1, "an empty list, and no total"),
            (
                3,
                Some(20),
                Told::Exact,
                1,
                "the total is reached on a short page",
            ),
            (
                3,
                None,
                Told::Exact,
                1,
                "the total is reached, the size is the server's",
            ),
            (
                20,
                Some(20),
                Told::Exact,
                2,
                "a total of one full page may be the number of its items",
            ),
            (
                40,
                Some(20),
                Told::Exact,
                2,
                "the total is reached on a full page",
            ),
            (
                40,
                Some(20),
                Told::Nothing,
                3,
                "full pages only an empty one can end",
            ),
            (
                3,
                Some(20),
                Told::Nothing,
                2,
                "the server may give less than is asked for",
            ),
        ] {
            *listing.list.lock().unwrap() = List {
                total: total.clone(),
                ..List::of(style, count)
            };
            let (outcome, needed) = listing.collect(None, limit).await;
            assert_eq!(outcome, Ok((0..count).collect()), "{style:?}: {why}");
            assert_eq!(needed, requests, "{style:?}: {why}");
        }
    }
}

#[tokio::test]
async fn a_list_that_grows_is_followed() {
    for style in STYLES {
        // With each request there are five items more, up to 100.
        let count = AtomicI64::new(30);
        let server = Server::replying(move |request| {
            let now = count.fetch_add(5, Ordering::Relaxed).min(100);
            List::of(style, now).answer(request)
        })
        .await;
        let client = Client::new(
            &server.config().without_rate_limit().build().unwrap(),
            &SERVICE,
        );
        let request = ListRequest {
            limit: Some(10),
            ..ListRequest::default()
        };
        let ids = match style {
            PageStyle::Rows => ids(client.call::<Rows>(&LIST, request)).await,
            PageStyle::SkippedPages => ids(client.call::<Skipped>(&LIST, request)).await,
            _ => ids(client.call::<Numbered>(&LIST, request)).await,
        }
        .unwrap();
        assert_eq!(distinct(&ids), ids.len(), "{style:?}");
        assert_eq!(ids.len(), 50, "{style:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_move_on_is_an_error() {
    for style in STYLES {
        for total in [Told::Exact, Told::Nothing, Told::Always(1000)] {
            // Always the first page.
            let list = List {
                total,
                ..List::of(style, 45)
            };
            let server = Server::replying(move |request| {
                let mut request = request.clone();
                request["Offset"] = json!(i64::from(list.style == PageStyle::PageNumber));
                list.answer(&request)
            })
            .await;
            let client = Client::new(
                &server.config().without_rate_limit().build().unwrap(),
                &SERVICE,
            );
            let request = ListRequest {
                limit: Some(20),
                ..ListRequest::default()
            };
            let mut pages = client.call::<Rows>(&LIST, request).pages();
            assert_eq!(pages.next().await.unwrap().unwrap().items.len(), 20);
            let error = pages.next().await.unwrap_err();
            assert!(error.is_decode(), "{error}");
            assert!(error.to_string().contains("does not move on"), "{error}");
            assert!(error.to_string().contains("DescribeThings"), "{error}");
            assert_eq!(pages.position(), Some(20));
            assert!(pages.next().await.unwrap().is_none());
            assert_eq!(server.seen().len(), 2);
        }
    }
}

#[tokio::test]
async fn a_server_that_goes_in_a_circle_is_an_error() {
    // After the third page comes the first.
    let server = Server::replying(|request| {
        let at = request["Offset"].as_i64().unwrap() % 30;
        let list = List {
            total: Told::Nothing,
            ..List::of(PageStyle::Rows, 30)
        };
        list.answer(&json!({ "Offset": at, "Limit": 10 }))
    })
    .await;
    let client = Client::new(
        &server.config().without_rate_limit().build().unwrap(),
        &SERVICE,
    );
    let error = ids(client.call::<Rows>(&LIST, ListRequest::default()))
        .await
        .unwrap_err();
    assert!(error.contains("does not move on"), "{error}");
    assert!(error.ends_with("after 30"), "{error}");
}

#[tokio::test]
async fn an_offset_never_leaves_its_range() {
    for (style, start) in [
        (PageStyle::Rows, i64::MAX - 3),
        (PageStyle::SkippedPages, i64::MAX),
        (PageStyle::PageNumber, i64::MAX),
    ] {
        // Five items at any offset.
        let server = Server::replying(|_| {
            let items: Vec<Json> = (0..5).map(|id| json!({ "Id": id })).collect();
            json!({ "Response": { "Items": items, "Total": null, "RequestId": "r" } })
        })
        .await;
        let client = Client::new(
            &server.config().without_rate_limit().build().unwrap(),
            &SERVICE,
        );
        let request = ListRequest {
            offset: Some(start),
            limit: Some(5),
            token: None,
        };
        let error = match style {
            PageStyle::Rows => ids(client.call::<Rows>(&LIST, request)).await,
            PageStyle::SkippedPages => ids(client.call::<Skipped>(&LIST, request)).await,
            _ => ids(client.call::<Numbered>(&LIST, request)).await,
        }
        .unwrap_err();
        assert!(error.contains("cannot go on after"), "{style:?}: {error}");
        assert_eq!(server.seen().len(), 1);
    }
}
