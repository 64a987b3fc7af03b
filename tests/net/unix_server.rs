//! Servers on Unix sockets: the limits, deadlines and ends of those over TCP, and the file of the socket.

use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use protocol_core::conn::{ConnError, Timeouts};
use protocol_core::frame::Length;
use protocol_core::net::server::{Address, Event, Observer, Peer, Report, Served};
use protocol_core::net::{blocking, tokio as asynchronous};
use tempfile::TempDir;

use crate::chat::{Chat, data, frame, said};

/// By then at the latest something has happened, on a busy machine too.
const LATE: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(200);

/// Both servers, since each must do the same.
const KINDS: [Kind; 2] = [Kind::Blocking, Kind::Async];

#[derive(Debug, Clone, Copy)]
enum Kind {
    Blocking,
    Async,
}

/// Tells of connections and of lines.
struct Notes(Sender<String>);

impl Observer for Notes {
    fn connected(&self, peer: &Peer) {
        assert_eq!((peer.address, peer.address.ip()), (Address::Unix, None));
        self.0.send(format!("{peer} connected")).unwrap_or_default();
    }

    fn line(&self, event: &Event<'_>) {
        self.0.send(event.to_string()).unwrap_or_default();
    }
}

/// A server at a path of its own, that runs in a thread of its own.
struct Running {
    folder: TempDir,
    notes: Receiver<String>,
    drain: Box<dyn Fn(Duration)>,
    serving: JoinHandle<io::Result<Report>>,
}

type Blocking = blocking::Connection<Chat, Chat, Length, UnixStream>;
type Async = asynchronous::Connection<Chat, Chat, Length, tokio::net::UnixStream>;

/// Repeats what comes; "stuck" is answered for ever.
fn talk(mut connection: Served<Blocking>) -> Result<(), ConnError> {
    assert_eq!(connection.peer(), None);
    while let Some(message) = connection.recv()? {
        while message == said("stuck") {
            connection.send(&data(&"x".repeat(100_000)))?;
        }
        connection.queue(&message)?;
    }
    Ok(())
}

async fn talk_async(mut connection: Served<Async>) -> Result<(), ConnError> {
    assert_eq!(connection.peer(), None);
    while let Some(message) = connection.recv().await? {
        while message == said("stuck") {
            connection.send(&data(&"x".repeat(100_000))).await?;
        }
        connection.queue(&message)?;
    }
    Ok(())
}

impl Running {
    fn start(kind: Kind, connections: usize, timeouts: Timeouts) -> Running {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("socket");
        let (sender, notes) = mpsc::channel();
        match kind {
            Kind::Blocking => {
                let server = blocking::Server::<Chat>::bind_unix(path).expect("bound");
                let server = server.connections(connections).connections_per_address(0);
                let server = server.timeouts(timeouts).observer(Notes(sender));
                let handle = server.handle();
                let serving = thread::spawn(move || server.serve(talk));
                let drain = Box::new(move |grace| {
                    handle.drain(grace);
                });
                Running { folder, notes, drain, serving }
            }
            Kind::Async => {
                let server = asynchronous::Server::<Chat>::bind_unix(path).expect("bound");
                let server = server.connections(connections).connections_per_address(0);
                let server = server.timeouts(timeouts).observer(Notes(sender));
                let handle = server.handle();
                let serving = thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
                    runtime?.block_on(server.serve(talk_async))
                });
                let drain = Box::new(move |grace| drop(handle.drain(grace)));
                Running { folder, notes, drain, serving }
            }
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    fn connect(&self) -> UnixStream {
        let stream = UnixStream::connect(self.path()).expect("connected");
        stream.set_read_timeout(Some(LATE)).expect("set");
        stream
    }

    fn note(&self) -> String {
        self.notes.recv_timeout(LATE).expect("a note")
    }

    fn drain(self, grace: Duration) -> Report {
        (self.drain)(grace);
        let report = self.serving.join().expect("no panic").expect("served");
        assert!(
            self.folder.path().read_dir().expect("a folder").next().is_none(),
            "the file is left"
        );
        report
    }
}

fn asks_and_hears(stream: &mut UnixStream, text: &str) {
    let sent = frame(&[b"\x03", text.as_bytes()].concat());
    stream.write_all(&sent).expect("written");
    let mut came = vec![0; sent.len()];
    stream.read_exact(&mut came).expect("a reply");
    assert_eq!(came, sent);
}

fn rest(stream: &mut UnixStream) -> Vec<u8> {
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).expect("closed in order");
    rest
}

#[test]
fn peers_have_no_address_and_their_number_is_limited_all_the_same() {
    for kind in KINDS {
        let server = Running::start(kind, 1, Timeouts::SERVER);
        let mut first = server.connect();
        asks_and_hears(&mut first, "hello");
        assert_eq!(server.note(), "unix connected");
        assert_eq!(rest(&mut server.connect()), b"");
        assert_eq!(server.note(), "unix: refused, there are 1 connections already");
        asks_and_hears(&mut first, "not disturbed");
        first.write_all(&frame(b"\x09")).expect("written");
        assert_eq!(rest(&mut first), b"");
        let note = server.note();
        assert!(note.starts_with("unix: Chat at byte 0: no message has the type 9"), "{note}");
        assert_eq!(server.drain(LATE).cut, 0);
    }
}

#[test]
fn a_silent_peer_and_one_that_drips_are_cut() {
    let timeouts = Timeouts { idle: Some(SHORT), frame: Some(SHORT), ..Timeouts::SERVER };
    for kind in KINDS {
        let server = Running::start(kind, 10, timeouts);
        assert_eq!(rest(&mut server.connect()), b"");
        let mut dripping = server.connect();
        let drops = frame(&[3; 1000]).into_iter();
        let taken = drops.take_while(|drop| dripping.write_all(&[*drop]).is_ok());
        let taken = taken.inspect(|_| thread::sleep(SHORT / 4)).count();
        assert!((1..1000).contains(&taken), "it is not cut");
        let notes: Vec<String> = (0..4).map(|_| server.note()).collect();
        assert!(notes[1].contains("the peer sent nothing for 200ms"), "{notes:?}");
        assert!(notes[3].contains("a frame took longer than 200ms"), "{notes:?}");
        server.drain(LATE);
    }
}

#[test]
fn a_drain_ends_idle_connections_and_cuts_one_that_is_stuck() {
    for kind in KINDS {
        let server = Running::start(kind, 10, Timeouts::SERVER);
        let (mut idle, mut stuck) = (server.connect(), server.connect());
        asks_and_hears(&mut idle, "hello");
        asks_and_hears(&mut stuck, "hello");
        let text = b"\x03stuck";
        stuck.write_all(&frame(text)).expect("written");
        // Its first byte says that the handler is at work.
        stuck.read_exact(&mut [0]).expect("a reply");
        let path = server.path();
        let report = server.drain(SHORT);
        assert_eq!((report.finished, report.cut), (1, 1));
        assert_eq!(rest(&mut idle), b"");
        assert!(UnixStream::connect(path).is_err(), "nobody listens any more");
    }
}

#[test]
fn a_file_that_is_left_over_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("socket");
    drop(UnixListener::bind(&path).expect("bound"));
    assert!(path.exists(), "a listener alone leaves its file");
    drop(blocking::Server::<Chat>::bind_unix(&path).expect("replaced"));
    assert!(!path.exists());
}

#[test]
fn a_server_that_lives_keeps_its_place_and_notices_nothing() {
    for kind in KINDS {
        let server = Running::start(kind, 10, Timeouts::SERVER);
        let error = blocking::Server::<Chat>::bind_unix(server.path()).expect_err("taken");
        assert_eq!(error.kind(), ErrorKind::AddrInUse);
        let text = format!("cannot listen at {}: ", server.path().display());
        assert!(error.to_string().starts_with(&text), "{error}");
        asks_and_hears(&mut server.connect(), "still here");
        assert_eq!(server.note(), "unix connected");
        assert!(server.notes.try_recv().is_err(), "there was a second connection");
        server.drain(LATE);
    }
}

#[test]
fn no_other_file_is_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    fs::write(&path, "precious").expect("written");
    let error = blocking::Server::<Chat>::bind_unix(&path).expect_err("a file is there");
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
    assert_eq!(fs::read(&path).expect("still there"), b"precious");

    // Nor one that took the place of ours.
    let path = folder.path().join("socket");
    let server = blocking::Server::<Chat>::bind_unix(&path).expect("bound");
    fs::rename(folder.path().join("file"), &path).expect("moved");
    drop(server);
    assert_eq!(fs::read(&path).expect("still there"), b"precious");
}

#[test]
fn a_listener_of_somebody_else_keeps_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("socket");
    let listener = UnixListener::bind(&path).expect("bound");
    let listeners = vec![listener.try_clone().expect("a handle")];
    let server = blocking::Server::<Chat>::over_unix(listeners, Length::u32()).expect("it listens");
    let handle = server.handle();
    let serving = thread::spawn(move || server.serve(talk));
    asks_and_hears(&mut UnixStream::connect(&path).expect("connected"), "hello");
    handle.drain(LATE);
    serving.join().expect("no panic").expect("served");
    assert!(path.exists());
    // A server for tokio goes on where that one stopped.
    serve_once_async(vec![listener], &path);
    assert!(path.exists());
}

fn serve_once_async(listeners: Vec<UnixListener>, path: &Path) {
    let server = asynchronous::Server::<Chat>::over_unix(listeners, Length::u32());
    let server = server.expect("it listens");
    let handle = server.handle();
    let serving = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime?.block_on(server.serve(talk_async))
    });
    asks_and_hears(&mut UnixStream::connect(path).expect("connected"), "hello");
    drop(handle.drain(LATE));
    serving.join().expect("no panic").expect("served");
}

#[test]
fn a_handshake_of_the_user_gets_the_stream() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("socket");
    let server = blocking::Server::<Chat>::bind_unix(&path).expect("bound");
    let server =
        server.handshake(|mut stream: UnixStream| stream.read_exact(&mut [0; 5]).map(|()| stream));
    let handle = server.handle();
    let serving = thread::spawn(move || server.serve(talk));
    let mut client = UnixStream::connect(&path).expect("connected");
    client.write_all(b"magic").expect("written");
    asks_and_hears(&mut client, "hello");
    handle.drain(LATE);
    serving.join().expect("no panic").expect("served");
}

/// A new server may take the place of one that lives, and the old one ends then without a word to it.
#[cfg(target_os = "linux")]
#[test]
fn one_whose_file_is_gone_or_replaced_ends_at_once() {
    for kind in KINDS {
        for is_replaced in [false, true] {
            let server = Running::start(kind, 10, Timeouts::SERVER);
            let mut client = server.connect();
            asks_and_hears(&mut client, "hello");
            let (path, next) = (server.path(), server.path().with_extension("next"));
            let successor = UnixListener::bind(&next).expect("bound");
            successor.set_nonblocking(true).expect("set");
            match is_replaced {
                true => fs::rename(&next, &path).expect("moved"),
                false => fs::remove_file(&path).expect("removed"),
            }
            let began = std::time::Instant::now();
            (server.drain)(LATE);
            let report = server.serving.join().expect("no panic").expect("served");
            assert_eq!((report.finished, report.cut), (1, 0));
            assert_eq!(server.notes.iter().collect::<Vec<_>>(), ["unix connected"]);
            assert!(began.elapsed() < LATE / 2, "it was not woken");
            assert_eq!(rest(&mut client), b"");
            let nobody = successor.accept().expect_err("it was connected to");
            assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
            assert_eq!(path.exists(), is_replaced);
        }
    }
}
