//! The connections that a server has open: how many there may be, and how they are told to end.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// All seats of a server, and whether it still gives any away.
#[derive(Debug)]
pub(super) struct Seats {
    state: Mutex<SeatsState>,
    changed: Condvar,
    /// Written under the lock only, so that nobody who waits misses it.
    is_stopping: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct SeatsState {
    taken: HashMap<u64, Taken>,
    next: u64,
}

/// A connection that is open. The handle is there to shut it down from another thread.
#[derive(Debug)]
struct Taken {
    stream: TcpStream,
    ip: IpAddr,
}

/// How many connections there may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeatLimits {
    pub(super) all: usize,
    pub(super) per_address: usize,
}

/// A seat that is taken until it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    seats: Arc<Seats>,
    number: u64,
}

/// Why there is no seat.
pub(super) enum NoSeat {
    /// The server is stopping.
    Stopping,
    /// So many are taken already.
    Full { limit: usize },
    /// The system has no second handle of the stream.
    Io(io::Error),
}

impl Seats {
    pub(super) fn new() -> Seats {
        Seats { state: Mutex::default(), changed: Condvar::new(), is_stopping: Arc::default() }
    }

    pub(super) fn take(
        self: &Arc<Seats>,
        stream: &TcpStream,
        peer: SocketAddr,
        limits: SeatLimits,
    ) -> Result<Seat, NoSeat> {
        let mut state = self.lock();
        if self.is_stopping() {
            return Err(NoSeat::Stopping);
        }
        state.check(peer.ip().to_canonical(), limits)?;
        let number = state.next;
        state.next += 1;
        let stream = stream.try_clone().map_err(NoSeat::Io)?;
        state.taken.insert(number, Taken { stream, ip: peer.ip().to_canonical() });
        Ok(Seat { seats: Arc::clone(self), number })
    }

    /// Gives no more seats away, and wakes all who wait for that.
    pub(super) fn stop(&self) {
        let state = self.lock();
        self.is_stopping.store(true, Ordering::SeqCst);
        drop(state);
        self.changed.notify_all();
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::SeqCst)
    }

    /// Whether the server is stopping, for connections to look at.
    pub(super) fn stopping(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_stopping)
    }

    /// Waits until the server is stopping, or so long at most; whether it is stopping.
    pub(super) fn wait_for_stop(&self, at_most: Option<Duration>) -> bool {
        self.wait(at_most, |_| self.is_stopping())
    }

    /// Waits until no seat is taken, or so long at most; whether none is taken.
    pub(super) fn wait_until_empty(&self, at_most: Duration) -> bool {
        self.wait(Some(at_most), |state| state.taken.is_empty())
    }

    /// Shuts down every open connection in this way, and says how many they are. One that is not
    /// connected any more has nothing to shut down.
    pub(super) fn shut_down(&self, how: Shutdown) -> usize {
        let state = self.lock();
        for taken in state.taken.values() {
            taken.stream.shutdown(how).unwrap_or_default();
        }
        state.taken.len()
    }

    fn wait(&self, at_most: Option<Duration>, is_done: impl Fn(&SeatsState) -> bool) -> bool {
        let deadline = at_most.and_then(|time| Instant::now().checked_add(time));
        let mut state = self.lock();
        while !is_done(&state) {
            state = match deadline {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return false;
                    }
                    let waited = self.changed.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        true
    }

    /// No code that can panic runs under the lock, so a poisoned one holds sound state.
    fn lock(&self) -> MutexGuard<'_, SeatsState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SeatsState {
    fn check(&self, ip: IpAddr, limits: SeatLimits) -> Result<(), NoSeat> {
        if self.taken.len() >= limits.all {
            return Err(NoSeat::Full { limit: limits.all });
        }
        let of_same_address = || self.taken.values().filter(|taken| taken.ip == ip).count();
        if !ip.is_loopback() && of_same_address() >= limits.per_address {
            return Err(NoSeat::Full { limit: limits.per_address });
        }
        Ok(())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.lock().taken.remove(&self.number);
        self.seats.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::vec::Vec;

    #[test]
    fn one_address_takes_only_its_share_and_loopback_all() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let stream = TcpStream::connect(listener.local_addr().expect("known")).expect("connected");
        let seats = Arc::new(Seats::new());
        let limits = SeatLimits { all: 5, per_address: 2 };
        let take = |ip: &str| {
            let peer = SocketAddr::new(ip.parse().expect("an address"), 7);
            match seats.take(&stream, peer, limits) {
                Ok(seat) => Ok(seat),
                Err(NoSeat::Full { limit }) => Err(limit),
                Err(NoSeat::Stopping | NoSeat::Io(_)) => Err(0),
            }
        };
        let mut taken: Vec<Seat> = (0..2).map(|_| take("192.0.2.1").expect("free")).collect();
        assert_eq!(take("192.0.2.1").map(drop), Err(2));
        assert_eq!(take("::ffff:192.0.2.1").map(drop), Err(2), "the same one, mapped");
        assert_eq!(take("192.0.2.2").map(drop), Ok(()));
        taken.extend((0..3).map(|_| take("127.0.0.1").expect("exempt")));
        assert_eq!(take("192.0.2.2").map(drop), Err(5));
        taken.remove(0);
        assert_eq!(take("192.0.2.1").map(drop), Ok(()));
        seats.stop();
        assert_eq!(take("192.0.2.1").map(drop), Err(0));
    }
}
