//! The bytes that all buffers of a server may take together, and the share of each connection.
//!
//! An eighth is for those to come. Of the rest, a connection may hold at most as much as it leaves free. So a few large holders never take all:
//! the more there are, the less each can grow, and a small one finds room as long as there is any.
//! What every connection needs at least is set aside with its seat. Nobody waits for ever: who finds
//! no room waits no longer than its frame may take, and gives back what it holds when it is cut.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many bytes are set aside for each connection.
pub(in crate::net) const FLOOR: usize = 8 * 1024;

/// A receive buffer may always have so many, or nothing could be read. It is the size of the first.
const INBOX_LEAST: usize = FLOOR / 2;

/// This part of all bytes is for seats alone: buffers may grow until no more than it is left.
const NEWCOMERS: usize = 8;

/// The bytes of a server.
#[derive(Debug)]
pub(super) struct Budget {
    limit: AtomicUsize,
    used: AtomicUsize,
}

/// What one connection holds of a budget, until it is [closed](Budget::close).
#[derive(Debug, Default)]
pub(super) struct Share {
    buffers: Mutex<Buffers>,
}

/// The sizes of both buffers. Each half of a connection may live in a thread of its own.
#[derive(Debug, Default)]
struct Buffers {
    inbox: usize,
    outbox: usize,
}

impl Budget {
    pub(super) fn new(limit: usize) -> Budget {
        Budget { limit: AtomicUsize::new(limit), used: AtomicUsize::new(0) }
    }

    pub(super) fn set_limit(&self, limit: usize) {
        self.limit.store(limit, Ordering::SeqCst);
    }

    pub(super) fn limit(&self) -> usize {
        self.limit.load(Ordering::SeqCst)
    }

    pub(super) fn used(&self) -> usize {
        self.used.load(Ordering::SeqCst)
    }

    /// Whether any byte is left.
    pub(super) fn has_room(&self) -> bool {
        self.used() < self.limit()
    }

    /// Sets the floor of a new connection aside, if it is there.
    pub(super) fn open(&self) -> Option<Share> {
        let limit = self.limit();
        let add = |used: usize| used.checked_add(FLOOR).filter(|used| *used <= limit);
        let added = self.used.fetch_update(Ordering::SeqCst, Ordering::SeqCst, add);
        added.ok().map(|_| Share::default())
    }

    /// Gives back all that a connection holds.
    pub(super) fn close(&self, share: &Share) {
        self.used.fetch_sub(share.lock().held(), Ordering::SeqCst);
    }

    /// Lets the receive buffer of a connection grow to so many bytes; whether it may.
    pub(super) fn grow_inbox(&self, share: &Share, bytes: usize) -> bool {
        let mut buffers = share.lock();
        let before = buffers.held();
        let now = Buffers { inbox: bytes, ..*buffers }.held();
        if now == before {
            buffers.inbox = bytes;
            return true;
        }
        let limit = self.limit();
        let grow = |used: usize| {
            let others = used.saturating_sub(before);
            let may_hold = (limit - limit / NEWCOMERS).saturating_sub(others) / 2;
            (bytes <= INBOX_LEAST || now <= before.max(may_hold))
                .then(|| others.saturating_add(now))
        };
        let has_grown = self.used.fetch_update(Ordering::SeqCst, Ordering::SeqCst, grow).is_ok();
        if has_grown {
            buffers.inbox = bytes;
        }
        has_grown
    }

    /// Takes note of the size of a receive buffer; whether bytes came free.
    pub(super) fn hold_inbox(&self, share: &Share, bytes: usize) -> bool {
        self.hold(share, |buffers| buffers.inbox = bytes)
    }

    /// Takes note of the size of a send buffer; whether bytes came free. It has grown already, by one
    /// message at most: before another one is packed, [`has_room`](Budget::has_room) is asked.
    pub(super) fn hold_outbox(&self, share: &Share, bytes: usize) -> bool {
        self.hold(share, |buffers| buffers.outbox = bytes)
    }

    fn hold(&self, share: &Share, note: impl FnOnce(&mut Buffers)) -> bool {
        let mut buffers = share.lock();
        let before = buffers.held();
        note(&mut buffers);
        let now = buffers.held();
        // Small buffers stay within the floor: those who hold no more never meet here.
        if now > before {
            self.used.fetch_add(now - before, Ordering::SeqCst);
        } else if now < before {
            self.used.fetch_sub(before - now, Ordering::SeqCst);
        }
        now < before
    }
}

impl Share {
    /// No code that can panic runs under the lock, so a poisoned one holds sound state.
    fn lock(&self) -> MutexGuard<'_, Buffers> {
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Buffers {
    fn held(&self) -> usize {
        self.inbox.saturating_add(self.outbox).max(FLOOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::thread;
    use std::vec::Vec;

    const KIB: usize = 1024;

    #[test]
    fn the_floor_is_set_aside_for_each_and_a_seat_needs_it() {
        let budget = Budget::new(2 * FLOOR);
        let first = budget.open().expect("room");
        let second = budget.open().expect("room");
        assert!(budget.open().is_none() && !budget.has_room());
        assert!(budget.grow_inbox(&first, FLOOR / 2), "within its floor");
        assert_eq!(budget.used(), 2 * FLOOR);
        budget.hold_outbox(&second, 2 * FLOOR);
        assert!(budget.grow_inbox(&second, FLOOR / 2), "or it could not read");
        budget.close(&second);
        budget.close(&first);
        assert_eq!(budget.used(), 0);
    }

    #[test]
    fn a_connection_holds_at_most_as_much_as_it_leaves() {
        let budget = Budget::new(8 * 1024 * KIB / 7 + 1);
        let greedy = budget.open().expect("room");
        assert!(budget.grow_inbox(&greedy, 512 * KIB));
        assert!(!budget.grow_inbox(&greedy, 513 * KIB));
        let second = budget.open().expect("room");
        assert!(budget.grow_inbox(&second, 256 * KIB));
        assert!(!budget.grow_inbox(&second, 257 * KIB));
        assert!(budget.grow_inbox(&greedy, 512 * KIB), "what it has it keeps");
        assert_eq!(budget.used(), 768 * KIB);
        assert!(budget.hold_inbox(&greedy, 0));
        assert!(budget.grow_inbox(&second, 508 * KIB), "the floor of the other one stays his");
        assert!(!budget.hold_outbox(&second, 4 * KIB), "nothing came free");
        assert_eq!(budget.used(), 520 * KIB);
    }

    #[test]
    fn a_newcomer_finds_a_seat_beside_any_number_of_greedy_ones() {
        let budget = Budget::new(1024 * KIB);
        let greedy: Vec<Share> = (0..32).map(|_| budget.open().expect("room")).collect();
        let mut bytes = FLOOR;
        while greedy.iter().filter(|share| budget.grow_inbox(share, bytes)).count() > 0 {
            bytes += KIB;
        }
        let newcomers = (0..10).filter(|_| budget.open().is_some()).count();
        assert_eq!(newcomers, 10, "{} of {} are used", budget.used(), budget.limit());
    }

    #[test]
    fn threads_lose_no_byte() {
        let budget = Arc::new(Budget::new(1024 * KIB));
        let share = Arc::new(budget.open().expect("room"));
        let halves: Vec<_> = (0..2)
            .map(|half| {
                let (budget, share) = (Arc::clone(&budget), Arc::clone(&share));
                thread::spawn(move || {
                    for bytes in (0..1000).map(|step| step % 7 * KIB * 3) {
                        match half {
                            0 if budget.grow_inbox(&share, bytes) => {}
                            0 => assert!(!budget.hold_inbox(&share, 100 * KIB), "it shrank"),
                            _ => drop(budget.hold_outbox(&share, bytes)),
                        }
                    }
                })
            })
            .collect();
        halves.into_iter().for_each(|half| half.join().expect("no panic"));
        budget.close(&share);
        assert_eq!(budget.used(), 0);
    }
}
