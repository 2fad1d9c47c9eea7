//! In: a walk over pages that knows no types. Out: typed pages and items, to be awaited one by one or taken as streams.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::walk::Walk;
use super::{Paged, Paging};
use crate::call::{Pending, Response};
use crate::codec::Object;
use crate::error::Error;
use crate::operation::Shared;

/// The pages of a list; see [`Call::pages`](crate::Call::pages). Also a [`Stream`], which an error ends.
///
/// Dropping it ends a request that is under way. To give up waiting in [`next`](Self::next) loses nothing: the next call goes
/// on with the same request.
#[must_use = "pages are asked for one by one"]
pub struct Pages<T> {
    step: Step<T>,
    /// Of the page that is asked for next.
    position: Option<i64>,
}

enum Step<T> {
    Idle(Box<Walk>),
    Asking(Pin<Box<dyn Future<Output = Asked<T>> + Send>>),
    Over,
}

/// What asking came to, and the walk, to go on with.
type Asked<T> = (Box<Walk>, Result<Option<Response<T>>, Error>);

impl<T: Object + Default + 'static> Pages<T> {
    pub(crate) fn new(pending: Pending, paging: Shared<Paging>) -> Self {
        let walk = Walk::new(pending, paging);
        Self {
            position: walk.position(),
            step: Step::Idle(Box::new(walk)),
        }
    }

    /// The next page; `None` when the list is over. The first page is handed out even if it is empty.
    ///
    /// # Errors
    ///
    /// Those of the call. Also, with [`is_decode`](Error::is_decode), a server that does not move on: it sends a page or a
    /// cursor that came before, or the offset would leave its range. After an error there are no more pages;
    /// [`position`](Self::position) tells where to start again.
    pub async fn next(&mut self) -> Result<Option<Response<T>>, Error> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// The offset or page number of the page that is asked for next, or was when an error came; `None` for cursors.
    pub fn position(&self) -> Option<i64> {
        self.position
    }

    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<T>, Error>>> {
        loop {
            match std::mem::replace(&mut self.step, Step::Over) {
                Step::Over => return Poll::Ready(None),
                Step::Idle(walk) => self.step = Step::Asking(Box::pin(ask(walk))),
                Step::Asking(mut asking) => {
                    let Poll::Ready((walk, outcome)) = asking.as_mut().poll(context) else {
                        self.step = Step::Asking(asking);
                        return Poll::Pending;
                    };
                    self.position = walk.position();
                    if matches!(outcome, Ok(Some(_))) {
                        self.step = Step::Idle(walk);
                    }
                    return Poll::Ready(outcome.transpose());
                }
            }
        }
    }
}

async fn ask<T: Object + Default>(mut walk: Box<Walk>) -> Asked<T> {
    let mut value = T::default();
    let outcome = walk.advance(&mut value).await;
    let page = outcome.map(|outline| outline.map(|outline| Response::new(value, outline)));
    (walk, page)
}

// Nothing in it is pinned but what is in a box of its own.
impl<T> Unpin for Pages<T> {}

impl<T: Object + Default + 'static> Stream for Pages<T> {
    type Item = Result<Response<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("position", &self.position)
            .field("is_over", &matches!(self.step, Step::Over))
            .finish_non_exhaustive()
    }
}

/// The items of a list; see [`Call::items`](crate::Call::items). Also a [`Stream`], which an error ends.
#[must_use = "items are asked for one by one"]
pub struct Items<T: Paged> {
    pages: Pages<T>,
    page: std::vec::IntoIter<T::Item>,
}

impl<T: Paged> Items<T> {
    pub(super) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// The next item; `None` when the list is over. To give up waiting loses nothing.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::next`]; all items that came before have been handed out.
    pub async fn next(&mut self) -> Result<Option<T::Item>, Error> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T::Item, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.page = page.into_inner().into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Paged> Unpin for Items<T> {}

impl<T: Paged> Stream for Items<T> {
    type Item = Result<T::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T: Paged> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("left_of_page", &self.page.len())
            .finish()
    }
}
