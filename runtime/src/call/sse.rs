//! In: the bytes of a `text/event-stream`, cut anywhere. Out: its events, as the HTML standard reads them.
//!
//! The rules are those of <https://html.spec.whatwg.org/multipage/server-sent-events.html>, section 9.2.6. `retry` is left
//! out, since nothing reconnects.

use std::ops::Range;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// One event as the stream tells it.
#[derive(Debug, PartialEq)]
pub(super) struct Record {
    pub(super) data: String,
    /// The last id that the stream has told.
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
}

/// An event takes more bytes than the limit.
#[derive(Debug, PartialEq)]
pub(super) struct TooLarge;

/// Reads a stream piece by piece. It holds no more than one event, and of what is fed at once as much as there is.
pub(super) struct Parser {
    limit: usize,
    held: Vec<u8>,
    /// Where in `held` the next line begins.
    at: usize,
    /// How far `held` has been searched for the end of that line.
    searched: usize,
    /// Whether the place of a byte order mark is behind.
    begun: bool,
    /// The last line ended in CR, so that an LF right after it belongs to the same end.
    after_cr: bool,
    /// What the lines of the event have said so far; each data line with its end.
    data: String,
    name: String,
    id: String,
}

impl Parser {
    /// For events of at most `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            held: Vec::new(),
            at: 0,
            searched: 0,
            begun: false,
            after_cr: false,
            data: String::new(),
            name: String::new(),
            id: String::new(),
        }
    }

    /// Takes the next piece; the events in it are asked for with [`next`](Self::next).
    pub(super) fn feed(&mut self, piece: &[u8]) {
        self.held.drain(..self.at);
        self.searched -= self.at;
        self.at = 0;
        self.held.extend_from_slice(piece);
    }

    /// The next event that is complete.
    pub(super) fn next(&mut self) -> Result<Option<Record>, TooLarge> {
        while let Some(line) = self.line() {
            if line.is_empty() {
                if let Some(record) = self.dispatch() {
                    return Ok(Some(record));
                }
                continue;
            }
            self.check(line.len())?;
            // Each line is text on its own: no byte of a longer character is an end of a line.
            let line = String::from_utf8_lossy(&self.held[line]).into_owned();
            self.field(&line);
        }
        self.check(self.held.len() - self.at)?;
        Ok(None)
    }

    /// The event as it would be with so many bytes more.
    fn check(&self, more: usize) -> Result<(), TooLarge> {
        let held = self.data.len() + self.name.len() + self.id.len();
        if held + more > self.limit {
            Err(TooLarge)
        } else {
            Ok(())
        }
    }

    /// The place of the next line that has ended, without its end.
    fn line(&mut self) -> Option<Range<usize>> {
        if !self.begun {
            let head = &self.held[..self.held.len().min(BYTE_ORDER_MARK.len())];
            if head == BYTE_ORDER_MARK {
                (self.at, self.searched) = (head.len(), head.len());
            } else if BYTE_ORDER_MARK.starts_with(head) {
                return None;
            }
            self.begun = true;
        }
        if self.after_cr {
            if *self.held.get(self.at)? == b'\n' {
                self.at += 1;
            }
            self.after_cr = false;
            self.searched = self.searched.max(self.at);
        }
        let ends = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let Some(length) = self.held[self.searched..].iter().position(ends) else {
            self.searched = self.held.len();
            return None;
        };
        let end = self.searched + length;
        let line = self.at..end;
        self.after_cr = self.held[end] == b'\r';
        (self.at, self.searched) = (end + 1, end + 1);
        Some(line)
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "event" => value.clone_into(&mut self.name),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            // Comments have no name; fields that nobody knows are skipped.
            _ => {}
        }
    }

    /// What a blank line makes of the lines before it: an event, if any of them had data.
    fn dispatch(&mut self) -> Option<Record> {
        let name = std::mem::take(&mut self.name);
        let mut data = std::mem::take(&mut self.data);
        // Without the end of its last line. No line at all, no event.
        data.pop()?;
        let told = |text: String| (!text.is_empty()).then_some(text);
        Some(Record {
            data,
            id: told(self.id.clone()),
            name: told(name),
        })
    }
}

#[cfg(test)]
mod tests;
