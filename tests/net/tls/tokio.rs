//! The same for tokio: what is refused, in time, and how streams end. The clock stands still unless
//! all wait for it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use protocol_core::conn::{ConnError, RecvErrorKind, SendErrorKind};
use protocol_core::frame::{Foreign, Length};
use protocol_core::net::server::{Event, Served};
use protocol_core::net::tls::rustls::{AlertDescription, CertificateError, Error};
use protocol_core::net::tls::{Acceptor, AsyncTls, Connector, HandshakeError, HandshakeErrorKind};
use protocol_core::net::tokio::{Connection, Server};
use tokio::io::{
    AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadBuf, duplex,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

use super::certificates::{self, acceptor, connector, expired, params, signed};
use crate::chat::{Chat, data, frame, said};

/// Room for a handshake, so that neither end waits for the other to read.
const ROOM: usize = 64 * 1024;

type Secure<S> = Connection<Chat, Chat, Length, AsyncTls<S>>;

async fn shake_hands<S>(
    connector: &Connector,
    acceptor: &Acceptor,
    (client, server): (S, S),
) -> (Result<AsyncTls<S>, HandshakeError>, Result<AsyncTls<S>, HandshakeError>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    tokio::join!(connector.connect_async("localhost", client), acceptor.accept_async(server))
}

async fn secure<S: AsyncRead + AsyncWrite + Unpin>(pair: (S, S)) -> (Secure<S>, Secure<S>) {
    let (client, server) = shake_hands(&connector(), &acceptor(), pair).await;
    let (client, server) = (client.expect("a handshake"), server.expect("a handshake"));
    (Connection::over(client, Length::u32()), Connection::over(server, Length::u32()))
}

async fn tcp_pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (client, server) = tokio::join!(TcpStream::connect(address), listener.accept());
    (client.expect("connected"), server.expect("accepted").0)
}

/// Talks through a pair of streams. The server's side of a handshake ends only when the client
/// reads on, so each end has a task of its own.
async fn converse<S>((client, server): (S, S), texts: &[&str])
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let serving = tokio::spawn(async move {
        let server = acceptor().accept_async(server).await.expect("a handshake");
        let mut server = Connection::<Chat, Chat, _, _>::over(server, Length::u32());
        server.answer(|message, outbox| outbox.queue(&message)).await.expect("a clean end");
        server.close().await.expect("closed");
    });
    let client = connector().connect_async("localhost", client).await.expect("a handshake");
    let mut client = Connection::<Chat, Chat, _, _>::over(client, Length::u32());
    for text in texts {
        client.send(&data(text)).await.expect("sent");
        assert!(client.recv().await.expect("DATA") == Some(said(text)), "{}", text.len());
    }
    client.close().await.expect("closed");
    serving.await.expect("no panic");
}

#[tokio::test]
async fn a_conversation_on_a_socket() {
    let (record, large) = ("x".repeat(16 * 1024), "x".repeat((1 << 20) - 1));
    converse(tcp_pair().await, &["one", "", &record, &large]).await;
}

#[tokio::test]
async fn a_conversation_through_a_small_pipe() {
    converse(duplex(100), &["one", "", &"x".repeat(16 * 1024)]).await;
}

/// A stream that moves a byte at a time.
struct Bytewise(DuplexStream);

impl AsyncRead for Bytewise {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut byte = [0];
        let mut one = ReadBuf::new(&mut byte);
        ready!(Pin::new(&mut self.0).poll_read(cx, &mut one))?;
        buffer.put_slice(one.filled());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Bytewise {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, &bytes[..bytes.len().min(1)])
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[tokio::test]
async fn a_conversation_a_byte_at_a_time() {
    let (client, server) = duplex(ROOM);
    converse((Bytewise(client), Bytewise(server)), &["", "hello"]).await;
}

#[tokio::test]
async fn each_driver_speaks_with_the_other() {
    let (client, server) = tcp_pair().await;
    let server = server.into_std().expect("a socket");
    server.set_nonblocking(false).expect("set");
    let serving = std::thread::spawn(move || {
        let mut server = super::over(acceptor().accept(server).expect("a handshake"));
        server.answer(|message, outbox| outbox.queue(&message)).expect("a clean end");
        server.close().expect("closed");
    });
    let client = connector().connect_async("localhost", client).await.expect("a handshake");
    let mut client = Connection::<Chat, Chat, _, _>::over(client, Length::u32());
    client.send(&data("hello")).await.expect("sent");
    assert_eq!(client.recv().await.expect("DATA"), Some(said("hello")));
    client.close().await.expect("closed");
    serving.join().expect("no panic");
}

#[tokio::test]
async fn each_end_sees_what_the_other_proved() {
    let identity = signed(&params("ann"));
    let proof = [identity.certificate.clone()];
    let connector = certificates::connector_as(identity);
    let acceptor = certificates::strict_acceptor();
    let (client, server) = shake_hands(&connector, &acceptor, duplex(ROOM)).await;
    assert_eq!(server.expect("a handshake").peer_certificates(), Some(&proof[..]));
    assert!(client.expect("a handshake").peer_certificates().is_some());
}

#[tokio::test]
async fn a_client_that_proves_nothing_is_refused_where_it_must() {
    let acceptor = certificates::strict_acceptor();
    let (client, server) = shake_hands(&connector(), &acceptor, duplex(ROOM)).await;
    let client = client.expect("half of a handshake");
    let mut client = Connection::<Chat, Chat, _, _>::over(client, Length::u32());
    let error = client.recv().await.expect_err("refused");
    assert!(error.to_string().ends_with("received fatal alert: CertificateRequired"), "{error}");
    let error = server.expect_err("refused");
    assert!(matches!(error.kind(), HandshakeErrorKind::Tls(Error::NoCertificatesPresented)));
}

#[tokio::test]
async fn servers_that_are_not_trusted() {
    let stranger =
        certificates::signed_by(&certificates::authority("another"), &params("localhost"));
    for (identity, why, alert) in [
        (stranger, "UnknownIssuer", AlertDescription::UnknownCA),
        (signed(&expired()), "certificate expired", AlertDescription::CertificateExpired),
        (signed(&params("elsewhere.example")), "not valid for", AlertDescription::BadCertificate),
    ] {
        let acceptor = certificates::acceptor_as(identity);
        let (client, server) = shake_hands(&connector(), &acceptor, tcp_pair().await).await;
        let error = client.expect_err("not trusted");
        assert!(error.to_string().contains(why), "{error}");
        let HandshakeErrorKind::Tls(Error::InvalidCertificate(kind)) = error.kind() else {
            panic!("{error:?}");
        };
        assert_ne!(*kind, CertificateError::BadEncoding);
        let error = server.expect_err("not trusted");
        let HandshakeErrorKind::Tls(Error::AlertReceived(seen)) = error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!(*seen, alert);
    }
    let error = connector().connect_async("not a name", duplex(1).0).await.expect_err("no name");
    assert!(matches!(error.kind(), HandshakeErrorKind::Name), "{error:?}");
}

#[tokio::test]
async fn plain_bytes_are_named() {
    let (mut client, server) = duplex(ROOM);
    client.write_all(&frame(b"\x03hello")).await.expect("written");
    let (acceptor, mut answer) = (acceptor(), Vec::new());
    let (accepted, read) = tokio::join!(acceptor.accept_async(server), async {
        let read = client.read_to_end(&mut answer).await;
        drop(client);
        read
    });
    read.expect("an alert and an end");
    assert_eq!(answer.first(), Some(&0x15), "{answer:02x?}");
    let error = accepted.expect_err("no TLS");
    assert!(matches!(error.kind(), HandshakeErrorKind::NotTls), "{error:?}");
    assert_eq!(error.to_string(), "the peer speaks no TLS (at 00 00 00 06 03 68 65 6c)");
}

#[tokio::test]
async fn a_server_without_tls_says_what_came() {
    let (client, server) = duplex(ROOM);
    let mut server = Connection::<Chat, Chat, _, _>::over(server, Length::u32());
    let connector = connector();
    let (connected, received) = tokio::join!(connector.connect_async("localhost", client), async {
        let error = server.recv().await.expect_err("no frame");
        drop(server);
        error
    });
    assert_eq!(received.foreign(), Some(Foreign::Tls));
    let error = connected.expect_err("no TLS");
    assert!(matches!(error.kind(), HandshakeErrorKind::Ended { have: 0 }), "{error:?}");
}

/// What a client sends first.
async fn hello() -> Vec<u8> {
    let (client, mut server) = duplex(ROOM);
    let mut bytes = vec![0; 4096];
    let connector = connector();
    let count = tokio::select! {
        count = server.read(&mut bytes) => count.expect("a hello"),
        _ = connector.connect_async("localhost", client) => panic!("nobody answers"),
    };
    bytes.truncate(count);
    bytes
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_stalls_has_ten_seconds() {
    let hello = hello().await;
    for have in [0, 1, 5, hello.len() - 1, hello.len()] {
        let (mut client, server) = duplex(ROOM);
        client.write_all(&hello[..have]).await.expect("written");
        let began = Instant::now();
        let error = acceptor().accept_async(server).await.expect_err("silence");
        assert_eq!(began.elapsed().as_secs(), 10);
        let HandshakeErrorKind::Timeout { have: seen, allowed } = *error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!((seen, allowed), (have, Duration::from_secs(10)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_drips_has_no_more() {
    let hello = hello().await;
    let (mut client, server) = duplex(ROOM);
    let dripping = tokio::spawn(async move {
        let mut sent = 0;
        for byte in hello.chunks(1) {
            sleep(Duration::from_secs(1)).await;
            sent += usize::from(client.write_all(byte).await.is_ok());
        }
        sent
    });
    let began = Instant::now();
    let error = acceptor().accept_async(server).await.expect_err("too slow");
    assert_eq!(began.elapsed().as_secs(), 10);
    assert!(matches!(error.kind(), HandshakeErrorKind::Timeout { have: 9..=10, .. }), "{error:?}");
    assert!(dripping.await.expect("no panic") <= 10, "it was not cut");
}

#[tokio::test]
async fn a_handshake_that_is_truncated() {
    let hello = hello().await;
    for have in [0, 1, 5, hello.len() - 1] {
        let (mut client, server) = duplex(ROOM);
        client.write_all(&hello[..have]).await.expect("written");
        client.shutdown().await.expect("ended");
        let error = acceptor().accept_async(server).await.expect_err("an end");
        let HandshakeErrorKind::Ended { have: seen } = *error.kind() else { panic!("{error:?}") };
        assert_eq!(seen, have);
    }
}

#[tokio::test]
async fn an_end_without_a_word_is_a_cut() {
    let (mut client, mut server) = secure(tcp_pair().await).await;
    server.send(&data("the last")).await.expect("sent");
    drop(server);
    assert_eq!(client.recv().await.expect("DATA"), Some(said("the last")));
    let error = client.recv().await.map(drop).expect_err("a cut");
    assert!(matches!(error.kind(), RecvErrorKind::Cut { have: 0 }), "{error:?}");
}

#[tokio::test]
async fn a_close_is_a_clean_end() {
    let (mut client, server) = secure(duplex(ROOM)).await;
    let (closed, received) = tokio::join!(server.close(), async {
        let end = client.recv().await.expect("an end").is_none();
        drop(client);
        end
    });
    closed.expect("closed");
    assert!(received);
}

/// A client, and the way on which the records of its server come to it.
async fn relayed() -> (Secure<DuplexStream>, Secure<DuplexStream>, DuplexStream, DuplexStream) {
    let (client, mut near) = duplex(ROOM);
    let (server, mut far) = duplex(ROOM);
    let (connector, acceptor) = (connector(), acceptor());
    let shaken = async {
        tokio::join!(connector.connect_async("localhost", client), acceptor.accept_async(server))
    };
    let (client, server) = tokio::select! {
        shaken = shaken => shaken,
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => panic!("it ended"),
    };
    let client = Connection::over(client.expect("a handshake"), Length::u32());
    let server = Connection::over(server.expect("a handshake"), Length::u32());
    (client, server, near, far)
}

#[tokio::test(start_paused = true)]
async fn a_frame_whose_records_drip_is_cut() {
    let (mut client, mut server, mut near, mut far) = relayed().await;
    server.send(&data(&"x".repeat(20_000))).await.expect("sent");
    let mut records = vec![0; ROOM];
    let mut count = 0;
    while count < 20_000 + 2 * 22 {
        count += far.read(&mut records[count..]).await.expect("records");
    }
    // What came before the first record of the frame, and all but a few bytes of the frame itself.
    near.write_all(&records[..count - 100]).await.expect("written");
    let rest = records[count - 100..count].to_vec();
    let dripping = tokio::spawn(async move {
        for byte in rest.chunks(1) {
            sleep(Duration::from_secs(1)).await;
            if near.write_all(byte).await.is_err() {
                return false;
            }
        }
        true
    });
    let began = Instant::now();
    let error = client.recv().await.map(drop).expect_err("too slow");
    let RecvErrorKind::FrameTimeout { have, needed: 20_005, .. } = *error.kind() else {
        panic!("{error:?}");
    };
    assert!(have > 0 && have < 20_005);
    assert_eq!(began.elapsed().as_secs(), 10);
    drop(client);
    assert!(!dripping.await.expect("no panic"), "it was not cut");
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_takes_nothing_is_cut() {
    let (mut client, _server, _near, _far) = relayed().await;
    let began = Instant::now();
    let error = loop {
        if let Err(error) = client.send(&data(&"x".repeat(100_000))).await {
            break error;
        }
    };
    assert!(matches!(error.kind(), SendErrorKind::Stalled { .. }), "{error:?}");
    assert!((30..=60).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_dropped_in_a_record_loses_nothing() {
    let (mut client, mut server, mut near, mut far) = relayed().await;
    // What rustls sends after a handshake goes its way first.
    server.send(&data("first")).await.expect("sent");
    let mut records = vec![0; ROOM];
    let count = far.read(&mut records).await.expect("records");
    near.write_all(&records[..count]).await.expect("written");
    assert_eq!(client.recv().await.expect("DATA"), Some(said("first")));
    server.send(&data("hello")).await.expect("sent");
    let count = far.read(&mut records).await.expect("a record");
    for byte in records[..count - 1].chunks(1) {
        near.write_all(byte).await.expect("written");
        let wait = tokio::time::timeout(Duration::from_millis(1), client.recv());
        assert!(wait.await.is_err(), "it is not whole");
    }
    near.write_all(&records[count - 1..count]).await.expect("written");
    assert_eq!(client.recv().await.expect("DATA"), Some(said("hello")));
}

#[tokio::test]
async fn a_server_knows_its_peers_and_ends_cleanly() {
    let (told, mut events) = tokio::sync::mpsc::unbounded_channel();
    let server = Server::<Chat>::bind("127.0.0.1:0").await.expect("a port");
    let server = server
        .handshake(certificates::strict_acceptor())
        .observer(move |event: &Event<'_>| told.send(event.to_string()).expect("the test listens"));
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let serving = tokio::spawn(server.serve(
        |mut connection: Served<Connection<Chat, Chat, Length, AsyncTls<TcpStream>>>| async move {
            let proofs = connection.stream().peer_certificates().map_or(0, <[_]>::len);
            while connection.recv().await?.is_some() {
                connection.queue(&data(&proofs.to_string()))?;
            }
            Ok::<_, ConnError>(())
        },
    ));
    let port = address.port();
    let connector = certificates::connector_as(signed(&params("ann")));
    let stream = connector.connect_tcp_async(&format!("localhost:{port}")).await;
    let stream = stream.expect("a handshake");
    let mut client = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
    client.send(&data("who am I?")).await.expect("sent");
    assert_eq!(client.recv().await.expect("DATA"), Some(said("1")));

    let mut plain = TcpStream::connect(address).await.expect("connected");
    plain.write_all(b"GET / HTTP/1.1\r\n\r\n").await.expect("written");
    let event = events.recv().await.expect("an event");
    assert!(event.contains("the peer speaks no TLS") && event.ends_with("HTTP"), "{event}");
    drop(plain);

    // A client that only waits gets a clean end, and is no failure.
    let (report, end) = tokio::join!(handle.drain(Duration::from_secs(20)), client.recv());
    assert_eq!((end.expect("a clean end"), report.cut), (None, 0));
    serving.await.expect("no panic").expect("a clean end");
    assert_eq!(events.recv().await, None);
}
