//! In: an answer with what came around it. Out: the same as what names a job, so that it need not be unwrapped first.

use super::{Job, Waiter};
use crate::call::Response;
use crate::codec::{Member, Object, Shape};

impl<T: Object> Object for Response<T> {
    fn shape(&self) -> Shape {
        (**self).shape()
    }

    fn member(&self, index: usize) -> Option<&dyn Member> {
        (**self).member(index)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        self.value_mut().member_mut(index)
    }
}

impl<T: Job> Job for Response<T> {
    type Poll = T::Poll;
    type Answer = T::Answer;

    fn waiter() -> &'static Waiter {
        T::waiter()
    }
}
