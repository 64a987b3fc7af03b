//! A connection that was split: one thread receives while another sends.

use std::net::TcpListener;
use std::thread;

use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;
use protocol_core::net::{Split, mem};

use crate::chat::{Chat, data, said};

const MESSAGES: usize = 2000;

fn text(number: usize) -> String {
    format!("{number} {}", "x".repeat(number % 100))
}

/// Both ends send much more than fits between them before they would read, so without two threads
/// at each end this would not come to its end.
fn talk_both_ways<S: Split + Send + 'static>(here: S, there: S) {
    let ends = [here, there].map(|stream| {
        let connection = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
        let (mut receiver, mut sender) = connection.split().expect("both halves");
        let sending = thread::spawn(move || {
            for number in 0..MESSAGES {
                sender.send(&data(&text(number))).expect("sent");
            }
            sender.close().expect("closed");
        });
        let receiving = thread::spawn(move || {
            for number in 0..MESSAGES {
                assert_eq!(receiver.recv().expect("received"), Some(said(&text(number))));
            }
            assert_eq!(receiver.recv().expect("the end"), None);
        });
        [sending, receiving]
    });
    for thread in ends.into_iter().flatten() {
        thread.join().expect("no panic");
    }
}

#[test]
fn in_memory() {
    let (here, there) = mem::pair_of(1000);
    talk_both_ways(here, there);
}

#[test]
fn in_memory_with_short_reads_and_writes() {
    let (mut here, mut there) = mem::pair_of(100);
    here.set_chunk(3);
    there.set_chunk(7);
    talk_both_ways(here, there);
}

#[test]
fn over_tcp() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let here = std::net::TcpStream::connect(address).expect("connected");
    talk_both_ways(here, listener.accept().expect("accepted").0);
}

#[cfg(unix)]
#[test]
fn over_unix_sockets() {
    let (here, there) = std::os::unix::net::UnixStream::pair().expect("a pair");
    talk_both_ways(here, there);
}
