//! The connections that a server has open: how many there may be, and how they are told to end.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::clock::moment_in;
use super::address::Address;
use super::budget::Budget;
use super::event::Refusal;
use super::network::Network;
use super::observer::{Peer, Watch};
use super::report::Report;
use super::seat::Seat;

/// All seats of a server, the bytes of their buffers, and whether it still gives any away.
#[derive(Debug)]
pub(in crate::net) struct Seats {
    pub(super) budget: Budget,
    state: Mutex<State>,
    pub(super) changed: Condvar,
    #[cfg(feature = "tokio")]
    pub(super) changed_async: tokio::sync::Notify,
    /// Whether anybody waits for bytes.
    is_starving: AtomicBool,
    /// Written under the lock only, so that nobody who waits misses it.
    is_draining: AtomicBool,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) phase: Phase,
    pub(super) open: HashMap<u64, Open>,
    /// How many connections each network has open, but for loopback.
    networks: HashMap<Network, usize>,
    next: u64,
    /// Until when which connection must have made its handshake.
    handshakes: BTreeSet<(Instant, u64)>,
    /// How often bytes have come free while somebody waited for them.
    pub(super) freed: u64,
    /// Who waits for bytes and has no thread.
    starving: BTreeSet<u64>,
}

/// How far a server is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Phase {
    #[default]
    Idle,
    Serving,
    /// Until then connections may finish.
    Draining(Instant),
    Ended(Report),
}

/// A connection that is open.
#[derive(Debug)]
pub(super) struct Open {
    reach: Arc<dyn Reach>,
    /// Whether all is written, and only the peer's end is waited for.
    is_leaving: bool,
}

/// How an open connection is ended from outside.
pub(in crate::net) trait Reach: Send + Sync + std::fmt::Debug {
    /// Lets it receive no more than what is there already.
    fn end_reading(&self);

    /// Ends it now.
    fn cut(&self);

    /// Tells it that bytes have come free, if it has no thread that waits for them.
    fn ring(&self) {}
}

/// How many connections there may be.
#[derive(Debug, Clone, Copy)]
pub(in crate::net) struct SeatLimits {
    pub(in crate::net) all: usize,
    pub(in crate::net) per_address: usize,
}

/// Why there is no seat.
pub(in crate::net) enum NoSeat {
    /// The server is draining.
    Draining,
    /// A limit is reached.
    Full(Refusal),
    /// The system has nothing to reach the connection by.
    Io(io::Error),
}

impl Seats {
    pub(in crate::net) fn new(buffers: usize) -> Seats {
        Seats {
            budget: Budget::new(buffers),
            state: Mutex::default(),
            changed: Condvar::new(),
            #[cfg(feature = "tokio")]
            changed_async: tokio::sync::Notify::new(),
            is_starving: AtomicBool::new(false),
            is_draining: AtomicBool::new(false),
        }
    }

    /// Gives a seat to a connection from `address`. It is reached by `reach` until it is gone.
    pub(in crate::net) fn take(
        self: &Arc<Seats>,
        address: Address,
        limits: SeatLimits,
        watch: &Arc<Watch>,
        reach: impl FnOnce() -> io::Result<Arc<dyn Reach>>,
    ) -> Result<Arc<Seat>, NoSeat> {
        let mut state = self.lock();
        if self.is_draining() {
            return Err(NoSeat::Draining);
        }
        let network = Network::of(address);
        state.check(network, limits).map_err(NoSeat::Full)?;
        let reach = reach().map_err(NoSeat::Io)?;
        let no_room = Refusal::Buffers { limit: self.budget.limit() };
        let share = self.budget.open().ok_or(NoSeat::Full(no_room))?;
        let id = state.next;
        state.next += 1;
        if let Some(network) = network {
            *state.networks.entry(network).or_default() += 1;
        }
        state.open.insert(id, Open { reach, is_leaving: false });
        drop(state);
        let peer = Peer { id, address };
        Ok(Arc::new(Seat::new(Arc::clone(self), Arc::clone(watch), peer, share)))
    }

    /// How many connections are open.
    pub(in crate::net) fn open(&self) -> usize {
        self.lock().open.len()
    }

    /// How many bytes the buffers of all connections take.
    pub(in crate::net) fn buffers(&self) -> usize {
        self.budget.used()
    }

    /// How much of the grace is left, if the server is draining.
    pub(in crate::net) fn grace_left(&self) -> Duration {
        let until = self.lock().deadline();
        until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }

    pub(in crate::net) fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::SeqCst)
    }

    /// Begins to serve with so many bytes for all buffers, unless it was drained before.
    pub(in crate::net) fn begin(&self, buffers: usize) -> bool {
        self.budget.set_limit(buffers);
        let mut state = self.lock();
        let is_idle = matches!(state.phase, Phase::Idle);
        if is_idle {
            state.phase = Phase::Serving;
        }
        is_idle
    }

    /// Gives no more seats away, and wakes all who wait for that. Of two graces, the end that comes
    /// first holds.
    pub(in crate::net) fn drain(&self, grace: Duration) {
        let until = moment_in(grace);
        let mut state = self.lock();
        state.phase = match state.phase {
            Phase::Idle => Phase::Ended(Report::default()),
            Phase::Serving => Phase::Draining(until),
            Phase::Draining(earlier) => Phase::Draining(earlier.min(until)),
            ended @ Phase::Ended(_) => ended,
        };
        self.is_draining.store(true, Ordering::SeqCst);
        drop(state);
        self.tell_all();
    }

    /// Has a connection cut unless its handshake [ends](Seats::end_handshake) by then.
    pub(super) fn begin_handshake(&self, id: u64, until: Instant) {
        let mut state = self.lock();
        state.handshakes.insert((until, id));
        let is_next = state.handshakes.first() == Some(&(until, id));
        drop(state);
        if is_next {
            self.changed.notify_all();
        }
    }

    /// Whether a handshake ended before its connection was cut.
    pub(super) fn end_handshake(&self, id: u64, until: Instant) -> bool {
        self.lock().handshakes.remove(&(until, id))
    }

    /// How often bytes have come free, to wait for the next time. To be asked before looking for room
    /// once more.
    pub(super) fn freed(&self) -> u64 {
        let state = self.lock();
        self.is_starving.store(true, Ordering::SeqCst);
        state.freed
    }

    /// Rings at this connection when bytes have come free the next time.
    #[cfg(feature = "tokio")]
    pub(super) fn starve(&self, id: u64) {
        let mut state = self.lock();
        self.is_starving.store(true, Ordering::SeqCst);
        state.starving.insert(id);
    }

    /// Takes note that the server has ended. The first report holds.
    pub(in crate::net) fn end(&self, report: Report) {
        let mut state = self.lock();
        let report = state.report().unwrap_or(report);
        state.phase = Phase::Ended(report);
        drop(state);
        self.tell_all();
    }

    /// Lets every open connection receive no more than what is there; how many they are.
    pub(in crate::net) fn end_reading(&self) -> usize {
        let state = self.lock();
        state.open.values().for_each(|open| open.reach.end_reading());
        state.open.len()
    }

    /// Cuts every open connection; how many of them were not leaving.
    pub(in crate::net) fn cut(&self) -> usize {
        let state = self.lock();
        state.open.values().for_each(|open| open.reach.cut());
        state.open.values().filter(|open| !open.is_leaving).count()
    }

    /// Takes note that a connection has written all, and only waits for its peer's end.
    pub(super) fn leave(&self, id: u64) {
        if let Some(open) = self.lock().open.get_mut(&id) {
            open.is_leaving = true;
        }
    }

    /// Takes note that a connection is gone.
    pub(super) fn free(&self, peer: Peer) {
        // What it was reached by is dropped after the lock: that may close a socket.
        let open = self.lock().remove(peer);
        drop(open);
        self.tell_room();
        self.tell_all();
    }

    /// Wakes those who wait for bytes that have come free.
    pub(super) fn tell_room(&self) {
        if self.is_starving.swap(false, Ordering::SeqCst) {
            let mut state = self.lock();
            state.freed += 1;
            for id in std::mem::take(&mut state.starving) {
                if let Some(open) = state.open.get(&id) {
                    open.reach.ring();
                }
            }
            drop(state);
            self.changed.notify_all();
        }
    }

    fn tell_all(&self) {
        self.changed.notify_all();
        #[cfg(feature = "tokio")]
        self.changed_async.notify_waiters();
    }

    /// No code that can panic runs under the lock, so a poisoned one holds sound state.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn check(&self, network: Option<Network>, limits: SeatLimits) -> Result<(), Refusal> {
        if self.open.len() >= limits.all {
            return Err(Refusal::Connections { limit: limits.all });
        }
        let of_network = network.and_then(|network| self.networks.get(&network));
        if of_network.is_some_and(|open| *open >= limits.per_address)
            || (network.is_some() && limits.per_address == 0)
        {
            return Err(Refusal::Address { limit: limits.per_address });
        }
        Ok(())
    }

    /// Takes a connection off the books.
    fn remove(&mut self, peer: Peer) -> Option<Open> {
        let open = self.open.remove(&peer.id)?;
        let network = Network::of(peer.address);
        if let Some(Entry::Occupied(mut count)) =
            network.map(|network| self.networks.entry(network))
        {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
        Some(open)
    }

    /// Cuts the connections whose handshakes should have ended; when the next one should.
    pub(super) fn cut_late_handshakes(&mut self) -> Option<Instant> {
        let now = Instant::now();
        while let Some((until, id)) = self.handshakes.pop_first() {
            if until > now {
                self.handshakes.insert((until, id));
                return Some(until);
            }
            if let Some(open) = self.open.get(&id) {
                open.reach.cut();
            }
        }
        None
    }

    /// The end of the grace, if the server is draining.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.phase {
            Phase::Draining(until) => Some(until),
            Phase::Idle | Phase::Serving | Phase::Ended(_) => None,
        }
    }

    pub(super) fn report(&self) -> Option<Report> {
        match self.phase {
            Phase::Ended(report) => Some(report),
            Phase::Idle | Phase::Serving | Phase::Draining(_) => None,
        }
    }
}

#[cfg(test)]
impl Seats {
    /// A seat of a connection that cannot be reached.
    pub(in crate::net) fn any_seat(self: &Arc<Seats>) -> Arc<Seat> {
        let (address, watch) = (Address::Unix, Arc::new(Watch::new(())));
        let limits = SeatLimits { all: usize::MAX, per_address: 0 };
        let seat = self.take(address, limits, &watch, || Ok(Arc::new(Nowhere) as Arc<dyn Reach>));
        seat.unwrap_or_else(|_| unreachable!("there are seats for all"))
    }
}

/// A connection that cannot be reached.
#[cfg(test)]
#[derive(Debug)]
struct Nowhere;

#[cfg(test)]
impl Reach for Nowhere {
    fn end_reading(&self) {}
    fn cut(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conn::Books;
    use std::net::SocketAddr;
    use std::string::String;
    use std::vec::Vec;

    struct Place {
        seats: Arc<Seats>,
        watch: Arc<Watch>,
        limits: SeatLimits,
    }

    impl Place {
        fn new(all: usize, per_address: usize, buffers: usize) -> Place {
            let watch = Arc::new(Watch::new(()));
            let seats = Arc::new(Seats::new(buffers));
            Place { seats, watch, limits: SeatLimits { all, per_address } }
        }

        fn take(&self, ip: &str) -> Result<Arc<Seat>, String> {
            let address = match ip {
                "unix" => Address::Unix,
                ip => SocketAddr::new(ip.parse().expect("an address"), 7).into(),
            };
            let reach = || Ok(Arc::new(Nowhere) as Arc<dyn Reach>);
            match self.seats.take(address, self.limits, &self.watch, reach) {
                Ok(seat) => Ok(seat),
                Err(NoSeat::Full(refusal)) => Err(std::format!("{refusal:?}")),
                Err(NoSeat::Draining) => Err("draining".into()),
                Err(NoSeat::Io(error)) => Err(std::format!("{error}")),
            }
        }
    }

    #[test]
    fn one_address_takes_only_its_share_and_loopback_all() {
        let place = Place::new(5, 2, usize::MAX);
        let take = |ip| place.take(ip).map(drop);
        let (full, per_address) =
            (Err("Connections { limit: 5 }".into()), Err("Address { limit: 2 }".into()));
        let mut taken: Vec<_> = (0..2).map(|_| place.take("192.0.2.1").expect("free")).collect();
        assert_eq!(take("192.0.2.1"), per_address);
        assert_eq!(take("::ffff:192.0.2.1"), per_address, "the same one, mapped");
        assert_eq!(take("192.0.2.2"), Ok(()));
        taken.extend((0..2).map(|_| place.take("127.0.0.1").expect("exempt")));
        taken.push(place.take("unix").expect("exempt"));
        assert_eq!(take("192.0.2.2"), full);
        assert_eq!(take("::1"), full);
        taken.remove(0);
        assert_eq!(take("192.0.2.1"), Ok(()));
        assert_eq!(place.seats.open(), 4);
        place.seats.drain(Duration::ZERO);
        assert_eq!(take("192.0.2.1"), Err("draining".into()));
    }

    #[test]
    fn a_customer_of_ipv6_has_a_64() {
        let place = Place::new(100, 2, usize::MAX);
        let taken = ["2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff"]
            .map(|ip| place.take(ip).expect("within the limit"));
        assert_eq!(place.take("2001:db8::2").map(drop), Err("Address { limit: 2 }".into()));
        assert!(place.take("2001:db8:0:1::1").is_ok(), "another network");
        drop(taken);
        assert!(place.take("2001:db8::2").is_ok());
        assert!(place.seats.lock().networks.is_empty(), "nothing is kept of who is gone");
    }

    #[test]
    fn a_server_without_bytes_has_no_seat() {
        let place = Place::new(100, 100, 20 * 1024);
        let taken: Vec<_> = (0..2).map(|_| place.take("::1").expect("room")).collect();
        assert_eq!(place.take("::1").map(drop), Err("Buffers { limit: 20480 }".into()));
        assert_eq!(place.seats.buffers(), 16 * 1024);
        drop(taken);
        assert!(place.take("::1").is_ok());
        assert_eq!(place.seats.buffers(), 0);
    }

    #[test]
    fn who_waits_for_bytes_gets_those_that_come_free_or_gives_up() {
        let place = Place::new(100, 100, 110 * 1024);
        let (large, small) = (place.take("::1").expect("room"), place.take("::1").expect("room"));
        assert!(large.grow_inbox(40 * 1024));
        assert!(!small.grow_inbox(40 * 1024), "they are not there");
        let freed = small.freed();
        assert!(!small.wait_for_room(freed, Instant::now() + Duration::from_millis(20)));
        let waiting = std::thread::spawn(move || {
            small.wait_for_room(freed, Instant::now() + Duration::from_secs(10))
                && small.grow_inbox(40 * 1024)
        });
        large.hold_inbox(0);
        assert!(waiting.join().expect("no panic"));
    }

    #[test]
    fn of_two_graces_the_shorter_one_holds() {
        let place = Place::new(1, 1, usize::MAX);
        let seat = place.take("::1").expect("free");
        assert!(place.seats.begin(usize::MAX));
        place.seats.drain(Duration::from_secs(3600));
        let waiting = std::thread::spawn({
            let seats = Arc::clone(&place.seats);
            move || seats.guard_until_empty()
        });
        place.seats.drain(Duration::ZERO);
        assert!(!waiting.join().expect("no panic"), "the seat is still taken");
        drop(seat);
        assert!(place.seats.guard_until_empty());
        assert!(!place.seats.begin(usize::MAX), "a server is drained once");
    }
}
