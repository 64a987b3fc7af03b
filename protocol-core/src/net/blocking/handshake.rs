//! What lies between an accepted stream and a connection, and how much of it goes on at a time.

use std::boxed::Box;
use std::error::Error;
use std::net::TcpStream;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::net::Stream;
use crate::net::server::Plain;

/// Turns an accepted stream into that of a connection, in the thread of the connection.
///
/// A closure from a [`TcpStream`] to a `Result` is one, or from another stream `I` that is accepted. It
/// must keep a deadline of its own.
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

/// Lets so many in at a time. The others wait; each handshake has its deadline, so nobody waits for
/// ever.
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

    pub(super) fn enter(&self) -> Pass<'_> {
        let waited = self.changed.wait_while(self.lock(), |free| *free == 0);
        *waited.unwrap_or_else(PoisonError::into_inner) -= 1;
        Pass(self)
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
