//! A connection over streams that give little, take little, fail and end.

use std::io::{ErrorKind, Write};
use std::net::TcpListener;
use std::thread;

use protocol_core::conn::{ConnError, RecvError, RecvErrorKind, SendError, SendErrorKind};
use protocol_core::frame::{Foreign, Framing, Length, Raw};
use protocol_core::net::blocking::Connection;
use protocol_core::net::{Stream, Untimed, mem};

use crate::chat::{Chat, Login, Short, Word, Words, data, frame, said};
use crate::streams::{Act, Recorded, Scripted, Shut};

fn over<F: Framing, S: Stream>(stream: S, framing: F) -> Connection<Chat, Chat, F, S> {
    Connection::over(stream, framing)
}

/// A connection that reads these parts, each with a read of its own, and then the end.
fn reading(parts: &[&[u8]]) -> Connection<Chat, Chat, Length, Untimed<Scripted>> {
    let acts = parts.iter().map(|part| Act::Give(part.to_vec()));
    over(Scripted::reading(acts).untimed(), Length::u32())
}

#[test]
fn a_conversation_cut_at_every_byte() {
    let bytes = [frame(b"\x01ann"), frame(b"\x03hello"), frame(b"\x03")].concat();
    for cut in 0..=bytes.len() {
        let (first, second) = bytes.split_at(cut);
        // A read of no bytes is the end of the stream, so an empty part is left out.
        let parts = [first, second];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let mut connection = reading(&parts);
        let login = Chat::Login(Login { user: "ann".into() });
        assert_eq!(connection.recv().expect("LOGIN"), Some(login), "cut at {cut}");
        assert_eq!(connection.recv().expect("DATA"), Some(said("hello")), "cut at {cut}");
        assert_eq!(connection.recv().expect("empty DATA"), Some(said("")), "cut at {cut}");
        assert_eq!(connection.recv().expect("the end"), None, "cut at {cut}");
        assert_eq!(connection.recv().expect("still the end"), None, "cut at {cut}");
    }
}

#[test]
fn an_end_inside_a_frame_is_an_error_with_both_numbers() {
    let bytes = frame(b"\x03hello");
    for have in 1..bytes.len() {
        let mut connection = reading(&[&bytes[..have]]);
        for _ in 0..2 {
            let error = connection.recv().expect_err("half a frame");
            let needed = if have < 4 { 4 } else { bytes.len() };
            let RecvErrorKind::EndInside { have: told, needed: of } = *error.kind() else {
                panic!("{error:?}");
            };
            assert_eq!((told, of, error.is_fatal()), (have, needed, true));
            let says = format!("the stream ended inside a frame: {have} of {needed} bytes came");
            assert_eq!(error.to_string(), says);
        }
    }
}

#[test]
fn a_bad_message_costs_only_itself() {
    let bytes = [frame(b"\x09"), frame(b""), frame(b"\x03hello")].concat();
    let mut connection = reading(&[&bytes]);
    let error = connection.recv().expect_err("no message has the type 9");
    assert!(matches!(error.kind(), RecvErrorKind::Message(_)) && !error.is_fatal(), "{error:?}");
    // A frame of no bytes is a frame, and too short for any message.
    let error = connection.recv().expect_err("a message has a type");
    assert!(matches!(error.kind(), RecvErrorKind::Message(_)) && !error.is_fatal(), "{error:?}");
    assert_eq!(connection.recv().expect("DATA"), Some(said("hello")));
}

#[test]
fn a_bad_frame_is_the_end() {
    let mut connection = reading(&[b"GET / HTTP/1.1\r\n"]);
    for _ in 0..2 {
        let error = connection.recv().expect_err("no frame");
        assert!(matches!(error.kind(), RecvErrorKind::Frame(_)) && error.is_fatal(), "{error:?}");
        assert_eq!(error.foreign(), Some(Foreign::Http));
    }
}

#[test]
fn a_foreign_peer_is_named_where_the_frame_alone_says_nothing() {
    // As a message of the article's protocol this is one of the unknown type 0x47.
    let stream = Scripted::reading([Act::Give(b"GET / HTTP/1.1\r\n".to_vec())]).untimed();
    let error = over(stream, Raw::new()).recv().expect_err("type 0x47");
    assert!(error.to_string().ends_with("; the peer seems to speak HTTP"), "{error}");
    // As a length of two bytes it is a frame of 18,245 bytes that never comes.
    let stream = Scripted::reading([Act::Give(b"GET / HTTP/1.1\r\n".to_vec())]).untimed();
    let error = over(stream, Length::u16()).recv().expect_err("the end comes before");
    assert!(matches!(error.kind(), RecvErrorKind::EndInside { have: 16, needed: 18_247 }));
    assert_eq!(error.foreign(), Some(Foreign::Http));
}

#[test]
fn reads_that_fail() {
    let hello = frame(b"\x03hello");
    let (first, second) = hello.split_at(3);
    let stream = Scripted::reading([
        Act::Fail(ErrorKind::Interrupted),
        Act::Give(first.to_vec()),
        Act::Fail(ErrorKind::WouldBlock),
        Act::Fail(ErrorKind::Interrupted),
        Act::Give(second.to_vec()),
        Act::Fail(ErrorKind::ConnectionReset),
    ]);
    let mut connection = over(stream.untimed(), Length::u32());
    let error = connection.recv().expect_err("nothing to read now");
    assert!(matches!(error.kind(), RecvErrorKind::NotReady) && !error.is_fatal(), "{error:?}");
    assert_eq!(connection.recv().expect("nothing was lost"), Some(said("hello")));
    let error = connection.recv().expect_err("a reset");
    let RecvErrorKind::Io(cause) = error.kind() else { panic!("{error:?}") };
    assert_eq!((cause.kind(), error.is_fatal()), (ErrorKind::ConnectionReset, true));
}

#[test]
fn a_timeout_that_nobody_asked_for_is_an_error_of_the_stream() {
    let stream = Scripted::reading([Act::Fail(ErrorKind::TimedOut)]).untimed();
    let error = over(stream, Length::u32()).recv().expect_err("a timeout");
    assert!(matches!(error.kind(), RecvErrorKind::Io(_)), "{error:?}");
}

#[test]
fn writes_that_take_one_byte_or_none() {
    let failures = [None, Some(ErrorKind::Interrupted), None, Some(ErrorKind::WouldBlock)];
    let mut connection = over(Scripted::failing(failures).untimed(), Length::u32());
    let error = connection.send(&data("hi")).expect_err("the stream takes nothing now");
    assert!(matches!(error.kind(), SendErrorKind::NotReady { pending: 5 }), "{error:?}");
    assert!(!error.is_fatal());
    connection.flush().expect("the rest");
    assert_eq!(connection.stream().0.written, frame(b"\x03hi"));
    assert_eq!(connection.stream().0.writes, 7 + 2);
}

#[test]
fn a_stream_that_takes_nothing_is_closed() {
    let mut connection = over(Untimed(Shut), Length::u32());
    let error = connection.send(&data("hi")).expect_err("nothing is taken");
    assert!(matches!(error.kind(), SendErrorKind::Closed { pending: 7 }) && error.is_fatal());
    connection.queue(&data("ho")).expect("queued");
    let error = connection.recv().expect_err("a flush comes first");
    assert!(matches!(error.kind(), RecvErrorKind::Flush(SendErrorKind::Closed { pending: 14 })));
}

#[test]
fn what_cannot_be_sent_leaves_no_trace() {
    let mut connection = over(Scripted::reading([]).untimed(), Length::u32().limit(4));
    connection.queue(&data("abc")).expect("four bytes");
    let error = connection.queue(&data("abcd")).expect_err("five bytes");
    assert!(matches!(error.kind(), SendErrorKind::Frame(_)) && !error.is_fatal(), "{error:?}");
    let error = connection.queue(&Short { text: "abc".into() }).expect_err("refused");
    assert!(matches!(error.kind(), SendErrorKind::Message(_)) && !error.is_fatal(), "{error:?}");
    connection.send(&data("xyz")).expect("four bytes");
    assert_eq!(connection.stream().0.written, [frame(b"\x03abc"), frame(b"\x03xyz")].concat());
}

#[test]
fn borrowed_messages_are_answered() {
    let (here, there) = mem::pair();
    let mut here = Connection::<Words<'_>, Chat, _, _>::over(here, Length::u32());
    let mut there = over(there, Length::u32());
    for word in ["one", "two"] {
        there.send(&data(word)).expect("sent");
    }
    let (mut there, sender) = there.split().expect("both halves");
    sender.close().expect("closed");
    here.answer(|message, outbox| match message {
        Words::Word(word) => outbox.queue(&data(&word.text.to_uppercase())),
    })
    .expect("answered");
    assert_eq!(there.recv().expect("ONE"), Some(said("ONE")));
    assert_eq!(there.recv().expect("TWO"), Some(said("TWO")));
}

/// What a connection receives and sends is named once, with `'static`; yet the messages themselves
/// may borrow for as short a time as they like, also from the receive buffer.
#[test]
fn borrowed_messages_are_sent() {
    fn over<S: Stream>(stream: S) -> Connection<Words<'static>, Words<'static>, Length, S> {
        Connection::over(stream, Length::u32())
    }
    let (here, there) = mem::pair();
    let (mut here, mut there) = (over(here), over(there));
    let text = String::from("borrowed");
    here.send(&Word { text: &text }).expect("sent");
    here.send(&Words::Word(Word { text: &text })).expect("sent as the enum");
    let (mut here, sender) = here.split().expect("both halves");
    sender.close().expect("closed");
    there.answer(|message, outbox| outbox.queue(&message)).expect("sent back");
    for _ in 0..2 {
        let word = here.recv().expect("received");
        assert_eq!(word, Some(Words::Word(Word { text: "borrowed" })));
    }
}

#[test]
fn a_handler_ends_the_conversation_with_its_error() {
    let bytes = [frame(b"\x03one"), frame(b"\x03two")].concat();
    let mut connection = reading(&[&bytes]);
    let result = connection.answer(|_, _| Err("enough"));
    let Err(ConnError::Handler(error)) = result else { panic!("{result:?}") };
    assert_eq!(error.to_string(), "enough");
}

#[test]
fn replies_go_out_together_and_before_the_next_wait() {
    let (here, there) = mem::pair();
    let (mut here, mut there) = (over(here, Length::u32()), over(there, Length::u32()));
    for word in ["one", "two", "three"] {
        there.queue(&data(word)).expect("queued");
    }
    there.flush().expect("written");
    let server = thread::spawn(move || {
        while let Some(message) = here.recv()? {
            here.queue(&message)?;
        }
        Ok::<_, ConnError>(())
    });
    for word in ["one", "two", "three"] {
        assert_eq!(there.recv().expect("a reply"), Some(said(word)));
    }
    drop(there);
    server.join().expect("no panic").expect("a clean end");
}

#[test]
fn raw_messages_are_written_apart() {
    let writes = Untimed(Recorded::default());
    let mut raw = over(writes, Raw::new());
    raw.queue(&Login { user: "ann".into() }).expect("queued");
    raw.queue(&data("hello")).expect("queued");
    raw.flush().expect("written");
    assert_eq!(raw.stream().0.writes, [&b"\x01ann"[..], b"\x03hello"]);

    let writes = Untimed(Recorded::default());
    let mut length = over(writes, Length::u32());
    length.queue(&Login { user: "ann".into() }).expect("queued");
    length.queue(&data("hello")).expect("queued");
    length.flush().expect("written");
    assert_eq!(length.stream().0.writes, [[frame(b"\x01ann"), frame(b"\x03hello")].concat()]);
}

#[test]
fn a_peer_that_hides_behind_many_addresses_is_named_in_errors() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let mut client = Connection::<Chat>::connect(address).expect("connected");
    let (mut server, _) = listener.accept().expect("accepted");
    server.write_all(&frame(b"\x09")).expect("written");
    let error: RecvError = client.recv().expect_err("no message has the type 9");
    assert_eq!(error.peer(), Some(address));
    assert!(error.to_string().starts_with(&format!("{address}: Chat")), "{error}");
    drop(server);
}

#[test]
fn nobody_listens() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let error = Connection::<Chat>::connect(free).expect_err("nobody listens");
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    assert!(error.to_string().starts_with(&format!("cannot connect to {free}: ")), "{error}");
    let none: &[std::net::SocketAddr] = &[];
    let error = Connection::<Chat>::connect(none).expect_err("no address");
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[test]
fn a_close_does_not_wait_on_a_stream_without_deadlines() {
    let (here, there) = mem::pair();
    let mut connection = over(Untimed(here), Length::u32());
    connection.queue(&data("bye")).expect("queued");
    // The other end is open and silent: a read would block for ever.
    connection.close().expect("written");
    assert_eq!(over(there, Length::u32()).recv().expect("DATA"), Some(said("bye")));
}

#[test]
fn a_close_reads_away_what_the_peer_still_sends() {
    let (here, mut there) = mem::pair_of(1000);
    let sending = thread::spawn(move || {
        // Ten times what fits: without a reader the writes would fail, and on a socket the reset
        // would take the last reply with it.
        there.write_all(&[0; 10_000])
    });
    over(here, Length::u32()).close().expect("closed");
    sending.join().expect("no panic").expect("all was read");
}

#[test]
fn errors_cross_threads() {
    fn crosses<T: Send + Sync + std::error::Error + 'static>() {}
    crosses::<RecvError>();
    crosses::<SendError>();
    crosses::<ConnError>();
}
