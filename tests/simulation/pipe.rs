//! One direction of a bad network.

use std::collections::VecDeque;
use std::time::Duration;

use fastrand::Rng;
use protocol_core::conn::Moment;

/// What is wrong with a pipe, counted from its first byte.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    /// The byte at this place is changed.
    Corrupt { at: usize, by: u8 },
    /// The stream ends after so many bytes, whatever is written behind them.
    Cut { at: usize },
    /// The connection is reset when so many bytes were written.
    Reset { at: usize },
    /// After so many bytes, nothing is taken for some time.
    Stall { at: usize, lasts: Duration },
    /// From this byte on each byte comes alone, so long after the one before it.
    Drip { at: usize, pause: Duration },
}

/// The connection was reset.
#[derive(Debug)]
pub(crate) struct WasReset;

/// Bytes on their way.
#[derive(Debug)]
pub(crate) struct Pipe {
    pub(crate) faults: Vec<Fault>,
    latency_max: Duration,
    capacity: usize,
    /// Whether reads and writes move as little as a byte.
    is_choppy: bool,
    on_the_way: VecDeque<(Moment, u8)>,
    last_arrival: Moment,
    written: usize,
    stalled_until: Option<Moment>,
    ends: Option<Moment>,
    pub(crate) is_reset: bool,
}

impl Pipe {
    pub(crate) fn new(rng: &mut Rng) -> Pipe {
        let span = if rng.bool() { 100 } else { 3000 };
        let faults = match rng.u8(..100) {
            0..30 => Vec::new(),
            30..80 => vec![Fault::any(rng, span)],
            _ => vec![Fault::any(rng, span), Fault::any(rng, span)],
        };
        // A small pipe is short, or it would be slower than a write may be.
        let is_small = rng.bool();
        Pipe {
            faults,
            latency_max: Duration::from_micros(rng.u64(0..if is_small { 1000 } else { 50_000 })),
            capacity: if is_small { rng.usize(20..200) } else { rng.usize(1000..100_000) },
            is_choppy: rng.bool(),
            on_the_way: VecDeque::new(),
            last_arrival: Moment::START,
            written: 0,
            stalled_until: None,
            ends: None,
            is_reset: false,
        }
    }

    /// The place of the first byte that does not arrive as it was written.
    pub(crate) fn first_corrupt(&self) -> usize {
        let corrupt = |fault: &Fault| match fault {
            Fault::Corrupt { at, .. } => Some(*at),
            _ => None,
        };
        self.faults.iter().filter_map(corrupt).min().unwrap_or(usize::MAX)
    }

    /// Takes some of the bytes, or none.
    pub(crate) fn write(
        &mut self,
        bytes: &[u8],
        now: Moment,
        rng: &mut Rng,
    ) -> Result<usize, WasReset> {
        self.begin_faults(now);
        if self.is_reset {
            return Err(WasReset);
        }
        if self.stalled_until.is_some_and(|until| until > now) {
            return Ok(0);
        }
        let room = self.capacity.saturating_sub(self.on_the_way.len()).min(bytes.len());
        let count = if self.is_choppy && room > 0 { rng.usize(1..=room.min(50)) } else { room };
        // A fault begins at its own byte.
        let places = self.faults.iter().filter_map(|fault| fault.place().checked_sub(self.written));
        let count = places.filter(|left| *left > 0).min().unwrap_or(count).min(count);
        let latency = self.latency_max.mul_f64(rng.f64()) + Duration::from_nanos(1);
        self.last_arrival = self.last_arrival.max(now.after(latency));
        for byte in bytes.iter().take(count) {
            self.carry(*byte);
        }
        Ok(count)
    }

    /// Gives some of the bytes that have arrived; `Some(0)` is the end.
    pub(crate) fn read(
        &mut self,
        space: &mut [u8],
        now: Moment,
        rng: &mut Rng,
    ) -> Result<Option<usize>, WasReset> {
        self.begin_faults(now);
        if self.is_reset {
            return Err(WasReset);
        }
        let most = if self.is_choppy { rng.usize(1..50) } else { usize::MAX };
        let mut count = 0;
        for place in space.iter_mut().take(most) {
            match self.on_the_way.front() {
                Some((arrival, byte)) if *arrival <= now => *place = *byte,
                Some(_) | None => break,
            }
            self.on_the_way.pop_front();
            count += 1;
        }
        let is_over = self.on_the_way.is_empty() && self.ends.is_some_and(|ends| ends <= now);
        Ok((count > 0 || is_over).then_some(count))
    }

    /// Nothing more will be written.
    pub(crate) fn end(&mut self, now: Moment) {
        self.ends = self.ends.or(Some(self.last_arrival.max(now)));
    }

    /// When something happens here next, after `now`.
    pub(crate) fn next(&self, now: Moment) -> Option<Moment> {
        let arrival = self.on_the_way.front().map(|(arrival, _)| *arrival);
        let moments = [arrival, self.ends, self.stalled_until];
        moments.into_iter().flatten().filter(|moment| *moment > now).min()
    }

    fn carry(&mut self, mut byte: u8) {
        let place = self.written;
        self.written += 1;
        for fault in &self.faults {
            match *fault {
                Fault::Corrupt { at, by } if at == place => byte ^= by,
                Fault::Cut { at } if at <= place => return,
                Fault::Drip { at, pause } if at <= place => {
                    self.last_arrival = self.last_arrival.after(pause);
                }
                _ => {}
            }
        }
        self.on_the_way.push_back((self.last_arrival, byte));
    }

    fn begin_faults(&mut self, now: Moment) {
        for fault in &self.faults {
            match *fault {
                Fault::Reset { at } if at <= self.written => self.is_reset = true,
                Fault::Cut { at } if at <= self.written => {
                    self.ends = self.ends.or(Some(self.last_arrival.max(now)));
                }
                Fault::Stall { at, lasts } if at <= self.written => {
                    self.stalled_until = self.stalled_until.or(Some(now.after(lasts)));
                }
                _ => {}
            }
        }
    }
}

impl Fault {
    fn any(rng: &mut Rng, span: usize) -> Fault {
        let at = rng.usize(0..span);
        let seconds = |rng: &mut Rng| Duration::from_millis(rng.u64(1..80_000));
        match rng.u8(..10) {
            0..4 => Fault::Corrupt { at, by: rng.u8(1..) },
            4..6 => Fault::Cut { at },
            6 => Fault::Reset { at },
            7 => Fault::Stall { at, lasts: seconds(rng) },
            _ => Fault::Drip { at, pause: seconds(rng) / 40 },
        }
    }

    fn place(self) -> usize {
        match self {
            Fault::Corrupt { at, .. }
            | Fault::Cut { at }
            | Fault::Reset { at }
            | Fault::Stall { at, .. }
            | Fault::Drip { at, .. } => at,
        }
    }
}
