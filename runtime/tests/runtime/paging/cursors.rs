//! In: lists that are gone through by cursors. Out: whether they end, and do not go in a circle.

use super::*;

/// A server that gives these pages: the cursor that leads to each, its ids, and the cursor to the next.
async fn serving(
    pages: &'static [(&'static str, &'static [i64], &'static str)],
) -> (Server, Client) {
    let server = Server::replying(|request| {
        let token = request["Token"].as_str().unwrap_or_default();
        let (_, ids, next) = pages.iter().find(|(own, ..)| *own == token).unwrap();
        let items: Vec<Json> = ids.iter().map(|id| json!({ "Id": id })).collect();
        json!({ "Response": { "Items": items, "Next": next, "RequestId": "r" } })
    })
    .await;
    let client = Client::new(
        &server.config().without_rate_limit().build().unwrap(),
        &SERVICE,
    );
    (server, client)
}

#[tokio::test]
async fn cursors_are_followed_to_the_one_that_leads_nowhere() {
    let (server, client) = serving(&[
        ("", &[1, 2], "b"),
        ("b", &[], "c"),
        ("c", &[3], "d"),
        ("d", &[], ""),
    ])
    .await;
    let request = ListRequest {
        limit: Some(2),
        ..ListRequest::default()
    };
    let mut pages = client.call::<Cursors>(&LIST, request).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        sizes.push(page.items.len());
    }
    assert_eq!(sizes, [2, 1]);
    assert_eq!(pages.position(), None);
    assert_eq!(server.seen().len(), 4);
    assert!(!server.seen()[0].text().contains("Token"));
}

#[tokio::test]
async fn a_cursor_of_the_request_is_where_it_begins() {
    let (_server, client) = serving(&[("", &[1], "b"), ("b", &[2], "c"), ("c", &[3], "")]).await;
    let request = ListRequest {
        token: Some("b".to_owned()),
        ..ListRequest::default()
    };
    assert_eq!(
        ids(client.call::<Cursors>(&LIST, request)).await,
        Ok(vec![2, 3])
    );
}

#[tokio::test]
async fn cursors_in_a_circle_are_an_error() {
    type Step = (&'static str, &'static [i64], &'static str);
    const CIRCLES: [&[Step]; 3] = [
        &[("", &[1], "b"), ("b", &[2], "b")],
        &[("", &[1], "b"), ("b", &[2], "c"), ("c", &[3], "b")],
        &[("", &[], "b"), ("b", &[], "c"), ("c", &[], "b")],
    ];
    for pages in CIRCLES {
        let (_server, client) = serving(pages).await;
        let error = ids(client.call::<Cursors>(&LIST, ListRequest::default()))
            .await
            .unwrap_err();
        assert!(error.contains("one that came before"), "{error}");
    }
}

#[tokio::test]
async fn empty_pages_do_not_go_on_for_ever() {
    let server = Server::replying(|request| {
        let token: i64 = request["Token"].as_str().unwrap_or("0").parse().unwrap();
        json!({ "Response": { "Items": [], "Next": (token + 1).to_string(), "RequestId": "r" } })
    })
    .await;
    let client = Client::new(
        &server.config().without_rate_limit().build().unwrap(),
        &SERVICE,
    );
    let error = ids(client.call::<Cursors>(&LIST, ListRequest::default()))
        .await
        .unwrap_err();
    assert!(error.contains("100 empty pages"), "{error}");
    assert_eq!(server.seen().len(), 100);
}
