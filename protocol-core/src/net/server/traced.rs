//! Hands what happens on a server on to `tracing`.

use tracing::{debug, error, trace, warn};

use super::event::Event;
use super::observer::{Observer, Peer, Tally};

/// An observer that writes to `tracing`, with the target `protocol_core::net`.
///
/// Lines about one connection are warnings, those about the server itself errors; both have the
/// fields `code` and, if there is one, `peer`. Connections are at the level debug, frames at trace.
///
/// ```
/// use protocol_core::net::blocking::Server;
/// use protocol_core::net::server::Tracing;
///
/// let server = Server::<()>::bind("localhost:0")?.observer(Tracing);
/// # drop(server);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Tracing;

impl Observer for Tracing {
    fn connected(&self, peer: &Peer) {
        debug!(target: "protocol_core::net", id = peer.id, %peer, "connected");
    }

    fn frame_in(&self, peer: &Peer, bytes: usize) {
        trace!(target: "protocol_core::net", id = peer.id, bytes, "frame in");
    }

    fn frame_out(&self, peer: &Peer, bytes: usize) {
        trace!(target: "protocol_core::net", id = peer.id, bytes, "frame out");
    }

    fn line(&self, event: &Event<'_>) {
        let code = event.code();
        match event.peer() {
            Some(peer) => warn!(target: "protocol_core::net", code, %peer, "{event}"),
            None => error!(target: "protocol_core::net", code, "{event}"),
        }
    }

    fn closed(&self, peer: &Peer, tally: &Tally) {
        let Tally { lasted, frames_in, frames_out, bytes_in, bytes_out } = *tally;
        debug!(
            target: "protocol_core::net",
            id = peer.id, %peer, ?lasted, frames_in, frames_out, bytes_in, bytes_out,
            "closed"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;
    use std::format;
    use std::net::SocketAddr;
    use std::string::String;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;
    use std::vec::Vec;
    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Metadata, Subscriber};

    /// Writes down level and fields of what is said.
    struct Notes(Arc<Mutex<Vec<String>>>);

    struct Fields(String);

    impl Visit for Fields {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            self.0.push_str(&format!(" {field}={value:?}"));
        }
    }

    impl Subscriber for Notes {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target() == "protocol_core::net"
        }
        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &tracing::Event<'_>) {
            let mut fields = Fields(format!("{}", event.metadata().level()));
            event.record(&mut fields);
            self.0.lock().expect("no panic").push(fields.0);
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    #[test]
    fn lines_have_a_level_a_code_and_a_peer() {
        let notes = Arc::default();
        let address = SocketAddr::from(([192, 0, 2, 1], 7)).into();
        let peer = Peer { id: 4, address };
        tracing::subscriber::with_default(Notes(Arc::clone(&notes)), || {
            Tracing.connected(&peer);
            Tracing.frame_in(&peer, 10);
            Tracing.frame_out(&peer, 20);
            Tracing.line(&Event::Panicked { peer: address });
            Tracing.line(&Event::Dropped { count: 3 });
            Tracing.closed(&peer, &Tally { lasted: Duration::from_secs(1), ..Tally::default() });
        });
        let expected = [
            "DEBUG message=connected id=4 peer=192.0.2.1:7",
            "TRACE message=frame in id=4 bytes=10",
            "TRACE message=frame out id=4 bytes=20",
            "WARN message=192.0.2.1:7: the handler panicked code=\"panicked\" peer=192.0.2.1:7",
            "ERROR message=3 more events were dropped code=\"dropped\"",
            "DEBUG message=closed id=4 peer=192.0.2.1:7 lasted=1s frames_in=0 frames_out=0 \
             bytes_in=0 bytes_out=0",
        ];
        assert_eq!(*notes.lock().expect("no panic"), expected);
    }
}
