//! What the task of a connection does, from the handshake to the close.
//!
//! A connection that is idle takes little more than this future, its handler's, and itself. So what all
//! connections have in common stands once, and what one needs for a while only has a box for that while:
//! a future sets room aside for all that it ever holds across an await, and twice for the parameters of
//! an `async fn`.

use core::future::Future;
use std::boxed::Box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};

use super::Connection;
use super::bell::Bell;
use super::caught::Caught;
use super::handshake::{Handshake, shake_hands};
use super::listener::Listener;
use crate::frame::Framing;
use crate::net::server::{Address, Event, Outcome, Seat, Served, Settings, Watch};

/// What all connections of a server have in common.
pub(super) struct Shared<F, H, T> {
    pub(super) framing: F,
    pub(super) handshake: H,
    /// One for each handshake that may be going on.
    pub(super) turns: Semaphore,
    pub(super) settings: Settings,
    pub(super) watch: Arc<Watch>,
    pub(super) handler: T,
}

/// Talks to one peer, to the end, and reports what went wrong.
pub(super) fn talk<In, Out, F, H, T, U, L>(
    shared: Arc<Shared<F, H, T>>,
    stream: L::Stream,
    seat: Arc<Seat>,
    bell: Bell,
) -> impl Future<Output = ()> + Send + use<In, Out, F, H, T, U, L>
where
    In: 'static,
    Out: 'static,
    F: Framing + Send + Sync + 'static,
    H: Handshake<L::Stream>,
    L: Listener,
    T: Fn(Served<Connection<In, Out, F, H::Stream>>) -> U + Send + Sync + 'static,
    U: Future<Output: Outcome> + Send + 'static,
{
    let peer = seat.peer().address;
    let opening = Box::pin(open::<In, Out, F, H, T, L>(Arc::clone(&shared), stream, seat, bell));
    async move {
        let Some(connection) = opening.await else { return };
        let (home, homecoming) = oneshot::channel();
        let served = Served::new(connection, move |connection| {
            // The task waits below for as long as the connection is out; when it is cut, nobody does.
            drop(home.send(connection));
        });
        let handled = Caught::new(|| (shared.handler)(served)).await;
        let is_fine = tell_of(peer, handled, &shared.watch);
        // None comes if the handler kept it.
        let Ok(connection) = homecoming.await else { return };
        let closed = Box::pin(connection.close()).await;
        if let (Err(error), true) = (closed, is_fine) {
            shared.watch.error(&Event::Failed { peer, error: &error });
        }
    }
}

/// Makes the handshake, and of what it gives a connection.
async fn open<In, Out, F, H, T, L>(
    shared: Arc<Shared<F, H, T>>,
    stream: L::Stream,
    seat: Arc<Seat>,
    bell: Bell,
) -> Option<Box<Connection<In, Out, F, H::Stream>>>
where
    F: Framing,
    H: Handshake<L::Stream>,
    L: Listener,
{
    let Shared { framing, handshake, turns, settings, watch, .. } = &*shared;
    match shake_hands::<L, H>(stream, handshake, turns, settings).await {
        Ok(stream) => {
            let mut connection = Box::new(Connection::seated(stream, framing.clone(), seat, bell));
            connection.set_timeouts(settings.timeouts);
            connection.set_limits(settings.limits);
            Some(connection)
        }
        Err(error) => {
            let peer = seat.peer().address;
            watch.error(&Event::NoHandshake { peer, error: &*error });
            None
        }
    }
}

/// Reports what went wrong in a handler, of which nothing is known if it panicked; whether nothing did.
fn tell_of(peer: Address, handled: Option<impl Outcome>, watch: &Watch) -> bool {
    let outcome = |outcome: _| catch_unwind(AssertUnwindSafe(|| Outcome::outcome(outcome))).ok();
    match handled.and_then(outcome) {
        Some(Ok(())) => return true,
        Some(Err(error)) => watch.error(&Event::Failed { peer, error: &*error }),
        None => watch.error(&Event::Panicked { peer }),
    }
    false
}

#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::*;
    use crate::frame::Length;
    use crate::net::server::Plain;
    use core::future::Ready;
    use std::net::TcpListener;
    use tokio::net::TcpStream;

    type Handler = fn(Served<Connection<u8, u8, Length, TcpStream>>) -> Ready<()>;

    /// The size of what a function of four parameters returns.
    fn size_of_result<A, B, C, D, R>(_: impl Fn(A, B, C, D) -> R) -> usize {
        size_of::<R>()
    }

    // Together with some words for the way home and the list of all seats, they are the 1 KiB of ours that
    // an idle connection takes.
    #[test]
    fn an_idle_connection_is_small() {
        let talk = talk::<u8, u8, Length, Plain, Handler, Ready<()>, TcpListener>;
        assert!(size_of_result(talk) <= 72, "{} bytes of a task", size_of_result(talk));
        let connection = size_of::<Connection<u8, u8, Length, TcpStream>>();
        assert!(connection <= 624, "{connection} bytes of a connection");
        assert!(size_of::<Seat>() <= 128, "{} bytes of a seat", size_of::<Seat>());
    }
}
