//! What lies between an accepted stream and a connection, and how much of it goes on at a time.

use std::boxed::Box;
use std::error::Error;
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::super::clock::moment_in;
use super::listener::Listener;
use crate::net::Stream;
use crate::net::server::{HANDSHAKE_PANICKED, Plain, Seat, Settings};

/// Turns an accepted stream into that of a connection, in the thread of the connection.
///
/// A closure from a [`TcpStream`] to a `Result` is one, or from another stream `I` that is accepted. It
/// has [so long](crate::net::server::Server::handshake_within), in which it may have to wait for its
/// turn; then the stream is shut down, so that its reads and writes return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handshake",
    label = "a closure from a `{I}` to `Result<S, E>` belongs here, `S` being the stream of the connection"
)]
pub trait Handshake<I = TcpStream>: Send + Sync + 'static {
    /// The stream of the connection.
    type Stream: Stream + Send + 'static;

    /// Makes the handshake.
    ///
    /// # Errors
    /// Its own: the connection is closed, and the error reported.
    fn shake_hands(&self, stream: I) -> Result<Self::Stream, Box<dyn Error + Send + Sync>>;
}

impl<S: Stream + Send + 'static> Handshake<S> for Plain {
    type Stream = S;

    fn shake_hands(&self, stream: S) -> Result<S, Box<dyn Error + Send + Sync>> {
        Ok(stream)
    }
}

#[diagnostic::do_not_recommend]
impl<H, I, S, E> Handshake<I> for H
where
    H: Fn(I) -> Result<S, E> + Send + Sync + 'static,
    S: Stream + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Stream = S;

    fn shake_hands(&self, stream: I) -> Result<S, Box<dyn Error + Send + Sync>> {
        self(stream).map_err(Into::into)
    }
}

/// Makes a handshake when it is its turn, within the time that the server gives it: then the stream is
/// shut down, whatever the handshake does with it.
pub(super) fn shake_hands<L: Listener, H: Handshake<L::Stream>>(
    stream: L::Stream,
    handshake: &H,
    gate: &Gate,
    seat: &Seat,
    settings: &Settings,
) -> Result<H::Stream, Box<dyn Error + Send + Sync>> {
    L::hurry(&stream)?;
    let until = moment_in(settings.handshake_within);
    seat.begin_handshake(until);
    let shaken = gate.enter(until).map(|_pass| {
        // What was half done is the user's own, and the stream is gone.
        catch_unwind(AssertUnwindSafe(|| handshake.shake_hands(stream)))
    });
    let is_in_time = seat.end_handshake(until);
    match shaken {
        Some(Ok(shaken)) if is_in_time => shaken,
        Some(Err(_)) => Err(HANDSHAKE_PANICKED.into()),
        Some(Ok(_)) | None => Err(settings.late_handshake().into()),
    }
}

/// Lets so many in at a time. The others wait, until then at most.
#[derive(Debug)]
pub(super) struct Gate {
    free: Mutex<usize>,
    changed: Condvar,
}

/// Being inside.
#[derive(Debug)]
pub(super) struct Pass<'a>(&'a Gate);

impl Gate {
    pub(super) fn new(free: usize) -> Gate {
        Gate { free: Mutex::new(free.max(1)), changed: Condvar::new() }
    }

    pub(super) fn enter(&self, until: Instant) -> Option<Pass<'_>> {
        let left = until.saturating_duration_since(Instant::now());
        let waited = self.changed.wait_timeout_while(self.lock(), left, |free| *free == 0);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(1)?;
        Some(Pass(self))
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.0.lock() += 1;
        self.0.changed.notify_one();
    }
}
