//! Accepts connections on one listening socket, and gives each a thread.

use std::fmt;
use std::format;
use std::io;
use std::net::Shutdown;
use std::sync::Arc;
use std::thread;

use super::listener::Listener;
use crate::net::server::{
    Address, Backoff, Event, NoSeat, Reach, Seat, SeatLimits, Seats, Watch, is_of_one_connection,
};

/// What all listening sockets of a server share.
pub(super) struct Acceptor<T> {
    pub(super) seats: Arc<Seats>,
    pub(super) limits: SeatLimits,
    pub(super) watch: Arc<Watch>,
    /// Talks to one peer, to the end.
    pub(super) talk: T,
}

impl<T> Acceptor<T> {
    /// Accepts until the server is draining.
    pub(super) fn run<L: Listener>(
        self: &Arc<Self>,
        mut accept: impl FnMut() -> io::Result<(L::Stream, Address)>,
    ) where
        T: Fn(L::Stream, Arc<Seat>) + Send + Sync + 'static,
    {
        let mut backoff = Backoff::new();
        while !self.seats.is_draining() {
            match accept() {
                Ok((stream, peer)) => {
                    self.watch.catch_up();
                    self.admit::<L>(stream, peer, &mut backoff);
                }
                // That is what wakes it.
                Err(_) if self.seats.is_draining() => {}
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => self.not_accepted(&error, &mut backoff),
            }
        }
    }

    /// Gives the connection a thread, or closes it at once. If the system is out of handles, the
    /// connection waits for one: closing it would punish a peer that has done nothing.
    fn admit<L: Listener>(self: &Arc<Self>, stream: L::Stream, peer: Address, backoff: &mut Backoff)
    where
        T: Fn(L::Stream, Arc<Seat>) + Send + Sync + 'static,
    {
        loop {
            let reach = || Ok(Arc::new(Second::<L>(L::second_of(&stream)?)) as Arc<dyn Reach>);
            match self.seats.take(peer, self.limits, &self.watch, reach) {
                Ok(seat) => return self.start::<L>(stream, peer, seat, backoff),
                Err(NoSeat::Full(refusal)) => {
                    return self.watch.error(&Event::Refused { peer, refusal });
                }
                Err(NoSeat::Draining) => return,
                Err(NoSeat::Io(error)) => self.not_accepted(&error, backoff),
            }
        }
    }

    /// Gives the connection a thread. If there is none, it is closed, and named: its stream went
    /// with the thread that did not start.
    fn start<L: Listener>(
        self: &Arc<Self>,
        stream: L::Stream,
        peer: Address,
        seat: Arc<Seat>,
        backoff: &mut Backoff,
    ) where
        T: Fn(L::Stream, Arc<Seat>) + Send + Sync + 'static,
    {
        match self.spawn::<L>(stream, peer, seat) {
            Ok(()) => backoff.reset(),
            Err(error) => {
                let pause = backoff.pause();
                self.watch.error(&Event::NotServed { peer, error: &error, pause });
                self.seats.pause(pause);
            }
        }
    }

    /// Reports what is not the fault of one connection, and waits longer than the last time.
    fn not_accepted(&self, error: &io::Error, backoff: &mut Backoff) {
        let pause = backoff.pause();
        self.watch.error(&Event::NotAccepted { error, pause });
        self.seats.pause(pause);
    }

    fn spawn<L: Listener>(
        self: &Arc<Self>,
        stream: L::Stream,
        peer: Address,
        seat: Arc<Seat>,
    ) -> io::Result<()>
    where
        T: Fn(L::Stream, Arc<Seat>) + Send + Sync + 'static,
    {
        let acceptor = Arc::clone(self);
        let thread = thread::Builder::new().name(format!("peer {peer}"));
        thread.spawn(move || (acceptor.talk)(stream, seat))?;
        Ok(())
    }
}

/// The second handle of a stream, by which it is ended from another thread.
struct Second<L: Listener>(L::Stream);

impl<L: Listener> Reach for Second<L> {
    fn end_reading(&self) {
        L::shut(&self.0, Shutdown::Read);
    }

    fn cut(&self) {
        L::shut(&self.0, Shutdown::Both);
    }
}

impl<L: Listener> fmt::Debug for Second<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::blocking::Listener;
    use std::io::ErrorKind;
    use std::net::{TcpListener, TcpStream};
    use std::string::{String, ToString};
    use std::sync::mpsc;
    use std::time::{Duration, Instant};
    use std::vec::Vec;

    /// EMFILE of Linux, macOS, the BSDs and Windows.
    const NO_HANDLES: i32 = if cfg!(windows) { 10024 } else { 24 };

    /// What a server tells if its listener gives these errors, and a connection for each `None`;
    /// how many connections it serves, and how long it takes.
    fn accepts(script: Vec<Option<io::Error>>) -> (Vec<String>, usize, Duration) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("known");
        let (said, lines) = mpsc::channel();
        let (served, serves) = mpsc::channel();
        let acceptor = Arc::new(Acceptor {
            seats: Arc::new(Seats::new(usize::MAX)),
            limits: SeatLimits { all: 100, per_address: 100 },
            watch: Arc::new(Watch::new(move |event: &Event<'_>| {
                said.send(event.to_string()).expect("the test waits");
            })),
            talk: move |_: TcpStream, _| served.send(()).expect("the test waits"),
        });
        let (began, mut script) = (Instant::now(), script.into_iter());
        acceptor.run::<TcpListener>(|| match script.next() {
            Some(Some(error)) => Err(error),
            Some(None) => {
                TcpStream::connect(address).expect("connected");
                listener.wait()
            }
            None => {
                acceptor.seats.drain(Duration::ZERO);
                Err(ErrorKind::Interrupted.into())
            }
        });
        let took = began.elapsed();
        drop(acceptor);
        (lines.iter().collect(), serves.iter().count(), took)
    }

    #[test]
    fn a_connection_that_failed_is_no_reason_to_wait() {
        let kinds = [ErrorKind::ConnectionAborted, ErrorKind::ConnectionReset];
        let mut script: Vec<_> =
            (0..500).flat_map(|_| kinds).map(|kind| Some(kind.into())).collect();
        script.push(None);
        let (lines, served, took) = accepts(script);
        assert_eq!((lines, served), (Vec::new(), 1));
        // The shortest pause after each would be five seconds together.
        assert!(took < Duration::from_secs(5), "{took:?}");
    }

    #[test]
    fn without_handles_it_waits_longer_each_time_until_it_has_one() {
        let none_left = || Some(io::Error::from_raw_os_error(NO_HANDLES));
        let script =
            std::vec![none_left(), None, none_left(), none_left(), none_left(), None, none_left()];
        let (lines, served, took) = accepts(script);
        let pauses: Vec<_> = lines.iter().filter_map(|line| line.split(" in ").last()).collect();
        assert_eq!(pauses, ["5ms", "5ms", "10ms", "20ms", "5ms"], "{lines:?}");
        assert_eq!(served, 2);
        assert!(took >= Duration::from_millis(45), "{took:?}");
    }
}
