//! What a connection may hold in memory, and what it gives back.

use protocol_core::checksum::crc16_xmodem;
use protocol_core::conn::{Inbox, Outbox, SendErrorKind, State};
use protocol_core::frame::{Checksummed, Cobs, FrameErrorKind, Framing, Length, Raw};

use crate::chat::{Chat, data, frame, said};

const MIB: usize = 1024 * 1024;

/// Feeds bytes as a driver does, and says how large the largest room for a read was.
fn feed<F: Framing>(inbox: &mut Inbox<Chat, F>, mut bytes: &[u8]) -> usize {
    let mut largest = 0;
    while !bytes.is_empty() {
        let room = inbox.space();
        largest = largest.max(room.len());
        let count = room.len().min(bytes.len());
        room[..count].copy_from_slice(&bytes[..count]);
        inbox.received(count);
        bytes = &bytes[count..];
    }
    largest
}

#[test]
fn memory_follows_the_bytes_that_arrived_not_those_that_were_claimed() {
    let mut inbox = Inbox::<Chat>::new(Length::u32());
    let claim = u32::try_from(MIB).expect("small").to_be_bytes();
    assert!(feed(&mut inbox, &claim) <= 4096);
    assert_eq!(inbox.advance(), Ok(State::Need { have: 4, more: MIB }));
    assert!(inbox.space().len() <= 4096);
}

#[test]
fn room_is_at_most_as_large_as_what_arrived_and_is_given_back() {
    let mut inbox = Inbox::<Chat>::new(Length::u32());
    let message = [b"\x03", "x".repeat(MIB - 1).as_bytes()].concat();
    assert!(feed(&mut inbox, &frame(&message)) <= MIB);
    assert_eq!(inbox.advance(), Ok(State::Ready));
    assert_eq!(inbox.bytes().len(), MIB);
    // What was handed out stays until the next read, whose room is small again.
    assert_eq!(inbox.space().len(), 64 * 1024);
    assert!(inbox.capacity() < 128 * 1024, "{}", inbox.capacity());
}

#[test]
fn a_frame_of_the_largest_size_survives_any_position() {
    let mut inbox = Inbox::<Chat>::new(Length::u32());
    let (small, large) = (frame(b"\x03hi"), frame(&[b"\x03", &[b'x'; 9000][..]].concat()));
    for _ in 0..3 {
        feed(&mut inbox, &[&small[..], &large].concat());
        assert_eq!(inbox.advance(), Ok(State::Ready));
        assert_eq!(inbox.message().expect("DATA"), said("hi"));
        assert_eq!(inbox.advance(), Ok(State::Ready));
        assert_eq!(inbox.message().expect("DATA"), said(&"x".repeat(9000)));
        assert_eq!(inbox.advance(), Ok(State::Need { have: 0, more: 4 }));
    }
}

#[test]
fn raw_reads_are_short() {
    let mut inbox = Inbox::<Chat, Raw>::new(Raw::new());
    assert_eq!(inbox.space().len(), 1024);
}

#[test]
fn a_lying_stream_does_no_harm() {
    let mut inbox = Inbox::<Chat>::new(Length::u32());
    let room = inbox.space().len();
    inbox.received(usize::MAX);
    // All that the stream can have written is zeros, and they are empty frames.
    for _ in 0..room / 4 {
        assert_eq!(inbox.advance(), Ok(State::Ready));
        assert!(inbox.message().is_err());
    }
    assert_eq!(inbox.advance(), Ok(State::Need { have: 0, more: 4 }));
}

#[test]
fn an_outbox_is_full_and_then_refuses() {
    let mut outbox = Outbox::<Chat>::new(Length::u32());
    outbox.set_limit(100_000);
    let large = data(&"x".repeat(65_535));
    outbox.queue(&large).expect("empty");
    assert!(outbox.is_full());
    outbox.queue(&large).expect("below the limit");
    let error = outbox.queue(&large).expect_err("above the limit");
    let full = SendErrorKind::Full { pending: 131_080, limit: 100_000 };
    assert_eq!(format!("{:?}", error.kind()), format!("{full:?}"));
    assert!(!error.is_fatal());
    outbox.advance(131_080);
    assert!(outbox.is_empty() && !outbox.is_full());
    outbox.queue(&large).expect("empty again");
}

#[test]
fn what_is_written_is_not_kept() {
    let mut outbox = Outbox::<Chat>::new(Length::u32());
    // A peer that is always a little behind: the outbox is never empty, and yet does not grow.
    for _ in 0..10_000 {
        outbox.queue(&data(&"x".repeat(1019))).expect("below the limit");
        outbox.advance(outbox.pending_len() - 10);
    }
    assert_eq!(outbox.pending(), [b'x'; 10]);
    assert!(outbox.capacity() < 8 * 1024, "{}", outbox.capacity());
}

#[test]
fn an_empty_outbox_gives_back_what_a_large_message_took() {
    let mut outbox = Outbox::<Chat>::new(Length::u32());
    outbox.queue(&data(&"x".repeat(MIB - 1))).expect("at the limit");
    outbox.advance(MIB + 4);
    assert!(outbox.capacity() <= 64 * 1024, "{}", outbox.capacity());
}

/// What an inbox that takes frames of 9 bytes finds, if so many bytes arrive at once.
fn found<F: Framing>(framing: &F, bytes: &[u8], at_once: usize) -> Vec<Option<FrameErrorKind>> {
    let mut inbox = Inbox::<Chat, F>::new(framing.clone());
    inbox.set_frame_max(9);
    let mut found = Vec::new();
    for part in bytes.chunks(at_once) {
        feed(&mut inbox, part);
        loop {
            match inbox.advance() {
                Ok(State::Ready) => found.push(None),
                Ok(_) => break,
                Err(error) => {
                    found.push(Some(error.kind()));
                    if error.skip().is_none() {
                        return found;
                    }
                }
            }
        }
    }
    found
}

#[test]
fn a_bad_frame_above_the_agreed_limit_is_the_same_error_however_it_arrives() {
    let checksummed = Checksummed::new(Length::u8(), crc16_xmodem);
    let above = |claimed| Some(FrameErrorKind::AboveLimit { claimed, allowed: 9 });
    let bad = Some(FrameErrorKind::Checksum { got: 0, expected: 0x7c87 });
    for at_once in 1..=20 {
        assert_eq!(found(&checksummed, b"\x03a\0\0\x0a12345678\0\0", at_once), [bad, above(11)]);
        let found = found(&Cobs::new(), b"\x05a\0\x0b12345678\0\x02a\0", at_once);
        assert!(
            matches!(found[..], [Some(_), Some(FrameErrorKind::AboveLimit { .. })]),
            "{found:?}"
        );
    }
}
