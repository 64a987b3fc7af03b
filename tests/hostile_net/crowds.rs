//! Many connections, in two processes.

use std::time::{Duration, Instant};

use crate::child::ServerProcess;
use crate::running::{Client, KINDS, Kind, row, scaled};
use crate::talk::frame;

#[test]
fn many_idle_connections_cost_little_and_the_active_are_served() {
    for kind in KINDS {
        let (idle, active) = (scaled(9_000), scaled(100));
        let mut server = ServerProcess::start(kind, "true");
        assert!(server.client().is_served("warm"));
        let base = (server.wait_for_connections(0), server.rss());
        let mut idlers: Vec<Client> = (0..idle).map(|_| server.client()).collect();
        // Each has spoken: what a message took is given back, where no thread waits with it.
        idlers.iter_mut().for_each(|client| client.asks_and_hears(&"hello".repeat(1000)));
        let held = server.wait_for_connections(idle);
        let each = |bytes: i64| bytes / i64::try_from(idle).expect("few");
        let (heap, rss) = (each(held.heap - base.0.heap), each(server.rss() - base.1));
        let heap_max = if kind == Kind::Tokio { 2048 } else { 32 * 1024 };
        assert!(heap <= heap_max, "{heap} bytes of heap for each");
        let mut actives: Vec<Client> = (0..active).map(|_| server.client()).collect();
        let took = time_of_100_rounds(&mut actives);
        let scenario = format!("{idle} idle, {active} active connections");
        let result = format!(
            "{heap} bytes of heap, {rss} of RSS for each idle one; {} messages in {took:.1?}",
            100 * active
        );
        row(&scenario, kind, &result);
        assert!(idlers.iter_mut().step_by(100).all(|client| client.is_served("still here")));
    }
}

/// How long it takes until each of these clients was answered a hundred times.
fn time_of_100_rounds(clients: &mut [Client]) -> Duration {
    let began = Instant::now();
    for round in 0..100 {
        clients.iter_mut().for_each(|client| client.write(&frame("ping")));
        for client in &mut *clients {
            let mut reply = [0; 9];
            std::io::Read::read_exact(&mut client.0, &mut reply)
                .unwrap_or_else(|error| panic!("round {round}: {error}"));
        }
    }
    began.elapsed()
}

#[test]
fn connections_that_come_and_go_leave_nothing_behind() {
    for kind in KINDS {
        let count = scaled(100_000);
        let mut server = ServerProcess::start(kind, "true");
        for _ in 0..50 {
            assert!(server.client().is_served("warm"));
        }
        let base = server.wait_for_connections(0);
        let (descriptors, threads) = (server.descriptors(), server.threads());
        let began = Instant::now();
        for number in 0..count {
            let mut client = server.client();
            if number % 2 == 0 {
                // It goes with a reply unread, so it is reset.
                client.write(&frame("unread"));
                client.0.peek(&mut [0]).expect("a reply");
            }
        }
        let took = began.elapsed();
        let held = server.wait_for_connections(0);
        assert!(server.client().is_served("after"));
        server.wait_for_connections(0);
        let settled = Instant::now() + Duration::from_secs(10);
        // At most as many: at the base, the last connection may not have been closed yet.
        while server.descriptors() > descriptors || server.threads() > threads {
            assert!(Instant::now() < settled, "{} descriptors", server.descriptors());
            std::thread::sleep(Duration::from_millis(10));
        }
        let grown = held.heap - base.heap;
        assert!(grown < 256 * 1024, "{grown} bytes of heap are left");
        let result = format!("{took:.1?}; heap grew by {grown} bytes, nothing else is left");
        row(&format!("{count} connects, closed and reset"), kind, &result);
        assert_eq!(held.buffers, 0);
    }
}
