//! Deadlines are absolute: neither a silent peer nor one that drips holds a connection.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::conn::{RecvErrorKind, SendErrorKind, Timeouts};
use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;
use protocol_core::net::{Stream, mem};

use crate::chat::{Chat, data, frame, said};
use crate::streams::Told;

const SHORT: Duration = Duration::from_millis(200);
/// Between two drops of a peer that drips: far shorter than a deadline.
const DROP: Duration = Duration::from_millis(30);
/// By then at the latest a deadline has come, on a busy machine too.
const LATE: Duration = Duration::from_secs(5);

fn timeouts() -> Timeouts {
    Timeouts { frame: Some(SHORT), idle: Some(SHORT), write: Some(SHORT) }
}

fn hasty<S: Stream>(stream: S) -> Connection<Chat, Chat, Length, S> {
    let mut connection = Connection::over(stream, Length::u32());
    connection.set_timeouts(timeouts());
    connection
}

fn tcp_pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let here = TcpStream::connect(listener.local_addr().expect("an address")).expect("connected");
    (here, listener.accept().expect("accepted").0)
}

/// Sends a frame a byte at a time, until the other end has enough of it.
fn drip(mut stream: impl Write + Send + 'static) -> thread::JoinHandle<usize> {
    thread::spawn(move || {
        let bytes = frame(&[b"\x03", &[b'.'; 200][..]].concat());
        let sent = bytes.chunks(1).take_while(|byte| {
            thread::sleep(DROP);
            stream.write_all(byte).is_ok()
        });
        sent.count()
    })
}

fn cuts_a_peer_that_drips<S: Stream>(here: S, there: impl Write + Send + 'static) {
    let mut connection = hasty(here);
    let dripping = drip(there);
    let began = Instant::now();
    let error = connection.recv().expect_err("too slow");
    let took = began.elapsed();
    let RecvErrorKind::FrameTimeout { have, needed, allowed } = *error.kind() else {
        panic!("{error:?}");
    };
    assert!(error.is_fatal());
    // How much of it came in time is the affair of this machine's load.
    assert!(0 < have && have < needed && needed <= 205 && allowed == SHORT, "{error}");
    assert!(took >= SHORT && took < LATE, "{took:?}");
    drop(connection);
    assert!(dripping.join().expect("no panic") < 204, "it was not cut");
}

#[test]
fn a_peer_that_drips_is_cut_in_memory() {
    let (here, there) = mem::pair();
    cuts_a_peer_that_drips(here, there);
}

#[test]
fn a_peer_that_drips_is_cut_on_a_socket() {
    let (here, there) = tcp_pair();
    cuts_a_peer_that_drips(here, there);
}

#[test]
fn a_silent_peer_is_an_event_and_may_speak_later() {
    let (here, there) = tcp_pair();
    let (mut here, mut there) = (hasty(here), hasty(there));
    let error = here.recv().expect_err("silence");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { allowed: SHORT }), "{error:?}");
    assert!(!error.is_fatal());
    there.send(&data("hello")).expect("sent");
    assert_eq!(here.recv().expect("DATA"), Some(said("hello")));
}

#[test]
fn the_time_of_a_handler_is_not_the_time_of_a_frame() {
    let (here, mut there) = mem::pair();
    let mut here = hasty(here);
    let bytes = [frame(b"\x03one"), frame(b"\x03two")].concat();
    let (first, second) = bytes.split_at(10);
    there.write_all(first).expect("written");
    assert_eq!(here.recv().expect("DATA"), Some(said("one")));
    thread::sleep(SHORT * 2);
    there.write_all(second).expect("written");
    assert_eq!(here.recv().expect("DATA"), Some(said("two")));
}

#[test]
fn a_frame_has_its_deadline_after_a_slow_one() {
    // The deadline of one frame must not be left over for the next, nor its socket timeout.
    let (here, mut there) = tcp_pair();
    let mut here = hasty(here);
    // Each of the frames has time enough, and all together have not.
    let pause = SHORT * 3;
    here.set_timeouts(Timeouts { frame: Some(pause * 3), idle: Some(LATE), ..timeouts() });
    let writer = thread::spawn(move || {
        for _ in 0..4 {
            let bytes = frame(b"\x03hi");
            let (first, second) = bytes.split_at(3);
            there.write_all(first).expect("written");
            thread::sleep(pause);
            there.write_all(second).expect("written");
        }
        there
    });
    for _ in 0..4 {
        assert_eq!(here.recv().expect("in time"), Some(said("hi")));
    }
    drop(writer.join().expect("no panic"));
    assert_eq!(here.recv().expect("the end"), None);
}

#[test]
fn a_frame_that_is_there_is_taken_after_its_deadline() {
    let (here, mut there) = tcp_pair();
    here.set_nonblocking(true).expect("set");
    let mut here = hasty(here);
    let long = "x".repeat(50_000);
    let bytes = frame(&[b"\x03", long.as_bytes()].concat());
    let (first, second) = bytes.split_at(3);
    there.write_all(first).expect("written");
    thread::sleep(DROP);
    let error = here.recv().expect_err("not whole");
    assert!(matches!(error.kind(), RecvErrorKind::NotReady), "{error:?}");
    there.write_all(second).expect("written");
    thread::sleep(SHORT * 2);
    assert_eq!(here.recv().expect("DATA"), Some(said(&long)));
}

#[test]
fn what_fits_is_written_after_its_deadline() {
    let (here, mut there) = tcp_pair();
    here.set_nonblocking(true).expect("set");
    let mut here = hasty(here);
    while here.send(&data(&"x".repeat(10_000))).is_ok() {}
    let reading = thread::spawn(move || {
        let mut bytes = vec![0; 100_000];
        while there.read(&mut bytes).is_ok_and(|count| count > 0) {}
    });
    thread::sleep(SHORT * 2);
    here.flush().expect("the peer has room");
    drop(here);
    reading.join().expect("no panic");
}

fn cuts_a_peer_that_takes_nothing<S: Stream>(here: S) {
    let mut connection = hasty(here);
    let began = Instant::now();
    let error = loop {
        if let Err(error) = connection.send(&data(&"x".repeat(100_000))) {
            break error;
        }
        assert!(began.elapsed() < LATE, "it is not cut");
    };
    assert!(matches!(error.kind(), SendErrorKind::Stalled { allowed: SHORT, .. }), "{error:?}");
    assert!(error.is_fatal() && began.elapsed() < LATE);
}

#[test]
fn a_peer_that_takes_nothing_is_cut_in_memory() {
    let (here, _there) = mem::pair();
    cuts_a_peer_that_takes_nothing(here);
}

#[test]
fn a_peer_that_takes_nothing_is_cut_on_a_socket() {
    let (here, _there) = tcp_pair();
    cuts_a_peer_that_takes_nothing(here);
}

#[test]
fn a_peer_that_takes_a_drop_at_a_time_is_cut() {
    let (here, mut there) = mem::pair_of(16);
    let drinking = thread::spawn(move || {
        let mut drop = [0];
        while there.read(&mut drop).is_ok_and(|count| count > 0) {
            thread::sleep(DROP);
        }
    });
    let began = Instant::now();
    let mut connection = hasty(here);
    let error = connection.send(&data(&"x".repeat(10_000))).expect_err("too slow");
    assert!(matches!(error.kind(), SendErrorKind::Stalled { .. }), "{error:?}");
    assert!(began.elapsed() < LATE);
    drop(connection);
    drinking.join().expect("no panic");
}

#[test]
fn whole_frames_cost_no_call_for_their_deadlines() {
    // On a socket each of these calls goes to the kernel.
    let (end, there) = mem::pair();
    let mut here = hasty(Told { end, times: 0 });
    let mut there = hasty(there);
    for _ in 0..100 {
        there.send(&data("hello")).expect("sent");
        assert_eq!(here.recv().expect("DATA"), Some(said("hello")));
        here.send(&data("hello")).expect("sent");
    }
    // Once for reading and once for writing, and again where this thread had to wait for its core: on a machine that
    // is busy that happens, but not with every frame.
    let times = here.stream().times;
    assert!((2..100).contains(&times), "{times}");
}
