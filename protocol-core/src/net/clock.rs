//! The clock of the drivers: that of the system, counted from the start of a connection.

use std::time::Instant;

use crate::conn::Moment;

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
