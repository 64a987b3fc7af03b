//! What both drivers promise over real sockets in every framing, whatever the peer does with its bytes.

mod cases;
#[cfg(unix)]
mod unix;

use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::thread;

use protocol_core::conn::RecvErrorKind;

use self::cases::Case;
pub(crate) use self::cases::Speech;
use crate::drivers::{Driver, pair};

/// Makes these tests of each case, for each driver.
macro_rules! tests_of {
    ($tests:tt: $($case:ident)*) => { $(tests_of! { @ $case $tests })* };
    (@ $case:ident { $($test:ident)* }) => {
        mod $case {
            mod with_blocking {
                $(#[test] fn $test() {
                    crate::wire::$test::<crate::wire::cases::$case, crate::drivers::Blocking<_, _>>();
                })*
            }
            mod with_tokio {
                $(#[test] fn $test() {
                    crate::wire::$test::<crate::wire::cases::$case, crate::drivers::Tokio<_, _>>();
                })*
            }
        }
    };
}

tests_of! {
    {
        each_message_is_answered_before_the_next
        a_conversation_split_at_every_byte
        one_byte_a_write
        a_thousand_frames_in_one_write
        a_reset_after_every_number_of_bytes
        an_end_after_every_number_of_bytes
        a_half_closed_peer_is_answered
    }:
    length_u8 length_u16_little length_u24_itself length_u32 length_u48 length_u64_itself
    length_behind_type length_of_whole length_far varint fixed self_delimiting cobs line
    delimited_self_similar length_crc32 cobs_crc16 magic magic_fixed magic_crc32 headed
}

// One read is one message there, so that nothing else is promised.
tests_of! { { each_message_is_answered_before_the_next }: raw }

/// A driver of the case's kind.
trait Drives<C: Case>: Driver<C::Chat, C::Framing> {}

impl<C: Case, D: Driver<C::Chat, C::Framing>> Drives<C> for D {}

/// How many whole frames so many bytes are, and how many bytes of the next one.
fn cut<C: Case>(mut bytes: usize) -> (usize, usize) {
    for (whole, frame) in C::FRAMES.iter().enumerate() {
        if bytes < frame.len() {
            return (whole, bytes);
        }
        bytes -= frame.len();
    }
    (C::FRAMES.len(), bytes)
}

fn each_message_is_answered_before_the_next<C: Case, D: Drives<C>>() {
    let (mut here, mut there) = pair::<_, _, D>(C::framing());
    let asking = thread::spawn(move || {
        C::FRAMES.map(|frame| {
            there.write_all(frame).expect("written");
            let mut reply = vec![0; frame.len()];
            there.read_exact(&mut reply).expect("a reply");
            reply
        })
    });
    here.echo().expect("answered");
    assert_eq!(asking.join().expect("no panic"), C::FRAMES);
}

fn a_conversation_split_at_every_byte<C: Case, D: Drives<C>>() {
    let bytes = C::FRAMES.concat();
    for split in 1..bytes.len() {
        let (mut here, mut there) = pair::<_, _, D>(C::framing());
        there.write_all(&bytes[..split]).expect("written");
        let mut received = Vec::new();
        while let Some(message) = here.recv_now() {
            received.push(message.expect("no error").expect("not the end"));
        }
        assert!(received.len() <= cut::<C>(split).0);
        there.write_all(&bytes[split..]).expect("written");
        there.shutdown(Shutdown::Write).expect("ended");
        while let Some(message) = here.recv().expect("no error") {
            received.push(message);
        }
        assert_eq!(received, C::messages(), "split at {split}");
    }
}

fn one_byte_a_write<C: Case, D: Drives<C>>() {
    let (mut here, mut there) = pair::<_, _, D>(C::framing());
    let writing = thread::spawn(move || {
        C::FRAMES.concat().chunks(1).for_each(|byte| there.write_all(byte).expect("written"));
    });
    for message in C::messages() {
        assert_eq!(here.recv().expect("no error"), Some(message));
    }
    writing.join().expect("no panic");
    assert_eq!(here.recv().expect("the end"), None);
}

fn a_thousand_frames_in_one_write<C: Case, D: Drives<C>>() {
    let (mut here, mut there) = pair::<_, _, D>(C::framing());
    let bytes = C::FRAMES.concat().repeat(250);
    assert_eq!(there.write(&bytes).expect("written"), bytes.len(), "all of it in one write");
    for _ in 0..250 {
        for message in C::messages() {
            assert_eq!(here.recv().expect("no error"), Some(message));
        }
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
fn a_reset_after_every_number_of_bytes<C: Case, D: Drives<C>>() {
    let bytes = C::FRAMES.concat();
    let [unread, ..] = C::messages();
    for count in 0..=bytes.len() {
        let (mut here, mut there) = pair::<_, _, D>(C::framing());
        here.send(&unread).expect("sent");
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
        assert!(C::messages().starts_with(&received) && received.len() <= cut::<C>(count).0);
        let RecvErrorKind::Io(cause) = error.kind() else { panic!("{error:?}") };
        assert_eq!((cause.kind(), error.is_fatal()), (ErrorKind::ConnectionReset, true));
    }
}

fn an_end_after_every_number_of_bytes<C: Case, D: Drives<C>>() {
    let bytes = C::FRAMES.concat();
    for count in 0..=bytes.len() {
        let (mut here, mut there) = pair::<_, _, D>(C::framing());
        there.write_all(&bytes[..count]).expect("written");
        drop(there);
        let (whole, have) = cut::<C>(count);
        for message in C::messages().into_iter().take(whole) {
            assert_eq!(here.recv().expect("no error"), Some(message));
        }
        if have == 0 {
            assert_eq!(here.recv().expect("an end between frames"), None);
            continue;
        }
        let error = here.recv().expect_err("an end inside a frame");
        let RecvErrorKind::EndInside { have: came, needed } = *error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!((came, error.is_fatal()), (have, true));
        // What is needed at least: more than came, and no more than the frame has.
        assert!((have + 1..=C::FRAMES[whole].len()).contains(&needed), "{needed} at {count}");
    }
}

fn a_half_closed_peer_is_answered<C: Case, D: Drives<C>>() {
    let (mut here, mut there) = pair::<_, _, D>(C::framing());
    there.write_all(&C::FRAMES.concat()).expect("written");
    there.shutdown(Shutdown::Write).expect("ended");
    here.echo().expect("answered");
    here.close().expect("closed");
    let mut replies = Vec::new();
    there.read_to_end(&mut replies).expect("replies and the end");
    assert_eq!(replies, C::FRAMES.concat());
}
