//! A whole request and its trouble in, the bytes of the answer on the connection out, as far as the trouble lets them.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;

use super::arrival::Connection;
use super::trouble::Trouble;
use super::wire::Wire;
use crate::handle::{Outcome, State, handle};
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
        Trouble::ResetUnread | Trouble::ResetMidway | Trouble::ResetUnexecuted => After::Reset,
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
            all(connection, &Wire::new(&reply, state.clock.now()).whole()).await
        }
        executed => {
            let Outcome {
                reply,
                delay,
                trouble,
            } = execute(&received);
            if delay > Duration::ZERO {
                tokio::time::sleep(delay).await;
            }
            if let Some(trouble) = trouble.filter(|_| executed == Trouble::None) {
                return finish(&reply, state.clock.now(), trouble, connection).await;
            }
            if executed == Trouble::Twice {
                handle(state, &received.again());
            }
            answer(&Wire::new(&reply, state.clock.now()), executed, connection).await
        }
    }
}

/// What is left to do for a request that has met a rule: whether it was executed is decided.
pub(super) async fn finish(
    reply: &Reply,
    now: i64,
    trouble: Trouble,
    connection: &mut Connection,
) -> After {
    match trouble {
        Trouble::ResetUnread
        | Trouble::ResetMidway
        | Trouble::ResetUnexecuted
        | Trouble::ResetExecuted => After::Reset,
        Trouble::CloseUnexecuted => After::Close,
        Trouble::StallUnexecuted | Trouble::StallExecuted => {
            connection.gone().await;
            After::Close
        }
        trouble => answer(&Wire::new(reply, now), trouble, connection).await,
    }
}

/// The cloud's own answer, as the trouble lets it through.
async fn answer(wire: &Wire<'_>, trouble: Trouble, connection: &mut Connection) -> After {
    match trouble {
        Trouble::CutHead => {
            all(connection, &wire.half_head()).await;
            After::Reset
        }
        Trouble::CutBody => {
            all(connection, &wire.half()).await;
            // A reset overtakes what has been sent before; the client is to see the half that there is.
            tokio::time::sleep(Duration::from_millis(2)).await;
            After::Reset
        }
        Trouble::StallBody => {
            all(connection, &wire.half()).await;
            connection.gone().await;
            After::Close
        }
        Trouble::HalfBody => all(connection, &wire.half_as_whole()).await,
        Trouble::LastEvent(event) => all(connection, &wire.ending_in(&event)).await,
        Trouble::Drip(time) => {
            let whole = wire.whole();
            for piece in whole.chunks(whole.len().div_ceil(DROPS as usize).max(1)) {
                tokio::time::sleep(time / DROPS).await;
                if let After::Close = all(connection, piece).await {
                    return After::Close;
                }
            }
            After::Next
        }
        Trouble::LengthTooLong => last(connection, &wire.too_long()).await,
        Trouble::LengthTooShort => last(connection, &wire.too_short()).await,
        Trouble::CloseAfter => last(connection, &wire.whole()).await,
        _ => all(connection, &wire.whole()).await,
    }
}

/// Sends the bytes; the connection stays open if the client is there.
async fn all(connection: &mut Connection, bytes: &[u8]) -> After {
    match connection.stream.write_all(bytes).await {
        Ok(()) => After::Next,
        Err(_) => After::Close,
    }
}

/// Sends the bytes, after which nothing comes.
async fn last(connection: &mut Connection, bytes: &[u8]) -> After {
    all(connection, bytes).await;
    After::Close
}
