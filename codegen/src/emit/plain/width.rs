//! A piece of Rust on one line in, the same broken the way prettyplease breaks it out. Widths are in bytes, as there.

use std::iter::repeat_n;

/// Widest line.
const MARGIN: usize = 89;

/// Whether a line of this length is never broken; `None` sends an item to the general printer.
pub(super) fn fits(length: usize) -> Option<()> {
    (length <= MARGIN).then_some(())
}

/// Starts a line.
pub(super) fn line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(repeat_n(' ', indent));
}

/// Length of the line that is being written.
pub(super) fn column(out: &str) -> usize {
    out.len() - out.rfind('\n').map_or(0, |at| at + 1)
}

/// Writes a type of the form `Outer<Inner>`, to any depth, at the end of the text. `tail` is the length of what follows it
/// before the next place where the line may end, and `indent` that of the line on which it starts.
pub(super) fn generic(ty: &str, tail: usize, indent: usize, out: &mut String) {
    let fits = column(out) + ty.len() + tail <= MARGIN;
    match ty.split_once('<') {
        Some((outer, inner)) if !fits => {
            out.push_str(outer);
            out.push('<');
            line(indent + 4, out);
            generic(inner.strip_suffix('>').unwrap_or(inner), 0, indent + 4, out);
            out.push(',');
            line(indent, out);
            out.push('>');
        }
        _ => out.push_str(ty),
    }
}

/// Writes a method's head, from `pub fn` to the brace, at an indent of four.
pub(super) fn signature(
    name: &str,
    receiver: &str,
    argument: (&str, &str),
    answer: &str,
    out: &mut String,
) {
    let (parameter, ty) = argument;
    out.push_str("    pub fn ");
    out.push_str(name);
    out.push('(');
    let rest = receiver.len()
        + 2
        + parameter.len()
        + 2
        + ty.len()
        + ") -> ".len()
        + answer.len()
        + " {".len();
    if column(out) + rest <= MARGIN {
        for part in [receiver, ", ", parameter, ": ", ty, ") -> ", answer, " {"] {
            out.push_str(part);
        }
        return;
    }
    line(8, out);
    out.push_str(receiver);
    out.push(',');
    line(8, out);
    out.push_str(parameter);
    out.push_str(": ");
    generic(ty, 0, 8, out);
    out.push(',');
    line(4, out);
    out.push_str(") -> ");
    generic(answer, " {".len(), 4, out);
    out.push_str(" {");
}
