//! The clock of the drivers: that of the system, counted from the start of a connection.

use std::time::{Duration, Instant};

use crate::conn::Moment;

/// A moment in the future: that in a year, if it is beyond the end of the clock.
pub(super) fn moment_in(time: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(time).unwrap_or(now + Duration::from_secs(365 * 86400))
}

/// Measures moments from its own start. Clones are the same clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    start: Instant,
}

impl Clock {
    pub(super) fn start() -> Clock {
        Clock { start: Instant::now() }
    }

    pub(super) fn now(self) -> Moment {
        Moment::START.after(self.start.elapsed())
    }
}
