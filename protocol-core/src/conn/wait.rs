//! One wait for the stream below, and when it is over.
//!
//! Knows no message and no direction: a wait for bytes and a wait for room end alike.

use core::time::Duration;

use super::Moment;

/// A wait that began at some moment and may last for some time.
///
/// When the time is over, what can be done at once is still done: the time may have gone by between
/// two calls, with the bytes long there. So a wait that is found late is granted one more try; it
/// ends with a try that did nothing, or that did all there was to do. A try that is broken off, as a
/// future is dropped, is made again, but not for ever.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    until: Option<Moment>,
    late_tries: u8,
    is_over: bool,
}

/// The time is over, and the last try too.
pub(super) struct Over;

/// How long a try may take that is made after the time is over: enough for a driver to ask the
/// system once.
const LATE_TRY: Duration = Duration::from_millis(1);
/// How many tries may be broken off.
const LATE_TRIES_MAX: u8 = 3;

impl Wait {
    pub(super) fn begin(now: Moment, allowed: Option<Duration>) -> Wait {
        Wait { until: allowed.map(|time| now.after(time)), late_tries: 0, is_over: false }
    }

    /// Until when the stream may be waited for now, which is later than `now`; `None` is for ever.
    pub(super) fn until(&mut self, now: Moment) -> Result<Option<Moment>, Over> {
        if self.until.is_some_and(|until| until <= now) {
            self.is_over |= self.late_tries >= LATE_TRIES_MAX;
            self.late_tries = self.late_tries.saturating_add(1);
            self.until = Some(now.after(LATE_TRY));
        }
        if self.is_over { Err(Over) } else { Ok(self.until) }
    }

    /// Lasts so much longer.
    pub(super) fn put_off(&mut self, time: Duration) {
        self.until = self.until.map(|until| until.after(time));
    }

    /// Takes note that bytes were moved, and whether the stream would have moved more.
    pub(super) fn moved(&mut self, now: Moment, would_move_more: bool) {
        if self.late_tries == 0 {
            return;
        }
        self.is_over |= !would_move_more;
        self.late_tries = 1;
        self.until = Some(now.after(LATE_TRY));
    }

    /// Takes note that up to `now` the stream moved nothing.
    pub(super) fn waited(&mut self, now: Moment) {
        self.is_over |= self.until.is_some_and(|until| until <= now);
    }
}

/// The earlier one of two ends, where `None` never comes.
pub(crate) fn earlier(one: Option<Moment>, other: Option<Moment>) -> Option<Moment> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
