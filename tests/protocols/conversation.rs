//! The example `conversation`: its own client, and clients that keep to no order.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::Command;

use crate::programs::finding::example;
use crate::programs::running::{LATE, run, succeed};
use crate::programs::server::Server;

fn serving() -> Server {
    Server::start(|port, _| {
        let mut command = Command::new(example("conversation"));
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
        command
    })
}

fn talk(server: &Server, args: &[&str]) -> Command {
    let mut command = Command::new(example("conversation"));
    command.args(["talk", "--connect", &server.address().to_string()]).args(args);
    command
}

/// What the server answers to these bytes, up to the end of the stream.
fn answers(server: &Server, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(server.address()).expect("it listens");
    stream.set_read_timeout(Some(LATE)).expect("set");
    stream.write_all(bytes).expect("written");
    stream.shutdown(Shutdown::Write).expect("ended");
    let mut answers = Vec::new();
    stream.read_to_end(&mut answers).expect("a clean end");
    answers
}

const LOGIN: &[u8] = b"\0\0\0\x04\x01ann";
const LOGOUT: &[u8] = b"\0\0\0\x01\x02";
const DATA: &[u8] = b"\0\0\0\x03\x03hi";
const HELLO: &[u8] = b"\0\0\0\x0a\x03hello ann";
const RECEIVED: &[u8] = b"\0\0\0\x0c\x03received hi";

#[test]
fn a_client_logs_in_talks_and_logs_out() {
    let server = serving();
    let said = succeed(&mut talk(&server, &["ann", "hello", "how are\nyou?"]));
    assert_eq!(said, "hello ann\nreceived hello\nreceived how are\\nyou?\n");
    assert_eq!(
        answers(&server, &[LOGIN, DATA, DATA, LOGOUT].concat()),
        [HELLO, RECEIVED, RECEIVED].concat()
    );
    assert!(!server.log().contains("may not send"), "{}", server.log());
}

#[test]
fn what_is_not_allowed_is_refused_and_said() {
    let server = serving();
    let cases: [(Vec<u8>, &[u8], &str); 4] = [
        (
            [DATA, LOGIN].concat(),
            b"",
            "a client may not send `Data` in the state `Start`, only `Login` (at 03)",
        ),
        // A body that is no text: nobody looks into it.
        (b"\0\0\0\x02\x03\xff".to_vec(), b"", "a client may not send `Data` in the state `Start`"),
        (
            [LOGIN, LOGIN].concat(),
            HELLO,
            "a client may not send `Login` in the state `Active`, only `Data`",
        ),
        ([LOGIN, LOGOUT, DATA].concat(), HELLO, "a client may not send `Data` in the state `End`"),
    ];
    for (number, (sent, answered, says)) in cases.into_iter().enumerate() {
        assert_eq!(answers(&server, &sent), answered, "case {number}");
        server.wait_for("may not send", number + 1);
        assert!(server.log().contains(says), "{says}:\n{}", server.log());
    }
}

#[test]
fn without_a_server_the_client_says_so() {
    let server = serving();
    let mut command = talk(&server, &["ann"]);
    drop(server);
    let output = run(&mut command);
    assert!(!output.status.success() && output.stderr.starts_with("error: cannot connect to 127."));
}
