//! The framing `Checksummed`: no damaged message is handed out, and one costs only its frame.

use protocol_core::checksum::{crc8, crc16_modbus, crc32};
use protocol_core::frame::{Checksummed, Cobs, Decode, FrameErrorKind, Framing, Length, Raw};

use crate::all::{Each, each};
use crate::damage::damaged;
use crate::golden::golden;
use crate::stream::{Received, Seen, decode, encode};

#[test]
fn a_wrong_checksum_costs_its_frame() {
    let framing = Checksummed::new(Length::u8(), crc8);
    let frame = encode(framing, b"123456789").expect("it fits");
    assert_eq!(frame, b"\x0a123456789\xf4");
    let bad = encode(Length::u8(), b"123456780\xf4").expect("it fits");
    let kind = FrameErrorKind::Checksum { got: 0xf4, expected: 0xcb };
    let said = Seen::Message(b"123456789".to_vec());
    let seen = [said.clone(), Seen::Bad(kind, 11), said];
    assert_eq!(decode(&framing, &[&frame, &bad, &frame]).seen, seen);
}

#[test]
fn a_frame_has_room_for_its_checksum() {
    let framing = Checksummed::new(Length::u8(), crc32);
    let kind = FrameErrorKind::BelowLeast { claimed: 3, least: 4 };
    assert_eq!(decode(&framing, &[b"\x03abc"]).seen, [Seen::Bad(kind, 4)]);
    // The limit of the framing inside counts it.
    let kind = FrameErrorKind::AboveLimit { claimed: 9, allowed: 8 };
    let framing = Checksummed::new(Length::u8().limit(8), crc32);
    assert!(encode(framing, b"four").is_ok());
    assert_eq!(encode(framing, b"fifth").map_err(|error| error.kind()), Err(kind));
}

#[test]
fn the_low_byte_first() {
    let framing = Checksummed::new(Length::u8(), crc16_modbus).little_endian();
    let frame = encode(framing, b"123456789").expect("it fits");
    assert_eq!(frame, b"\x0b123456789\x37\x4b");
    assert_eq!(decode(&framing, &[&frame]).seen, [Seen::Message(b"123456789".to_vec())]);
}

#[test]
fn the_framing_inside_still_has_its_say() {
    let framing = Checksummed::new(Raw::new(), crc8);
    assert_eq!(framing.read_max(), Some(1024));
    assert!(protocol_core::frame::Encode::writes_apart(&framing));
}

/// Whether something that was never sent is taken for a message.
fn invents(received: &Received, sent: &[Vec<u8>]) -> bool {
    received.messages().iter().any(|message| !sent.contains(message))
}

struct NothingInvented {
    tested: usize,
}

impl Each for NothingInvented {
    fn each(&mut self, name: &str, framing: impl Framing) {
        // Eight bits miss one damage in 256.
        if !name.contains("crc16") && !name.contains("crc32") {
            return;
        }
        let golden = golden(name);
        for (what, stream) in damaged(&golden.stream) {
            let received = decode(&framing, &[&stream]);
            assert!(!invents(&received, &golden.messages), "{name}: {what}: {received:?}");
        }
        self.tested += 1;
    }
}

#[test]
fn no_damaged_message_is_handed_out() {
    let mut test = NothingInvented { tested: 0 };
    each(&mut test);
    assert!(test.tested >= 4, "{} framings have a checksum", test.tested);
}

/// Where frames end by themselves, damage to one costs at most the one that it is joined with.
#[test]
fn the_next_frames_are_whole() {
    let framing = Checksummed::new(Cobs::new(), crc32);
    let frames = [b"one", b"two", b"six"].map(|text| encode(framing, text).expect("it fits"));
    let stream = frames.concat();
    let first_two = frames[0].len() + frames[1].len();
    for (what, stream) in damaged(&stream[..first_two]) {
        let received = decode(&framing, &[&stream, b"\x00", &frames[2]]);
        assert_eq!(received.messages().last().map(|last| &last[..]), Some(&b"six"[..]), "{what}");
    }
}
