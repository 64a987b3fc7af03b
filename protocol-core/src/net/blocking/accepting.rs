//! The threads that accept: starts one for each listening socket, and wakes them to end them.

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::vec::Vec;

use super::Listener;
use super::accept::Acceptor;
use crate::net::server::{Seat, Seats};

/// The threads of a server that accept.
#[derive(Debug)]
pub(super) struct Accepting<L: Listener> {
    threads: Vec<AcceptThread<L>>,
}

#[derive(Debug)]
struct AcceptThread<L: Listener> {
    thread: JoinHandle<()>,
    place: L::Place,
    /// Keeps a file descriptor for what wakes the thread: at the end, the process may have no other
    /// left.
    spare: Option<L>,
}

/// How long handlers may take to finish if nobody has said so.
pub(super) const GRACE: Duration = Duration::from_secs(10);
/// How often a thread is woken.
const WAKE_EVERY: Duration = Duration::from_millis(5);

impl<L: Listener> Accepting<L> {
    pub(super) fn new() -> Accepting<L> {
        Accepting { threads: Vec::new() }
    }

    /// Starts a thread for each listener, as far as it goes.
    pub(super) fn start<T>(
        &mut self,
        listeners: Vec<L>,
        acceptor: &Arc<Acceptor<T>>,
    ) -> io::Result<()>
    where
        T: Fn(L::Stream, Arc<Seat>) + Send + Sync + 'static,
    {
        for listener in listeners {
            let place = listener.place()?;
            let spare = Some(listener.second()?);
            let acceptor = Arc::clone(acceptor);
            let thread = thread::Builder::new().name("accept".into()).spawn(move || {
                // If one of them ends, for whatever reason, the server ends: better than one that
                // only seems to serve.
                let _drain = DrainOnDrop(Arc::clone(&acceptor.seats));
                acceptor.run::<L>(|| listener.wait());
            })?;
            self.threads.push(AcceptThread { thread, place, spare });
        }
        Ok(())
    }

    /// Wakes the threads that wait for a connection, for so long at most. They
    /// have seen then that the server is draining.
    pub(super) fn wake(&mut self, at_most: Duration) {
        let began = Instant::now();
        for AcceptThread { thread, place, spare } in &mut self.threads {
            while !thread.is_finished() {
                L::wake(place, spare.take());
                thread::sleep(WAKE_EVERY);
                if began.elapsed() >= at_most {
                    break;
                }
            }
            *spare = None;
        }
    }

    /// Whether all threads have ended as they should. One that could not be woken is left alone.
    pub(super) fn join(self) -> io::Result<()> {
        for AcceptThread { thread, place, .. } in self.threads {
            if !thread.is_finished() {
                let error = std::format!("the thread that accepts on {place:?} cannot be woken");
                return Err(io::Error::other(error));
            }
            thread.join().map_err(|_| io::Error::other("a thread that accepts panicked"))?;
        }
        Ok(())
    }
}

/// Drains the server when a thread ends that accepts for it.
struct DrainOnDrop(Arc<Seats>);

impl Drop for DrainOnDrop {
    fn drop(&mut self) {
        self.0.drain(GRACE);
    }
}
