//! The example `load`: what it counts, in what it succeeds, and that it charges a server for every
//! message that had to wait.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use protocol_core::frame::Varint;
use protocol_core::net::blocking::Connection;
use protocol_core::net::tls::Acceptor;
use protocol_core::{Message, Protocol};
use rustls::ServerConfig;
use rustls::crypto::ring;

use super::framings::server;
use crate::programs::finding::example;
use crate::programs::running::{Output, run};

fn load(address: SocketAddr, options: &[&str]) -> Output {
    run(Command::new(example("load")).args(["--connect", &address.to_string()]).args(options))
}

/// The number at the start of the line that begins with `name`.
fn number(table: &str, name: &str) -> f64 {
    let line = table.lines().find_map(|line| line.strip_prefix(name));
    let word = line.and_then(|line| line.split_whitespace().next());
    let number = word.and_then(|word| word.parse().ok());
    number.unwrap_or_else(|| panic!("no number of {name} in:\n{table}"))
}

fn is_sound(table: &str) {
    assert!(table.ends_with("errors      none\n"), "{table}");
    assert!(number(table, "answers ") >= 1.0, "{table}");
    assert_eq!(number(table, "messages "), number(table, "answers "), "{table}");
    assert_eq!(number(table, "unanswered "), 0.0, "{table}");
    assert!(number(table, "throughput ") > 0.0, "{table}");
    let latencies = ["p50 ", "p99 ", "p99.9 ", "max "].map(|name| number(table, name));
    assert!(latencies.is_sorted() && latencies[3] > 0.0, "{table}");
}

#[test]
fn as_many_as_are_answered() {
    for framing in ["raw", "length", "magic-crc32"] {
        let server = server(&["--framing", framing]);
        let options = ["--framing", framing, "--connections", "3", "--pipeline", "8"];
        let output = load(server.address(), &[&options[..], &["--duration", "0.3"]].concat());
        assert!(output.status.success(), "{framing}: {}{}", output.stdout, output.stderr);
        is_sound(&output.stdout);
    }
}

#[test]
fn at_a_rate() {
    let server = server(&["--framing", "cobs"]);
    let options = ["--framing", "cobs", "--rate", "200", "--duration", "0.5", "--pipeline", "100"];
    let output = load(server.address(), &options);
    assert!(output.status.success(), "{}{}", output.stdout, output.stderr);
    is_sound(&output.stdout);
    let line = output.stdout.lines().next().expect("a table");
    let numbers = line.split_whitespace().filter_map(|word| word.parse::<u32>().ok());
    assert_eq!(numbers.sum::<u32>(), 100, "{line}: sent or not, half a second has 100");
}

/// What one client is answered, when it is there.
fn answering(
    answer: impl FnOnce(TcpStream) + Send + 'static,
) -> (SocketAddr, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    (address, thread::spawn(move || answer(listener.accept().expect("a client").0)))
}

#[test]
fn a_stall_is_charged_for_every_message_that_waits() {
    // A varint length, DATA, one byte of text; answered after a while, and then at once.
    let (address, answering) = answering(|mut stream| {
        let mut message = [0; 3];
        let mut stall = Duration::from_millis(600);
        while stream.read_exact(&mut message).is_ok() {
            assert_eq!(&message, b"\x02\x03x");
            thread::sleep(stall);
            stall = Duration::ZERO;
            if stream.write_all(b"\x02\x03x").is_err() {
                break;
            }
        }
    });
    let options = ["--framing", "varint", "--connections", "1", "--text", "1", "--rate", "100"];
    let output = load(address, &[&options[..], &["--duration", "0.8"]].concat());
    answering.join().expect("the bytes are right");
    assert!(output.status.success(), "{}{}", output.stdout, output.stderr);
    // Of 80 messages, 60 were due in the stall; sent one after the other, all but one were fast.
    assert!(number(&output.stdout, "p50 ") > 100.0, "{}", output.stdout);
}

#[test]
fn errors_are_told_by_their_codes() {
    let (address, answering) = answering(|mut stream| {
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").expect("written");
        // Until the client is gone.
        stream.read_to_end(&mut Vec::new()).map(drop).unwrap_or_default();
    });
    let options = ["--framing", "length", "--connections", "1", "--duration", "0.3"];
    let output = load(address, &options);
    answering.join().expect("no panic");
    assert!(!output.status.success(), "{}", output.stdout);
    assert!(output.stdout.contains("errors      1 frame_above_limit\n"), "{}", output.stdout);
    assert_eq!(number(&output.stdout, "unanswered "), 1.0, "{}", output.stdout);
}

#[derive(Message)]
#[msg_type = 3]
struct Data<'a> {
    #[wire(rest)]
    text: &'a str,
}

#[derive(Protocol)]
enum Chat<'a> {
    Data(Data<'a>),
}

#[test]
fn inside_tls() {
    let names = vec!["server.test".to_owned()];
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(names).expect("a certificate");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, cert.pem()).expect("written");
    let key = rustls::pki_types::PrivateKeyDer::try_from(signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.expect("a key"))
        .expect("they fit");
    let (address, answering) = answering(move |stream| {
        let stream = Acceptor::new(config).accept(stream).expect("a handshake");
        let mut connection =
            Connection::<Chat<'static>, Chat<'static>, _, _>::over(stream, Varint::new());
        let answered = connection.answer(|message, outbox| {
            let Chat::Data(Data { text }) = message;
            outbox.queue(&Data { text })
        });
        answered.expect("a clean end");
    });
    let path = path.to_str().expect("text");
    let options = ["--framing", "varint", "--connections", "1", "--pipeline", "4"];
    let tls = ["--duration", "0.3", "--tls-ca", path, "--tls-name", "server.test"];
    let output = load(address, &[&options[..], &tls].concat());
    answering.join().expect("no panic");
    assert!(output.status.success(), "{}{}", output.stdout, output.stderr);
    is_sound(&output.stdout);
}

#[test]
fn inside_tls_a_server_may_ask_for_a_certificate() {
    let folder = tempfile::tempdir().expect("a folder");
    let [cert, key] = ["cert.pem", "key.pem"]
        .map(|name| folder.path().join(name).to_str().expect("text").to_owned());
    // Both sides have the same proof, and trust it alone.
    let made = rcgen::generate_simple_self_signed(["localhost".into()]).expect("a certificate");
    std::fs::write(&cert, made.cert.pem()).expect("written");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    let proof = ["--cert", &cert, "--key", &key, "--ca", &cert];
    let server = server(&[&["--framing", "varint", "--tls"], &proof[..]].concat());
    let options = ["--framing", "varint", "--connections", "2", "--duration", "0.3"];
    let trust = [&options[..], &["--tls-ca", &cert, "--tls-name", "localhost"]].concat();
    let proven = [&trust[..], &["--tls-cert", &cert, "--tls-key", &key]].concat();
    let output = load(server.address(), &proven);
    assert!(output.status.success(), "{}{}", output.stdout, output.stderr);
    is_sound(&output.stdout);
    let output = load(server.address(), &trust);
    assert!(!output.status.success(), "{}{}", output.stdout, output.stderr);
    server.wait_for("peer sent no certificates", 1);
}
