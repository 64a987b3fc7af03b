//! What both drivers promise over real sockets, whatever the peer does with its bytes.

use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::thread;

use protocol_core::conn::RecvErrorKind;

use crate::chat::{Chat, Login, data, frame, said};
use crate::drivers::{Driver, pair};

/// Makes a test of each of these for each driver.
macro_rules! for_both_drivers {
    ($($test:ident)*) => {
        mod with_blocking {
            $(#[test] fn $test() { super::$test::<crate::drivers::Blocking>(); })*
        }
        mod with_tokio {
            $(#[test] fn $test() { super::$test::<crate::drivers::Tokio>(); })*
        }
    };
}

for_both_drivers! {
    a_conversation_split_at_every_byte
    one_byte_a_write
    a_thousand_frames_in_one_write
    a_reset_after_every_number_of_bytes
    an_end_after_every_number_of_bytes
    a_half_closed_peer_is_answered
}

fn frames() -> [Vec<u8>; 4] {
    [frame(b"\x01ann"), frame(b"\x03hello"), frame(b"\x03"), frame(&[b'\x03'; 30])]
}

fn messages() -> [Chat; 4] {
    let login = Chat::Login(Login { user: "ann".into() });
    [login, said("hello"), said(""), said(&"\x03".repeat(29))]
}

/// How many whole frames so many bytes are, and how many bytes of the next one.
fn cut(mut bytes: usize) -> (usize, usize) {
    for (whole, frame) in frames().iter().enumerate() {
        if bytes < frame.len() {
            return (whole, bytes);
        }
        bytes -= frame.len();
    }
    (frames().len(), bytes)
}

fn a_conversation_split_at_every_byte<D: Driver>() {
    let bytes = frames().concat();
    for split in 1..bytes.len() {
        let (mut here, mut there) = pair::<D>();
        there.write_all(&bytes[..split]).expect("written");
        let mut received = Vec::new();
        while let Some(message) = here.recv_now() {
            received.push(message.expect("no error").expect("not the end"));
        }
        assert!(received.len() <= cut(split).0);
        there.write_all(&bytes[split..]).expect("written");
        there.shutdown(Shutdown::Write).expect("ended");
        while let Some(message) = here.recv().expect("no error") {
            received.push(message);
        }
        assert_eq!(received, messages(), "split at {split}");
    }
}

fn one_byte_a_write<D: Driver>() {
    let (mut here, mut there) = pair::<D>();
    let writing = thread::spawn(move || {
        frames().concat().chunks(1).for_each(|byte| there.write_all(byte).expect("written"));
    });
    for message in messages() {
        assert_eq!(here.recv().expect("no error"), Some(message));
    }
    writing.join().expect("no panic");
    assert_eq!(here.recv().expect("the end"), None);
}

fn a_thousand_frames_in_one_write<D: Driver>() {
    let (mut here, mut there) = pair::<D>();
    let bytes: Vec<u8> =
        (0..1000).flat_map(|number| frame(format!("\x03{number}").as_bytes())).collect();
    assert_eq!(there.write(&bytes).expect("written"), bytes.len(), "all of it in one write");
    for number in 0..1000 {
        assert_eq!(here.recv().expect("no error"), Some(said(&number.to_string())));
    }
    there.write_all(&bytes).expect("written");
    there.shutdown(Shutdown::Write).expect("ended");
    here.echo().expect("answered");
    here.close().expect("closed");
    let mut replies = Vec::new();
    there.read_to_end(&mut replies).expect("replies and the end");
    assert!(replies == bytes, "each is answered once, in order");
}

/// A socket that is closed with bytes unread is reset.
fn a_reset_after_every_number_of_bytes<D: Driver>() {
    let bytes = frames().concat();
    for count in 0..=bytes.len() {
        let (mut here, mut there) = pair::<D>();
        here.send(&data("unread")).expect("sent");
        there.peek(&mut [0]).expect("it is there");
        there.write_all(&bytes[..count]).expect("written");
        drop(there);
        let mut received = Vec::new();
        let error = loop {
            match here.recv() {
                Ok(message) => received.extend(Some(message.expect("a reset is no end"))),
                Err(error) => break error,
            }
        };
        assert!(messages().starts_with(&received) && received.len() <= cut(count).0);
        let RecvErrorKind::Io(cause) = error.kind() else { panic!("{error:?}") };
        assert_eq!((cause.kind(), error.is_fatal()), (ErrorKind::ConnectionReset, true));
    }
}

fn an_end_after_every_number_of_bytes<D: Driver>() {
    let bytes = frames().concat();
    for count in 0..=bytes.len() {
        let (mut here, mut there) = pair::<D>();
        there.write_all(&bytes[..count]).expect("written");
        drop(there);
        let (whole, have) = cut(count);
        for message in messages().into_iter().take(whole) {
            assert_eq!(here.recv().expect("no error"), Some(message));
        }
        if have == 0 {
            assert_eq!(here.recv().expect("an end between frames"), None);
            continue;
        }
        let error = here.recv().expect_err("an end inside a frame");
        let needs = if have < 4 { 4 } else { frames()[whole].len() };
        let RecvErrorKind::EndInside { have: came, needed } = *error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!((came, needed, error.is_fatal()), (have, needs, true));
    }
}

fn a_half_closed_peer_is_answered<D: Driver>() {
    let (mut here, mut there) = pair::<D>();
    there.write_all(&frames().concat()).expect("written");
    there.shutdown(Shutdown::Write).expect("ended");
    here.echo().expect("answered");
    here.close().expect("closed");
    let mut replies = Vec::new();
    there.read_to_end(&mut replies).expect("replies and the end");
    assert_eq!(replies, frames().concat());
}

#[cfg(unix)]
mod unix {
    //! Unix sockets, in both drivers.

    use std::thread;

    use protocol_core::frame::Length;
    use protocol_core::net::blocking::Connection;
    use protocol_core::net::tokio::Connection as TokioConnection;

    use crate::chat::{Chat, data, said};

    #[test]
    fn a_blocking_and_an_async_client_talk_over_a_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("socket");
        let listener = std::os::unix::net::UnixListener::bind(&path).expect("bound");
        let serving = thread::spawn(move || {
            for _ in 0..2 {
                let (stream, _) = listener.accept().expect("accepted");
                let mut here = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
                here.answer(|message, outbox| outbox.queue(&message)).expect("answered");
            }
        });
        let client = Connection::<Chat>::connect_unix(&path);
        let mut client = client.expect("connected");
        client.send(&data("hello")).expect("sent");
        assert_eq!(client.recv().expect("DATA"), Some(said("hello")));
        client.close().expect("closed");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let client = TokioConnection::<Chat>::connect_unix_with(&path, Length::u32());
            let mut client = client.await.expect("connected");
            client.send(&data("hello")).await.expect("sent");
            assert_eq!(client.recv().await.expect("DATA"), Some(said("hello")));
            client.close().await.expect("closed");
        });
        serving.join().expect("no panic");
    }

    #[test]
    fn the_error_names_the_path() {
        let path = "/nobody/listens/here";
        let error = Connection::<Chat>::connect_unix(path);
        let error = error.expect_err("nobody");
        assert!(error.to_string().starts_with(&format!("cannot connect to {path}: ")), "{error}");
    }
}
