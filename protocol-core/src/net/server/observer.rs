//! Who is told what happens on a server, and what of it.

use std::boxed::Box;
use std::fmt;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::address::Address;
use super::event::Event;
use super::lines::Lines;

/// Watches a server. Every method does nothing unless it is written.
///
/// They are called in the thread or task of the connection, but [`connected`](Observer::connected), which is
/// called where connections are accepted: none may take long. If one panics, the server goes on.
///
/// A closure is an observer that is told of the [lines](Observer::line) only, and a pair of
/// observers is one.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use protocol_core::net::server::{Event, Observer, Peer};
///
/// #[derive(Default)]
/// struct Counted {
///     errors: AtomicUsize,
/// }
///
/// impl Observer for Counted {
///     fn error(&self, _event: &Event<'_>) {
///         self.errors.fetch_add(1, Ordering::Relaxed);
///     }
/// }
///
/// let both = (Counted::default(), |event: &Event<'_>| eprintln!("{event}"));
/// let server = protocol_core::net::blocking::Server::<()>::bind("localhost:0")?.observer(both);
/// # drop(server);
/// # Ok::<(), std::io::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot observe a server",
    label = "an `Observer`, a closure over `&Event`, or a pair of both belongs here",
    note = "connections tell it from their own threads: it is `Send + Sync + 'static`"
)]
pub trait Observer: Send + Sync + 'static {
    /// A connection was accepted, and has its seat. A handshake is still to come.
    fn connected(&self, peer: &Peer) {
        let _ = peer;
    }

    /// A frame of so many bytes came, without what marks it off.
    fn frame_in(&self, peer: &Peer, bytes: usize) {
        let _ = (peer, bytes);
    }

    /// A frame of so many bytes was queued, with what marks it off.
    fn frame_out(&self, peer: &Peer, bytes: usize) {
        let _ = (peer, bytes);
    }

    /// Something went wrong. Every such event comes here: this is the place to count them.
    fn error(&self, event: &Event<'_>) {
        let _ = event;
    }

    /// Something went wrong that is worth a line in a log: at most ten events a second, and how many
    /// were dropped. A peer cannot fill a log.
    fn line(&self, event: &Event<'_>) {
        let _ = event;
    }

    /// A connection is gone, and its seat free again.
    fn closed(&self, peer: &Peer, tally: &Tally) {
        let _ = (peer, tally);
    }
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Peer {
    /// The number of the connection: no other one of this server has it.
    pub id: u64,
    /// The address that it came from.
    pub address: Address,
}

/// What went over a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// From accepting it to closing it.
    pub lasted: Duration,
    /// How many frames came.
    pub frames_in: u64,
    /// How many frames were queued.
    pub frames_out: u64,
    /// How many bytes those took that came, without what marks them off.
    pub bytes_in: u64,
    /// How many bytes those took that were queued.
    pub bytes_out: u64,
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.address, f)
    }
}

/// Sees nothing.
impl Observer for () {}

#[diagnostic::do_not_recommend]
impl<F: Fn(&Event<'_>) + Send + Sync + 'static> Observer for F {
    fn line(&self, event: &Event<'_>) {
        self(event);
    }
}

impl<A: Observer, B: Observer> Observer for (A, B) {
    fn connected(&self, peer: &Peer) {
        self.0.connected(peer);
        self.1.connected(peer);
    }

    fn frame_in(&self, peer: &Peer, bytes: usize) {
        self.0.frame_in(peer, bytes);
        self.1.frame_in(peer, bytes);
    }

    fn frame_out(&self, peer: &Peer, bytes: usize) {
        self.0.frame_out(peer, bytes);
        self.1.frame_out(peer, bytes);
    }

    fn error(&self, event: &Event<'_>) {
        self.0.error(event);
        self.1.error(event);
    }

    fn line(&self, event: &Event<'_>) {
        self.0.line(event);
        self.1.line(event);
    }

    fn closed(&self, peer: &Peer, tally: &Tally) {
        self.0.closed(peer, tally);
        self.1.closed(peer, tally);
    }
}

/// The observer of a server that has no other: prints a line to the standard error output. Nobody is left to be told if that is broken, and
/// `eprintln!` would panic.
pub(super) fn print(event: &Event<'_>) {
    writeln!(io::stderr(), "{event}").unwrap_or_default();
}

/// The observer of a server, and how many lines it was told of. A panic of the observer, which is
/// the user's code, ends neither the thread that accepts nor a conversation: the panic hook has told
/// of it, and what is half done then is the user's own.
pub(in crate::net) struct Watch {
    observer: Box<dyn Observer>,
    lines: Lines,
}

impl Watch {
    pub(in crate::net) fn new(observer: impl Observer) -> Watch {
        Watch { observer: Box::new(observer), lines: Lines::new() }
    }

    pub(in crate::net) fn error(&self, event: &Event<'_>) {
        self.catch_up();
        self.tell(|observer| observer.error(event));
        if self.lines.count() {
            self.tell(|observer| observer.line(event));
        }
    }

    /// Tells how many lines were dropped in the last second, if that is over. To be called now and
    /// then: after a burst there may be no other event for long.
    pub(in crate::net) fn catch_up(&self) {
        self.dropped(self.lines.renew());
    }

    /// Tells how many lines were dropped since the last time.
    pub(in crate::net) fn finish(&self) {
        self.dropped(self.lines.take_dropped());
    }

    /// Tells the observer of something else.
    pub(super) fn tell(&self, tell: impl FnOnce(&dyn Observer)) {
        catch_unwind(AssertUnwindSafe(|| tell(&*self.observer))).unwrap_or_default();
    }

    fn dropped(&self, count: u64) {
        if count > 0 {
            self.tell(|observer| observer.line(&Event::Dropped { count }));
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}
