//! A connection without its stream, on a clock that a test moves.

use std::time::Duration;

use protocol_core::conn::{
    Beats, Close, Machine, Moment, RecvErrorKind, SendErrorKind, Step, Timeouts,
};
use protocol_core::frame::{FrameErrorKind, Length};

use crate::chat::{Chat, data, frame, said};

const NANO: Duration = Duration::from_nanos(1);
/// What a wait that is found late is granted.
const LATE_TRY: Duration = Duration::from_millis(1);

fn at(seconds: u64) -> Moment {
    Moment::START.after(Duration::from_secs(seconds))
}

/// A machine with 10 s for a frame, 30 s for writing, and 60 s of silence.
fn machine() -> Machine<Chat> {
    let mut machine = Machine::new(Length::u32());
    machine.set_timeouts(Timeouts::SERVER);
    machine
}

fn give(machine: &mut Machine<Chat>, bytes: &[u8], now: Moment) {
    machine.space()[..bytes.len()].copy_from_slice(bytes);
    machine.received(bytes.len(), now);
}

/// Until when the machine waits for bytes.
fn until(machine: &mut Machine<Chat>, now: Moment) -> Moment {
    assert_eq!(machine.advance().expect("no frame yet"), Step::Read);
    machine.wait(now).expect("in time").expect("a deadline")
}

fn write_all(machine: &mut Machine<Chat>, now: Moment) {
    while !machine.pending().is_empty() {
        machine.written(machine.pending().len(), now);
    }
}

#[test]
fn a_frame_has_its_time_from_its_first_byte_to_the_nanosecond() {
    let mut machine = machine();
    assert_eq!(until(&mut machine, at(0)), at(60));
    for second in 5..15 {
        give(&mut machine, &frame(b"\x03hello world")[second - 5..second - 4], at(second as u64));
        assert_eq!(until(&mut machine, at(second as u64)), at(15), "not with each byte");
    }
    let just_before = at(14).after(Duration::from_secs(1) - NANO);
    machine.waited(just_before);
    assert_eq!(until(&mut machine, just_before), at(15));
    machine.waited(at(15));
    for _ in 0..2 {
        let error = machine.wait(at(15)).expect_err("over");
        let RecvErrorKind::FrameTimeout { have: 10, needed: 16, allowed } = *error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!((allowed, error.is_fatal()), (Duration::from_secs(10), true));
    }
}

#[test]
fn silence_is_over_once_and_is_then_waited_for_again() {
    let mut machine = machine();
    assert_eq!(until(&mut machine, at(0)), at(60));
    machine.waited(at(60));
    let error = machine.wait(at(60)).expect_err("over");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { .. }) && !error.is_fatal());
    assert_eq!(until(&mut machine, at(61)), at(121));
    give(&mut machine, &frame(b"\x03hi"), at(120));
    assert_eq!(machine.advance().expect("a frame"), Step::Message);
    assert_eq!(machine.message().expect("DATA"), said("hi"));
    assert_eq!(until(&mut machine, at(200)), at(260), "from the wait, not from the last byte");
}

#[test]
fn what_is_there_when_the_time_is_over_is_still_taken() {
    let mut machine = machine();
    give(&mut machine, b"\0\0", at(0));
    assert_eq!(until(&mut machine, at(0)), at(10));
    // Somebody else had the thread until now. The stream is asked once more.
    let late = at(100);
    assert_eq!(until(&mut machine, late), late.after(LATE_TRY));
    // It fills all the room it is given, so it may hold still more.
    let room = machine.space().len();
    machine.space().copy_from_slice(&[&[0x10, 0, 3][..], &vec![b'x'; room - 3]].concat());
    machine.received(room, late);
    assert_eq!(until(&mut machine, late), late.after(LATE_TRY));
    // Now it gives less than it has room for, and no whole frame: that was all.
    give(&mut machine, b"x", late);
    assert_eq!(machine.advance().expect("no frame yet"), Step::Read);
    let error = machine.wait(late).expect_err("over");
    assert!(matches!(error.kind(), RecvErrorKind::FrameTimeout { .. }), "{error:?}");
}

#[test]
fn late_tries_that_are_broken_off_are_few() {
    let mut machine = machine();
    assert_eq!(until(&mut machine, at(0)), at(60));
    let mut now = at(61);
    for _ in 0..3 {
        let late = until(&mut machine, now);
        assert_eq!(late, now.after(LATE_TRY));
        assert_eq!(until(&mut machine, now), late, "no further time");
        now = late;
    }
    machine.wait(now).expect_err("over");
}

#[test]
fn what_a_stream_holds_back_is_not_yet_taken() {
    let mut machine = machine();
    machine.queue(&data("hi")).expect("queued");
    assert_eq!(machine.wait(at(0)).expect("in time"), Some(at(30)));
    let outgoing = machine.halves().1;
    outgoing.unflushed();
    outgoing.written(7, at(10));
    assert!(outgoing.pending().is_empty() && !outgoing.is_empty());
    assert_eq!(outgoing.wait(at(10)).expect("in time"), Some(at(30)), "the same wait");
    outgoing.waited(at(30));
    outgoing.wait(at(30)).expect_err("over");
    outgoing.flushed();
    assert_eq!(outgoing.wait(at(30)).expect("nothing to wait for"), None);
}

#[test]
fn a_peer_has_its_time_for_each_64_kib() {
    let mut machine = machine();
    for _ in 0..3 {
        machine.queue(&data(&"x".repeat(50_000))).expect("queued");
    }
    assert_eq!(machine.advance().expect("full"), Step::Write);
    assert!(!machine.wants_to_read());
    assert_eq!(machine.wait(at(0)).expect("in time"), Some(at(30)));
    machine.written(60_000, at(20));
    assert_eq!(machine.wait(at(20)).expect("in time"), Some(at(30)), "the same portion");
    machine.written(5_536, at(29));
    assert_eq!(machine.wait(at(29)).expect("in time"), Some(at(59)), "the next one");
    machine.written(84_478, at(40));
    assert!(machine.pending().len() == 1 && machine.wants_to_read());
    assert_eq!(until(&mut machine, at(40)), at(70));
    machine.waited(at(70));
    let error = machine.wait(at(70)).expect_err("over");
    let RecvErrorKind::Flush(SendErrorKind::Stalled { pending: 1, .. }) = error.kind() else {
        panic!("{error:?}");
    };
    assert!(error.is_fatal());
}

#[test]
fn the_time_of_a_frame_does_not_run_while_nobody_reads() {
    let mut machine = machine();
    give(&mut machine, b"\0\0", at(0));
    assert_eq!(until(&mut machine, at(0)), at(10));
    machine.queue(&data(&"x".repeat(100_000))).expect("queued");
    for now in [at(4), at(20)] {
        assert_eq!(machine.advance().expect("full"), Step::Write);
        assert_eq!(machine.wait(now).expect("in time"), Some(at(34)));
    }
    write_all(&mut machine, at(29));
    assert_eq!(until(&mut machine, at(29)), at(35), "ten seconds, without the 25");
}

#[test]
fn replies_are_written_before_the_end() {
    let mut machine = machine();
    give(&mut machine, &frame(b"\x03hi"), at(0));
    machine.ended();
    assert_eq!(machine.advance().expect("a frame"), Step::Message);
    machine.queue(&data("ho")).expect("queued");
    assert_eq!(machine.advance().expect("the end"), Step::Write);
    assert_eq!(machine.wait(at(0)).expect("in time"), Some(at(30)), "nothing more can come");
    write_all(&mut machine, at(0));
    assert_eq!(machine.advance().expect("the end"), Step::End);
}

#[test]
fn beats_go_out_in_silence_and_only_then() {
    let mut machine = machine();
    let beats = Beats::every(Duration::from_secs(10));
    machine.set_beats(beats, data("beat")).expect("it can be packed");
    assert_eq!(until(&mut machine, at(0)), at(10));
    machine.queue(&data("hi")).expect("queued");
    write_all(&mut machine, at(4));
    assert_eq!(until(&mut machine, at(4)), at(14));
    machine.waited(at(14));
    machine.wait(at(14)).expect("in time");
    assert_eq!(machine.pending(), frame(b"\x03beat"));
    machine.wait(at(15)).expect("in time");
    assert_eq!(machine.pending(), frame(b"\x03beat"), "one, and not another");
    write_all(&mut machine, at(15));
    assert_eq!(until(&mut machine, at(15)), at(25));
}

#[test]
fn a_peer_that_misses_three_beats_is_dead() {
    let mut machine = machine();
    let beats = Beats::every(Duration::from_secs(10));
    machine.set_beats(beats, data("beat")).expect("it can be packed");
    let mut now = at(0);
    until(&mut machine, now);
    // A byte of anything is a sign of life.
    give(&mut machine, &frame(b"\x03hi"), at(9));
    assert_eq!(machine.advance().expect("a frame"), Step::Message);
    let error = loop {
        match machine.wait(now) {
            Ok(until) => now = until.expect("a deadline"),
            Err(error) => break error,
        }
        write_all(&mut machine, now);
        machine.waited(now);
    };
    assert!(matches!(error.kind(), RecvErrorKind::BeatTimeout { .. }) && error.is_fatal());
    assert_eq!(now, at(39), "{error}");
    assert!(error.to_string().ends_with("it sent nothing for 30s, not even a beat"), "{error}");
}

#[test]
fn the_longest_frame_may_change_between_two_messages() {
    let mut machine = machine();
    machine.set_frame_max(8);
    let (small, large) = (frame(b"\x03abc"), frame(b"\x03abcdefghi"));
    give(&mut machine, &[&small[..], &large].concat(), at(0));
    assert_eq!(machine.advance().expect("8 bytes"), Step::Message);
    machine.set_frame_max(14);
    assert_eq!(machine.advance().expect("14 bytes"), Step::Message);
    give(&mut machine, &frame(b"\x03abcdefghij")[..4], at(0));
    for _ in 0..2 {
        let error = machine.advance().expect_err("15 bytes");
        let RecvErrorKind::Frame(frame) = error.kind() else { panic!("{error:?}") };
        assert_eq!(frame.kind(), FrameErrorKind::AboveLimit { claimed: 15, allowed: 14 });
        machine.set_frame_max(usize::MAX);
    }
}

#[test]
fn a_peer_that_goes_on_sending_does_not_hold_a_stop_up() {
    let mut machine = machine();
    let bytes = [frame(b"\x03one"), frame(b"\x03two"), frame(b"\x03three")].concat();
    give(&mut machine, &bytes[..20], at(0));
    assert_eq!(machine.advance().expect("a frame"), Step::Message);
    machine.stop();
    assert_eq!(machine.advance().expect("what came with it"), Step::Message);
    assert_eq!(machine.advance().expect("no error of the half frame"), Step::End);
}

#[test]
fn closing_reads_away_64_kib_or_for_a_second() {
    for ends_by in ["bytes", "time", "end"] {
        let mut machine = machine();
        machine.queue(&data("bye")).expect("queued");
        let mut closing = machine.close();
        assert_eq!(closing.advance(at(0)), Close::Write);
        let count = closing.outgoing().pending().len();
        closing.outgoing().written(count, at(5));
        assert_eq!(closing.advance(at(7)), Close::EndWriting { until: at(8) });
        assert_eq!(closing.advance(at(7)), Close::Read { until: at(8) });
        closing.received(64 * 1024 - 1);
        assert_eq!(closing.advance(at(7)), Close::Read { until: at(8) });
        let now = if ends_by == "time" { at(8) } else { at(7) };
        match ends_by {
            "bytes" => closing.received(1),
            "end" => closing.ended(),
            _ => {}
        }
        assert_eq!(closing.advance(now), Close::Done, "by {ends_by}");
    }
}

#[test]
fn closing_tells_of_the_end_even_if_the_rest_cannot_be_written() {
    let mut machine = machine();
    machine.queue(&data("bye")).expect("queued");
    let mut closing = machine.close();
    assert_eq!(closing.advance(at(0)), Close::Write);
    closing.give_up();
    assert_eq!(closing.advance(at(0)), Close::EndWriting { until: at(1) });
    assert!(matches!(closing.advance(at(0)), Close::Read { .. }));
}
