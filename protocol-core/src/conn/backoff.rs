//! When to connect anew: pauses that grow and are random, and a budget that ends them.
//!
//! Knows no clock and no dice: the driver brings both.

use core::time::Duration;

use super::Moment;

/// How a client comes back to a server that is away.
///
/// Before each attempt but the first it pauses for a random time, from nothing to a bound that doubles
/// with each failure in a row. (Random from nothing on, since clients that lost one server together would
/// else come back together.) Each attempt takes one of the `tries`, and one comes back every `refill`, so
/// neither a server that is away nor one that drops each connection at once is dialled for ever.
///
/// ```
/// use std::time::Duration;
/// use protocol_core::conn::Backoff;
///
/// let backoff = Backoff::default();
/// assert_eq!((backoff.first, backoff.most), (Duration::from_millis(100), Duration::from_secs(10)));
/// assert_eq!((backoff.tries, backoff.refill), (10, Duration::from_secs(30)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The bound of the pause after the first failure.
    pub first: Duration,
    /// The largest bound of a pause.
    pub most: Duration,
    /// How many attempts there are at once.
    pub tries: u32,
    /// How long it takes until one more is there.
    pub refill: Duration,
}

impl Default for Backoff {
    fn default() -> Backoff {
        Backoff {
            first: Duration::from_millis(100),
            most: Duration::from_secs(10),
            tries: 10,
            refill: Duration::from_secs(30),
        }
    }
}

/// The attempts of one client.
///
/// ```
/// use std::time::Duration;
/// use protocol_core::conn::{Attempts, Backoff, Moment};
///
/// let mut attempts = Attempts::new(Backoff { tries: 3, ..Backoff::default() });
/// let now = Moment::START;
/// let longest = |bound| bound;
/// assert_eq!(attempts.next(now, longest), Some(Duration::ZERO));
/// assert_eq!(attempts.next(now, longest), Some(Duration::from_millis(100)));
/// assert_eq!(attempts.next(now, longest), Some(Duration::from_millis(200)));
/// assert_eq!(attempts.next(now, longest), None);
/// assert!(attempts.next(now.after(Duration::from_secs(30)), longest).is_some());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Attempts {
    backoff: Backoff,
    left: u32,
    /// When the last try came back.
    refilled: Moment,
    /// How many attempts there were since one succeeded.
    in_a_row: u32,
}

impl Attempts {
    /// With all tries there.
    #[must_use]
    pub const fn new(backoff: Backoff) -> Attempts {
        Attempts { backoff, left: backoff.tries, refilled: Moment::START, in_a_row: 0 }
    }

    /// How long to pause before the next attempt: `random` chooses a time up to its argument. `None` if no
    /// try is left.
    pub fn next(
        &mut self,
        now: Moment,
        random: impl FnOnce(Duration) -> Duration,
    ) -> Option<Duration> {
        self.refill(now);
        self.left = self.left.checked_sub(1)?;
        let before = self.in_a_row;
        self.in_a_row = before.saturating_add(1);
        let bound = match before.checked_sub(1) {
            None => return Some(Duration::ZERO),
            Some(doublings) => {
                1_u32.checked_shl(doublings).and_then(|n| self.backoff.first.checked_mul(n))
            }
        };
        Some(random(bound.unwrap_or(self.backoff.most).min(self.backoff.most)))
    }

    /// Takes note that an attempt succeeded: the next pause is none again. The try is not given back.
    pub fn succeeded(&mut self) {
        self.in_a_row = 0;
    }

    /// How many attempts there were since one succeeded.
    #[must_use]
    pub fn in_a_row(&self) -> u32 {
        self.in_a_row
    }

    fn refill(&mut self, now: Moment) {
        while self.left < self.backoff.tries {
            let due = self.refilled.after(self.backoff.refill);
            if due > now {
                return;
            }
            self.refilled = due;
            self.left = self.left.saturating_add(1);
        }
        // Time that went by with all tries there earns none.
        self.refilled = now;
    }
}

/// Why there is no connection.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct NotConnected {
    attempts: u32,
    last: Option<std::io::Error>,
}

#[cfg(feature = "std")]
impl NotConnected {
    pub(crate) fn new(attempts: u32, last: Option<std::io::Error>) -> NotConnected {
        NotConnected { attempts, last }
    }

    /// How many attempts there were since one succeeded.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The error of the last attempt; `None` if not even one was left.
    #[must_use]
    pub fn last(&self) -> Option<&std::io::Error> {
        self.last.as_ref()
    }
}

#[cfg(feature = "std")]
impl core::fmt::Display for NotConnected {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { attempts, last } = self;
        match last {
            Some(error) => write!(f, "not connected after {attempts} attempts: {error}"),
            None => write!(f, "not connected: no attempt is left after {attempts}"),
        }
    }
}

#[cfg(feature = "std")]
impl core::error::Error for NotConnected {}

/// A random time from nothing to `bound`.
#[cfg(feature = "std")]
pub(crate) fn random(bound: Duration) -> Duration {
    bound.mul_f64(fastrand::f64())
}
