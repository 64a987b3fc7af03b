//! The other end is Python's ssl module, which is OpenSSL and not rustls.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use protocol_core::conn::RecvErrorKind;
use protocol_core::net::Stream;
use tempfile::TempDir;

use super::certificates::{self, acceptor, connector};
use super::over;
use crate::chat::{data, said};

/// Whether there is a Python to talk to.
fn is_there() -> bool {
    let version = Command::new("python3").args(["-c", "import ssl"]).output();
    if version.is_ok_and(|output| output.status.success()) {
        return true;
    }
    let is_required = std::env::var("PROTOCOL_REQUIRE_PEERS").is_ok_and(|value| value == "1");
    assert!(!is_required, "python3 is missing, and PROTOCOL_REQUIRE_PEERS=1 wants it");
    eprintln!("\n*** SKIPPED: python3 is missing, TLS was not tested with it ***\n");
    false
}

/// A running script, that is ended with the test.
struct Script(Child);

impl Script {
    fn start(args: &[&str]) -> Script {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/tls.py");
        let mut command = Command::new("python3");
        command.arg(path).args(args).stdout(Stdio::piped());
        Script(command.spawn().expect("python3 starts"))
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let output = self.0.stdout.as_mut().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("a line");
        line
    }

    /// Waits for its end, and gives the rest that it wrote.
    fn end(mut self) -> String {
        let mut text = String::new();
        self.0.stdout.as_mut().expect("piped").read_to_string(&mut text).expect("text");
        assert!(self.0.wait().expect("an end").success(), "it failed: {text}");
        text
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.0.kill().and_then(|()| self.0.wait()).map(drop).unwrap_or_default();
    }
}

/// Starts a server of Python's and connects to it.
fn connect(how: &str, folder: &TempDir) -> (Script, super::Secure<TcpStream>) {
    let path = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let (certificate, key) = certificates::localhost_pem();
    fs::write(path("certificate"), certificate).expect("written");
    fs::write(path("key"), key).expect("written");
    let mut server = Script::start(&["serve", &path("certificate"), &path("key"), how]);
    let port = server.line().trim().parse::<u16>().expect("a port");
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    (server, over(connector().connect("localhost", stream).expect("a handshake")))
}

#[test]
fn a_client() {
    if !is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let authority = folder.path().join("authority");
    fs::write(&authority, certificates::authority_pem()).expect("written");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let client = Script::start(&["client", &port, authority.to_str().expect("text")]);
    let (stream, _) = listener.accept().expect("a client");
    let stream = acceptor().accept(stream).expect("a handshake");
    assert!(stream.peer().is_some());
    let mut server = over(stream);
    server.answer(|message, outbox| outbox.queue(&message)).expect("a clean end");
    server.close().expect("closed");
    assert_eq!(client.end(), "done TLSv1.3\n");
}

#[test]
fn a_server() {
    if !is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (server, mut client) = connect("cleanly", &folder);
    for text in ["hello", &"x".repeat(100_000)] {
        client.send(&data(text)).expect("sent");
        assert!(client.recv().expect("DATA") == Some(said(text)));
    }
    client.close().expect("closed");
    assert_eq!(server.end(), "");
}

#[test]
fn a_server_that_cuts_the_stream() {
    if !is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (server, mut client) = connect("cut", &folder);
    client.send(&data("cut")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("cut")));
    let error = client.recv().map(drop).expect_err("a cut");
    assert!(matches!(error.kind(), RecvErrorKind::Cut { have: 0 }), "{error:?}");
    server.end();
}
