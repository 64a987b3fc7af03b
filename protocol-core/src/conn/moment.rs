//! Points in time, as a driver measures them.
//!
//! Nothing here reads a clock: a driver does, and says what it read. So a test, or a system without
//! a standard library, brings a clock of its own.

use core::num::NonZeroU64;
use core::time::Duration;

/// A moment on the clock of a driver, counted from a start of the driver's choice. All moments
/// that one connection sees come from one clock, which never goes back.
///
/// ```
/// use std::time::Duration;
/// use protocol_core::conn::Moment;
///
/// let later = Moment::START.after(Duration::from_secs(5));
/// assert_eq!(later.since(Moment::START), Duration::from_secs(5));
/// assert_eq!(Moment::START.since(later), Duration::ZERO);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(
    /// Nanoseconds, from one on: so an `Option` of it takes no more room. They last for 584 years.
    NonZeroU64,
);

impl Moment {
    /// The start of the clock.
    pub const START: Moment = Moment(NonZeroU64::MIN);

    /// So long after this moment, or the last moment that there is.
    #[must_use]
    pub const fn after(self, time: Duration) -> Moment {
        let nanos = time.as_secs().saturating_mul(1_000_000_000);
        Moment(self.0.saturating_add(nanos.saturating_add(time.subsec_nanos() as u64)))
    }

    /// How long ago `earlier` is; zero if it is later than this moment.
    #[must_use]
    pub const fn since(self, earlier: Moment) -> Duration {
        Duration::from_nanos(self.0.get().saturating_sub(earlier.0.get()))
    }
}
