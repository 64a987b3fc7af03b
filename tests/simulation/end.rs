//! One end of a conversation: a driver of a machine, which checks each of its answers.

use std::collections::VecDeque;
use std::time::Duration;

use fastrand::Rng;
use protocol_core::conn::{
    Close, Closing, Machine, Moment, RecvError, RecvErrorKind, SendErrorKind, Step,
};
use protocol_core::frame::Framing;
use protocol_core::{Message, Protocol};

use crate::model::{Model, Over, Seen};
use crate::pipe::{Pipe, WasReset};

#[derive(Message, Debug)]
#[msg_type = 1]
pub(crate) struct Note<'a> {
    number: u32,
    #[wire(rest)]
    body: &'a [u8],
}

#[derive(Message, Debug)]
#[msg_type = 2]
pub(crate) struct Beat;

#[derive(Protocol, Debug)]
pub(crate) enum Talk<'a> {
    Note(Note<'a>),
    Beat(Beat),
}

/// How a conversation ended here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All was sent, and the peer has ended.
    Clean,
    /// The network reset it.
    Reset,
    /// An error with this code.
    Failed(&'static str),
}

/// What one end sent, for the other one to check.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// Where each frame ends in the stream, and the number of its note; `None` is a beat.
    frames: Vec<(usize, Option<u32>)>,
}

pub(crate) struct End<F> {
    pub(crate) machine: Option<Machine<Talk<'static>, Talk<'static>, F>>,
    closing: Option<Closing<Talk<'static>, F>>,
    pub(crate) model: Model,
    /// When each note is sent, and how long it is.
    pub(crate) plan: VecDeque<(Moment, usize)>,
    pub(crate) notes_sent: u32,
    pub(crate) notes_received: u32,
    frames_received: usize,
    bytes_received: usize,
    pub(crate) busy_until: Moment,
    is_often_busy: bool,
    pub(crate) wake: Option<Moment>,
    has_ended_writing: bool,
    pub(crate) outcome: Option<Outcome>,
}

/// What an end sees of the world.
pub(crate) struct View<'w> {
    pub(crate) now: Moment,
    pub(crate) rng: &'w mut Rng,
    pub(crate) reads: &'w mut Pipe,
    pub(crate) writes: &'w mut Pipe,
    /// What the peer sent, and what this end sends.
    pub(crate) theirs: &'w Sent,
    pub(crate) ours: &'w mut Sent,
    /// How many notes the peer will send in all.
    pub(crate) notes_to_come: u32,
}

/// A late wait is granted so much.
const LATE_TRY: Duration = Duration::from_millis(1);

fn body(number: u32, length: usize) -> Vec<u8> {
    (number.to_le_bytes()[0]..=u8::MAX).chain(0..=u8::MAX).cycle().take(length).collect()
}

impl<F: Framing> End<F> {
    pub(crate) fn new(
        machine: Machine<Talk<'static>, Talk<'static>, F>,
        model: Model,
        plan: VecDeque<(Moment, usize)>,
        is_often_busy: bool,
    ) -> End<F> {
        End {
            machine: Some(machine),
            closing: None,
            model,
            plan,
            notes_sent: 0,
            notes_received: 0,
            frames_received: 0,
            bytes_received: 0,
            busy_until: Moment::START,
            is_often_busy,
            wake: None,
            has_ended_writing: false,
            outcome: None,
        }
    }

    /// Does all that can be done now.
    pub(crate) fn pump(&mut self, view: &mut View<'_>) {
        while self.outcome.is_none() && self.busy_until <= view.now {
            let has_moved = if self.closing.is_some() {
                self.close_on(view)
            } else {
                self.send_what_is_due(view);
                self.step(view)
            };
            if !has_moved {
                return;
            }
            self.check_memory();
        }
    }

    fn machine(&mut self) -> &mut Machine<Talk<'static>, Talk<'static>, F> {
        self.machine.as_mut().expect("open until it closes")
    }

    fn send_what_is_due(&mut self, view: &mut View<'_>) {
        while self.machine().wants_to_read() {
            let Some((due, length)) = self.plan.front().copied() else { return };
            if due > view.now {
                return;
            }
            self.plan.pop_front();
            let number = self.notes_sent;
            self.notes_sent += 1;
            let body = body(number, length);
            let before = self.machine().halves().1.pending_len();
            self.machine().queue(&Note { number, body: &body }).expect("it fits its frame");
            let after = self.machine().halves().1.pending_len();
            view.ours.push(after - before, Some(number));
        }
    }

    /// Does one thing; `false` if nothing can be done but wait.
    fn step(&mut self, view: &mut View<'_>) -> bool {
        let step = match self.machine().advance() {
            Ok(step) => step,
            Err(error) => {
                self.check_stream_error(&error, view);
                return true;
            }
        };
        if step == Step::Message {
            self.take(view);
            return true;
        }
        if step == Step::End && !self.plan.is_empty() {
            // The peer has said all; this end has not.
            return false;
        }
        if step == Step::End || self.has_done_all(view) {
            self.closing = self.machine.take().map(Machine::close);
            return true;
        }
        match self.move_bytes(step, view) {
            Ok(true) => true,
            Ok(false) => self.wait(step, view),
            Err(WasReset) => self.end(Outcome::Reset),
        }
    }

    /// Only ends that beat close first: the others say that they have sent all, and read on.
    fn has_done_all(&mut self, view: &View<'_>) -> bool {
        let is_done = self.plan.is_empty() && self.machine().halves().1.is_empty();
        is_done && self.model.beats.is_some() && self.notes_received == view.notes_to_come
    }

    fn move_bytes(&mut self, step: Step, view: &mut View<'_>) -> Result<bool, WasReset> {
        let now = view.now;
        let mut has_moved = false;
        if !self.machine().pending().is_empty() {
            let count = view.writes.write(self.machine().pending(), now, view.rng)?;
            if count > 0 {
                self.machine().written(count, now);
                let left = self.machine().halves().1.pending_len();
                self.model.wrote(count, left, now);
                has_moved = true;
            }
        } else if self.plan.is_empty() && self.model.beats.is_none() && !self.has_ended_writing {
            self.has_ended_writing = true;
            view.writes.end(now);
        }
        if step == Step::Read {
            match view.reads.read(self.machine().space(), now, view.rng)? {
                Some(0) => self.machine().ended(),
                Some(count) => {
                    self.machine().received(count, now);
                    self.bytes_received += count;
                    self.model.read(now);
                }
                None => return Ok(has_moved),
            }
            has_moved = true;
        }
        Ok(has_moved)
    }

    fn take(&mut self, view: &mut View<'_>) {
        self.model.took_a_message();
        let expected = view.theirs.frames.get(self.frames_received).copied();
        let machine = self.machine.as_ref().expect("open until it closes");
        match (machine.message(), expected) {
            (message, Some((end, note))) if end <= view.reads.first_corrupt() => {
                match (message.expect("it arrived as it was sent"), note) {
                    (Talk::Note(note), Some(number)) => {
                        assert_eq!(note.number, number, "in order, none lost and none twice");
                        assert!(note.body == body(number, note.body.len()), "note {number}");
                        let whole = view.theirs.length_of(self.frames_received);
                        let around = 8 + 5 + note.body.len() / 254;
                        assert!(whole - note.body.len() <= around, "note {number} is whole");
                        self.notes_received += 1;
                    }
                    (Talk::Beat(Beat), None) => {}
                    (message, note) => panic!("{message:?} where {note:?} was sent"),
                }
            }
            (Ok(_), Some(_)) => self.notes_received += 1,
            (Ok(message), None) if view.reads.first_corrupt() == usize::MAX => {
                panic!("{message:?} was never sent");
            }
            (Ok(_), None) => {}
            (Err(error), _) => {
                assert!(matches!(error.kind(), RecvErrorKind::Message(_)) && !error.is_fatal());
            }
        }
        self.frames_received += 1;
        if self.is_often_busy && view.rng.u8(..4) == 0 {
            self.busy_until = view.now.after(Duration::from_millis(view.rng.u64(..20_000)));
        }
    }

    /// Asks how long to wait, and compares the answer with the model's.
    fn wait(&mut self, step: Step, view: &mut View<'_>) -> bool {
        let now = view.now;
        let seen = self.seen(step, view);
        let mut waits = self.model.waits(seen, now);
        waits.sort();
        if self.wake.take().is_some_and(|wake| wake <= now) {
            self.machine().waited(now);
        }
        let is_trusted = self.bytes_received <= view.reads.first_corrupt();
        let waited = self.machine().wait(now);
        let pending = self.machine().halves().1.pending_len();
        let has_beaten = !seen.writes && pending > 0;
        if has_beaten {
            let is_due = |(due, over): &(Moment, Over)| *over == Over::Beat && *due <= now;
            assert!(waits.iter().any(is_due), "an early beat: {waits:?} at {now:?}");
            view.ours.push(pending, None);
        }
        match waited {
            Ok(_) if has_beaten => true,
            Ok(until) => {
                self.check_until(until, &waits, is_trusted, now);
                self.wake = until;
                false
            }
            Err(error) => self.check_timeout(&error, &waits, is_trusted, now),
        }
    }

    fn seen(&mut self, step: Step, view: &View<'_>) -> Seen {
        let consumed = self
            .frames_received
            .checked_sub(1)
            .map_or(0, |last| view.theirs.frames.get(last).map_or(usize::MAX, |(end, _)| *end));
        let machine = self.machine();
        let writes = !machine.halves().1.is_empty();
        let (reads, is_inside) = (step == Step::Read, self.bytes_received > consumed);
        Seen { is_inside, reads, writes }
    }

    fn check_until(
        &self,
        until: Option<Moment>,
        waits: &[(Moment, Over)],
        is_trusted: bool,
        now: Moment,
    ) {
        assert!(until.is_none_or(|until| until > now), "a wait has a future");
        let expected = waits.first().map(|(end, _)| *end);
        if !is_trusted {
            return;
        }
        if expected.is_some_and(|end| end <= now) {
            let until = until.expect("a late try ends");
            assert!(until <= now.after(LATE_TRY), "{waits:?} at {now:?}");
        } else {
            assert_eq!(until, expected, "{waits:?} at {now:?}");
        }
    }

    fn check_timeout(
        &mut self,
        error: &RecvError,
        waits: &[(Moment, Over)],
        is_trusted: bool,
        now: Moment,
    ) -> bool {
        let over = match error.kind() {
            RecvErrorKind::FrameTimeout { have, needed, .. } => {
                assert!(have < needed);
                Over::Frame
            }
            RecvErrorKind::IdleTimeout { .. } => Over::Idle,
            RecvErrorKind::BeatTimeout { .. } => Over::Silence,
            RecvErrorKind::Flush(SendErrorKind::Stalled { .. }) => Over::Write,
            kind => panic!("no timeout: {kind:?}"),
        };
        if is_trusted {
            let (end, _) = *waits.iter().find(|wait| wait.1 == over).expect("it waits");
            let is_on_time = self.is_often_busy || now <= end.after(LATE_TRY);
            assert!(end <= now && is_on_time, "{waits:?} at {now:?}");
        }
        if over == Over::Idle {
            assert!(!error.is_fatal());
            self.model.was_idle();
            return true;
        }
        assert!(error.is_fatal());
        self.end(Outcome::Failed(error.kind().code()))
    }

    fn check_stream_error(&mut self, error: &RecvError, view: &View<'_>) {
        let is_intact = self.bytes_received <= view.reads.first_corrupt();
        match error.kind() {
            RecvErrorKind::EndInside { have, needed } => {
                assert!(0 < *have && have < needed && error.is_fatal());
            }
            RecvErrorKind::Frame(frame) => {
                assert!(!is_intact, "{error}");
                assert_eq!(error.is_fatal(), frame.skip().is_none(), "{error}");
            }
            kind => panic!("no error of a stream: {kind:?}"),
        }
        // Where a bad frame can be skipped, this end does as one that closes.
        self.end(Outcome::Failed(error.kind().code()));
    }

    /// Memory follows the bytes that were moved, whatever lengths claim.
    fn check_memory(&mut self) {
        let (moved, largest) = (self.bytes_received, 64 * 1024 + 2 * 25_000);
        if let Some(machine) = &mut self.machine {
            let (incoming, outgoing) = machine.halves();
            let held = incoming.capacity();
            assert!(held <= (2 * moved).clamp(8 * 1024, largest), "{held} for {moved} bytes");
            assert!(outgoing.capacity() <= 4 * largest, "{}", outgoing.capacity());
        }
    }

    fn close_on(&mut self, view: &mut View<'_>) -> bool {
        let now = view.now;
        let closing = self.closing.as_mut().expect("it closes");
        match closing.advance(now) {
            Close::Write => {
                let outgoing = closing.outgoing();
                match view.writes.write(outgoing.pending(), now, view.rng) {
                    Ok(0) => {}
                    Ok(count) => {
                        outgoing.written(count, now);
                        return true;
                    }
                    Err(WasReset) => return self.end(Outcome::Reset),
                }
                if self.wake.take().is_some_and(|wake| wake <= now) {
                    outgoing.waited(now);
                }
                match outgoing.wait(now) {
                    Ok(until) => {
                        self.wake = until;
                        false
                    }
                    Err(error) => self.end(Outcome::Failed(error.kind().code())),
                }
            }
            Close::EndWriting { .. } => {
                view.writes.end(now);
                true
            }
            Close::Read { until } => {
                match view.reads.read(&mut [0; 1000], now, view.rng) {
                    Ok(Some(0)) | Err(WasReset) => closing.ended(),
                    Ok(Some(count)) => closing.received(count),
                    Ok(None) => {
                        self.wake = Some(until);
                        return false;
                    }
                }
                true
            }
            Close::Done => self.end(Outcome::Clean),
        }
    }

    fn end(&mut self, outcome: Outcome) -> bool {
        self.outcome = Some(outcome);
        self.wake = None;
        true
    }
}

impl Sent {
    fn push(&mut self, length: usize, note: Option<u32>) {
        let start = self.frames.last().map_or(0, |(end, _)| *end);
        self.frames.push((start + length, note));
    }

    fn length_of(&self, frame: usize) -> usize {
        let start = frame.checked_sub(1).map_or(0, |before| self.frames[before].0);
        self.frames[frame].0 - start
    }
}
