//! Accepts connections on all listening sockets of a server, and gives each a task.

use core::future::{Future, poll_fn};
use core::task::{Context, Poll};
use core::time::Duration;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::vec::Vec;

use tokio::time::timeout;

use super::Listener;
use super::bell::Bell;
use crate::net::server::{
    Address, Backoff, Event, NoSeat, Seat, SeatLimits, Seats, Watch, is_of_one_connection,
};

/// What accepting needs.
pub(super) struct Acceptor<T> {
    pub(super) seats: Arc<Seats>,
    pub(super) limits: SeatLimits,
    pub(super) watch: Arc<Watch>,
    /// Makes the future that talks to one peer, to the end.
    pub(super) talk: T,
}

/// What comes first.
enum Next<S> {
    Accepted(io::Result<(S, Address)>),
    Draining,
}

impl<T> Acceptor<T> {
    /// Accepts until the server is draining.
    pub(super) async fn run<S, U>(
        &self,
        mut accept: impl FnMut(&mut Context<'_>) -> Poll<io::Result<(S, Address)>>,
    ) where
        T: Fn(S, Arc<Seat>, Bell) -> U,
        U: Future<Output = ()> + Send + 'static,
    {
        let mut backoff = Backoff::new();
        let mut draining = pin!(self.seats.draining());
        loop {
            let next = poll_fn(|cx| match draining.as_mut().poll(cx) {
                Poll::Ready(()) => Poll::Ready(Next::Draining),
                Poll::Pending => accept(cx).map(Next::Accepted),
            });
            match next.await {
                Next::Draining => return,
                Next::Accepted(Ok((stream, peer))) => {
                    self.watch.catch_up();
                    self.admit(stream, peer);
                    backoff.reset();
                }
                Next::Accepted(Err(error)) if is_of_one_connection(&error) => {}
                Next::Accepted(Err(error)) => {
                    let pause = backoff.pause();
                    self.watch.error(&Event::NotAccepted { error: &error, pause });
                    self.wait_for_drain(pause).await;
                }
            }
        }
    }

    /// Gives the connection a task, or closes it at once.
    fn admit<S, U>(&self, stream: S, peer: Address)
    where
        T: Fn(S, Arc<Seat>, Bell) -> U,
        U: Future<Output = ()> + Send + 'static,
    {
        let bell = Bell::default();
        let reach = || Ok(bell.reach());
        match self.seats.take(peer, self.limits, &self.watch, reach) {
            Ok(seat) => {
                let task = tokio::spawn((self.talk)(stream, seat, bell.clone()));
                bell.set_task(task.abort_handle());
            }
            Err(NoSeat::Full(refusal)) => self.watch.error(&Event::Refused { peer, refusal }),
            Err(NoSeat::Draining | NoSeat::Io(_)) => {}
        }
    }

    async fn wait_for_drain(&self, at_most: Duration) {
        timeout(at_most, self.seats.draining()).await.unwrap_or_default();
    }
}

/// Accepts on the first of the listeners that has a connection, beginning behind the one that had
/// the last: one that always has some does not keep the others from theirs.
pub(super) fn accept_on<L: Listener>(
    listeners: Vec<L::Entered>,
) -> impl FnMut(&mut Context<'_>) -> Poll<io::Result<(L::Stream, Address)>> {
    let mut first = 0;
    move |cx| {
        for (place, listener) in
            listeners.iter().enumerate().cycle().skip(first).take(listeners.len())
        {
            if let Poll::Ready(accepted) = L::poll(listener, cx) {
                first = (place + 1) % listeners.len();
                return Poll::Ready(accepted);
            }
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;
    use std::string::{String, ToString};
    use std::sync::mpsc;
    use tokio::net::TcpListener;

    /// EMFILE of Linux, macOS, the BSDs and Windows.
    const NO_HANDLES: i32 = if cfg!(windows) { 10024 } else { 24 };

    // The clock is tokio's, and goes on by itself when there is nothing to do: the test takes no time.
    #[tokio::test(start_paused = true)]
    async fn without_handles_it_waits_longer_each_time_and_a_failed_connection_costs_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("known");
        let (said, lines) = mpsc::channel();
        let (served, serves) = mpsc::channel();
        let seats = Arc::new(Seats::new(usize::MAX));
        let acceptor = Acceptor {
            seats: Arc::clone(&seats),
            limits: SeatLimits { all: 100, per_address: 100 },
            watch: Arc::new(Watch::new(move |event: &Event<'_>| {
                said.send(event.to_string()).expect("the test waits");
            })),
            talk: move |_, _, _| {
                served.send(()).expect("the test waits");
                async {}
            },
        };
        let none_left = || Some(io::Error::from_raw_os_error(NO_HANDLES));
        let aborted = || (0..500).map(|_| Some(ErrorKind::ConnectionAborted.into()));
        let mut script: Vec<_> = aborted().collect();
        script.extend([
            none_left(),
            None,
            none_left(),
            none_left(),
            none_left(),
            None,
            none_left(),
        ]);
        let (mut script, began) = (script.into_iter().peekable(), tokio::time::Instant::now());
        acceptor
            .run(|cx| match script.peek() {
                Some(Some(_)) => Poll::Ready(
                    script.next().flatten().map_or_else(|| Err(ErrorKind::Interrupted.into()), Err),
                ),
                Some(None) => {
                    let accepted = std::net::TcpListener::poll(&listener, cx);
                    if accepted.is_pending() {
                        std::net::TcpStream::connect(address).expect("connected");
                    } else {
                        script.next();
                    }
                    accepted
                }
                None => {
                    seats.drain(Duration::ZERO);
                    Poll::Pending
                }
            })
            .await;
        assert_eq!(began.elapsed(), Duration::from_millis(5 + 5 + 10 + 20 + 5));
        drop(acceptor);
        let lines: Vec<String> = lines.iter().collect();
        let pauses: Vec<_> = lines.iter().filter_map(|line| line.split(" in ").last()).collect();
        assert_eq!(pauses, ["5ms", "5ms", "10ms", "20ms", "5ms"], "{lines:?}");
        assert_eq!(serves.iter().count(), 2);
    }
}
