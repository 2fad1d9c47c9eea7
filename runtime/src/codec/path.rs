//! In: the fields and items that the codec walks through. Out: where it is, as `Agent.AppId` or `Approvers[2].Mobile`.

use std::fmt::{self, Write as _};

/// One step down.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// Into a field.
    Field(&'static str),
    /// Into a list item.
    Item(usize),
}

/// The way from the root to the current value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path {
    steps: Vec<Step>,
}

impl Path {
    pub(crate) fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    pub(crate) fn pop(&mut self) {
        self.steps.pop();
    }

    pub(crate) fn is_root(&self) -> bool {
        self.steps.is_empty()
    }

    /// The path of a key below this one.
    pub(crate) fn join(&self, key: &str) -> String {
        let mut text = self.to_string();
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(key);
        text
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, step) in self.steps.iter().enumerate() {
            match step {
                Step::Field(name) => {
                    if depth > 0 {
                        f.write_char('.')?;
                    }
                    f.write_str(name)?;
                }
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
