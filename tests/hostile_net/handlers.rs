//! Handlers that fail or block, and connections that must be cut.

use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::conn::Timeouts;

use crate::running::{Client, KINDS, LATE, Options, Running, SHORT, row};
use crate::talk::{BUSY, frame};

#[test]
fn a_panic_ends_its_connection_only() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let (mut good, mut bad) = (server.client(), server.client());
        good.asks_and_hears("before");
        bad.write(&[frame("kept"), frame("panic")].concat());
        assert_eq!(bad.rest(), frame("kept"), "the reply before the panic is written");
        assert!(server.event().ends_with(": the handler panicked"));
        good.asks_and_hears("after");
        server.end();
    }
}

#[test]
fn a_handler_that_blocks_does_not_stop_the_others() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let (mut blocked, mut good) = (server.client(), server.client());
        blocked.write(&frame("block"));
        let began = Instant::now();
        let mut count = 0;
        while began.elapsed() < BUSY / 2 {
            good.asks_and_hears("meanwhile");
            count += 1;
        }
        let mut reply = [0; 10];
        blocked.0.read_exact(&mut reply).expect("the reply");
        assert_eq!(reply[..], frame("block"));
        row("a handler blocks its thread for 0.5 s", kind, &format!("{count} others answered"));
        server.end();
    }
}

#[test]
fn a_silent_peer_and_one_that_drips_are_cut() {
    let short = Some(SHORT);
    let timeouts = Timeouts { idle: short, frame: short, ..Timeouts::SERVER };
    for kind in KINDS {
        let server = Running::start(kind, Options { timeouts, ..Options::default() });
        let mut silent = server.client();
        let dripping = {
            let Client(mut stream) = server.client();
            thread::spawn(move || {
                let began = Instant::now();
                // A byte at a time, each well before the deadline.
                for byte in frame(&"x".repeat(1000)) {
                    if stream.write_all(&[byte]).is_err() {
                        return began.elapsed();
                    }
                    thread::sleep(SHORT / 4);
                }
                panic!("it is not cut");
            })
        };
        let began = Instant::now();
        assert_eq!(silent.rest(), b"");
        let idle = began.elapsed();
        let took = dripping.join().expect("it is cut");
        let mut events = [server.event(), server.event()];
        events.sort_by_key(|event| event.contains("a frame took longer than 300ms"));
        assert!(events[0].contains("the peer sent nothing for 300ms"), "{events:?}");
        assert!(events[1].contains("a frame took longer than 300ms"), "{events:?}");
        row("idle for 0.3 s", kind, &format!("closed after {idle:.1?}"));
        row("one byte at a time, 0.3 s for a frame", kind, &format!("closed after {took:.1?}"));
        server.end();
    }
}

#[test]
fn a_drain_lets_what_is_in_flight_finish() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let mut idle = server.client();
        idle.asks_and_hears("hello");
        let mut busy: Vec<_> = (0..20).map(|_| server.client()).collect();
        busy.iter_mut().for_each(|client| client.write(&frame("sleep")));
        server.wait_for_connections(21);
        let began = Instant::now();
        let report = server.drain(LATE);
        assert_eq!((report.finished, report.cut), (21, 0));
        assert!(began.elapsed() < LATE / 2, "the idle one held it up");
        assert!(busy.iter_mut().all(|client| client.rest() == frame("sleep")));
        assert_eq!(idle.rest(), b"");
    }
}

#[test]
fn a_drain_cuts_at_the_end_of_its_grace() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let mut stuck = server.client();
        // Replies for a peer that takes none: they fill its socket, and the handler waits.
        let requests = frame("large").repeat(200);
        stuck.write(&requests);
        server.wait_for_connections(1);
        thread::sleep(SHORT);
        let began = Instant::now();
        let report = server.drain(SHORT);
        assert_eq!((report.finished, report.cut), (0, 1));
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    }
}

#[test]
fn peers_that_do_not_end_their_side_hold_no_drain_up() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let mut slow: Vec<_> = (0..50).map(|_| server.client()).collect();
        slow.iter_mut().for_each(|client| client.asks_and_hears("hello"));
        let began = Instant::now();
        // The server waits for the end of each for a second, unless its grace is shorter.
        let report = server.drain(SHORT);
        let took = began.elapsed();
        assert_eq!((report.finished, report.cut), (50, 0), "all had everything");
        assert!(took < Duration::from_secs(10), "{took:?}: one after the other");
        assert!(slow.iter_mut().all(|client| client.rest().is_empty()));
        row("drain, 50 peers that do not end", kind, &format!("{took:.1?} of a grace of 0.3 s"));
    }
}
