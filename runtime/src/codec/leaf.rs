//! In: Rust's scalars and any JSON. Out: the same as members.

use super::member::{Blank, Member, Slot, Value};

macro_rules! leaf {
    ($($type:ty: |$own:ident| $value:expr, $slot:ident, $blank:expr;)+) => {$(
        impl Member for $type {
            fn value(&self) -> Value<'_> {
                let $own = self;
                $value
            }

            fn open(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }
        }

        impl Blank for $type {
            fn blank() -> Self {
                $blank
            }
        }
    )+};
}

leaf! {
    bool: |value| Value::Bool(*value), Bool, false;
    i64: |value| Value::Int(*value), Int, 0;
    f64: |value| Value::Float(*value), Float, 0.0;
    String: |value| Value::Text(value), Text, Self::new();
    serde_json::Value: |value| Value::Json(value), Json, Self::Null;
}
