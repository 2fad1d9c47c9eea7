//! An answer in, its bytes on the wire out: whole, or as much of it as a trouble leaves.

use crate::calendar::Utc;
use crate::protocol::Reply;

/// How a body says where it ends.
#[derive(Clone, Copy)]
enum Frame {
    /// By the length that the head promises.
    Length,
    /// By a last chunk: what streams has no length.
    Chunks,
}

/// An answer in pieces: its head, and one after the other what its body is made of.
pub(super) struct Wire<'a> {
    reply: &'a Reply,
    now: i64,
    frame: Frame,
    /// Events of a stream, or the whole body.
    pieces: Vec<&'a [u8]>,
}

/// A wrong length is wrong by so many bytes.
const OFF: usize = 7;

impl<'a> Wire<'a> {
    pub(super) fn new(reply: &'a Reply, now: i64) -> Self {
        let streams = reply.content_type.starts_with("text/event-stream");
        Self {
            reply,
            now,
            frame: if streams {
                Frame::Chunks
            } else {
                Frame::Length
            },
            pieces: if streams {
                events(&reply.body)
            } else {
                vec![&reply.body]
            },
        }
    }

    /// All of it.
    pub(super) fn whole(&self) -> Vec<u8> {
        self.ended(self.pieces.iter().map(|piece| piece.to_vec()).collect())
    }

    /// Half of the head.
    pub(super) fn half_head(&self) -> Vec<u8> {
        let mut head = self.head(self.reply.body.len());
        head.truncate(head.len() / 2);
        head
    }

    /// The head and half of the body. Of a stream the first half of its events, and half of the next one.
    pub(super) fn half(&self) -> Vec<u8> {
        let mut bytes = self.head(self.reply.body.len());
        let (whole, next) = self.pieces.split_at(self.pieces.len() / 2);
        for piece in whole {
            bytes.extend(self.framed(piece, piece.len()));
        }
        if let Some(piece) = next.first() {
            let framed = self.framed(piece, piece.len());
            bytes.extend(&framed[..framed.len() / 2]);
        }
        bytes
    }

    /// Half of the body as if it were all. Of a stream the first half of its events.
    pub(super) fn half_as_whole(&self) -> Vec<u8> {
        self.ended(self.first_half())
    }

    /// The first half of the events of a stream, and then this one; all of any other answer.
    pub(super) fn ending_in(&self, event: &str) -> Vec<u8> {
        match self.frame {
            Frame::Length => self.whole(),
            Frame::Chunks => {
                let mut pieces = self.first_half();
                pieces.push(format!("data: {event}\n\n").into_bytes());
                self.ended(pieces)
            }
        }
    }

    /// All of it, with a length that is too large; of a stream the length of its last event, and nothing after it.
    pub(super) fn too_long(&self) -> Vec<u8> {
        self.off(|length| length + OFF)
    }

    /// All of it, with a length that is too small; of a stream the length of its last event, and nothing after it.
    pub(super) fn too_short(&self) -> Vec<u8> {
        self.off(|length| length.saturating_sub(OFF))
    }

    fn first_half(&self) -> Vec<Vec<u8>> {
        match self.frame {
            Frame::Length => {
                let body = &self.reply.body;
                vec![body[..body.len() / 2].to_vec()]
            }
            Frame::Chunks => {
                let half = &self.pieces[..self.pieces.len() / 2];
                half.iter().map(|piece| piece.to_vec()).collect()
            }
        }
    }

    fn off(&self, wrong: impl Fn(usize) -> usize) -> Vec<u8> {
        let mut bytes = self.head(wrong(self.reply.body.len()));
        let last = self.pieces.len().saturating_sub(1);
        for (at, piece) in self.pieces.iter().enumerate() {
            let length = if at == last {
                wrong(piece.len())
            } else {
                piece.len()
            };
            bytes.extend(self.framed(piece, length));
        }
        bytes
    }

    /// The answer that has these pieces and no more.
    fn ended(&self, pieces: Vec<Vec<u8>>) -> Vec<u8> {
        let mut bytes = self.head(pieces.iter().map(Vec::len).sum());
        for piece in &pieces {
            bytes.extend(self.framed(piece, piece.len()));
        }
        if let Frame::Chunks = self.frame {
            bytes.extend(b"0\r\n\r\n");
        }
        bytes
    }

    /// A piece as it travels, which says to be so long.
    fn framed(&self, piece: &[u8], length: usize) -> Vec<u8> {
        match self.frame {
            Frame::Length => piece.to_vec(),
            Frame::Chunks => [format!("{length:x}\r\n").as_bytes(), piece, b"\r\n"].concat(),
        }
    }

    /// The head of an answer that says to be so long, if it says.
    fn head(&self, length: usize) -> Vec<u8> {
        let Reply {
            status,
            content_type,
            headers,
            ..
        } = self.reply;
        let mut head = format!("HTTP/1.1 {status} -\r\nContent-Type: {content_type}\r\n");
        head.push_str(&match self.frame {
            Frame::Length => format!("Content-Length: {length}\r\n"),
            Frame::Chunks => "Transfer-Encoding: chunked\r\n".to_owned(),
        });
        if !headers.iter().any(|(name, _)| *name == "date") {
            let date = Utc::from_seconds(self.now).http_date();
            head.push_str(&format!("Date: {date}\r\n"));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}

/// The events of a stream, each with the blank line after it.
fn events(mut body: &[u8]) -> Vec<&[u8]> {
    let mut events = Vec::new();
    while let Some(end) = body.windows(2).position(|two| two == b"\n\n") {
        let (event, rest) = body.split_at(end + 2);
        events.push(event);
        body = rest;
    }
    if !body.is_empty() {
        events.push(body);
    }
    events
}
