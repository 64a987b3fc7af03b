//! What is known of a peer while its handshake lasts, whichever driver reads from it.

use std::net::SocketAddr;
use std::time::Duration;

use super::{HandshakeError, HandshakeErrorKind};

/// How long a peer may take to read why it was refused, and how much it may still send.
pub(super) const FAREWELL_WITHIN: Duration = Duration::from_secs(1);
pub(super) const FAREWELL_MAX: usize = 64 * 1024;

/// What a peer sent in its handshake.
#[derive(Debug, Default)]
pub(super) struct Received {
    start: [u8; 8],
    count: usize,
}

/// The types of the records with which a peer can begin: an alert, a handshake.
const FIRST_RECORDS: [u8; 2] = [0x15, 0x16];

impl Received {
    pub(super) fn note(&mut self, bytes: &[u8]) {
        let free = self.start.get_mut(self.count..).unwrap_or_default();
        for (slot, byte) in free.iter_mut().zip(bytes) {
            *slot = *byte;
        }
        self.count = self.count.saturating_add(bytes.len());
    }

    /// How many bytes it sent.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The error of a handshake that rustls refused.
    pub(super) fn refused(&self, error: rustls::Error, peer: Option<SocketAddr>) -> HandshakeError {
        if self.is_tls() {
            HandshakeError::new(HandshakeErrorKind::Tls(error), peer)
        } else {
            HandshakeError::not_tls(self.start(), peer)
        }
    }

    fn start(&self) -> &[u8] {
        self.start.get(..self.count).unwrap_or(&self.start)
    }

    /// Whether it begins as TLS does: with the type of a record, and the major version 3.
    fn is_tls(&self) -> bool {
        FIRST_RECORDS.into_iter().any(|kind| self.start().starts_with(&[kind, 3]))
    }
}
