//! Servers that run out of descriptors, are killed, or told to end.

use std::thread;
use std::time::{Duration, Instant};

use protocol_core::conn::{RecvErrorKind, Timeouts};
use protocol_core::net::blocking::Connection;

use crate::child::ServerProcess;
use crate::running::{Client, KINDS, LATE, row};
use crate::talk::{Chat, Data, frame};

#[test]
fn without_descriptors_it_neither_ends_nor_spins_and_recovers() {
    for kind in KINDS {
        let server = ServerProcess::start(kind, "ulimit -n 32");
        let mut clients: Vec<Client> = (0..100).map(|_| server.client()).collect();
        clients[0].asks_and_hears("one of the first");
        let (ticks, began) = (server.ticks(), Instant::now());
        thread::sleep(Duration::from_secs(2));
        let (ticks, took) = (server.ticks() - ticks, began.elapsed());
        assert!(ticks < 50, "{ticks} hundredths of a second in {took:?}");
        let open = server.descriptors();
        assert!(open > 28, "{open} descriptors: the process is not bounded");
        drop(clients);
        let began = Instant::now();
        while !server.client().is_served("after") {
            assert!(began.elapsed() < LATE, "it does not recover");
        }
        let result =
            format!("{} ms of CPU in 2 s, served again after {:.1?}", 10 * ticks, began.elapsed());
        row("32 descriptors, 100 connections", kind, &result);
    }
}

#[test]
fn a_server_that_is_killed_in_mid_reply_is_a_typed_error_in_time() {
    for kind in KINDS {
        let server = ServerProcess::start(kind, "true");
        let mut connection = Connection::<Chat>::connect(server.address).expect("connected");
        connection.set_timeouts(Timeouts { idle: Some(LATE), ..Timeouts::CLIENT });
        for _ in 0..100 {
            connection.queue(&Data { text: "large".into() }).expect("queued");
        }
        connection.flush().expect("sent");
        assert!(matches!(connection.recv(), Ok(Some(_))));
        server.signal("-9");
        let began = Instant::now();
        let error = loop {
            match connection.recv() {
                Ok(Some(_)) => {}
                Ok(None) => break "the end of the stream, between two messages".to_owned(),
                Err(error) => {
                    assert!(error.is_fatal(), "{error:?}");
                    assert!(
                        matches!(
                            error.kind(),
                            RecvErrorKind::EndInside { .. } | RecvErrorKind::Io(_)
                        ),
                        "{error:?}"
                    );
                    break error.code().to_string();
                }
            }
        };
        let took = began.elapsed();
        assert!(took < LATE / 2, "{took:?}");
        row("kill -9 in mid-reply", kind, &format!("{error} after {took:.1?}"));
    }
}

#[test]
fn a_sigterm_lets_100_requests_in_flight_finish() {
    for kind in KINDS {
        let mut server = ServerProcess::start(kind, "true");
        let mut clients: Vec<Client> = (0..100).map(|_| server.client()).collect();
        clients.iter_mut().for_each(|client| client.write(&frame("sleep")));
        server.wait_for_connections(100);
        let began = Instant::now();
        server.signal("-TERM");
        let finished =
            clients.iter_mut().filter_map(|client| (client.rest() == frame("sleep")).then_some(()));
        assert_eq!(finished.count(), 100);
        assert_eq!(server.report(), "100 connections finished, 0 were cut");
        row("SIGTERM, 100 in flight", kind, &format!("all answered in {:.1?}", began.elapsed()));
    }
}
