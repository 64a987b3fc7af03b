//! A server under load, under attack, and at its end.

use std::io;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Barrier};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use protocol_core::conn::{ConnError, RecvErrorKind, Timeouts};
use protocol_core::frame::Length;
use protocol_core::net::blocking::{Connection, Handle, Server};
use protocol_core::net::server::{Event, Outcome, Report, Served};
use protocol_core::net::{Stream, mem};

use crate::chat::{Chat, Word, Words, data, frame, said};

/// By then at the latest something has happened, on a busy machine too.
const LATE: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(200);

/// A server that runs in a thread of its own.
struct Running {
    address: SocketAddr,
    handle: Handle,
    serving: JoinHandle<io::Result<Report>>,
    events: Receiver<String>,
}

impl Running {
    fn start<R: Outcome + 'static>(
        server: Server<Chat>,
        handler: impl Fn(Served<Connection<Chat>>) -> R + Send + Sync + 'static,
    ) -> Running {
        let (sender, events) = mpsc::channel();
        let server = server.observer(move |event: &Event<'_>| {
            sender.send(event.to_string()).unwrap_or_default();
        });
        let (address, handle) = (server.local_addrs()[0], server.handle());
        Running { address, handle, serving: thread::spawn(move || server.serve(handler)), events }
    }

    fn echo(server: Server<Chat>) -> Running {
        Running::start(server, echo)
    }

    fn connect(&self) -> Connection<Chat> {
        let mut connection = Connection::connect(self.address).expect("connected");
        let timeouts = Timeouts { idle: Some(LATE), ..Timeouts::CLIENT };
        connection.set_timeouts(timeouts);
        connection
    }

    fn event(&self) -> String {
        self.events.recv_timeout(LATE).expect("an event")
    }

    /// Ends the server, whose handlers need no grace.
    fn end(self) -> Report {
        let report = self.drain(LATE);
        assert_eq!(report.cut, 0, "they needed a grace");
        report
    }

    fn drain(self, grace: Duration) -> Report {
        let report = self.handle.drain(grace);
        assert_eq!(self.serving.join().expect("no panic").expect("served"), report);
        report
    }
}

fn bind() -> Server<Chat> {
    Server::bind("127.0.0.1:0").expect("a port")
}

fn echo(mut connection: Served<Connection<Chat>>) -> Result<(), ConnError> {
    while let Some(message) = connection.recv()? {
        connection.queue(&message)?;
    }
    Ok(())
}

fn asks_and_hears(connection: &mut Connection<Chat>, text: &str) {
    connection.send(&data(text)).expect("sent");
    assert_eq!(connection.recv().expect("a reply"), Some(said(text)));
}

#[test]
fn two_hundred_clients_before_the_first_byte() {
    let server = Running::echo(bind());
    let mut clients: Vec<_> = (0..200).map(|_| server.connect()).collect();
    for (number, client) in clients.iter_mut().enumerate() {
        client.send(&data(&number.to_string())).expect("sent");
    }
    for (number, client) in clients.iter_mut().enumerate().rev() {
        assert_eq!(client.recv().expect("a reply"), Some(said(&number.to_string())));
        asks_and_hears(client, "once more");
    }
    drop(clients);
    server.end();
}

#[test]
fn localhost_is_both_loopback_addresses_on_one_port() {
    let server = Server::<Chat>::bind("localhost:0").expect("a port");
    let addresses = server.local_addrs().to_vec();
    let port = addresses[0].port();
    assert!(port != 0 && addresses.iter().all(|address| address.port() == port));
    let has_v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
    let server = Running::echo(server);
    asks_and_hears(&mut Connection::connect((Ipv4Addr::LOCALHOST, port)).expect("IPv4"), "four");
    if has_v6 {
        asks_and_hears(&mut Connection::connect((Ipv6Addr::LOCALHOST, port)).expect("IPv6"), "six");
    }
    asks_and_hears(&mut Connection::connect(("localhost", port)).expect("by name"), "name");
    server.end();
}

#[test]
fn an_address_is_listened_on_alone() {
    let server = bind();
    assert_eq!(server.local_addrs().len(), 1);
    assert!(server.local_addrs()[0].is_ipv4());
}

#[test]
fn a_listener_that_does_not_block_is_made_to() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let server = Running::echo(Server::over(vec![listener], Length::u32()).expect("it listens"));
    asks_and_hears(&mut server.connect(), "hello");
    let (serving, events) = (server.serving, server.events);
    server.handle.drain(LATE);
    serving.join().expect("no panic").expect("served");
    assert_eq!(events.iter().collect::<Vec<_>>(), Vec::<String>::new());
}

/// A handler that takes what it borrows from either stream.
fn loud<S: Stream>(
    connection: &mut Connection<Words<'static>, Words<'static>, Length, S>,
) -> Result<(), ConnError> {
    connection.answer(|message, outbox| match message {
        Words::Word(word) => outbox.queue(&Word { text: &word.text.to_uppercase() }),
    })
}

#[test]
fn a_generic_handler_talks_in_memory_and_on_a_server() {
    let (here, there) = mem::pair();
    let (mut receiver, mut sender) =
        Connection::<Chat, Chat, _, _>::over(there, Length::u32()).split().expect("both halves");
    sender.send(&data("memory")).expect("sent");
    sender.close().expect("closed");
    loud(&mut Connection::over(here, Length::u32())).expect("answered");
    assert_eq!(receiver.recv().expect("a reply"), Some(said("MEMORY")));

    let server = Server::<Words<'static>>::bind("127.0.0.1:0").expect("a port");
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let serving = thread::spawn(move || server.serve(|mut connection| loud(&mut connection)));
    let mut client = Connection::<Chat>::connect(address).expect("connected");
    client.send(&data("socket")).expect("sent");
    assert_eq!(client.recv().expect("a reply"), Some(said("SOCKET")));
    assert_eq!(handle.drain(LATE).cut, 0);
    serving.join().expect("no panic").expect("served");
}

#[test]
fn a_port_that_is_taken_is_an_error_that_names_it() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("known");
    let listener = TcpListener::bind(taken).expect("free again");
    let error = Server::<Chat>::bind(&taken.to_string()).expect_err("taken");
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    assert!(error.to_string().starts_with(&format!("cannot listen on {taken}: ")), "{error}");
    // A client that takes localhost for IPv4 would reach somebody else.
    let error = Server::<Chat>::bind(&format!("localhost:{}", taken.port())).expect_err("taken");
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    drop(listener);
    assert!(Server::<Chat>::bind("no port").is_err());
}

#[test]
fn above_the_limit_a_connection_is_closed_at_once() {
    let server = Running::echo(bind().connections(2));
    let (mut first, mut second) = (server.connect(), server.connect());
    asks_and_hears(&mut first, "first");
    asks_and_hears(&mut second, "second");
    let mut third = server.connect();
    let refused = third.recv();
    assert!(matches!(refused, Ok(None)), "{refused:?}");
    assert!(server.event().ends_with("refused, there are 2 connections already"));
    asks_and_hears(&mut first, "not disturbed");
    // A seat that becomes free is given to the next one.
    drop(second);
    let began = Instant::now();
    loop {
        let mut next = server.connect();
        if next.send(&data("next")).is_ok() && matches!(next.recv(), Ok(Some(_))) {
            break;
        }
        assert!(began.elapsed() < LATE, "the seat is never free");
    }
    server.end();
}

#[test]
fn a_bad_message_ends_its_connection_only() {
    let server = Running::echo(bind());
    let mut good = server.connect();
    asks_and_hears(&mut good, "before");
    let mut bad = TcpStream::connect(server.address).expect("connected");
    bad.write_all(&[frame(b"\x03kept"), frame(b"\x09")].concat()).expect("written");
    let mut replies = Vec::new();
    bad.set_read_timeout(Some(LATE)).expect("set");
    bad.read_to_end(&mut replies).expect("closed in order, not reset");
    assert_eq!(replies, frame(b"\x03kept"), "the reply before the error is written");
    let event = server.event();
    let peer = bad.local_addr().expect("known");
    assert!(event.starts_with(&format!("{peer}: Chat")), "{event}");
    assert_eq!(event.matches(&peer.to_string()).count(), 1, "{event}");
    assert!(event.contains("at byte 0: no message has the type 9"), "{event}");
    asks_and_hears(&mut good, "after");
    server.end();
}

#[test]
fn the_last_reply_survives_what_the_peer_still_sends() {
    let server = Running::echo(bind());
    let mut bad = TcpStream::connect(server.address).expect("connected");
    // The handler ends at the bad message, with the rest unread: closing now would be a reset.
    let rest = frame(&[b"\x03", &[b'x'; 30_000][..]].concat());
    bad.write_all(&[frame(b"\x03kept"), frame(b"\x09"), rest.clone(), rest].concat())
        .expect("written");
    server.event();
    thread::sleep(SHORT);
    let mut replies = Vec::new();
    bad.set_read_timeout(Some(LATE)).expect("set");
    bad.read_to_end(&mut replies).expect("closed in order, not reset");
    assert_eq!(replies, frame(b"\x03kept"));
    server.end();
}

#[test]
fn a_peer_forges_no_line_of_the_log() {
    let server = Running::start(bind(), |mut connection| {
        match connection.recv().map_err(|error| error.to_string())? {
            Some(Chat::Data(data)) => Err(format!("unknown user `{}`", data.text)),
            Some(Chat::Login(_) | Chat::Short(_)) | None => Ok(()),
        }
    });
    let mut client = server.connect();
    let peer = client.stream().local_addr().expect("known");
    client.send(&data("a\nb\x1b[2J\u{202e}é\"\\")).expect("sent");
    let escaped = r#"unknown user `a\nb\u{1b}[2J\u{202e}é"\`"#;
    assert_eq!(server.event(), format!("{peer}: {escaped}"));
    let mut client = server.connect();
    let peer = client.stream().local_addr().expect("known");
    client.send(&data(&"é".repeat(1000))).expect("sent");
    let cut = "é".repeat(121);
    assert_eq!(server.event(), format!("{peer}: unknown user `{cut}…"));
    server.end();
}

#[test]
fn a_panic_ends_its_connection_only() {
    let server = Running::start(bind(), |mut connection| {
        while let Ok(Some(message)) = connection.recv() {
            assert!(message != said("panic"), "as the test wants it");
            connection.queue(&message).expect("queued");
        }
    });
    let mut good = server.connect();
    let mut bad = server.connect();
    bad.send(&data("panic")).expect("sent");
    let end = bad.recv();
    assert!(matches!(end, Ok(None)), "{end:?}");
    assert!(server.event().ends_with("the handler panicked"));
    asks_and_hears(&mut good, "after");
    server.end();
}

#[test]
fn a_panic_of_the_log_ends_nothing() {
    let (told, tells) = mpsc::channel();
    let server = bind().connections(0).observer(move |_: &Event<'_>| {
        told.send(()).expect("the test waits");
        panic!("as the test wants it");
    });
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let serving = thread::spawn(move || server.serve(echo));
    for _ in 0..2 {
        drop(TcpStream::connect(address).expect("connected"));
        tells.recv_timeout(LATE).expect("told");
    }
    assert_eq!(handle.drain(LATE).cut, 0);
    serving.join().expect("no panic").expect("served");
}

#[test]
fn a_server_that_cannot_accept_any_more_says_so() {
    /// The one panic that gets through: that of a payload that is dropped.
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("as the test wants it");
        }
    }
    let server = bind().connections(0).observer(|_: &Event<'_>| std::panic::panic_any(Bomb));
    let address = server.local_addrs()[0];
    let serving = thread::spawn(move || server.serve(echo));
    let client = TcpStream::connect(address).expect("connected");
    let error = serving.join().expect("no panic").expect_err("it accepts no more");
    assert_eq!(error.to_string(), "a thread that accepts panicked");
    drop(client);
}

#[test]
fn a_drain_wakes_accepts_and_receives() {
    let server = Running::echo(Server::bind("localhost:0").expect("a port"));
    let mut waiting: Vec<_> = (0..5).map(|_| server.connect()).collect();
    for client in &mut waiting {
        asks_and_hears(client, "hello");
    }
    let (began, address) = (Instant::now(), server.address);
    server.end();
    assert!(began.elapsed() < LATE / 2, "no grace was needed");
    for client in &mut waiting {
        assert_eq!(client.recv().expect("closed in order"), None);
    }
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

#[test]
fn a_drain_before_serving_ends_it_at_once() {
    let server = bind();
    assert_eq!(server.handle().drain(LATE), Report::default());
    Running::echo(server).end();
}

#[test]
fn a_drain_lets_a_slow_handler_finish() {
    let at_work = Arc::new(Barrier::new(2));
    let barrier = Arc::clone(&at_work);
    let server = Running::start(bind(), move |mut connection| {
        while let Some(message) = connection.recv()? {
            barrier.wait();
            thread::sleep(SHORT);
            connection.queue(&message)?;
        }
        Ok::<_, ConnError>(())
    });
    let mut client = server.connect();
    client.send(&data("slow")).expect("sent");
    at_work.wait();
    server.end();
    assert_eq!(client.recv().expect("the reply"), Some(said("slow")));
    assert_eq!(client.recv().expect("the end"), None);
}

#[test]
fn a_drain_inside_a_frame_blames_nobody() {
    let server = Running::echo(bind());
    let mut stream = TcpStream::connect(server.address).expect("connected");
    stream.write_all(&[frame(b"\x03hello"), vec![0, 0]].concat()).expect("written");
    let mut reply = [0; 10];
    stream.read_exact(&mut reply).expect("the reply");
    let (serving, events) = (server.serving, server.events);
    assert_eq!(server.handle.drain(LATE).cut, 0);
    serving.join().expect("no panic").expect("served");
    assert_eq!(events.iter().collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_handler_that_never_finishes_is_cut() {
    let (ended, ends) = mpsc::channel();
    let server = Running::start(bind(), move |mut connection| {
        // Sends for ever to a peer that takes nothing, and would notice that after 30 s.
        while connection.send(&data(&"x".repeat(100_000))).is_ok() {}
        ended.send(()).unwrap_or_default();
    });
    let client = server.connect();
    thread::sleep(SHORT);
    assert_eq!(server.drain(SHORT).cut, 1);
    ends.recv_timeout(LATE).expect("it noticed the cut");
    drop(client);
}

#[test]
fn silent_and_dripping_peers_lose_their_seats() {
    let timeouts = Timeouts { idle: Some(SHORT), frame: Some(SHORT), ..Timeouts::SERVER };
    let (kinds, received) = mpsc::channel();
    let handler = move |mut connection: Served<Connection<Chat>>| {
        let error = connection.recv().expect_err("no message comes");
        let is_idle = matches!(error.kind(), RecvErrorKind::IdleTimeout { .. });
        kinds.send((connection.peer(), is_idle)).expect("sent");
    };
    let server = Running::start(bind().timeouts(timeouts), handler);
    let silent = TcpStream::connect(server.address).expect("connected");
    let mut dripping = TcpStream::connect(server.address).expect("connected");
    let dripper = dripping.local_addr().expect("known");
    let drip = thread::spawn(move || {
        while dripping.write_all(&[0]).is_ok() {
            thread::sleep(SHORT * 2);
        }
    });
    for _ in 0..2 {
        let (peer, is_idle) = received.recv_timeout(LATE).expect("cut in time");
        assert_eq!(is_idle, peer != Some(dripper));
    }
    drip.join().expect("it notices");
    drop(silent);
    server.end();
}

#[test]
fn events_are_told_ten_times_a_second() {
    static HANDLED: AtomicUsize = AtomicUsize::new(0);
    let server = Running::start(bind(), |_| {
        HANDLED.fetch_add(1, Ordering::SeqCst);
        Err("refused by the test")
    });
    let address = server.address;
    for _ in 0..100 {
        drop(TcpStream::connect(address).expect("connected"));
    }
    let began = Instant::now();
    while HANDLED.load(Ordering::SeqCst) < 100 {
        assert!(began.elapsed() < LATE, "not all are handled");
        thread::sleep(Duration::from_millis(1));
    }
    // Those of the last window are told of at the end.
    let (handle, serving, events) = (server.handle, server.serving, server.events);
    handle.drain(LATE);
    serving.join().expect("no panic").expect("served");
    let events: Vec<String> = events.iter().collect();
    let dropped: usize = events
        .iter()
        .filter_map(|event| event.strip_suffix(" more events were dropped"))
        .map(|count| count.parse::<usize>().expect("a number"))
        .sum();
    let told = events.iter().filter(|event| event.ends_with(": refused by the test")).count();
    assert_eq!(told + dropped, 100, "{events:?}");
    assert!(dropped > 0, "{events:?}");
}

#[test]
fn dropped_events_are_told_of_with_the_next_connection() {
    let server = Running::start(bind(), |mut connection| {
        let message = connection.recv().map_err(|error| error.to_string())?;
        message.map(drop).ok_or("gone".to_owned())
    });
    for _ in 0..30 {
        // Each ends before the next begins, so that all of them are in the first second or so.
        let mut client = TcpStream::connect(server.address).expect("connected");
        client.shutdown(Shutdown::Write).expect("ended");
        client.read_to_end(&mut Vec::new()).expect("closed");
    }
    thread::sleep(Duration::from_millis(1100));
    let mut good = server.connect();
    good.send(&data("hello")).expect("sent");
    while !server.event().ends_with(" more events were dropped") {}
    server.end();
}
