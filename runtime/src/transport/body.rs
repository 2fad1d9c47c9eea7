//! In: an answer's bytes, at once or as they come. Out: pieces, one after the other.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::TransportError;

/// The body of an answer, as pieces of any size. It is read only as far as it is wanted: dropping it ends the answer.
///
/// ```
/// use yunqiao_runtime::transport::{Bytes, ResponseBody, Stream, TransportError};
///
/// fn body(coming: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> ResponseBody {
///     ResponseBody::pieces(coming)
/// }
/// # let _ = ResponseBody::from("known");
/// ```
pub struct ResponseBody(Inner);

enum Inner {
    /// Until it is handed out.
    Whole(Option<Bytes>),
    // Nobody ever waits for the lock: it makes what is only `Send` shareable, as answers that stream have to be.
    Pieces(Mutex<BoxedPieces>),
}

type BoxedPieces = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

impl ResponseBody {
    /// A body that comes piece by piece.
    pub fn pieces(
        stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Self(Inner::Pieces(Mutex::new(Box::pin(stream))))
    }
}

impl From<Bytes> for ResponseBody {
    fn from(whole: Bytes) -> Self {
        Self(Inner::Whole(Some(whole)))
    }
}

impl From<Vec<u8>> for ResponseBody {
    fn from(whole: Vec<u8>) -> Self {
        Bytes::from(whole).into()
    }
}

impl From<String> for ResponseBody {
    fn from(whole: String) -> Self {
        Bytes::from(whole).into()
    }
}

impl From<&'static str> for ResponseBody {
    fn from(whole: &'static str) -> Self {
        Bytes::from_static(whole.as_bytes()).into()
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.get_mut().0 {
            Inner::Whole(whole) => Poll::Ready(whole.take().map(Ok)),
            Inner::Pieces(pieces) => {
                let pieces = pieces.get_mut().unwrap_or_else(PoisonError::into_inner);
                pieces.as_mut().poll_next(context)
            }
        }
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody")
    }
}
