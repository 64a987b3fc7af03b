//! How many lines a log gets in a second: a peer must not be able to fill it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Counts the lines of each second, and those that are too many.
#[derive(Debug)]
pub(super) struct Lines {
    window: Mutex<Window>,
}

/// The lines of one second.
#[derive(Debug)]
struct Window {
    began: Instant,
    told: u32,
    dropped: u64,
}

/// How many lines are told of in a second.
const TOLD_MAX: u32 = 10;
const SECOND: Duration = Duration::from_secs(1);

impl Lines {
    pub(super) fn new() -> Lines {
        Lines { window: Mutex::new(Window { began: Instant::now(), told: 0, dropped: 0 }) }
    }

    /// Counts a line: whether it is told of. Nothing is told under the lock.
    pub(super) fn count(&self) -> bool {
        let mut window = self.window();
        let is_told = window.told < TOLD_MAX;
        if is_told {
            window.told += 1;
        } else {
            window.dropped += 1;
        }
        is_told
    }

    /// Begins a new second if this one is over; how many lines were dropped in it.
    pub(super) fn renew(&self) -> u64 {
        self.window().renew(Instant::now())
    }

    /// How many lines were dropped in this second; they are no longer counted.
    pub(super) fn take_dropped(&self) -> u64 {
        std::mem::take(&mut self.window().dropped)
    }

    /// No code that can panic runs under the lock, so a poisoned one holds sound state.
    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Window {
    fn renew(&mut self, now: Instant) -> u64 {
        if now.saturating_duration_since(self.began) < SECOND {
            return 0;
        }
        let dropped = self.dropped;
        *self = Window { began: now, told: 0, dropped: 0 };
        dropped
    }
}
