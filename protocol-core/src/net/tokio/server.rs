//! A server with one task for each connection, that can be drained.

use core::future::Future;
use core::time::Duration;
use std::borrow::ToOwned;
use std::io;
use std::net::TcpListener;
#[cfg(unix)]
use std::os::unix::net::UnixListener;
#[cfg(unix)]
use std::path::Path;
use std::sync::Arc;
use std::vec::Vec;

use tokio::sync::Semaphore;

use super::accept::{Acceptor, accept_on};
use super::handshake::Handshake;
use super::listener::Listener;
use super::talk::{Shared, talk};
use super::{Connection, Handle};
use crate::Protocol;
use crate::frame::{Framing, Length};
#[cfg(unix)]
use crate::net::server::listen_at;
use crate::net::server::{
    self, Outcome, Place, Plain, Report, Seats, Served, Settings, Tasks, listen,
};

/// Listens, and gives each connection to a handler in a task of its own.
///
/// It has the names, the limits and the errors of the [blocking one](crate::net::blocking::Server),
/// and is told them as [that one is](server::Server), but for the number of connections, which is
/// 1024. Each takes one file descriptor and a task, and an idle one holds no buffer.
///
/// Use it on a runtime with several threads: there a handler that blocks its thread, against all
/// advice, holds up what that thread would have run next, and the other threads go on.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// use protocol_core::conn::ConnError;
/// use protocol_core::net::server::Served;
/// use protocol_core::net::tokio::{Connection, Server};
///
/// async fn talk(mut connection: Served<Connection<Chat>>) -> Result<(), ConnError> {
///     while let Some(Chat::Data(data)) = connection.recv().await? {
///         connection.queue(&Data { text: data.text.to_uppercase() })?;
///     }
///     Ok(())
/// }
///
/// let server = Server::<Chat>::bind("localhost:0").await.unwrap();
/// let (address, handle) = (server.local_addrs()[0], server.handle());
/// let serving = tokio::spawn(server.serve(talk));
///
/// let mut client = Connection::<Chat>::connect(address).await.unwrap();
/// client.send(&Data { text: "hello".into() }).await.unwrap();
/// assert_eq!(client.recv().await.unwrap(), Some(Chat::Data(Data { text: "HELLO".into() })));
///
/// let report = handle.drain(std::time::Duration::from_secs(10)).await;
/// assert_eq!((report.finished, report.cut), (1, 0));
/// assert_eq!(serving.await.unwrap().unwrap(), report);
/// # });
/// # }
/// ```
pub type Server<In, Out = In, F = Length, H = Plain, L = TcpListener> =
    server::Server<Tasks, In, Out, F, H, L>;

/// How long handlers that were cut may take to notice it.
const CUT_GRACE: Duration = Duration::from_secs(1);

impl<In, Out, F: Framing> Server<In, Out, F> {
    /// Listens on **all** addresses of `address`, as
    /// [the blocking server](crate::net::blocking::Server::bind) does.
    ///
    /// # Errors
    /// If the name has no address, or one of its addresses cannot be listened on. Addresses that
    /// the machine does not have are left out as long as there is another.
    pub async fn bind(address: &str) -> io::Result<Server<In, Out, F>>
    where
        F: Default,
    {
        Server::bind_with(address, F::default()).await
    }

    /// Listens as [`bind`](Server::bind) does, with this framing.
    ///
    /// # Errors
    /// As for [`bind`](Server::bind).
    pub async fn bind_with(address: &str, framing: F) -> io::Result<Server<In, Out, F>> {
        // Looking a name up may take long.
        let address = address.to_owned();
        let listening = tokio::task::spawn_blocking(move || listen(&address));
        Server::over(listening.await.map_err(io::Error::other)??, framing)
    }

    /// A server on sockets that listen already. They are made not to block if they did.
    ///
    /// # Errors
    /// If one of the sockets has no address, or cannot be made not to block.
    pub fn over(listeners: Vec<TcpListener>, framing: F) -> io::Result<Server<In, Out, F>> {
        listeners.iter().try_for_each(|listener| listener.set_nonblocking(true))?;
        Ok(server::Server::new(Place::tcp(listeners)?, framing, Settings::ASYNC))
    }
}

#[cfg(unix)]
impl<In, Out, F: Framing> Server<In, Out, F> {
    /// Listens on a Unix socket at `path`, as
    /// [the blocking server](crate::net::blocking::Server::bind_unix) does.
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
        listener.set_nonblocking(true)?;
        let place = Place::unix(std::vec![listener], Some(file));
        Ok(server::Server::new(place, framing, Settings::ASYNC))
    }

    /// A server on Unix sockets that listen already. They are made not to block if they did. Their
    /// files are left where they are.
    ///
    /// # Errors
    /// If one of them cannot be made not to block.
    pub fn over_unix(
        listeners: Vec<UnixListener>,
        framing: F,
    ) -> io::Result<Server<In, Out, F, Plain, UnixListener>> {
        listeners.iter().try_for_each(|listener| listener.set_nonblocking(true))?;
        Ok(server::Server::new(Place::unix(listeners, None), framing, Settings::ASYNC))
    }
}

impl<In, Out, F, H, L: Listener> Server<In, Out, F, H, L> {
    /// Makes this handshake with each peer before its connection, in the connection's own task.
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
    /// Accepts connections and gives each to `handler` in a task of its own, until it is
    /// [drained](Handle::drain). If the future is dropped, all connections are cut.
    ///
    /// What one connection is to remember is a local variable of the handler; what all of them
    /// share, it captures. When it drops its connection, the server closes it: what was queued is
    /// written. The handler's error, or its panic, ends that connection only and is reported as an
    /// [`Event`](server::Event). A handler that [keeps](Served::into_inner) the connection may split it.
    /// A closure with `?` ends with `Ok::<_, ConnError>(())`, since nothing else names its error.
    ///
    /// # Errors
    /// If the runtime refuses one of the listening sockets.
    pub async fn serve<T, U>(self, handler: T) -> io::Result<Report>
    where
        T: Fn(Served<Connection<In, Out, F, H::Stream>>) -> U + Send + Sync + 'static,
        U: Future<Output: Outcome> + Send + 'static,
    {
        let Server { mut place, framing, handshake, seats, settings, watch, .. } = self;
        let _cut = CutOnDrop(Arc::clone(&seats));
        let listeners = place.take_listeners().into_iter().map(L::enter);
        let listeners = listeners.collect::<io::Result<_>>()?;
        let watch = Arc::new(watch);
        let shared = Arc::new(Shared {
            framing,
            handshake,
            turns: Semaphore::new(settings.handshakes.clamp(1, Semaphore::MAX_PERMITS)),
            settings,
            watch: Arc::clone(&watch),
            handler,
        });
        let talk = |stream, seat, bell| {
            talk::<In, Out, F, H, T, U, L>(Arc::clone(&shared), stream, seat, bell)
        };
        let acceptor = Acceptor {
            seats: Arc::clone(&seats),
            limits: settings.seats,
            watch: Arc::clone(&watch),
            talk,
        };
        if seats.begin(settings.buffers) {
            acceptor.run(accept_on::<L>(listeners)).await;
        }
        drop(place);
        let report = finish(&seats).await;
        watch.finish();
        seats.end(report);
        Ok(report)
    }
}

/// Lets the handlers finish, and cuts those that do not.
async fn finish(seats: &Seats) -> Report {
    let open = seats.end_reading();
    if seats.empty().await {
        return Report { finished: open, cut: 0 };
    }
    let cut = seats.cut();
    seats.cut_within(CUT_GRACE).await;
    Report { finished: open.saturating_sub(cut), cut }
}

/// Cuts all connections when nobody serves any more.
struct CutOnDrop(Arc<Seats>);

impl Drop for CutOnDrop {
    fn drop(&mut self) {
        // After a regular end there is nothing left to cut.
        self.0.drain(Duration::ZERO);
        let cut = self.0.cut();
        self.0.end(Report { finished: 0, cut });
    }
}
