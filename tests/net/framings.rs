//! Whole conversations in every framing, and what a connection makes of bad frames: it tells of them,
//! and whoever wants goes on.

use std::io::Write;

use protocol_core::checksum::crc32;
use protocol_core::conn::{RecvError, RecvErrorKind};
use protocol_core::frame::{
    Checksummed, Cobs, Delimited, FrameErrorKind, Framing, Length, Magic, Varint,
};
use protocol_core::net::blocking::Connection;
use protocol_core::net::{Stream, mem};

use crate::chat::{Chat, data, said};

/// Texts of all lengths that are a border somewhere, with zeros among them.
fn texts() -> impl Iterator<Item = String> {
    let lengths = [0, 1, 126, 127, 128, 252, 253, 254, 255, 256, 1000, 9000];
    lengths.into_iter().flat_map(|length| {
        ["x", "\0", "x\0\0y"].map(|part| part.chars().cycle().take(length).collect())
    })
}

fn carries_a_conversation(framing: impl Framing) {
    for chunk in [1, 7, usize::MAX] {
        let (mut here, there) = mem::pair_of(1 << 20);
        here.set_chunk(chunk);
        let mut here = Connection::<Chat, Chat, _, _>::over(here, framing.clone());
        let mut there = Connection::<Chat, Chat, _, _>::over(there, framing.clone());
        for text in texts() {
            here.queue(&data(&text)).expect("queued");
        }
        here.flush().expect("written");
        for text in texts() {
            let message = there.recv().expect("received").expect("not the end");
            there.send(&message).expect("sent");
            assert_eq!(here.recv().expect("received"), Some(said(&text)));
        }
    }
}

macro_rules! carry {
    ($($name:ident = $framing:expr;)*) => {$(
        #[test]
        fn $name() {
            carries_a_conversation($framing);
        }
    )*};
}

carry! {
    length = Length::u24();
    length_behind_the_type = Length::u16().at(1).little_endian();
    varint = Varint::new();
    cobs = Cobs::new();
    lines = Delimited::new(b"\r\n");
    checksummed_cobs = Checksummed::new(Cobs::new(), crc32);
    magic = Magic::new(b"\xaa\x55", Checksummed::new(Length::u16(), crc32));
}

#[test]
fn a_framing_that_refuses_leaves_no_half_frame() {
    let framing = Varint::new().limit(0x4000);
    let (here, there) = mem::pair();
    let mut here = Connection::<Chat, Chat, _, _>::over(here, framing);
    here.queue(&data("before")).expect("queued");
    here.queue(&data(&"x".repeat(0x4000))).expect_err("too long");
    here.send(&data("after")).expect("sent");
    let mut there = Connection::<Chat, Chat, _, _>::over(there, framing);
    assert_eq!(there.recv().expect("received"), Some(said("before")));
    assert_eq!(there.recv().expect("received"), Some(said("after")));
}

/// A connection to which these bytes were sent, and nothing after them.
fn receiving<F: Framing>(framing: F, bytes: &[u8]) -> Connection<Chat, Chat, F, impl Stream> {
    let (here, mut there) = mem::pair();
    there.write_all(bytes).expect("written");
    Connection::over(here, framing)
}

fn frame_kind(error: &RecvError) -> FrameErrorKind {
    let RecvErrorKind::Frame(error) = error.kind() else { panic!("{error}") };
    error.kind()
}

#[test]
fn a_bad_frame_is_told_of_and_the_next_one_received() {
    let stream = b"\x02\x03\x00\x09bad\x00\x00\x03\x03!\x00\x05lost\x00";
    let mut connection = receiving(Cobs::new(), stream);
    assert_eq!(connection.recv().expect("received"), Some(said("")));
    let error = connection.recv().expect_err("a bad frame");
    assert!(!error.is_fatal());
    assert_eq!(frame_kind(&error), FrameErrorKind::Stuffing { code: 9, at: 0, behind: 5 });
    let says = "the stuffing code 0x09 at byte 0 leads 5 bytes behind the frame \
                (at 09 62 61 64 00 00 03 03); skipping 5 bytes";
    assert_eq!(error.to_string(), says);
    assert_eq!(connection.recv().expect("received"), Some(said("!")));
    // A sound frame of no message.
    let error = connection.recv().expect_err("no message");
    assert!(matches!(error.kind(), RecvErrorKind::Message(_)) && !error.is_fatal(), "{error}");
    assert_eq!(connection.recv().expect("received"), None);
}

#[test]
fn who_goes_on_receives_every_sound_message() {
    let framing = Magic::new(b"\xaa\x55", Checksummed::new(Length::u8(), crc32));
    let frame = b"\xaa\x55\x06\x03!\x26\x9d\x51\x62";
    let mut bad = *frame;
    bad[4] = b'?';
    let stream = [&frame[..], b"noise", frame, &bad, frame].concat();
    let mut connection = receiving(framing, &stream);
    let (mut received, mut skipped) = (0, Vec::new());
    loop {
        match connection.recv() {
            Ok(Some(message)) => {
                assert_eq!(message, said("!"));
                received += 1;
            }
            Ok(None) => break,
            Err(error) if error.is_fatal() => panic!("{error}"),
            Err(error) => skipped.push(frame_kind(&error)),
        }
    }
    assert_eq!(received, 3);
    let checksum = FrameErrorKind::Checksum { got: 0x269d_5162, expected: 0xdc92_6c01 };
    let rest = FrameErrorKind::Garbage { skipped: 8 };
    assert_eq!(skipped, [FrameErrorKind::Garbage { skipped: 5 }, checksum, rest]);
}

#[test]
fn an_error_that_ends_the_stream_stays() {
    let mut connection = receiving(Varint::new(), b"\x80\x00\x01\x03");
    for _ in 0..3 {
        let error = connection.recv().expect_err("no frame");
        assert!(error.is_fatal());
        assert_eq!(frame_kind(&error), FrameErrorKind::NotMinimal);
    }
}
