//! A server of either kind that runs beside a test, and plain sockets against it.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use protocol_core::conn::Timeouts;
use protocol_core::net::server::{Event, Report};
use protocol_core::net::{blocking, tokio as asynchronous};

use crate::talk::{Chat, frame, talk, talk_async};

/// By then at the latest something has happened, on a busy machine too.
pub(crate) const LATE: Duration = Duration::from_secs(30);
pub(crate) const SHORT: Duration = Duration::from_millis(300);

/// Both servers, for scenarios that each of them must stand.
pub(crate) const KINDS: [Kind; 2] = [Kind::Blocking, Kind::Tokio];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Blocking,
    Tokio,
}

/// What of a server a scenario sets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) connections: usize,
    pub(crate) buffers: usize,
    pub(crate) timeouts: Timeouts,
}

impl Default for Options {
    fn default() -> Options {
        Options { connections: 1024, buffers: 256 << 20, timeouts: Timeouts::SERVER }
    }
}

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) events: Receiver<String>,
    handle: Handle,
    serving: JoinHandle<Report>,
}

#[derive(Clone)]
enum Handle {
    Blocking(blocking::Handle),
    Async(asynchronous::Handle),
}

impl Handle {
    fn drain(&self, grace: Duration) {
        match self {
            Handle::Blocking(handle) => {
                handle.drain(grace);
            }
            Handle::Async(handle) => drop(handle.drain(grace)),
        }
    }
}

impl Running {
    pub(crate) fn start(kind: Kind, options: Options) -> Running {
        Running::on(kind, options, "127.0.0.1:0")
    }

    pub(crate) fn on(kind: Kind, options: Options, address: &str) -> Running {
        let Options { connections, buffers, timeouts } = options;
        let (tell, events) = mpsc::channel();
        let observer = move |event: &Event<'_>| tell.send(event.to_string()).unwrap_or_default();
        match kind {
            Kind::Blocking => {
                let server = blocking::Server::<Chat>::bind(address).expect("a port");
                let server = server.connections(connections).buffers(buffers).timeouts(timeouts);
                let server = server.observer(observer);
                let (address, handle) = (server.local_addrs()[0], server.handle());
                let serving = thread::spawn(move || server.serve(talk).expect("served"));
                Running { address, events, handle: Handle::Blocking(handle), serving }
            }
            Kind::Tokio => {
                let runtime = tokio::runtime::Builder::new_multi_thread()
                    .worker_threads(2)
                    .enable_all()
                    .build()
                    .expect("a runtime");
                let binding = asynchronous::Server::<Chat>::bind(address);
                let server = runtime.block_on(binding).expect("a port");
                let server = server.connections(connections).buffers(buffers).timeouts(timeouts);
                let server = server.observer(observer);
                let (address, handle) = (server.local_addrs()[0], server.handle());
                let serving = thread::spawn(move || {
                    runtime.block_on(server.serve(talk_async)).expect("served")
                });
                Running { address, events, handle: Handle::Async(handle), serving }
            }
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::connect(self.address)
    }

    pub(crate) fn event(&self) -> String {
        self.events.recv_timeout(LATE).expect("an event")
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen()().0
    }

    pub(crate) fn buffers(&self) -> usize {
        self.seen()().1
    }

    /// What drains the server, for a signal handler.
    pub(crate) fn drainer(&self) -> impl Fn() + Send + 'static + use<> {
        let handle = self.handle.clone();
        move || handle.drain(LATE)
    }

    /// How many connections and bytes of buffers there are, for another thread.
    pub(crate) fn seen(&self) -> impl Fn() -> (usize, usize) + Send + 'static + use<> {
        let handle = self.handle.clone();
        move || match &handle {
            Handle::Blocking(handle) => (handle.connections(), handle.buffers()),
            Handle::Async(handle) => (handle.connections(), handle.buffers()),
        }
    }

    /// Waits for the end of the server.
    pub(crate) fn wait(self) -> Report {
        self.serving.join().expect("no panic")
    }

    /// Waits until so many connections are open.
    pub(crate) fn wait_for_connections(&self, count: usize) {
        wait_until("the connections are not as many as expected", || self.connections() == count);
    }

    pub(crate) fn drain(self, grace: Duration) -> Report {
        self.handle.drain(grace);
        self.wait()
    }

    /// Ends the server, whose handlers need no grace.
    pub(crate) fn end(self) {
        let report = self.drain(LATE);
        assert_eq!(report.cut, 0, "they needed a grace");
    }
}

pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < LATE, "{what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// A client that knows nothing of the library.
pub(crate) struct Client(pub(crate) TcpStream);

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Client {
        let stream = TcpStream::connect(address).expect("connected");
        stream.set_read_timeout(Some(LATE)).expect("set");
        stream.set_write_timeout(Some(LATE)).expect("set");
        Client(stream)
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).expect("written");
    }

    /// Sends a message; whether it comes back.
    pub(crate) fn is_served(&mut self, text: &str) -> bool {
        let sent = frame(text);
        let mut came = vec![0; sent.len()];
        self.0.write_all(&sent).is_ok() && self.0.read_exact(&mut came).is_ok() && came == sent
    }

    pub(crate) fn asks_and_hears(&mut self, text: &str) {
        assert!(self.is_served(text), "not served");
    }

    /// What still comes, until the server closes in order, or resets.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).map(drop).unwrap_or_default();
        rest
    }
}

/// A number of the full scenario, or a twentieth of it.
pub(crate) fn scaled(full: usize) -> usize {
    if is_full() { full } else { full / 20 }
}

pub(crate) fn is_full() -> bool {
    std::env::var("PROTOCOL_FULL").is_ok_and(|value| value == "1")
}

/// A row of the table of results. With the full numbers it goes into `ARCHITECTURE.md`, in the place of the one that
/// stands there.
pub(crate) fn row(scenario: &str, kind: Kind, result: &str) {
    let start = format!("| {scenario} | {kind:?} |");
    let row = format!("{start} {result} |");
    // The harness has begun a line with the name of the test.
    println!("\n{row}");
    if is_full() {
        write_down(&start, &row);
    }
}

fn write_down(start: &str, row: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md");
    let text = fs::read_to_string(path).expect("the document is there");
    let mut lines: Vec<&str> = text.lines().collect();
    let place = lines.iter().position(|line| line.starts_with(start));
    match place {
        Some(place) => lines[place] = row,
        None => {
            let end = lines.iter().position(|line| *line == END_OF_TABLE);
            lines.insert(end.expect("the table has an end"), row);
        }
    }
    fs::write(path, lines.join("\n") + "\n").expect("the document is ours");
}

/// What stands below the table in `ARCHITECTURE.md`.
const END_OF_TABLE: &str = "<!-- Above: written by tests/hostile_net -->";
