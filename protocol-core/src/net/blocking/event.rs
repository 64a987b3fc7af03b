//! What a server has to tell about its connections, at most ten times a second.

use std::borrow::ToOwned;
use std::boxed::Box;
use std::error::Error;
use std::fmt::{self, Write as _};
use std::format;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::string::{String, ToString};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::conn::{ConnError, RecvError, SendError};

/// Something that went wrong on a server, and did not end it.
///
/// Its text is one line, whatever peers sent: control characters in the text of an error are
/// escaped, and that of an error from a handler of your own is cut at 256 bytes.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The handler of a connection returned an error, and the connection is closed.
    Failed {
        /// Who is at the other end.
        peer: SocketAddr,
        /// The handler's error.
        error: &'a (dyn Error + Send + Sync + 'static),
    },
    /// The handler of a connection panicked, and the connection is closed.
    Panicked {
        /// Who is at the other end.
        peer: SocketAddr,
    },
    /// A new connection was closed at once, because there are too many.
    Refused {
        /// Who is at the other end.
        peer: SocketAddr,
        /// How many there may be, of all peers or of this address.
        limit: usize,
    },
    /// A new connection could not be accepted; the server tries again after a pause.
    NotAccepted {
        /// Why.
        error: &'a io::Error,
        /// How long nothing is accepted.
        pause: Duration,
    },
    /// A new connection was closed, because no thread can be started for it; nothing is accepted
    /// for a pause.
    NotServed {
        /// Who is at the other end.
        peer: SocketAddr,
        /// Why.
        error: &'a io::Error,
        /// How long nothing is accepted.
        pause: Duration,
    },
    /// There were more events than are told of.
    Dropped {
        /// How many were not told of.
        count: u64,
    },
}

impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { peer, error } => {
                // The errors of a connection name their peer themselves.
                let (peer, error) = (format!("{peer}: "), Shown::of(*error));
                if !error.text.starts_with(&peer) {
                    f.write_str(&peer)?;
                }
                fmt::Display::fmt(&error, f)
            }
            Self::Panicked { peer } => write!(f, "{peer}: the handler panicked"),
            Self::Refused { peer, limit } => {
                write!(f, "{peer}: refused, there are {limit} connections already")
            }
            Self::NotAccepted { error, pause } => {
                write!(f, "cannot accept a connection: {error}; trying again in {pause:?}")
            }
            Self::NotServed { peer, error, pause } => {
                write!(f, "{peer}: closed, there is no thread for it: {error}; ")?;
                write!(f, "accepting again in {pause:?}")
            }
            Self::Dropped { count } => write!(f, "{count} more events were dropped"),
        }
    }
}

/// The text of an error, safe for a log: a peer may have written a part of it, so it stays on its
/// line and holds no commands for a terminal.
struct Shown {
    text: String,
    is_cut: bool,
}

/// The longest text of an error that is not our own, whose texts are bounded.
const SHOWN_MAX: usize = 256;

impl Shown {
    fn of(error: &(dyn Error + Send + Sync + 'static)) -> Shown {
        let text = error.to_string();
        let is_ours = match error.downcast_ref::<ConnError>() {
            Some(ConnError::Recv(_) | ConnError::Send(_)) => true,
            Some(ConnError::Handler(_)) => false,
            None => error.is::<RecvError>() || error.is::<SendError>(),
        };
        if is_ours || text.len() <= SHOWN_MAX {
            return Shown { text, is_cut: false };
        }
        let start = (0..=SHOWN_MAX).rev().find_map(|end| text.get(..end)).unwrap_or_default();
        Shown { text: start.to_owned(), is_cut: true }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.text.chars() {
            match character {
                // Plain quotes and backslashes do no harm, and our own texts are escaped already.
                '"' | '\'' | '\\' => f.write_char(character)?,
                _ => fmt::Display::fmt(&character.escape_debug(), f)?,
            }
        }
        f.write_str(if self.is_cut { "…" } else { "" })
    }
}

/// Tells of events, and counts those that are too many: a peer must not be able to fill a log.
pub(super) struct Reporter {
    tell: Box<dyn Fn(&Event<'_>) + Send + Sync>,
    window: Mutex<Window>,
}

/// The events of one second.
struct Window {
    began: Instant,
    told: u32,
    dropped: u64,
}

/// How many events are told of in a second.
const TOLD_MAX: u32 = 10;
const SECOND: Duration = Duration::from_secs(1);

impl Reporter {
    pub(super) fn new(tell: Box<dyn Fn(&Event<'_>) + Send + Sync>) -> Reporter {
        let window = Window { began: Instant::now(), told: 0, dropped: 0 };
        Reporter { tell, window: Mutex::new(window) }
    }

    /// Prints to the standard error output. Nobody is left to be told if that is broken, and
    /// `eprintln!` would panic.
    pub(super) fn printing() -> Reporter {
        Reporter::new(Box::new(|event| writeln!(io::stderr(), "{event}").unwrap_or_default()))
    }

    pub(super) fn report(&self, event: &Event<'_>) {
        self.catch_up();
        if self.count() {
            self.tell(event);
        }
    }

    /// Tells how many events were dropped in the last window, if that is over. To be called now and
    /// then: after a burst there may be no other event for long.
    pub(super) fn catch_up(&self) {
        let dropped = self.window().renew(Instant::now());
        self.report_dropped(dropped);
    }

    /// Tells how many events were dropped in the last window.
    pub(super) fn finish(&self) {
        let dropped = std::mem::take(&mut self.window().dropped);
        self.report_dropped(dropped);
    }

    /// Counts an event: whether it is told of. Nothing is told under the lock.
    fn count(&self) -> bool {
        let mut window = self.window();
        let is_told = window.told < TOLD_MAX;
        if is_told {
            window.told += 1;
        } else {
            window.dropped += 1;
        }
        is_told
    }

    fn report_dropped(&self, count: u64) {
        if count > 0 {
            self.tell(&Event::Dropped { count });
        }
    }

    /// A panic of the user's code ends neither the thread that accepts nor a conversation; the
    /// panic hook has told of it. What is half done then is the user's own.
    fn tell(&self, event: &Event<'_>) {
        catch_unwind(AssertUnwindSafe(|| (self.tell)(event))).unwrap_or_default();
    }

    fn window(&self) -> std::sync::MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Window {
    /// Begins a new window if this one is over; how many events were dropped in it.
    fn renew(&mut self, now: Instant) -> u64 {
        if now.saturating_duration_since(self.began) < SECOND {
            return 0;
        }
        let dropped = self.dropped;
        *self = Window { began: now, told: 0, dropped: 0 };
        dropped
    }
}

impl fmt::Debug for Reporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reporter").finish_non_exhaustive()
    }
}
