//! What a server holds for peers that claim much and send little, and what it does when it holds all
//! that it may.

use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use crate::child::ServerProcess;
use crate::running::{Client, KINDS, LATE, Options, Running, row, scaled};

/// A frame of 1 MiB is legal; this is its header.
const CLAIM: [u8; 4] = [0, 0x10, 0, 0];

#[test]
fn claims_of_1_mib_cost_what_is_sent() {
    for kind in KINDS {
        let count = scaled(2_000);
        let mut server = ServerProcess::start(kind, "true");
        drop(server.client());
        let base = (server.wait_for_connections(0), server.rss());
        let mut claiming: Vec<Client> = (0..count).map(|_| server.client()).collect();
        claiming.iter_mut().for_each(|client| client.write(&[&CLAIM[..], &[3; 1000]].concat()));
        server.wait_for_connections(count);
        let each = |bytes: i64| bytes / i64::try_from(count).expect("few");
        // A buffer of 4 KiB holds what was sent.
        let began = Instant::now();
        let mut heap = 0;
        while heap < 4096 {
            assert!(began.elapsed() < LATE, "{heap} bytes of heap for each: not all has come");
            heap = each(server.held().heap - base.0.heap);
        }
        let rss = each(server.rss() - base.1);
        // A thread has a stack besides, which only the RSS knows.
        assert!(heap < 10 * 1024, "{heap} bytes of heap for each");
        assert!(rss < 64 * 1024, "{rss} bytes of RSS for each");
        let result = format!("{heap} bytes of heap, {rss} of RSS for each");
        row(&format!("1 MiB claimed and 1 kB sent by {count}"), kind, &result);
        assert!(server.client().is_served("meanwhile"));
    }
}

#[test]
fn a_server_that_holds_all_it_may_still_serves_small_messages() {
    let buffers = 2 << 20;
    for kind in KINDS {
        let server = Running::start(kind, Options { buffers, ..Options::default() });
        // Each would hold 1 MiB, of which all but the last bytes come.
        let mut greedy: Vec<Client> = (0..20).map(|_| server.client()).collect();
        for client in &mut greedy {
            client.write(&CLAIM);
        }
        let writing: Vec<_> = greedy
            .iter()
            .map(|client| {
                let mut stream = client.0.try_clone().expect("a handle");
                thread::spawn(move || stream.write_all(&[3; (1 << 20) - 1]).is_ok())
            })
            .collect();
        let began = Instant::now();
        for round in 0.. {
            let mut good = server.client();
            assert!(good.is_served(&"small".repeat(200)), "round {round}");
            let used = server.buffers();
            assert!(used <= buffers + 21 * 8192, "{used} bytes of buffers");
            if began.elapsed() > Duration::from_secs(2) {
                break;
            }
        }
        row("20 peers want 1 MiB each of 2 MiB", kind, &format!("{} bytes held", server.buffers()));
        drop(greedy);
        server.drain(Duration::from_millis(100));
        writing.into_iter().for_each(|writer| drop(writer.join()));
    }
}
