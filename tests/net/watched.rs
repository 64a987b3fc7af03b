//! What a server tells of its connections, and what it lets a handler do with one.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use protocol_core::conn::ConnError;
use protocol_core::net::blocking::{Connection, Server};
use protocol_core::net::server::{Event, Observer, Peer, Served, Tally};

use crate::chat::{Chat, data, frame, said};

/// By then at the latest something has happened, on a busy machine too.
const LATE: Duration = Duration::from_secs(10);

/// Writes down all that it is told.
struct Notes(Sender<String>);

impl Notes {
    fn note(&self, text: String) {
        self.0.send(text).expect("the test waits");
    }
}

impl Observer for Notes {
    fn connected(&self, peer: &Peer) {
        self.note(format!("{} connected", peer.id));
    }

    fn frame_in(&self, peer: &Peer, bytes: usize) {
        self.note(format!("{} in {bytes}", peer.id));
    }

    fn frame_out(&self, peer: &Peer, bytes: usize) {
        self.note(format!("{} out {bytes}", peer.id));
    }

    fn error(&self, event: &Event<'_>) {
        self.note(format!("error {}", event.code()));
    }

    fn line(&self, event: &Event<'_>) {
        self.note(format!("line {}", event.code()));
    }

    fn closed(&self, peer: &Peer, tally: &Tally) {
        let Tally { frames_in, frames_out, bytes_in, bytes_out, .. } = *tally;
        let counts = format!("{frames_in} {frames_out} {bytes_in} {bytes_out}");
        self.note(format!("{} closed {counts}", peer.id));
    }
}

fn echo(mut connection: Served<Connection<Chat>>) -> Result<(), ConnError> {
    connection.answer(|message, outbox| outbox.queue(&message))
}

fn bind() -> Server<Chat> {
    Server::bind("127.0.0.1:0").expect("a port")
}

#[test]
fn an_observer_sees_each_connection_from_its_first_byte_to_its_last() {
    let (sender, notes) = mpsc::channel();
    let (second, seconds) = mpsc::channel();
    let second = move |event: &Event<'_>| second.send(event.to_string()).expect("the test waits");
    let server = bind().observer((Notes(sender), second));
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let serving = thread::spawn(move || server.serve(echo));
    for bytes in [&[frame(b"\x03hello"), frame(b"\x01ann")].concat()[..], &frame(b"\x09")] {
        let mut stream = TcpStream::connect(address).expect("connected");
        stream.write_all(bytes).expect("written");
        stream.shutdown(Shutdown::Write).expect("ended");
        stream.read_to_end(&mut Vec::new()).expect("closed in order");
    }
    handle.drain(LATE);
    serving.join().expect("no panic").expect("served");
    let notes: Vec<String> = notes.iter().collect();
    let (first, second): (Vec<_>, Vec<_>) =
        notes.iter().map(String::as_str).partition(|note| note.starts_with("0 "));
    let expected = ["0 connected", "0 in 6", "0 out 10", "0 in 4", "0 out 8", "0 closed 2 2 10 18"];
    assert_eq!(first, expected);
    let expected = [
        "1 connected",
        "1 in 1",
        "error unknown_message",
        "line unknown_message",
        "1 closed 1 0 1 0",
    ];
    assert_eq!(second, expected);
    assert_eq!(seconds.iter().count(), 1, "a closure hears the lines only");
}

#[test]
fn every_error_is_counted_and_ten_are_worth_a_line() {
    let (sender, notes) = mpsc::channel();
    let server = bind().connections(0).observer(Notes(sender));
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let serving = thread::spawn(move || server.serve(echo));
    for _ in 0..100 {
        let mut stream = TcpStream::connect(address).expect("connected");
        stream.read_to_end(&mut Vec::new()).unwrap_or_default();
    }
    handle.drain(LATE);
    serving.join().expect("no panic").expect("served");
    let notes: Vec<String> = notes.iter().collect();
    let count = |text: &str| notes.iter().filter(|note| *note == text).count();
    assert_eq!(count("error refused_connections"), 100);
    assert!((10..100).contains(&count("line refused_connections")), "{notes:?}");
    assert!(count("line dropped") > 0, "{notes:?}");
}

#[test]
fn a_handler_may_split_its_connection_and_leave_a_half_behind() {
    let (halves, left) = mpsc::channel();
    let server = bind();
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let serving = thread::spawn(move || {
        server.serve(move |connection| {
            let (mut receiver, sender) = connection.into_inner().split()?;
            halves.send(sender).expect("the test waits");
            while let Ok(Some(_)) = receiver.recv() {}
            Ok::<_, std::io::Error>(())
        })
    });
    let mut client = Connection::<Chat>::connect(address).expect("connected");
    let mut sender = left.recv_timeout(LATE).expect("the other half");
    sender.send(&data("from elsewhere")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("from elsewhere")));
    let draining = thread::spawn({
        let handle = handle.clone();
        move || handle.drain(LATE)
    });
    // The reading half has seen the drain; the seat is taken until the writing half is gone, too.
    sender.send(&data("still here")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("still here")));
    assert_eq!(handle.connections(), 1);
    sender.close().expect("closed");
    let report = draining.join().expect("no panic");
    assert_eq!((report.finished, report.cut), (1, 0));
    assert_eq!((handle.connections(), handle.buffers()), (0, 0));
    serving.join().expect("no panic").expect("served");
}
