//! In: lists that are gone through by name, with JSON. Out: whether the walk is that of a typed call, request by request.

use yunqiao_runtime::{AnyItems, AnyPaging};

use super::*;

fn paging(style: PageStyle) -> AnyPaging {
    AnyPaging::new(style, String::from("Offset"), "Items")
        .size("Limit")
        .total("Total")
}

async fn numbers(mut items: AnyItems) -> Result<Vec<i64>, String> {
    let mut ids = Vec::new();
    loop {
        match items.next().await {
            Ok(Some(row)) => ids.push(row["Id"].as_i64().unwrap()),
            Ok(None) => return Ok(ids),
            Err(error) => return Err(format!("{error} after {}", ids.len())),
        }
        assert!(ids.len() < 10_000, "the walk does not end");
    }
}

fn bodies(server: &Server, from: usize) -> Vec<Json> {
    let seen = server.seen();
    let bodies = seen[from..].iter().map(|seen| seen.text());
    bodies
        .map(|body| serde_json::from_str(body).unwrap())
        .collect()
}

#[tokio::test]
async fn the_walk_is_the_one_of_a_typed_call() {
    let listing = Listing::of(List::of(PageStyle::Rows, 0)).await;
    let totals = [
        Told::Exact,
        Told::Nothing,
        Told::Always(0),
        Told::Always(20),
        Told::Always(21),
        Told::Always(i64::MAX),
        Told::Always(-1),
    ];
    for style in STYLES {
        for total in &totals {
            for (count, cap, limit, offset) in [
                (0, i64::MAX, Some(20), None),
                (3, i64::MAX, None, None),
                (45, i64::MAX, Some(20), None),
                (40, i64::MAX, Some(20), None),
                (45, 7, Some(20), None),
                (45, i64::MAX, Some(20), Some(2)),
                (45, 7, Some(20), Some(1)),
            ] {
                let list = List {
                    total: total.clone(),
                    cap,
                    ..List::of(style, count)
                };
                *listing.list.lock().unwrap() = list.clone();
                let before = listing.server.seen().len();
                let (typed, requests) = listing.collect(offset, limit).await;
                let mut request = json!({});
                for (name, value) in [("Offset", offset), ("Limit", limit)] {
                    if let Some(value) = value {
                        request[name] = json!(value);
                    }
                }
                let call = listing.client.call_any("DescribeThings", request);
                let untyped = numbers(call.items(paging(style))).await;
                assert_eq!(typed, untyped, "{list:?}");
                assert_eq!(
                    bodies(&listing.server, before)[..requests],
                    bodies(&listing.server, before + requests)[..],
                    "{list:?}"
                );
            }
        }
    }
}

/// A server that answers so, and what it is asked with.
async fn answering(answer: impl Fn(&Json) -> Json + Send + Sync + 'static) -> (Server, Client) {
    let server = Server::replying(move |request| {
        let mut fields = answer(request);
        fields["RequestId"] = json!("r");
        json!({ "Response": fields })
    })
    .await;
    let client = Client::new(
        &server.config().without_rate_limit().build().unwrap(),
        &SERVICE,
    );
    (server, client)
}

#[tokio::test]
async fn pages_come_whole_and_an_offset_may_be_a_text() {
    let (server, client) = answering(|request| {
        let at: i64 = request["Offset"].as_str().unwrap().parse().unwrap();
        let ids: Vec<i64> = (at..5).take(2).collect();
        json!({ "Result": { "Ids": ids, "Count": "5" }, "At": at })
    })
    .await;
    let paging = AnyPaging::new(PageStyle::Rows, "Offset", "Result.Ids")
        .total("Result.Count")
        .counts_in_text();
    let mut pages = client.call_any("X", json!({ "A": [1] })).pages(paging);
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        assert_eq!(page.request_id(), Some("r"));
        seen.push((page["At"].as_i64().unwrap(), page["Result"]["Ids"].clone()));
    }
    assert_eq!(
        seen,
        [(0, json!([0, 1])), (2, json!([2, 3])), (4, json!([4]))]
    );
    assert_eq!(
        bodies(&server, 0)[1],
        json!({ "A": [1], "Offset": "2" }),
        "what else is asked for stays"
    );
    assert_eq!(pages.position(), Some(4));
}

#[tokio::test]
async fn a_cursor_goes_back_as_what_it_came() {
    for (first, second) in [(json!("b"), json!("")), (json!(7), Json::Null)] {
        let cursors = [first.clone(), second];
        let (server, client) = answering(move |request| {
            let index = usize::from(!request["Token"].is_null());
            json!({ "Items": [{ "Id": index }], "Next": cursors[index] })
        })
        .await;
        let paging = AnyPaging::new(PageStyle::Cursor, "Token", "Items").next("Next");
        let items = client.call_any("X", Json::Null).items(paging);
        assert_eq!(numbers(items).await, Ok(vec![0, 1]));
        assert_eq!(
            bodies(&server, 0),
            [json!({}), json!({ "Token": first })],
            "{first}"
        );
    }
}

#[tokio::test]
async fn what_does_not_move_on_or_is_no_list_is_an_error() {
    let (server, client) = answering(|_| json!({ "Items": [{ "Id": 1 }] })).await;
    let told = numbers(
        client
            .call_any("X", json!({}))
            .items(paging(PageStyle::Rows)),
    )
    .await
    .unwrap_err();
    assert!(
        told.contains("does not move on") && told.ends_with("after 1"),
        "{told}"
    );
    assert_eq!(server.seen().len(), 2);
    for other in [json!({ "Id": 1 }), json!("x"), json!(3)] {
        let (_server, client) = answering(move |_| json!({ "Items": other })).await;
        let mut pages = client
            .call_any("X", json!({}))
            .pages(paging(PageStyle::Rows));
        let error = pages.next().await.unwrap_err();
        assert!(
            error.is_decode() && error.to_string().contains("Items is no list"),
            "{error}"
        );
        assert!(pages.next().await.unwrap().is_none());
    }
}
