//! In: an untyped call whose answer is one page of many, and how it is paged. Out: the pages, or their items, as JSON.

use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde_json::Value as JsonValue;

use super::AnyCall;
use super::whole::Whole;
use crate::call::Response;
use crate::codec::each_json;
use crate::error::Error;
use crate::operation::Shared;
use crate::paging::{PageStyle, Pages, Paging};

/// How the answer of an action is paged, for calls by name: what generated code says of the actions that it knows.
#[derive(Debug)]
#[must_use]
pub struct AnyPaging(Paging);

impl AnyPaging {
    /// The request's field `input` moves; the list at the path `items` of the answer, such as `Result.Items`, holds one page.
    pub fn new(style: PageStyle, input: impl Into<String>, items: impl Into<String>) -> Self {
        Self(Paging {
            style,
            input: Cow::Owned(input.into()),
            items: Cow::Owned(items.into()),
            size: None,
            total: None,
            next: None,
            counts_in_text: false,
        })
    }

    /// The request's field that asks for a size of the page.
    pub fn size(mut self, field: impl Into<String>) -> Self {
        self.0.size = Some(Cow::Owned(field.into()));
        self
    }

    /// The path of the number of all items in the answer.
    pub fn total(mut self, path: impl Into<String>) -> Self {
        self.0.total = Some(Cow::Owned(path.into()));
        self
    }

    /// The path of the next cursor in the answer. Without it, a list that is paged by cursors is over after its first page.
    pub fn next(mut self, path: impl Into<String>) -> Self {
        self.0.next = Some(Cow::Owned(path.into()));
        self
    }

    /// The field that moves takes its number as a text: `"20"`.
    pub fn counts_in_text(mut self) -> Self {
        self.0.counts_in_text = true;
        self
    }
}

impl AnyCall {
    /// All pages from the one on that the request asks for, each as the whole answer; as [`Call::pages`](crate::Call::pages)
    /// goes through those of a typed call, to the true end and never in a circle.
    pub fn pages(self, paging: AnyPaging) -> AnyPages {
        AnyPages {
            pages: Pages::new(self.into_pending(), Shared::Counted(Arc::new(paging.0))),
        }
    }

    /// The items of all [`pages`](Self::pages), one by one; the next page is asked for when the one before is used up.
    ///
    /// ```no_run
    /// use yunqiao_runtime::{AnyPaging, Client, Config, PageStyle, Service, Vendor};
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let service = Service::described(Vendor::Tencent, "cvm", "2017-03-12", "cvm.tencentcloudapi.com");
    /// let client = Client::of_described(&Config::from_env(Vendor::Tencent)?, service);
    /// let paging = AnyPaging::new(PageStyle::Rows, "Offset", "InstanceSet").size("Limit").total("TotalCount");
    /// let mut instances = client
    ///     .call_any("DescribeInstances", serde_json::json!({ "Limit": 100 }))
    ///     .items(paging);
    /// while let Some(instance) = instances.next().await? {
    ///     println!("{}", instance["InstanceId"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self, paging: AnyPaging) -> AnyItems {
        let path = paging.0.items.clone().into_owned();
        AnyItems {
            pages: self.pages(paging),
            path,
            page: Vec::new().into_iter(),
        }
    }
}

/// The pages of a list; see [`AnyCall::pages`]. Also a [`Stream`], which an error ends.
#[must_use = "pages are asked for one by one"]
pub struct AnyPages {
    pages: Pages<Whole>,
}

impl AnyPages {
    /// The next page; `None` when the list is over. The first page is handed out even if it is empty. To give up waiting loses
    /// nothing.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::next`]. Also, with [`is_decode`](Error::is_decode), an answer that has something else than a list where
    /// the list should be. One that has nothing there has an empty list.
    pub async fn next(&mut self) -> Result<Option<Response<JsonValue>>, Error> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// The offset or page number of the page that is asked for next, or was when an error came; `None` for cursors.
    pub fn position(&self) -> Option<i64> {
        self.pages.position()
    }

    fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<JsonValue>, Error>>> {
        let page = ready!(self.pages.poll(context));
        Poll::Ready(page.map(|page| page.map(|page| page.map(Whole::into_json))))
    }
}

impl Stream for AnyPages {
    type Item = Result<Response<JsonValue>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl fmt::Debug for AnyPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pages.fmt(f)
    }
}

/// The items of a list; see [`AnyCall::items`]. Also a [`Stream`], which an error ends.
#[must_use = "items are asked for one by one"]
pub struct AnyItems {
    pages: AnyPages,
    path: String,
    page: std::vec::IntoIter<JsonValue>,
}

impl AnyItems {
    /// The next item; `None` when the list is over. To give up waiting loses nothing.
    ///
    /// # Errors
    ///
    /// Those of [`AnyPages::next`]; all items that came before have been handed out.
    pub async fn next(&mut self) -> Result<Option<JsonValue>, Error> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// As [`AnyPages::position`]: where to start again after an error.
    pub fn position(&self) -> Option<i64> {
        self.pages.position()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<JsonValue, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.page = listed(&page, &self.path).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// The items of a page.
fn listed(page: &JsonValue, path: &str) -> Vec<JsonValue> {
    let mut items = Vec::new();
    each_json(page, path, &mut |found| {
        let list = found.and_then(JsonValue::as_array);
        items.extend(list.into_iter().flatten().cloned());
    });
    items
}

impl Stream for AnyItems {
    type Item = Result<JsonValue, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl fmt::Debug for AnyItems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyItems")
            .field("pages", &self.pages)
            .field("left_of_page", &self.page.len())
            .finish()
    }
}
