//! Handshakes that fail: each with its reason, and in time.

use std::io::{ErrorKind, Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::frame::{Foreign, Length};
use protocol_core::net::blocking::Connection;
use protocol_core::net::tls::rustls::{AlertDescription, CertificateError, Error};
use protocol_core::net::tls::{Acceptor, HandshakeError, HandshakeErrorKind};
use protocol_core::net::{Stream, mem};

use rcgen::SanType;

use super::certificates::{self, acceptor, connector, expired, params, signed};
use super::tcp_pair;
use crate::chat::{Chat, frame};

const SHORT: Duration = Duration::from_millis(200);
/// Between two drops of a peer that drips: far shorter than a deadline.
const DROP: Duration = Duration::from_millis(20);
/// By then at the latest a deadline has come, on a busy machine too.
const LATE: Duration = Duration::from_secs(5);

/// What the client and the server say of a server that the client does not trust.
fn distrusted(acceptor: Acceptor) -> (HandshakeError, HandshakeError) {
    let (client, server) = tcp_pair();
    let accepting = thread::spawn(move || acceptor.accept(server));
    let client = connector().connect("localhost", client).expect_err("not trusted");
    (client, accepting.join().expect("no panic").expect_err("not trusted"))
}

fn alert(error: &HandshakeError) -> AlertDescription {
    match error.kind() {
        HandshakeErrorKind::Tls(Error::AlertReceived(alert)) => *alert,
        _ => panic!("{error:?}"),
    }
}

fn certificate(error: &HandshakeError) -> &CertificateError {
    match error.kind() {
        HandshakeErrorKind::Tls(Error::InvalidCertificate(why)) => why,
        _ => panic!("{error:?}"),
    }
}

#[test]
fn a_server_that_nobody_knows() {
    let stranger =
        certificates::signed_by(&certificates::authority("another"), &params("localhost"));
    let (client, server) = distrusted(certificates::acceptor_as(stranger));
    assert_eq!(certificate(&client), &CertificateError::UnknownIssuer);
    assert_eq!(alert(&server), AlertDescription::UnknownCA);
    let peer = client.peer().expect("an address");
    assert_eq!(
        client.to_string(),
        format!("{peer}: the TLS handshake failed: invalid peer certificate: UnknownIssuer"),
    );
}

#[test]
fn a_server_whose_certificate_has_ended() {
    let (client, server) = distrusted(certificates::acceptor_as(signed(&expired())));
    let why = certificate(&client);
    assert!(matches!(why, CertificateError::ExpiredContext { .. }), "{why:?}");
    assert_eq!(alert(&server), AlertDescription::CertificateExpired);
}

#[test]
fn a_server_of_another_name() {
    let identity = signed(&params("elsewhere.example"));
    let (client, server) = distrusted(certificates::acceptor_as(identity));
    let why = certificate(&client);
    assert!(matches!(why, CertificateError::NotValidForNameContext { .. }), "{why:?}");
    assert_eq!(alert(&server), AlertDescription::BadCertificate);
}

#[test]
fn a_name_that_would_forge_a_line_of_a_log() {
    let mut params = params("elsewhere.example");
    let forged = "\u{1b}[2J\nERROR all is lost".try_into().expect("ASCII");
    params.subject_alt_names = vec![SanType::DnsName(forged); 20];
    let (client, _server) = distrusted(certificates::acceptor_as(signed(&params)));
    let text = client.to_string();
    assert!(text.contains("certificate not valid for name \"localhost\""), "{text:?}");
    assert!(!text.contains(char::is_control) && text.len() < 400, "{text:?}");
}

#[test]
fn a_name_that_is_none() {
    let (client, _server) = mem::pair();
    let error = connector().connect("not a name", client).expect_err("no name");
    assert!(matches!(error.kind(), HandshakeErrorKind::Name), "{error:?}");
}

#[test]
fn plain_bytes_are_named() {
    let cases: [(&[u8], Option<Foreign>, &str); 4] = [
        (&frame(b"\x03hello"), None, "the peer speaks no TLS (at 00 00 00 06 03 68 65 6c)"),
        (
            b"GET / HTTP/1.1\r\n\r\n",
            Some(Foreign::Http),
            "the peer speaks no TLS (at 47 45 54 20 2f 20 48 54); the peer seems to speak HTTP",
        ),
        (
            b"SSH-2.0-OpenSSH_9.9\r\n",
            Some(Foreign::Ssh),
            "the peer speaks no TLS (at 53 53 48 2d 32 2e 30 2d); the peer seems to speak SSH",
        ),
        (b"\x03hello", None, "the peer speaks no TLS (at 03 68 65 6c 6c 6f)"),
    ];
    for (bytes, foreign, says) in cases {
        let (mut client, server) = mem::pair();
        client.write_all(bytes).expect("written");
        let accepting = thread::spawn(move || acceptor().accept(server));
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).expect("an alert and an end");
        drop(client);
        let error = accepting.join().expect("no panic").expect_err("no TLS");
        assert_eq!(answer.first(), Some(&0x15), "{answer:02x?}");
        assert!(matches!(error.kind(), HandshakeErrorKind::NotTls), "{error:?}");
        assert_eq!((error.foreign(), error.to_string().as_str()), (foreign, says));
    }
}

#[test]
fn a_server_without_tls_ends_the_stream() {
    let (client, server) = mem::pair();
    let serving = thread::spawn(move || {
        let mut server = Connection::<Chat, Chat, _, _>::over(server, Length::u32());
        let error = server.recv().map(drop).expect_err("no frame");
        assert_eq!(error.foreign(), Some(Foreign::Tls));
    });
    let error = connector().connect("localhost", client).expect_err("no TLS");
    assert!(matches!(error.kind(), HandshakeErrorKind::Ended { have: 0 }), "{error:?}");
    serving.join().expect("no panic");
}

/// What a client sends first.
fn hello() -> Vec<u8> {
    let (client, mut server) = mem::pair();
    let connecting = thread::spawn(move || connector().connect("localhost", client).map(drop));
    let mut bytes = vec![0; 4096];
    let count = server.read(&mut bytes).expect("a hello");
    bytes.truncate(count);
    drop(server);
    connecting.join().expect("no panic").expect_err("the server is gone");
    bytes
}

#[test]
fn a_handshake_that_is_truncated() {
    let hello = hello();
    for have in (0..hello.len()).step_by(7) {
        let (mut client, server) = mem::pair();
        client.write_all(&hello[..have]).expect("written");
        client.end_writing().expect("ended");
        let error = acceptor().accept(server).expect_err("an end");
        let HandshakeErrorKind::Ended { have: seen } = *error.kind() else { panic!("{error:?}") };
        assert_eq!(seen, have);
    }
}

#[test]
fn a_handshake_that_stalls() {
    let hello = hello();
    for have in [0, 1, 5, hello.len() - 1, hello.len()] {
        let (mut client, server) = mem::pair();
        client.write_all(&hello[..have]).expect("written");
        let began = Instant::now();
        let error = acceptor().within(SHORT).accept(server).expect_err("silence");
        let took = began.elapsed();
        assert!(took >= SHORT && took < LATE, "{took:?}");
        let HandshakeErrorKind::Timeout { have: seen, allowed } = *error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!((seen, allowed), (have, SHORT));
    }
}

#[test]
fn a_handshake_that_drips() {
    let hello = hello();
    let (mut client, server) = tcp_pair();
    let dripping = thread::spawn(move || {
        let sent = hello.chunks(1).take_while(|byte| {
            thread::sleep(DROP);
            client.write_all(byte).is_ok()
        });
        (sent.count(), hello.len())
    });
    let began = Instant::now();
    let error = acceptor().within(SHORT).accept(server).expect_err("too slow");
    assert!(began.elapsed() < LATE);
    assert!(matches!(error.kind(), HandshakeErrorKind::Timeout { have: 1.., .. }), "{error:?}");
    let (sent, all) = dripping.join().expect("no panic");
    assert!(sent < all, "it was not cut");
}

#[test]
fn a_server_that_stalls() {
    let (client, _server) = tcp_pair();
    let error = connector().within(SHORT).connect("localhost", client).expect_err("silence");
    let kind = error.kind();
    assert!(matches!(kind, HandshakeErrorKind::Timeout { have: 0, allowed: SHORT }), "{kind:?}");
    assert_eq!(std::io::Error::from(error).kind(), ErrorKind::TimedOut);
}

#[test]
fn a_server_that_takes_nothing() {
    let (client, _server) = mem::pair_of(16);
    let error = connector().within(SHORT).connect("localhost", client).expect_err("stalled");
    assert!(matches!(error.kind(), HandshakeErrorKind::Timeout { .. }), "{error:?}");
}
