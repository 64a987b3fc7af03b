//! Peers that send what no client of the protocol would.

use std::io::Write;
use std::net::Shutdown;
use std::thread;
use std::time::{Duration, Instant};

use crate::running::{Client, KINDS, Options, Running, row, scaled};
use crate::talk::frame;

#[test]
fn a_length_of_4_gib_is_refused_at_the_header() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let mut client = server.client();
        client.write(&[0xff; 4]);
        assert_eq!(client.rest(), b"");
        let event = server.event();
        assert!(event.contains("4294967295 bytes is above the limit of 1048576"), "{event}");
        server.wait_for_connections(0);
        assert_eq!(server.buffers(), 0);
        row("a length of 4 GiB", kind, "closed at the header");
        server.end();
    }
}

#[test]
fn other_protocols_are_named() {
    let peers: [(&[u8], &str); 4] = [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "TLS"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "SSH"),
        (b"\xde\xad\xbe\xef garbage", "above the limit"),
    ];
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        for (bytes, name) in peers {
            let mut client = server.client();
            client.write(bytes);
            assert_eq!(client.rest(), b"");
            let event = server.event();
            assert!(event.contains(name), "{event}");
        }
        row("HTTP, TLS, SSH, garbage", kind, "closed, and named in the error");
        server.end();
    }
}

/// Sends all of this without reading a reply, in a thread of its own, until the server is gone.
fn send_without_reading(client: &Client, bytes: Vec<u8>) {
    let mut stream = client.0.try_clone().expect("a handle");
    stream.set_write_timeout(None).expect("set");
    thread::spawn(move || stream.write_all(&bytes).unwrap_or_default());
}

/// The most bytes of buffers that the server holds while it serves another client for a second.
fn most_buffers(server: &Running, good: &mut Client) -> usize {
    let began = Instant::now();
    let mut most = 0;
    while began.elapsed() < Duration::from_secs(1) {
        good.asks_and_hears("meanwhile");
        most = most.max(server.buffers());
    }
    most
}

#[test]
fn many_frames_from_a_peer_that_reads_no_reply_cost_little() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let (greedy, mut good) = (server.client(), server.client());
        good.asks_and_hears("before");
        // The smallest frames that are messages.
        let count = scaled(1_000_000);
        send_without_reading(&greedy, frame("").repeat(count));
        let most = most_buffers(&server, &mut good);
        assert!(most < 512 * 1024, "{most} bytes of buffers");
        let result = format!("at most {} KiB of buffers, another client served", most / 1024);
        row(&format!("{count} frames, no reply read"), kind, &result);
        greedy.0.shutdown(Shutdown::Both).expect("connected");
        drop(greedy);
        server.wait_for_connections(1);
        drop(good);
        server.end();
    }
}

#[test]
fn frames_without_a_message_end_their_connection() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let mut client = server.client();
        client.write(&[0; 4000]);
        assert_eq!(client.rest(), b"");
        assert!(server.event().contains("Chat.type at byte 0: 1 more byte needed"));
        server.end();
    }
}

#[test]
fn a_client_that_never_reads_holds_little_and_nobody_up() {
    for kind in KINDS {
        let server = Running::start(kind, Options::default());
        let (greedy, mut good) = (server.client(), server.client());
        // Each asks for 100 kB.
        let count = scaled(20_000);
        send_without_reading(&greedy, frame("large").repeat(count));
        let most = most_buffers(&server, &mut good);
        assert!((100_000..1024 * 1024).contains(&most), "{most} bytes of buffers");
        let result = format!("at most {} KiB of buffers, another client served", most / 1024);
        row(&format!("{count} replies of 100 kB that nobody reads"), kind, &result);
        greedy.0.shutdown(Shutdown::Both).expect("connected");
        drop(greedy);
        server.wait_for_connections(1);
        drop(good);
        server.end();
    }
}
