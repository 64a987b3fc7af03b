//! How long nothing is accepted after an error, and which errors are worth a pause.

use std::io::{self, ErrorKind};
use std::time::Duration;

/// The pause after an error that is not that of one connection: it doubles with each in a row, so
/// that a server without free file descriptors does not spin.
#[derive(Debug)]
pub(in crate::net) struct Backoff {
    next: Duration,
}

const PAUSE_MIN: Duration = Duration::from_millis(5);
const PAUSE_MAX: Duration = Duration::from_secs(1);

impl Backoff {
    pub(in crate::net) fn new() -> Backoff {
        Backoff { next: PAUSE_MIN }
    }

    /// The pause to make now.
    pub(in crate::net) fn pause(&mut self) -> Duration {
        let pause = self.next;
        self.next = pause.saturating_mul(2).min(PAUSE_MAX);
        pause
    }

    /// Takes note that it works again.
    pub(in crate::net) fn reset(&mut self) {
        *self = Backoff::new();
    }
}

/// Whether only the connection failed that was about to be accepted, and not the socket it came on:
/// then the next one is accepted at once. (Linux passes on the errors of the network that the new
/// connection already has.)
pub(in crate::net) fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::TimedOut
            | ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn pauses_double_from_5_ms_to_1_s_and_begin_anew() {
        let mut backoff = Backoff::new();
        let pauses: Vec<u128> = (0..10).map(|_| backoff.pause().as_millis()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000]);
        backoff.reset();
        assert_eq!(backoff.pause().as_millis(), 5);
    }

    #[test]
    fn the_errors_of_a_process_are_not_those_of_one_connection() {
        // EMFILE, ENFILE, ENOBUFS and ENOMEM of Linux.
        for code in [24, 23, 105, 12] {
            assert!(!is_of_one_connection(&io::Error::from_raw_os_error(code)), "{code}");
        }
        assert!(is_of_one_connection(&ErrorKind::ConnectionAborted.into()));
    }
}
