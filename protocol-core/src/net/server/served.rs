//! A connection as a server hands it to a handler.

use std::boxed::Box;
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A connection that goes back to its server when the handler drops it, and is closed there as it
/// should be: what is queued is written, and the peer gets it. So a handler may end anywhere, by
/// `?` too.
///
/// It is used as the connection that it is. [`into_inner`](Served::into_inner) keeps the connection
/// for good, to split it or to close it yourself.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use protocol_core::net::blocking::{Connection, Server};
/// use protocol_core::net::server::Served;
///
/// /// Reads in one thread and writes in another.
/// fn talk(connection: Served<Connection<Chat>>) -> std::io::Result<()> {
///     let (mut receiver, mut sender) = connection.into_inner().split()?;
///     let writer = std::thread::spawn(move || {
///         sender.send(&Data { text: "welcome".into() })?;
///         sender.close()
///     });
///     while let Ok(Some(Chat::Data(_))) = receiver.recv() {}
///     writer.join().expect("no panic").map_err(std::io::Error::other)
/// }
///
/// let server = Server::<Chat>::bind("localhost:0").unwrap();
/// let (address, handle) = (server.local_addrs()[0], server.handle());
/// let serving = std::thread::spawn(move || server.serve(talk));
/// let mut client = Connection::<Chat>::connect(address).unwrap();
/// assert_eq!(client.recv().unwrap(), Some(Chat::Data(Data { text: "welcome".into() })));
/// drop(client);
/// handle.drain(std::time::Duration::from_secs(10));
/// serving.join().unwrap().unwrap();
/// # }
/// ```
pub struct Served<C> {
    inside: Option<Inside<C>>,
}

/// The connection, and its way back. In a box it is moved from one future to the next as a pointer:
/// each of them would set room aside for all of it.
struct Inside<C> {
    connection: Box<C>,
    home: Box<dyn FnOnce(Box<C>) + Send>,
}

impl<C> Served<C> {
    pub(in crate::net) fn new(
        connection: Box<C>,
        home: impl FnOnce(Box<C>) + Send + 'static,
    ) -> Served<C> {
        Served { inside: Some(Inside { connection, home: Box::new(home) }) }
    }

    /// The connection itself, which the server then no longer closes. It counts among those of the
    /// server until it, and both its halves, are dropped.
    #[must_use]
    pub fn into_inner(mut self) -> C {
        *self.inside.take().expect(LEAVES_ONCE).connection
    }
}

/// The connection leaves in `into_inner` and in `drop`, after which there is no `self`.
const LEAVES_ONCE: &str = "a connection leaves once";

impl<C> Deref for Served<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.inside.as_ref().expect(LEAVES_ONCE).connection
    }
}

impl<C> DerefMut for Served<C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.inside.as_mut().expect(LEAVES_ONCE).connection
    }
}

impl<C> Drop for Served<C> {
    fn drop(&mut self) {
        if let Some(Inside { connection, home }) = self.inside.take() {
            home(connection);
        }
    }
}

impl<C: fmt::Debug> fmt::Debug for Served<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Served").field(&**self).finish()
    }
}
