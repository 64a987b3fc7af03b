//! The seat of one connection: what it may hold, what it tells, and when it is to end.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use super::budget::Share;
use super::observer::{Peer, Tally, Watch};
use super::seats::Seats;
use crate::conn::Books;

/// A seat that is taken until the connection, and both its halves, are dropped.
pub(in crate::net) struct Seat {
    seats: Arc<Seats>,
    watch: Arc<Watch>,
    peer: Peer,
    share: Share,
    began: Instant,
    frames_in: AtomicU64,
    frames_out: AtomicU64,
    bytes_in: AtomicU64,
    bytes_out: AtomicU64,
}

impl Seat {
    pub(super) fn new(seats: Arc<Seats>, watch: Arc<Watch>, peer: Peer, share: Share) -> Seat {
        watch.tell(|observer| observer.connected(&peer));
        Seat {
            seats,
            watch,
            peer,
            share,
            began: Instant::now(),
            frames_in: AtomicU64::new(0),
            frames_out: AtomicU64::new(0),
            bytes_in: AtomicU64::new(0),
            bytes_out: AtomicU64::new(0),
        }
    }

    pub(in crate::net) fn peer(&self) -> Peer {
        self.peer
    }

    /// Has the connection cut unless its handshake ends by then.
    pub(in crate::net) fn begin_handshake(&self, until: Instant) {
        self.seats.begin_handshake(self.peer.id, until);
    }

    /// Whether the handshake that was to end by then did so before the connection was cut.
    pub(in crate::net) fn end_handshake(&self, until: Instant) -> bool {
        self.seats.end_handshake(self.peer.id, until)
    }

    /// Whether the server is draining: then no more is received than is there already.
    pub(in crate::net) fn is_draining(&self) -> bool {
        self.seats.is_draining()
    }

    /// How often bytes of the server have come free, to wait for the next time.
    pub(in crate::net) fn freed(&self) -> u64 {
        self.seats.freed()
    }

    /// Waits, until then at most, until bytes have come free more often than so; whether they have.
    pub(in crate::net) fn wait_for_room(&self, freed: u64, until: Instant) -> bool {
        self.seats.wait_for_room(freed, until)
    }

    /// Has the task of the connection woken when bytes come free the next time. To be asked before
    /// looking for room once more.
    #[cfg(feature = "tokio")]
    pub(in crate::net) fn starve(&self) {
        self.seats.starve(self.peer.id);
    }

    /// Takes note that all is written, and only the peer's end is waited for.
    pub(in crate::net) fn leave(&self) {
        self.seats.leave(self.peer.id);
    }

    fn tally(&self) -> Tally {
        Tally {
            lasted: self.began.elapsed(),
            frames_in: self.frames_in.load(Ordering::Relaxed),
            frames_out: self.frames_out.load(Ordering::Relaxed),
            bytes_in: self.bytes_in.load(Ordering::Relaxed),
            bytes_out: self.bytes_out.load(Ordering::Relaxed),
        }
    }
}

impl Books for Seat {
    fn frame_in(&self, bytes: usize) {
        self.frames_in.fetch_add(1, Ordering::Relaxed);
        self.bytes_in.fetch_add(bytes as u64, Ordering::Relaxed);
        self.watch.tell(|observer| observer.frame_in(&self.peer, bytes));
    }

    fn frame_out(&self, bytes: usize) {
        self.frames_out.fetch_add(1, Ordering::Relaxed);
        self.bytes_out.fetch_add(bytes as u64, Ordering::Relaxed);
        self.watch.tell(|observer| observer.frame_out(&self.peer, bytes));
    }

    fn grow_inbox(&self, bytes: usize) -> bool {
        self.seats.budget.grow_inbox(&self.share, bytes)
    }

    fn hold_inbox(&self, bytes: usize) {
        if self.seats.budget.hold_inbox(&self.share, bytes) {
            self.seats.tell_room();
        }
    }

    fn hold_outbox(&self, bytes: usize) {
        if self.seats.budget.hold_outbox(&self.share, bytes) {
            self.seats.tell_room();
        }
    }

    fn has_room(&self) -> bool {
        self.seats.budget.has_room()
    }

    fn buffers_max(&self) -> usize {
        self.seats.budget.limit()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.budget.close(&self.share);
        self.seats.free(self.peer);
        self.watch.tell(|observer| observer.closed(&self.peer, &self.tally()));
        self.watch.catch_up();
    }
}

impl fmt::Debug for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seat").field("peer", &self.peer).finish_non_exhaustive()
    }
}
