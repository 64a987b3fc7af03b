//! A wait that began at some time, and what is left of it.

use std::time::{Duration, Instant};

/// A wait that began at some time and is allowed to last for some time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    began: Instant,
    allowed: Option<Duration>,
}

/// What is left of a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// There is no limit.
    Forever,
    /// So much, and never zero.
    Some(Duration),
    /// Nothing.
    Nothing,
}

/// What is shorter is not worth a system call to set a timeout anew; and a socket may say so much
/// too early that its time is over, since kernels count in ticks.
const TICK: Duration = Duration::from_millis(10);

/// When the time is over, what can be done at once is still done: the time may have gone by between
/// two calls, with the bytes long there. A blocking stream is given so long for it.
pub(super) const LATE_TRY: Duration = Duration::from_millis(1);

impl Wait {
    pub(super) fn new(began: Instant, allowed: Option<Duration>) -> Wait {
        Wait { began, allowed }
    }

    pub(super) fn left(self, now: Instant) -> Left {
        let Some(allowed) = self.allowed else {
            return Left::Forever;
        };
        let gone = now.saturating_duration_since(self.began);
        let left = allowed.saturating_sub(if gone < TICK { Duration::ZERO } else { gone });
        if left.is_zero() { Left::Nothing } else { Left::Some(left) }
    }

    /// Whether a read or write that came back with nothing did so because the time is over.
    pub(super) fn is_over(self) -> bool {
        match self.left(Instant::now()) {
            Left::Forever => false,
            Left::Some(left) => left <= TICK,
            Left::Nothing => true,
        }
    }
}
