//! A listening socket in, connections served one request after the other out, each as somebody chooses.

use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};

use super::Choose;
use super::act::{After, act, finish};
use super::arrival::Connection;
use super::trouble::Trouble;
use crate::handle::State;
use crate::protocol::Reply;

/// Accepts connections for ever.
pub(super) async fn accept(listener: TcpListener, state: Arc<State>, choose: Arc<Choose>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Small answers go out at once. A connection that refuses the option works all the same.
                drop(stream.set_nodelay(true));
                tokio::spawn(serve(stream, Arc::clone(&state), Arc::clone(&choose)));
            }
            // Too many open files, for example: others will be closed.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(5)).await,
        }
    }
}

async fn serve(stream: TcpStream, state: Arc<State>, choose: Arc<Choose>) {
    let mut connection = Connection::new(stream);
    while let Some(extent) = connection.begin().await {
        let trouble = choose(&connection.arrival(extent));
        if trouble == Trouble::ResetUnread {
            return reset(connection.stream);
        }
        if trouble == Trouble::ResetMidway {
            // Where the request breaks off before that, there is nothing to reset.
            let _ = connection.half(extent).await;
            return reset(connection.stream);
        }
        let Some(received) = connection.finish(extent).await else {
            return;
        };
        match act(&state, received, trouble, &mut connection).await {
            After::Next => {}
            After::Close => return,
            After::Reset => return reset(connection.stream),
        }
    }
}

/// Ends a connection whose last request has met a rule; whether it was executed is decided.
pub(crate) async fn end(stream: TcpStream, reply: Reply, now: i64, trouble: Trouble) {
    let mut connection = Connection::new(stream);
    if let After::Reset = finish(&reply, now, trouble, &mut connection).await {
        reset(connection.stream);
    }
}

/// Closes the connection so that the client is told that something is wrong with it.
fn reset(stream: TcpStream) {
    // Where the option is refused, the connection is closed in good order: a trouble all the same.
    drop(stream.set_zero_linger());
}
