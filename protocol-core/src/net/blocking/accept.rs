//! Accepts connections on one listening socket, and gives each a thread.

use std::format;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::event::{Event, Reporter};
use super::seats::{NoSeat, Seat, SeatLimits, Seats};

/// What all listening sockets of a server share.
pub(super) struct Acceptor<T> {
    pub(super) seats: Arc<Seats>,
    pub(super) limits: SeatLimits,
    pub(super) reporter: Arc<Reporter>,
    /// Talks to one peer, to the end.
    pub(super) talk: T,
}

/// The pause after an error that is not that of one connection: it doubles with each in a row, so
/// that a server without free file descriptors does not spin.
const PAUSE_MIN: Duration = Duration::from_millis(5);
const PAUSE_MAX: Duration = Duration::from_secs(1);

impl<T: Fn(TcpStream, SocketAddr) + Send + Sync + 'static> Acceptor<T> {
    /// Accepts until the server is stopping.
    pub(super) fn run(self: &Arc<Self>, listener: &TcpListener) {
        let mut pause = PAUSE_MIN;
        while !self.seats.is_stopping() {
            match listener.accept() {
                Ok((stream, peer)) => {
                    self.reporter.catch_up();
                    self.admit(stream, peer, &mut pause);
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => self.wait(&not_accepted(&error, pause), &mut pause),
            }
        }
    }

    /// Gives the connection a thread, or closes it at once. If the system is out of handles, the
    /// connection waits for one: closing it would punish a peer that has done nothing.
    fn admit(self: &Arc<Self>, stream: TcpStream, peer: SocketAddr, pause: &mut Duration) {
        loop {
            match self.seats.take(&stream, peer, self.limits) {
                Ok(seat) => return self.start(stream, peer, seat, pause),
                Err(NoSeat::Full { limit }) => {
                    return self.reporter.report(&Event::Refused { peer, limit });
                }
                Err(NoSeat::Stopping) => return,
                Err(NoSeat::Io(error)) => self.wait(&not_accepted(&error, *pause), pause),
            }
        }
    }

    /// Gives the connection a thread. If there is none, it is closed, and named: its stream went
    /// with the thread that did not start.
    fn start(
        self: &Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        seat: Seat,
        pause: &mut Duration,
    ) {
        match self.spawn(stream, peer, seat) {
            Ok(()) => *pause = PAUSE_MIN,
            Err(error) => {
                self.wait(&Event::NotServed { peer, error: &error, pause: *pause }, pause);
            }
        }
    }

    /// Reports what is not the fault of one connection, and waits longer than the last time.
    fn wait(&self, event: &Event<'_>, pause: &mut Duration) {
        self.reporter.report(event);
        self.seats.wait_for_stop(Some(*pause));
        *pause = pause.saturating_mul(2).min(PAUSE_MAX);
    }

    fn spawn(self: &Arc<Self>, stream: TcpStream, peer: SocketAddr, seat: Seat) -> io::Result<()> {
        let acceptor = Arc::clone(self);
        let thread = thread::Builder::new().name(format!("peer {peer}"));
        thread.spawn(move || {
            // Dropped last, also in a panic: the seat is free when the connection is closed.
            let _seat = seat;
            (acceptor.talk)(stream, peer);
        })?;
        Ok(())
    }
}

fn not_accepted(error: &io::Error, pause: Duration) -> Event<'_> {
    Event::NotAccepted { error, pause }
}

/// Whether only the connection failed that was about to be accepted, and not the socket it came on.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionRefused
            | ErrorKind::Interrupted
    )
}
