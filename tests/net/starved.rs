//! Servers whose process has nothing left: no file descriptor, no memory for a thread.
//!
//! Each test runs once more in a process of its own, which a shell has bounded before.

use std::env;
use std::fs::File;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::net::blocking::{Connection, Server};
use protocol_core::net::server::Event;

use crate::chat::{Chat, data};

/// By then at the latest something has happened, on a busy machine too.
const LATE: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(200);

/// Tells the second process that it is bounded.
const IS_BOUNDED: &str = "PROTOCOL_TEST_IS_BOUNDED";

/// Runs the test of this name in a process with this bound, unless this is that process.
fn in_bounds(bound: &str, name: &str, test: impl FnOnce()) {
    if env::var_os(IS_BOUNDED).is_some() {
        return test();
    }
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{bound} && exec \"$0\" \"$@\"")]);
    command.arg(env::current_exe().expect("a path")).args(["--exact", name, "--test-threads=1"]);
    let output = command.env(IS_BOUNDED, "1").output().expect("a shell");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[test]
fn a_drain_needs_no_file_descriptor() {
    in_bounds("ulimit -n 40", "starved::a_drain_needs_no_file_descriptor", || {
        let server = Server::<Chat>::bind("127.0.0.1:0").expect("a port");
        let (address, handle) = (server.local_addrs()[0], server.handle());
        let serving =
            thread::spawn(move || server.serve(|mut connection| connection.recv().map(drop)));
        // The descriptors of one that is connected are held until the end.
        let client = Connection::<Chat>::connect(address).expect("connected");
        thread::sleep(SHORT);
        let files: Vec<_> = (0..40).map_while(|_| File::open("/dev/null").ok()).collect();
        assert!(files.len() < 40, "the process is not bounded");
        let (began, held) = (Instant::now(), client);
        assert_eq!(handle.drain(LATE).cut, 0);
        serving.join().expect("no panic").expect("served");
        assert!(began.elapsed() < LATE, "it needed the grace");
        drop((held, files));
    });
}

#[test]
fn a_connection_without_a_thread_is_named() {
    in_bounds("ulimit -v 1000000", "starved::a_connection_without_a_thread_is_named", || {
        let (sender, events) = mpsc::channel();
        let server = Server::<Chat>::bind("127.0.0.1:0").expect("a port").observer(
            move |event: &Event<'_>| {
                sender.send(event.to_string()).unwrap_or_default();
            },
        );
        let (address, handle) = (server.local_addrs()[0], server.handle());
        let serving = thread::spawn(move || {
            server
                .serve(|mut connection| connection.recv().map(|message| assert!(message.is_some())))
        });
        // Served once, so that the server has what it needs itself.
        let mut first = Connection::<Chat>::connect(address).expect("connected");
        first.send(&data("hello")).expect("sent");
        assert!(first.recv().is_ok_and(|message| message.is_none()), "closed");
        let mut hog: Vec<Vec<u8>> = Vec::with_capacity(10_000);
        for _ in 0..10_000 {
            let mut part = Vec::new();
            if part.try_reserve_exact(1 << 20).is_err() {
                break;
            }
            hog.push(part);
        }
        let mut client = Connection::<Chat>::connect(address).expect("connected");
        let event = events.recv_timeout(LATE).expect("an event");
        let peer = client.stream().local_addr().expect("known");
        assert!(event.starts_with(&format!("{peer}: closed, there is no thread")), "{event}");
        assert!(client.recv().is_ok_and(|message| message.is_none()), "closed");
        drop(hog);
        Connection::<Chat>::connect(address)
            .expect("connected")
            .send(&data("hello"))
            .expect("sent");
        thread::sleep(SHORT);
        assert_eq!(handle.drain(LATE).cut, 0);
        serving.join().expect("no panic").expect("served");
        assert_eq!(events.iter().collect::<Vec<_>>(), Vec::<String>::new());
    });
}
