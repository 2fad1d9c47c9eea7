//! In: lists behind servers of every habit. Out: whether each item comes once, and the walk ends.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};
use yunqiao_runtime::{Action, Call, Client, Field as F, PageStyle, Paged, Paging};

use crate::sample::{SERVICE, generated};
use crate::server::Server;

mod cursors;
mod ends;
mod streams;
mod untyped;

generated!(ListRequest {
    offset: Option<i64> = F::new("Offset"),
    limit: Option<i64> = F::new("Limit"),
    token: Option<String> = F::new("Token"),
});

generated!(Row {
    id: Option<i64> = F::new("Id"),
});

/// An answer that is a page in this style.
macro_rules! page {
    ($name:ident, $paging:expr) => {
        generated!($name {
            items: Vec<Row> = F::new("Items"),
            total: Option<i64> = F::new("Total"),
            next: Option<String> = F::new("Next"),
        });

        impl Paged for $name {
            type Item = Row;

            fn paging() -> &'static Paging {
                static PAGING: Paging = $paging;
                &PAGING
            }

            fn into_items(self) -> Vec<Row> {
                self.items
            }
        }
    };
}

page!(
    Rows,
    Paging::new(PageStyle::Rows, "Offset", "Items")
        .size("Limit")
        .total("Total")
);
page!(
    Skipped,
    Paging::new(PageStyle::SkippedPages, "Offset", "Items")
        .size("Limit")
        .total("Total")
);
page!(
    Numbered,
    Paging::new(PageStyle::PageNumber, "Offset", "Items")
        .size("Limit")
        .total("Total")
);
page!(
    Cursors,
    Paging::new(PageStyle::Cursor, "Token", "Items")
        .size("Limit")
        .next("Next")
);

static LIST: Action = Action::new(&SERVICE, "DescribeThings").idempotent();

/// What a server lists, and how it says so.
#[derive(Clone, Debug)]
struct List {
    ids: Vec<i64>,
    style: PageStyle,
    /// The most items that a page has, whatever is asked for.
    cap: i64,
    /// Page size where the request names none.
    default: i64,
    total: Told,
}

/// What the server says of the total.
#[derive(Clone, Debug, PartialEq)]
enum Told {
    Exact,
    Nothing,
    Always(i64),
}

impl List {
    fn of(style: PageStyle, count: i64) -> Self {
        Self {
            ids: (0..count).collect(),
            style,
            cap: i64::MAX,
            default: 20,
            total: Told::Exact,
        }
    }

    /// An honest answer to a request.
    fn answer(&self, request: &Json) -> Json {
        let limit = request["Limit"]
            .as_i64()
            .unwrap_or(self.default)
            .min(self.cap);
        let at = request["Offset"].as_i64().unwrap_or(0);
        let skip = match self.style {
            PageStyle::Rows => at,
            PageStyle::SkippedPages => at * limit,
            _ => (at - 1) * limit,
        };
        let skip = usize::try_from(skip).unwrap();
        let page = self
            .ids
            .iter()
            .skip(skip)
            .take(usize::try_from(limit).unwrap());
        let items: Vec<Json> = page.map(|id| json!({ "Id": id })).collect();
        let total = match self.total {
            Told::Exact => json!(self.ids.len()),
            Told::Nothing => Json::Null,
            Told::Always(total) => json!(total),
        };
        // An empty list comes as null, as it often does.
        let items = if items.is_empty() {
            Json::Null
        } else {
            json!(items)
        };
        json!({ "Response": { "Items": items, "Total": total, "RequestId": "r" } })
    }
}

/// A server whose list can be changed, with a client.
struct Listing {
    server: Server,
    client: Client,
    list: Arc<Mutex<List>>,
}

impl Listing {
    async fn of(list: List) -> Self {
        let list = Arc::new(Mutex::new(list));
        let served = Arc::clone(&list);
        let server = Server::replying(move |request| served.lock().unwrap().answer(request)).await;
        let client = Client::new(
            &server.config().without_rate_limit().build().unwrap(),
            &SERVICE,
        );
        Self {
            server,
            client,
            list,
        }
    }

    /// All ids that come, and how many requests it took; an error's text.
    async fn collect(
        &self,
        offset: Option<i64>,
        limit: Option<i64>,
    ) -> (Result<Vec<i64>, String>, usize) {
        let before = self.server.seen().len();
        let style = self.list.lock().unwrap().style;
        let request = ListRequest {
            offset,
            limit,
            token: None,
        };
        let outcome = match style {
            PageStyle::Rows => ids(self.client.call::<Rows>(&LIST, request)).await,
            PageStyle::SkippedPages => ids(self.client.call::<Skipped>(&LIST, request)).await,
            _ => ids(self.client.call::<Numbered>(&LIST, request)).await,
        };
        (outcome, self.server.seen().len() - before)
    }
}

async fn ids<T: Paged<Item = Row>>(call: Call<T>) -> Result<Vec<i64>, String> {
    let mut items = call.items();
    let mut ids = Vec::new();
    loop {
        match items.next().await {
            Ok(Some(row)) => ids.push(row.id.unwrap()),
            Ok(None) => return Ok(ids),
            Err(error) => return Err(format!("{error} after {}", ids.len())),
        }
        assert!(ids.len() < 10_000, "the walk does not end");
    }
}

const STYLES: [PageStyle; 3] = [
    PageStyle::Rows,
    PageStyle::SkippedPages,
    PageStyle::PageNumber,
];

#[tokio::test]
async fn every_item_of_an_honest_list_comes_once() {
    let listing = Listing::of(List::of(PageStyle::Rows, 0)).await;
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        i64::try_from((seed >> 11) % below).unwrap()
    };
    for round in 0..150 {
        let style = STYLES[usize::try_from(random(3)).unwrap()];
        let size = 1 + random(12);
        let asked = random(4) > 0;
        let list = List {
            cap: if random(3) == 0 {
                1 + random(12)
            } else {
                i64::MAX
            },
            default: size,
            total: if random(3) == 0 {
                Told::Nothing
            } else {
                Told::Exact
            },
            ..List::of(style, random(60))
        };
        *listing.list.lock().unwrap() = list.clone();
        let (outcome, requests) = listing.collect(None, asked.then_some(size)).await;
        assert_eq!(outcome.as_ref(), Ok(&list.ids), "round {round}: {list:?}");
        let page = size.min(list.cap);
        let least = (list.ids.len() as i64 + page - 1) / page;
        assert!(
            requests as i64 <= least.max(1) + 1,
            "round {round}: {requests} requests for {least} pages, {list:?}"
        );
    }
}

#[tokio::test]
async fn a_walk_may_begin_anywhere() {
    let listing = Listing::of(List::of(PageStyle::Rows, 0)).await;
    for style in STYLES {
        for total in [Told::Exact, Told::Nothing] {
            for (cap, start, limit) in [
                (i64::MAX, 3, 5),
                (4, 2, 10),
                (i64::MAX, 1, 50),
                (7, 6, 7),
                (i64::MAX, 99, 5),
            ] {
                let list = List {
                    cap,
                    total: total.clone(),
                    ..List::of(style, 43)
                };
                let skipped = match style {
                    PageStyle::Rows => start,
                    PageStyle::SkippedPages => start * limit.min(cap),
                    _ => (start - 1) * limit.min(cap),
                };
                let expected: Vec<i64> = (skipped.min(43)..43).collect();
                *listing.list.lock().unwrap() = list;
                let (outcome, _) = listing.collect(Some(start), Some(limit)).await;
                assert_eq!(
                    outcome,
                    Ok(expected),
                    "{style:?} {total:?} {cap} {start} {limit}"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_first_request_names_its_page_and_keeps_its_size() {
    for (style, first, second) in [
        (PageStyle::Rows, 0, 7),
        (PageStyle::SkippedPages, 0, 1),
        (PageStyle::PageNumber, 1, 2),
    ] {
        let listing = Listing::of(List::of(style, 10)).await;
        let (outcome, requests) = listing.collect(None, Some(7)).await;
        assert_eq!((outcome.unwrap().len(), requests), (10, 2), "{style:?}");
        let bodies: Vec<Json> = listing
            .server
            .seen()
            .iter()
            .map(|seen| serde_json::from_slice(&seen.body).unwrap())
            .collect();
        let expected = [first, second].map(|offset| json!({ "Offset": offset, "Limit": 7 }));
        assert_eq!(bodies, expected, "{style:?}");
    }
}

/// The ids as a set, which must not be smaller.
fn distinct(ids: &[i64]) -> usize {
    ids.iter().collect::<BTreeSet<_>>().len()
}
