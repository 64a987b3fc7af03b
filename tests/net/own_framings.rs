//! Framings that a user may write: one that moves the message, and one that unstuffs in place.
//!
//! They show that the traits carry more than the two framings that are there.

use protocol_core::frame::{Decode, Decoded, Encode, FrameError, FrameErrorKind, Framing, Length};
use protocol_core::net::blocking::Connection;
use protocol_core::net::mem;

use crate::chat::{Chat, data, said};

/// A varint of up to two bytes before each message, in its shortest form.
#[derive(Clone)]
struct Varint;

impl Decode for Varint {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let (header, length) = match *received {
            [] => return Ok(Decoded::Need(1)),
            [low, ..] if low < 0x80 => (1, usize::from(low)),
            [_] => return Ok(Decoded::Need(1)),
            [low, high, ..] => (2, usize::from(low & 0x7f) | usize::from(high) << 7),
        };
        let end = header + length;
        Ok(if received.len() < end {
            Decoded::Need(end - received.len())
        } else {
            Decoded::Frame { consumed: end, message: header..end }
        })
    }
}

impl Encode for Varint {
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.push(0);
    }

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let length = out.len() - start - 1;
        let (low, high) = (u8::try_from(length & 0x7f), u8::try_from(length >> 7));
        let (Ok(low), Ok(high @ ..0x80)) = (low, high) else {
            let kind = FrameErrorKind::AboveLimit { claimed: length as u64, allowed: 0x3fff };
            return Err(FrameError::sent(kind));
        };
        out[start] = low;
        if high > 0 {
            // The placeholder was too short: the message moves.
            out[start] |= 0x80;
            out.insert(start + 1, high);
        }
        Ok(())
    }
}

/// Consistent overhead byte stuffing: a zero ends a frame, and there is none inside.
#[derive(Clone, Default)]
struct Cobs {
    looked: usize,
}

impl Decode for Cobs {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let place = received.iter().skip(self.looked).position(|byte| *byte == 0);
        let Some(place) = place else {
            self.looked = received.len();
            return Ok(Decoded::Need(1));
        };
        let end = self.looked + place;
        let Some(length) = unstuff(&mut received[..end]) else {
            let why = "the stuffing points behind the frame";
            return Err(FrameError::received(FrameErrorKind::Refused { why }, received));
        };
        self.looked = 0;
        Ok(Decoded::Frame { consumed: end + 1, message: 0..length })
    }
}

impl Encode for Cobs {
    fn begin(&mut self, _out: &mut Vec<u8>) {}

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let message = out.split_off(start);
        let mut code = start;
        out.push(1);
        for byte in message {
            if byte != 0 {
                out.push(byte);
                out[code] += 1;
            }
            if byte == 0 || out[code] == 0xff {
                code = out.len();
                out.push(1);
            }
        }
        out.push(0);
        Ok(())
    }
}

/// Unstuffs in place, after it has seen that every code stays within the frame.
fn unstuff(frame: &mut [u8]) -> Option<usize> {
    let (mut read, mut write) = (0, 0);
    while let Some(code) = frame.get(read).copied().map(usize::from) {
        let next = read + code;
        if next > frame.len() {
            return None;
        }
        frame.copy_within(read + 1..next, write);
        write += code - 1;
        if code < 0xff && next < frame.len() {
            frame[write] = 0;
            write += 1;
        }
        read = next;
    }
    Some(write)
}

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

#[test]
fn varint() {
    carries_a_conversation(Varint);
}

#[test]
fn cobs() {
    carries_a_conversation(Cobs::default());
}

#[test]
fn length() {
    carries_a_conversation(Length::u24());
}

#[test]
fn a_framing_that_refuses_leaves_no_half_frame() {
    let (here, there) = mem::pair();
    let mut here = Connection::<Chat, Chat, _, _>::over(here, Varint);
    here.queue(&data("before")).expect("queued");
    here.queue(&data(&"x".repeat(0x4000))).expect_err("too long");
    here.send(&data("after")).expect("sent");
    let mut there = Connection::<Chat, Chat, _, _>::over(there, Varint);
    assert_eq!(there.recv().expect("received"), Some(said("before")));
    assert_eq!(there.recv().expect("received"), Some(said("after")));
}
