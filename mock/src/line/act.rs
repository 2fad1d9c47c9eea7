//! A whole request and its trouble in, the bytes of the answer on the connection out, as far as the trouble lets them.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;

use super::arrival::Connection;
use super::trouble::Trouble;
use crate::calendar::Utc;
use crate::handle::{State, handle};
use crate::protocol::Reply;
use crate::received::Received;
use crate::reply::instead;

/// Pieces of an answer that drips.
const DROPS: u32 = 12;

/// What becomes of the connection.
pub(super) enum After {
    Next,
    Close,
    Reset,
}

/// Executes the request, if it comes to that, and answers, as far as it comes to that.
pub(super) async fn act(
    state: &State,
    received: Received,
    trouble: Trouble,
    connection: &mut Connection,
) -> After {
    let execute = |received: &Received| handle(state, received);
    match trouble {
        Trouble::ResetUnread | Trouble::ResetUnexecuted => After::Reset,
        Trouble::CloseUnexecuted => After::Close,
        Trouble::StallUnexecuted => {
            connection.gone().await;
            After::Close
        }
        Trouble::ResetExecuted => {
            execute(&received);
            After::Reset
        }
        Trouble::StallExecuted => {
            execute(&received);
            connection.gone().await;
            After::Close
        }
        Trouble::Answer { answer, executed } => {
            if executed {
                execute(&received);
            }
            let delay = answer.delay;
            let reply = instead(state, &received, answer);
            tokio::time::sleep(delay).await;
            let (head, body) = wire(&reply, reply.body.len(), state.clock.now());
            all(connection, &[&head, body]).await
        }
        executed => {
            let (reply, delay) = execute(&received);
            if delay > Duration::ZERO {
                tokio::time::sleep(delay).await;
            }
            if executed == Trouble::Twice {
                handle(
                    state,
                    &Received {
                        copy: true,
                        ..received
                    },
                );
            }
            answer(&reply, executed, state.clock.now(), connection).await
        }
    }
}

/// The cloud's own answer, as the trouble lets it through.
async fn answer(reply: &Reply, trouble: Trouble, now: i64, connection: &mut Connection) -> After {
    let length = match trouble {
        Trouble::LengthTooLong => reply.body.len() + 7,
        Trouble::LengthTooShort => reply.body.len().saturating_sub(7),
        _ => reply.body.len(),
    };
    let (head, body) = wire(reply, length, now);
    match trouble {
        Trouble::CutHead => {
            all(connection, &[&head[..head.len() / 2]]).await;
            After::Reset
        }
        Trouble::CutBody => {
            all(connection, &[&head, &body[..body.len() / 2]]).await;
            // A reset overtakes what has been sent before; the client is to see the half that there is.
            tokio::time::sleep(Duration::from_millis(2)).await;
            After::Reset
        }
        Trouble::Drip(time) => {
            let whole = [head.as_slice(), body].concat();
            for piece in whole.chunks(whole.len().div_ceil(DROPS as usize).max(1)) {
                tokio::time::sleep(time / DROPS).await;
                if let After::Close = all(connection, &[piece]).await {
                    return After::Close;
                }
            }
            After::Next
        }
        Trouble::LengthTooLong | Trouble::LengthTooShort | Trouble::CloseAfter => {
            all(connection, &[&head, body]).await;
            After::Close
        }
        _ => all(connection, &[&head, body]).await,
    }
}

/// Sends the pieces; the connection stays open if the client is there.
async fn all(connection: &mut Connection, pieces: &[&[u8]]) -> After {
    match connection.stream.write_all(&pieces.concat()).await {
        Ok(()) => After::Next,
        Err(_) => After::Close,
    }
}

/// The head of an answer that says to be so long, and its body.
fn wire(reply: &Reply, length: usize, now: i64) -> (Vec<u8>, &[u8]) {
    let Reply {
        status,
        content_type,
        headers,
        body,
    } = reply;
    let mut head = format!(
        "HTTP/1.1 {status} -\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n"
    );
    if !headers.iter().any(|(name, _)| *name == "date") {
        head.push_str(&format!("Date: {}\r\n", Utc::from_seconds(now).http_date()));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    (head.into_bytes(), body)
}
