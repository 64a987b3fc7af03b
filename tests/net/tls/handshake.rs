//! Handshakes that succeed, and what each end knows of the other then.

use std::thread;

use protocol_core::conn::RecvErrorKind;
use protocol_core::net::tls::rustls::{AlertDescription, Error, ProtocolVersion};
use protocol_core::net::tls::{HandshakeErrorKind, Tls};
use protocol_core::net::{Stream, mem};

use super::certificates::{self, acceptor, connector, params, signed};
use super::{over, secure, secure_by, secure_mem, tcp_pair};
use crate::chat::{data, said};

fn converse<S: Stream + Send + 'static>(client: Tls<S>, server: Tls<S>) {
    let (mut client, mut server) = (over(client), over(server));
    let serving = thread::spawn(move || {
        server.answer(|message, outbox| outbox.queue(&message)).expect("a clean end");
        server.close().expect("closed");
    });
    for text in ["one", "two", ""] {
        client.send(&data(text)).expect("sent");
        assert_eq!(client.recv().expect("DATA"), Some(said(text)));
    }
    client.close().expect("closed");
    serving.join().expect("no panic");
}

#[test]
fn a_conversation_on_a_socket() {
    let (client, server) = tcp_pair();
    let address = server.local_addr().expect("an address");
    let (client, server) = secure(client, server);
    assert_eq!(client.peer(), Some(address));
    converse(client, server);
}

#[test]
fn a_conversation_in_memory() {
    let (client, server) = secure_mem();
    converse(client, server);
}

#[cfg(unix)]
#[test]
fn a_conversation_on_a_unix_socket() {
    let (client, server) = std::os::unix::net::UnixStream::pair().expect("a pair");
    let (client, server) = secure(client, server);
    converse(client, server);
}

#[test]
fn a_conversation_in_the_version_before() {
    let (client, server) = mem::pair();
    let old = certificates::old_connector();
    let (client, server) = secure_by(&old, acceptor(), client, server);
    assert_eq!(client.session().protocol_version(), Some(ProtocolVersion::TLSv1_2));
    converse(client, server);
}

#[test]
fn a_handshake_a_byte_at_a_time() {
    let (mut client, mut server) = mem::pair();
    client.set_chunk(1);
    server.set_chunk(1);
    let (client, server) = secure(client, server);
    converse(client, server);
}

#[test]
fn each_end_sees_what_the_other_proved() {
    let identity = signed(&params("ann"));
    let proof = [identity.certificate.clone()];
    let (client, server) = mem::pair();
    let connector = certificates::connector_as(identity);
    let (client, server) = secure_by(&connector, certificates::strict_acceptor(), client, server);
    let (client, server) = (over(client), over(server));
    assert_eq!(server.stream().peer_certificates(), Some(&proof[..]));
    assert_eq!(client.stream().peer_certificates().map(<[_]>::len), Some(1));
}

#[test]
fn a_client_that_is_not_asked_proves_nothing() {
    let (_client, server) = secure_mem();
    assert_eq!(server.peer_certificates(), None);
}

#[test]
fn a_client_that_proves_nothing_is_refused_where_it_must() {
    let (client, server) = tcp_pair();
    let accepting = thread::spawn(move || certificates::strict_acceptor().accept(server));
    // The client's side of the handshake is over before the server has seen what it lacks.
    let mut client = over(connector().connect("localhost", client).expect("half of a handshake"));
    let error = client.recv().expect_err("refused");
    let RecvErrorKind::Io(error) = error.kind() else { panic!("{error:?}") };
    let alert = error.get_ref().and_then(|error| error.downcast_ref::<Error>());
    assert_eq!(alert, Some(&Error::AlertReceived(AlertDescription::CertificateRequired)));
    let error = accepting.join().expect("no panic").expect_err("refused");
    assert!(matches!(error.kind(), HandshakeErrorKind::Tls(Error::NoCertificatesPresented)));
}

#[test]
fn a_client_that_another_authority_knows_is_refused() {
    let stranger = certificates::signed_by(&certificates::authority("another"), &params("ann"));
    let (client, server) = tcp_pair();
    let accepting = thread::spawn(move || certificates::strict_acceptor().accept(server));
    let connector = certificates::connector_as(stranger);
    let mut client = over(connector.connect("localhost", client).expect("half of a handshake"));
    client.recv().expect_err("refused");
    let error = accepting.join().expect("no panic").expect_err("refused");
    assert!(error.to_string().ends_with("invalid peer certificate: UnknownIssuer"), "{error}");
}
