//! A server that listens, and what it is told before it serves: the same for threads and for tasks.
//!
//! How it comes to listen and how it serves stands in `blocking` and `tokio`.

use std::io;
use std::marker::PhantomData;
use std::net::{SocketAddr, TcpListener};
#[cfg(unix)]
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::time::Duration;
use std::vec::Vec;

use super::observer::{Observer, Watch, print};
use super::seats::Seats;
use super::settings::Settings;
#[cfg(unix)]
use super::socket_file::SocketFile;
use crate::Limits;
use crate::conn::Timeouts;

/// A server that listens, and does not serve yet.
///
/// This is [`blocking::Server`](crate::net::blocking::Server), each of whose connections has a
/// [thread](Threads), and `tokio::Server`, where each has a [task](Tasks). How it comes to listen
/// and how it serves is said there; what it is told in between is the same, and all limits are
/// finite by default.
///
/// ```
/// use std::time::Duration;
/// use protocol_core::conn::Timeouts;
/// use protocol_core::net::blocking::Server;
/// use protocol_core::net::server::Event;
///
/// let server = Server::<()>::bind("localhost:0")?
///     .connections(10)
///     .timeouts(Timeouts { idle: Some(Duration::from_secs(5)), ..Timeouts::SERVER })
///     .observer(|event: &Event<'_>| eprintln!("{event}"));
/// # drop(server);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Server<D, In, Out, F, H, L> {
    pub(in crate::net) place: Place<L>,
    pub(in crate::net) framing: F,
    pub(in crate::net) handshake: H,
    pub(in crate::net) seats: Arc<Seats>,
    pub(in crate::net) settings: Settings,
    pub(in crate::net) watch: Watch,
    types: PhantomData<fn(D, In) -> Out>,
}

/// Where a server listens. To be dropped when it does no more: then the file of its socket goes.
#[derive(Debug)]
pub(in crate::net) struct Place<L> {
    listeners: Vec<L>,
    addresses: Vec<SocketAddr>,
    #[cfg(unix)]
    _file: Option<SocketFile>,
}

/// Each connection of a [`Server`] has a thread.
#[derive(Debug)]
pub enum Threads {}

/// Each connection of a [`Server`] has a task, with the feature `tokio`.
#[derive(Debug)]
pub enum Tasks {}

/// No handshake: the messages begin at once.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plain;

impl Place<TcpListener> {
    pub(in crate::net) fn tcp(listeners: Vec<TcpListener>) -> io::Result<Place<TcpListener>> {
        let addresses = listeners.iter().map(TcpListener::local_addr).collect::<io::Result<_>>()?;
        Ok(Place {
            listeners,
            addresses,
            #[cfg(unix)]
            _file: None,
        })
    }
}

#[cfg(unix)]
impl Place<UnixListener> {
    pub(in crate::net) fn unix(
        listeners: Vec<UnixListener>,
        file: Option<SocketFile>,
    ) -> Place<UnixListener> {
        Place { listeners, addresses: Vec::new(), _file: file }
    }
}

impl<L> Place<L> {
    /// What is to be accepted on.
    pub(in crate::net) fn take_listeners(&mut self) -> Vec<L> {
        std::mem::take(&mut self.listeners)
    }
}

impl<D, In, Out, F, L> Server<D, In, Out, F, Plain, L> {
    pub(in crate::net) fn new(
        place: Place<L>,
        framing: F,
        settings: Settings,
    ) -> Server<D, In, Out, F, Plain, L> {
        Server {
            place,
            framing,
            handshake: Plain,
            seats: Arc::new(Seats::new(settings.buffers)),
            settings,
            watch: Watch::new(print),
            types: PhantomData,
        }
    }
}

impl<D, In, Out, F, H, L> Server<D, In, Out, F, H, L> {
    /// At most so many connections at once, 256 by default if each has a thread, 1024 if each has a
    /// task; one more is closed at once.
    #[must_use]
    pub fn connections(mut self, most: usize) -> Server<D, In, Out, F, H, L> {
        self.settings.seats.all = most;
        self
    }

    /// At most so many connections from one IPv4 address or IPv6 /64, 64 by default. Loopback
    /// and Unix sockets are exempt.
    #[must_use]
    pub fn connections_per_address(mut self, most: usize) -> Server<D, In, Out, F, H, L> {
        self.settings.seats.per_address = most;
        self
    }

    /// At most so many bytes for the buffers of all connections, 256 MiB by default; 8 KiB are set
    /// aside for each connection, and an eighth of all is kept for new ones. Of the rest, a connection
    /// may hold at most as much as it leaves free. One that finds no room is not read from for as long
    /// as its frame may take, and nothing more is queued for it; a new one that finds none is closed at
    /// once.
    #[must_use]
    pub fn buffers(mut self, most: usize) -> Server<D, In, Out, F, H, L> {
        self.settings.buffers = most;
        self
    }

    /// At most so many handshakes at once, 128 by default if each connection has a thread, 512 if each
    /// has a task; the others wait for their turn.
    #[must_use]
    pub fn handshakes(mut self, most: usize) -> Server<D, In, Out, F, H, L> {
        self.settings.handshakes = most;
        self
    }

    /// How long a handshake may take, with the wait for its turn; 10 s by default. One that takes longer
    /// is ended, and reported.
    #[must_use]
    pub fn handshake_within(mut self, time: Duration) -> Server<D, In, Out, F, H, L> {
        self.settings.handshake_within = time;
        self
    }

    /// The timeouts of each connection, [`Timeouts::SERVER`] by default.
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Server<D, In, Out, F, H, L> {
        self.settings.timeouts = timeouts;
        self
    }

    /// The limits within which messages are unpacked.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Server<D, In, Out, F, H, L> {
        self.settings.limits = limits;
        self
    }

    /// Tells `observer` what happens; by default, what goes wrong is printed to the standard error
    /// output, at most ten lines a second. A closure is an observer of these lines.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer) -> Server<D, In, Out, F, H, L> {
        self.watch = Watch::new(observer);
        self
    }

    /// The addresses that the server listens on; a Unix socket has none.
    #[must_use]
    pub fn local_addrs(&self) -> &[SocketAddr] {
        &self.place.addresses
    }

    /// The same server with this handshake.
    pub(in crate::net) fn with_handshake<K>(self, handshake: K) -> Server<D, In, Out, F, K, L> {
        let Server { place, framing, seats, settings, watch, types, .. } = self;
        Server { place, framing, handshake, seats, settings, watch, types }
    }
}
