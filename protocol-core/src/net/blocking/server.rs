//! A server with one thread for each connection, that can be stopped.

use std::boxed::Box;
use std::error::Error;
use std::io;
use std::marker::PhantomData;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::vec::Vec;

use super::Connection;
use super::accept::Acceptor;
use super::accepting::Accepting;
use super::event::{Event, Reporter};
use super::listen::listen;
use super::seats::{SeatLimits, Seats};
use crate::conn::Timeouts;
use crate::frame::{Framing, Length};
use crate::{Limits, Protocol};

/// Listens, and gives each connection to a handler in a thread of its own.
///
/// Its limits are finite: 256 connections, 64 of them from one address other than loopback. A
/// connection above the limit is closed at once, and reported: the peer is not left waiting for a
/// seat that may never come free. Each connection takes two file descriptors and a thread, and each
/// listening socket keeps one descriptor spare for stopping.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use protocol_core::conn::ConnError;
/// use protocol_core::net::blocking::{Connection, Server};
///
/// fn talk(connection: &mut Connection<Chat>) -> Result<(), ConnError> {
///     while let Some(Chat::Data(data)) = connection.recv()? {
///         connection.queue(&Data { text: data.text.to_uppercase() })?;
///     }
///     Ok(())
/// }
///
/// let server = Server::<Chat>::bind("localhost:0").unwrap();
/// let (address, stop) = (server.local_addrs()[0], server.stop_handle());
/// let serving = std::thread::spawn(move || server.serve(talk));
///
/// let mut client = Connection::<Chat>::connect(address).unwrap();
/// client.send(&Data { text: "hello".into() }).unwrap();
/// assert_eq!(client.recv().unwrap(), Some(Chat::Data(Data { text: "HELLO".into() })));
///
/// stop.stop();
/// assert_eq!(serving.join().unwrap().unwrap().cut, 0);
/// # }
/// ```
///
/// The documentation of [`Connection`] shows a handler of messages that borrow, and how one is
/// tested in memory.
#[derive(Debug)]
pub struct Server<In, Out = In, F = Length> {
    listeners: Vec<TcpListener>,
    addresses: Vec<SocketAddr>,
    framing: F,
    seats: Arc<Seats>,
    seat_limits: SeatLimits,
    timeouts: Timeouts,
    limits: Limits,
    grace: Duration,
    reporter: Reporter,
    protocols: PhantomData<fn(In) -> Out>,
}

/// Ends [`Server::serve`], from any thread, as often as you like. Clones are the same handle.
#[derive(Debug, Clone)]
pub struct Stop {
    seats: Arc<Seats>,
}

/// How a server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// How many connections were still open at the end of the grace, and were cut.
    pub cut: usize,
}

/// What a handler returns: nothing, or a `Result` whose error is reported.
pub trait Outcome {
    /// The error, if there is one.
    ///
    /// # Errors
    /// That of the handler.
    fn outcome(self) -> Result<(), Box<dyn Error + Send + Sync>>;
}

impl Outcome for () {
    fn outcome(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(())
    }
}

impl<E: Into<Box<dyn Error + Send + Sync>>> Outcome for Result<(), E> {
    fn outcome(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.map_err(Into::into)
    }
}

/// How long handlers may take to finish after a stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long handlers may take to notice that their connection was cut.
const CUT_GRACE: Duration = Duration::from_secs(1);

impl<In, Out, F: Framing> Server<In, Out, F> {
    /// Listens on **all** addresses of `address`, which is a name or an IP address with a port.
    ///
    /// `localhost:8000` is both loopback addresses, so a client reaches the server whether it takes
    /// `localhost` for the IPv4 or the IPv6 one. Port 0 is any free port, the same on all of them.
    ///
    /// # Errors
    /// If the name has no address, or one of its addresses cannot be listened on. Addresses that
    /// the machine does not have are left out as long as there is another.
    pub fn bind(address: &str) -> io::Result<Server<In, Out, F>>
    where
        F: Default,
    {
        Server::bind_with(address, F::default())
    }

    /// Listens as [`bind`](Server::bind) does, with this framing.
    ///
    /// # Errors
    /// As for [`bind`](Server::bind).
    pub fn bind_with(address: &str, framing: F) -> io::Result<Server<In, Out, F>> {
        Server::over(listen(address)?, framing)
    }

    /// A server on sockets that listen already. They are made to block if they did not.
    ///
    /// # Errors
    /// If one of the sockets has no address, or cannot be made to block.
    pub fn over(listeners: Vec<TcpListener>, framing: F) -> io::Result<Server<In, Out, F>> {
        listeners.iter().try_for_each(|listener| listener.set_nonblocking(false))?;
        let addresses = listeners.iter().map(TcpListener::local_addr).collect::<io::Result<_>>()?;
        Ok(Server {
            listeners,
            addresses,
            framing,
            seats: Arc::new(Seats::new()),
            seat_limits: SeatLimits { all: 256, per_address: 64 },
            timeouts: Timeouts::SERVER,
            limits: Limits::DEFAULT,
            grace: GRACE,
            reporter: Reporter::printing(),
            protocols: PhantomData,
        })
    }

    /// At most so many connections at once, 256 by default; one more is closed at once.
    #[must_use]
    pub fn connections(mut self, most: usize) -> Server<In, Out, F> {
        self.seat_limits.all = most;
        self
    }

    /// At most so many connections from one address, 64 by default. Loopback is exempt.
    #[must_use]
    pub fn connections_per_address(mut self, most: usize) -> Server<In, Out, F> {
        self.seat_limits.per_address = most;
        self
    }

    /// The timeouts of each connection, [`Timeouts::SERVER`] by default.
    #[must_use]
    pub fn timeouts(self, timeouts: Timeouts) -> Server<In, Out, F> {
        Server { timeouts, ..self }
    }

    /// The limits within which messages are unpacked.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Server<In, Out, F> {
        Server { limits, ..self }
    }

    /// How long handlers may take to finish after a stop before they are cut, 10 s by default.
    #[must_use]
    pub fn grace(self, grace: Duration) -> Server<In, Out, F> {
        Server { grace, ..self }
    }

    /// Tells `tell` what goes wrong, at most ten times a second, and how many events were dropped;
    /// by default it is printed to the
    /// standard error output. If `tell` panics, the server goes on.
    #[must_use]
    pub fn on_event(self, tell: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Server<In, Out, F> {
        Server { reporter: Reporter::new(Box::new(tell)), ..self }
    }

    /// The addresses that the server listens on.
    #[must_use]
    pub fn local_addrs(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// A handle that ends [`serve`](Server::serve).
    #[must_use]
    pub fn stop_handle(&self) -> Stop {
        Stop { seats: Arc::clone(&self.seats) }
    }
}

impl<In, Out, F> Server<In, Out, F>
where
    In: Protocol + 'static,
    Out: 'static,
    F: Framing + Send + Sync + 'static,
{
    /// Accepts connections and gives each to `handler` in a thread of its own, until the stop
    /// handle is used.
    ///
    /// When the handler returns, the connection is [closed](Connection::close): what it queued is
    /// written. Its error, or its panic, ends that connection only and is reported as an [`Event`].
    ///
    /// A stop ends accepting, and shuts down the reading side of every connection, so a handler
    /// that waits for a message sees the end of the stream, even if the peer goes on sending; one
    /// that is at work finishes it, and receives what had come with it. What is not finished at the
    /// end of the [`grace`](Server::grace) is cut.
    ///
    /// # Errors
    /// If a thread to accept in cannot be started, panics, or cannot be woken within the grace. The
    /// server is stopped then, too.
    pub fn serve<H, R>(self, handler: H) -> io::Result<Summary>
    where
        H: Fn(&mut Connection<In, Out, F>) -> R + Send + Sync + 'static,
        R: Outcome,
    {
        let Server { listeners, framing, seats, seat_limits, grace, .. } = self;
        let reporter = Arc::new(self.reporter);
        let talk = {
            let (reporter, timeouts, limits) = (Arc::clone(&reporter), self.timeouts, self.limits);
            let stopping = seats.stopping();
            move |stream: TcpStream, peer| {
                let mut connection = Connection::with_peer(stream, Some(peer), framing.clone());
                connection.set_timeouts(timeouts);
                connection.set_limits(limits);
                connection.end_when(Arc::clone(&stopping));
                talk_to(peer, connection, &handler, &reporter);
            }
        };
        let acceptor = Arc::new(Acceptor { seats, limits: seat_limits, reporter, talk });
        let mut accepting = Accepting::default();
        let started = accepting.start(listeners, &acceptor);
        if started.is_err() {
            acceptor.seats.stop();
        }
        acceptor.seats.wait_for_stop(None);
        let summary = finish(&acceptor.seats, &mut accepting, grace);
        acceptor.reporter.finish();
        started.and_then(|()| accepting.join()).map(|()| summary)
    }
}

impl Stop {
    /// Ends [`Server::serve`]. Returns at once; `serve` returns when the handlers are done.
    pub fn stop(&self) {
        self.seats.stop();
    }
}

/// Talks to one peer, to the end, and reports what went wrong.
fn talk_to<In, Out, F, R>(
    peer: SocketAddr,
    mut connection: Connection<In, Out, F>,
    handler: &impl Fn(&mut Connection<In, Out, F>) -> R,
    reporter: &Reporter,
) where
    F: Framing,
    R: Outcome,
{
    let failed = |error: Box<dyn Error + Send + Sync>| {
        reporter.report(&Event::Failed { peer, error: &*error });
    };
    // Nagle's algorithm would hold replies back for nothing: they are batched here.
    if let Err(error) = connection.stream().set_nodelay(true) {
        failed(error.into());
    }
    // The connection is only closed after a panic, and that does not depend on what was half done.
    let handled = catch_unwind(AssertUnwindSafe(|| handler(&mut connection).outcome()));
    let is_fine = matches!(handled, Ok(Ok(())));
    match handled {
        Ok(Ok(())) => {}
        Ok(Err(error)) => failed(error),
        Err(_) => reporter.report(&Event::Panicked { peer }),
    }
    if let (Err(error), true) = (connection.close(), is_fine) {
        failed(error.into());
    }
    reporter.catch_up();
}

/// Ends accepting, lets the handlers finish, and cuts those that do not.
fn finish(seats: &Seats, accepting: &mut Accepting, grace: Duration) -> Summary {
    let began = Instant::now();
    // First this: connections that end give back the descriptors that waking may want.
    seats.shut_down(Shutdown::Read);
    accepting.wake(grace);
    if seats.wait_until_empty(grace.saturating_sub(began.elapsed())) {
        return Summary { cut: 0 };
    }
    let cut = seats.shut_down(Shutdown::Both);
    seats.wait_until_empty(CUT_GRACE);
    accepting.wake(CUT_GRACE);
    Summary { cut }
}
