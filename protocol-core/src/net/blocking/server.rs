//! A server with one thread for each connection, that can be stopped.

use std::boxed::Box;
use std::io;
use std::net::TcpListener;
#[cfg(unix)]
use std::os::unix::net::UnixListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
#[cfg(unix)]
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use std::vec::Vec;

use super::accept::Acceptor;
use super::accepting::{Accepting, GRACE};
use super::handshake::{Gate, Handshake, shake_hands};
use super::listener::Listener;
use super::{Connection, Handle};
use crate::Protocol;
use crate::frame::{Framing, Length};
use crate::net::Stream;
#[cfg(unix)]
use crate::net::server::listen_at;
use crate::net::server::{
    self, Address, Event, Outcome, Place, Plain, Report, Seat, Seats, Served, Settings, Threads,
    Watch, listen,
};

/// Listens, and gives each connection to a handler in a thread of its own.
///
/// Its limits are finite: 256 connections, 64 of them from one IPv4 address or IPv6 /64 other than
/// loopback, and 256 MiB for all buffers. A connection above a limit is closed at once, and reported:
/// the peer is not left waiting for a seat that may never come free. Each connection takes two file
/// descriptors and a thread, and each listening socket keeps one descriptor spare for its end.
///
/// What it may hold, how long it waits and whom it tells, is set as in
/// [`server::Server`](server::Server), which it has in common with the one for tokio.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use protocol_core::conn::ConnError;
/// use protocol_core::net::blocking::{Connection, Server};
/// use protocol_core::net::server::Served;
///
/// fn talk(mut connection: Served<Connection<Chat>>) -> Result<(), ConnError> {
///     while let Some(Chat::Data(data)) = connection.recv()? {
///         connection.queue(&Data { text: data.text.to_uppercase() })?;
///     }
///     Ok(())
/// }
///
/// let server = Server::<Chat>::bind("localhost:0").unwrap();
/// let (address, handle) = (server.local_addrs()[0], server.handle());
/// let serving = std::thread::spawn(move || server.serve(talk));
///
/// let mut client = Connection::<Chat>::connect(address).unwrap();
/// client.send(&Data { text: "hello".into() }).unwrap();
/// assert_eq!(client.recv().unwrap(), Some(Chat::Data(Data { text: "HELLO".into() })));
///
/// let report = handle.drain(std::time::Duration::from_secs(10));
/// assert_eq!((report.finished, report.cut), (1, 0));
/// assert_eq!(serving.join().unwrap().unwrap(), report);
/// # }
/// ```
///
/// The documentation of [`Connection`] shows a handler of messages that borrow, and how one is
/// tested in memory.
pub type Server<In, Out = In, F = Length, H = Plain, L = TcpListener> =
    server::Server<Threads, In, Out, F, H, L>;

/// How long handlers that were cut may take to notice it.
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
        Ok(server::Server::new(Place::tcp(listeners)?, framing, Settings::BLOCKING))
    }
}

#[cfg(unix)]
impl<In, Out, F: Framing> Server<In, Out, F> {
    /// Listens on a Unix socket at `path`, for clients of this machine.
    ///
    /// Who may connect is said by the permissions of the file: put it into a directory that only those
    /// can enter. A file that a killed server has left there, and nobody listens on, is replaced. The
    /// file is removed when the server accepts no more.
    ///
    /// ```
    /// use protocol_core::net::blocking::Server;
    ///
    /// let path = std::env::temp_dir().join(format!("protocol-{}.sock", std::process::id()));
    /// let server = Server::<()>::bind_unix(&path)?.connections(10);
    /// assert!(path.exists());
    /// drop(server);
    /// assert!(!path.exists());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// If somebody listens there, another file is there, or none can be made; the error names the
    /// path. A path of more than 100 bytes or so, made absolute, is too long for a socket.
    pub fn bind_unix(path: impl AsRef<Path>) -> io::Result<Server<In, Out, F, Plain, UnixListener>>
    where
        F: Default,
    {
        Server::bind_unix_with(path, F::default())
    }

    /// Listens as [`bind_unix`](Server::bind_unix) does, with this framing.
    ///
    /// # Errors
    /// As for [`bind_unix`](Server::bind_unix).
    pub fn bind_unix_with(
        path: impl AsRef<Path>,
        framing: F,
    ) -> io::Result<Server<In, Out, F, Plain, UnixListener>> {
        let (listener, file) = listen_at(path.as_ref())?;
        let place = Place::unix(std::vec![listener], Some(file));
        Ok(server::Server::new(place, framing, Settings::BLOCKING))
    }

    /// A server on Unix sockets that listen already. They are made to block if they did not. Their
    /// files are left where they are.
    ///
    /// # Errors
    /// If one of them cannot be made to block.
    pub fn over_unix(
        listeners: Vec<UnixListener>,
        framing: F,
    ) -> io::Result<Server<In, Out, F, Plain, UnixListener>> {
        listeners.iter().try_for_each(|listener| listener.set_nonblocking(false))?;
        Ok(server::Server::new(Place::unix(listeners, None), framing, Settings::BLOCKING))
    }
}

impl<In, Out, F, H, L: Listener> Server<In, Out, F, H, L> {
    /// Makes this handshake with each peer before its connection, in the connection's own thread.
    #[must_use]
    pub fn handshake<K: Handshake<L::Stream>>(self, handshake: K) -> Server<In, Out, F, K, L> {
        self.with_handshake(handshake)
    }

    /// A handle that ends [`serve`](Server::serve).
    #[must_use]
    pub fn handle(&self) -> Handle {
        Handle::new(Arc::clone(&self.seats))
    }
}

impl<In, Out, F, H, L> Server<In, Out, F, H, L>
where
    In: Protocol + 'static,
    Out: 'static,
    F: Framing + Send + Sync + 'static,
    H: Handshake<L::Stream>,
    L: Listener,
{
    /// Accepts connections and gives each to `handler` in a thread of its own, until it is
    /// [drained](Handle::drain).
    ///
    /// What one connection is to remember is a local variable of the handler; what all of them
    /// share, it captures. When it drops its connection, the server closes it: what was queued is
    /// written. The handler's error, or its panic, ends that connection only and is reported as an
    /// [`Event`]. A handler that [keeps](Served::into_inner) the connection may split it. A closure with
    /// `?` ends with `Ok::<_, ConnError>(())`, since nothing else names its error.
    ///
    /// # Errors
    /// If a thread to accept in cannot be started, panics, or cannot be woken within the grace. The
    /// server is drained then, too.
    pub fn serve<T, R>(self, handler: T) -> io::Result<Report>
    where
        T: Fn(Served<Connection<In, Out, F, H::Stream>>) -> R + Send + Sync + 'static,
        R: Outcome,
    {
        let Server { mut place, framing, handshake, seats, settings, .. } = self;
        let watch = Arc::new(self.watch);
        let gate = Gate::new(settings.handshakes);
        let talk = {
            let watch = Arc::clone(&watch);
            move |stream, seat: Arc<Seat>| {
                let peer = seat.peer().address;
                let shaken = shake_hands::<L, H>(stream, &handshake, &gate, &seat, &settings);
                let connection = shaken.map(|stream| {
                    let connection = Connection::seated(stream, framing.clone(), seat);
                    with_settings(connection, settings)
                });
                match connection {
                    Ok(connection) => talk_to(peer, connection, &handler, &watch),
                    Err(error) => watch.error(&Event::NoHandshake { peer, error: &*error }),
                }
            }
        };
        let mut accepting = Accepting::new();
        let acceptor = Arc::new(Acceptor { seats, limits: settings.seats, watch, talk });
        let mut started = Ok(());
        if acceptor.seats.begin(settings.buffers) {
            started = accepting.start(place.take_listeners(), &acceptor);
            if started.is_err() {
                acceptor.seats.drain(GRACE);
            }
            acceptor.seats.guard_until_draining();
        }
        let report = finish(&acceptor.seats, &mut accepting, place);
        acceptor.watch.finish();
        acceptor.seats.end(report);
        started.and_then(|()| accepting.join()).map(|()| report)
    }
}

fn with_settings<In, Out, F: Framing, S: Stream>(
    mut connection: Connection<In, Out, F, S>,
    settings: Settings,
) -> Connection<In, Out, F, S> {
    connection.set_timeouts(settings.timeouts);
    connection.set_limits(settings.limits);
    connection
}

/// Talks to one peer, to the end, and reports what went wrong.
fn talk_to<In, Out, F, S, R>(
    peer: Address,
    connection: Connection<In, Out, F, S>,
    handler: &impl Fn(Served<Connection<In, Out, F, S>>) -> R,
    watch: &Watch,
) where
    In: 'static,
    Out: 'static,
    F: Framing + Send + 'static,
    S: Stream + Send + 'static,
    R: Outcome,
{
    let (home, homecoming) = mpsc::sync_channel(1);
    let served = Served::new(Box::new(connection), move |connection| {
        // The thread waits below for as long as the connection is out.
        home.send(connection).unwrap_or_default();
    });
    // The connection is only closed after a panic, and that does not depend on what was half done.
    let handled = catch_unwind(AssertUnwindSafe(|| handler(served).outcome()));
    let is_fine = matches!(handled, Ok(Ok(())));
    match handled {
        Ok(Ok(())) => {}
        Ok(Err(error)) => watch.error(&Event::Failed { peer, error: &*error }),
        Err(_) => watch.error(&Event::Panicked { peer }),
    }
    // None comes if the handler kept it.
    if let Ok(Err(error)) = homecoming.recv().map(|connection| connection.close()) {
        if is_fine {
            watch.error(&Event::Failed { peer, error: &error });
        }
    }
}

/// Ends accepting, lets the handlers finish, and cuts those that do not.
fn finish<L: Listener>(seats: &Seats, accepting: &mut Accepting<L>, place: Place<L>) -> Report {
    // First this: connections that end give back the descriptors that waking may want.
    let open = seats.end_reading();
    accepting.wake(seats.grace_left());
    drop(place);
    if seats.guard_until_empty() {
        return Report { finished: open, cut: 0 };
    }
    let cut = seats.cut();
    seats.wait_until_cut(CUT_GRACE);
    accepting.wake(CUT_GRACE);
    Report { finished: open.saturating_sub(cut), cut }
}
