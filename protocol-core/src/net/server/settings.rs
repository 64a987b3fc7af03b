//! What a user sets on a server, and the defaults, all of them finite.

use std::format;
use std::io::{self, ErrorKind};
use std::time::Duration;

use super::seats::SeatLimits;
use crate::Limits;
use crate::conn::Timeouts;

/// The settings of a server of either kind.
#[derive(Debug, Clone, Copy)]
pub(in crate::net) struct Settings {
    pub(in crate::net) seats: SeatLimits,
    /// For each connection.
    pub(in crate::net) timeouts: Timeouts,
    pub(in crate::net) limits: Limits,
    /// How many bytes all buffers may take together.
    pub(in crate::net) buffers: usize,
    /// How many handshakes may be going on.
    pub(in crate::net) handshakes: usize,
    /// How long each may take.
    pub(in crate::net) handshake_within: Duration,
}

/// What is told of a handshake that panicked.
pub(in crate::net) const HANDSHAKE_PANICKED: &str = "the handshake panicked";

impl Settings {
    /// The defaults of a server whose every connection has a thread.
    pub(in crate::net) const BLOCKING: Settings = Settings {
        seats: SeatLimits { all: 256, per_address: 64 },
        timeouts: Timeouts::SERVER,
        limits: Limits::DEFAULT,
        buffers: 256 * 1024 * 1024,
        handshakes: 128,
        handshake_within: Duration::from_secs(10),
    };

    /// The defaults of a server whose every connection has a task.
    #[cfg(feature = "tokio")]
    pub(in crate::net) const ASYNC: Settings = Settings {
        seats: SeatLimits { all: 1024, ..Settings::BLOCKING.seats },
        handshakes: 512,
        ..Settings::BLOCKING
    };

    /// What is told of a handshake that takes longer.
    pub(in crate::net) fn late_handshake(&self) -> io::Error {
        let text = format!("the handshake took longer than {:?}", self.handshake_within);
        io::Error::new(ErrorKind::TimedOut, text)
    }
}
