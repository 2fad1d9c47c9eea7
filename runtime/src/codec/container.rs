//! In: a member. Out: `Option`, `Vec` and `Box` of it as members, which is how absence, lists and recursion are told.

use super::member::{Blank, List, Member, Object, Slot, Value};
use super::shape::Shape;

impl<T: Blank> Member for Option<T> {
    fn value(&self) -> Value<'_> {
        match self {
            Some(inner) => inner.value(),
            None => Value::Absent,
        }
    }

    fn open(&mut self) -> Slot<'_> {
        // Always a new one: of two equal keys the last wins, whole.
        self.insert(T::blank()).open()
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Blank> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T: Blank> Member for Vec<T> {
    fn value(&self) -> Value<'_> {
        Value::List(self)
    }

    fn open(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    fn clear(&mut self) {
        self.truncate(0);
    }
}

impl<T: Blank> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

/// What a setter of a list takes, as the field keeps it. Here, so that the conversion is not written out in each of them.
#[doc(hidden)]
#[inline]
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

impl<T: Blank> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Member> {
        self.get(index).map(|item| item as &dyn Member)
    }

    fn grow(&mut self) -> &mut dyn Member {
        self.push(T::blank());
        self.last_mut().expect("an item was pushed just now")
    }

    fn shorten(&mut self, count: usize) {
        self.truncate(count);
    }
}

/// Only structs are boxed: those that can hold one of their own kind.
impl<T: Object + Default> Object for Box<T> {
    fn shape(&self) -> Shape {
        (**self).shape()
    }

    fn member(&self, index: usize) -> Option<&dyn Member> {
        (**self).member(index)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        (**self).member_mut(index)
    }
}
