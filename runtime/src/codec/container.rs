//! In: a member. Out: `Option`, `Vec` and `Box` of it as members, which is how absence, lists and recursion are told.

use super::member::{Blank, List, Member, Slot, Value};

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

impl<T: Blank> Member for Box<T> {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }

    fn open(&mut self) -> Slot<'_> {
        (**self).open()
    }

    fn clear(&mut self) {
        (**self).clear();
    }
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }
}
