//! In: a call whose answer is one page of many. Out: the pages, or their items, one after another until the list is over.

mod stream;
mod walk;

use std::borrow::Cow;
use std::mem;

use crate::call::Call;
use crate::codec::Object;
use crate::operation::Shared;

pub use self::stream::{Items, Pages};

/// What moves from page to page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageStyle {
    /// The number of rows to skip.
    Rows,
    /// The number of pages to skip; the first page is 0.
    SkippedPages,
    /// The number of the page; the first is 1.
    PageNumber,
    /// What the answer before says comes next.
    Cursor,
}

/// How the answer of an action is paged. Made by generated code, as a `static`.
#[derive(Debug)]
pub struct Paging {
    pub(crate) style: PageStyle,
    pub(crate) input: Cow<'static, str>,
    pub(crate) items: Cow<'static, str>,
    pub(crate) size: Option<Cow<'static, str>>,
    pub(crate) total: Option<Cow<'static, str>>,
    pub(crate) next: Option<Cow<'static, str>>,
    /// Where nothing else tells: the field `input` takes its number as a text.
    pub(crate) counts_in_text: bool,
}

impl Paging {
    /// The request's field `input` moves; the list at the path `items` of the answer holds one page.
    pub const fn new(style: PageStyle, input: &'static str, items: &'static str) -> Self {
        Self {
            style,
            input: Cow::Borrowed(input),
            items: Cow::Borrowed(items),
            size: None,
            total: None,
            next: None,
            counts_in_text: false,
        }
    }

    /// The request's field that asks for a size of the page.
    #[must_use]
    pub const fn size(mut self, field: &'static str) -> Self {
        // What it takes the place of is a constant, too, and a constant function cannot drop anything.
        mem::forget(self.size.replace(Cow::Borrowed(field)));
        self
    }

    /// The path of the number of all items in the answer.
    #[must_use]
    pub const fn total(mut self, path: &'static str) -> Self {
        mem::forget(self.total.replace(Cow::Borrowed(path)));
        self
    }

    /// The path of the next cursor in the answer.
    #[must_use]
    pub const fn next(mut self, path: &'static str) -> Self {
        mem::forget(self.next.replace(Cow::Borrowed(path)));
        self
    }
}

/// An answer that is one page of a list. Implemented by generated code for the actions that the vendor pages.
pub trait Paged: Object + Default + 'static {
    /// What the list holds.
    type Item: Send;

    /// How to get from page to page.
    fn paging() -> &'static Paging;

    /// The items of this page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// Only for answers that are pages.
///
/// ```compile_fail
/// # use yunqiao_runtime::{Call, Object};
/// fn pages_of_anything<T: Object + Default + 'static>(call: Call<T>) {
///     call.pages();
/// }
/// ```
impl<T: Paged> Call<T> {
    /// All pages from the one on that the request asks for, each as the whole answer. Nothing is sent before the first is
    /// asked for.
    ///
    /// Offset and page size of the request are kept. The list is over when the answer's total is reached, when a page is
    /// shorter than one before it while no total says more, or when a page is empty. A total that proves to be too small is
    /// no longer believed, and one that is too big ends with an empty page.
    ///
    /// ```no_run
    /// # use yunqiao_runtime::{Call, Error, Paged};
    /// # async fn run<T: Paged + std::fmt::Debug>(call: Call<T>) -> Result<(), Error> {
    /// let mut pages = call.pages();
    /// while let Some(page) = pages.next().await? {
    ///     println!("{:?}: {page:?}", page.request_id());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> Pages<T> {
        Pages::new(self.into_pending(), Shared::Constant(T::paging()))
    }

    /// The items of all [`pages`](Self::pages), one by one; the next page is asked for when the one before is used up.
    ///
    /// ```no_run
    /// # use yunqiao_runtime::{Call, Error, Paged};
    /// # async fn run<T: Paged<Item = String>>(call: Call<T>) -> Result<(), Error> {
    /// let mut items = call.items();
    /// while let Some(item) = items.next().await? {
    ///     println!("{item}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Items<T> {
        Items::new(self.pages())
    }
}
