//! The example server and client in every framing, and within their limits.

use std::process::Command;

use crate::programs::finding::example;
use crate::programs::running::{Output, run, succeed};
use crate::programs::server::Server;

const FRAMINGS: [&str; 7] =
    ["raw", "length", "varint", "lines", "cobs", "cobs-crc32", "magic-crc32"];

pub(super) fn server(options: &[&str]) -> Server {
    Server::start(|port, _| {
        let mut command = Command::new(example("server"));
        command.args(["--listen", &format!("127.0.0.1:{port}")]).args(options);
        command
    })
}

fn client(server: &Server, options: &[&str]) -> Command {
    let mut command = Command::new(example("client"));
    command.args(["--connect", &server.address().to_string()]).args(options);
    command
}

#[test]
fn a_conversation_in_every_framing() {
    for framing in FRAMINGS {
        let server = server(&["--framing", framing]);
        let messages = ["--login", "ann", "--data", "hello", "--data", "", "--logout"];
        let said = succeed(client(&server, &["--framing", framing]).args(messages));
        assert_eq!(said, "DATA Received message\n".repeat(4), "{framing}");
        let log = server.log();
        for part in [": LOGIN ann", ": DATA hello", ": LOGOUT", ": gone"] {
            assert!(log.contains(part), "{framing}: no `{part}` in {log}");
        }
    }
}

#[test]
fn a_message_above_the_limit_of_either() {
    let server = server(&["--framing", "varint", "--message-max", "20"]);
    let refused = |output: &Output, says: &str| {
        assert!(!output.status.success() && output.stderr.contains(says), "{}", output.stderr);
    };
    let mut small = client(&server, &["--framing", "varint", "--message-max", "30"]);
    let long = "x".repeat(30);
    let says = "a frame of 31 bytes is above the limit of 30";
    refused(&run(small.args(["--data", &long])), says);
    // The server closes the connection, and goes on with others.
    let output = run(client(&server, &["--framing", "varint"]).args(["--data", &long]));
    assert!(!output.status.success(), "{}", output.stdout);
    assert!(server.log().contains("a frame of 31 bytes is above the limit of 20"));
    let said = succeed(client(&server, &["--framing", "varint"]).args(["--data", "7 bytes"]));
    assert_eq!(said, "DATA Received message\n");
}
