//! What the deadlines of a connection are, said once more and apart from the machine: by the frames
//! that were sent and the bytes that were moved.

use std::time::Duration;

use protocol_core::conn::{Beats, Moment, Timeouts};

/// The waits of one end.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) timeouts: Timeouts,
    pub(crate) beats: Option<Beats>,
    /// Since when the end waits for bytes, and whether inside a frame.
    reading: Option<(Moment, bool)>,
    /// Since when the end waits for room, and how much of the 64 KiB is left.
    writing: Option<(Moment, usize)>,
    heard: Option<Moment>,
    said: Option<Moment>,
    /// Since when the end does not read, because too much is to be written.
    paused: Option<Moment>,
}

/// Which wait is the first to be over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Over {
    Frame,
    Idle,
    Write,
    /// The peer's.
    Silence,
    /// Its own: one is to be sent.
    Beat,
}

/// What the machine is seen to wait for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) is_inside: bool,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
}

const PORTION: usize = 64 * 1024;

impl Model {
    pub(crate) fn new(timeouts: Timeouts, beats: Option<Beats>) -> Model {
        Model {
            timeouts,
            beats,
            reading: None,
            writing: None,
            heard: None,
            said: None,
            paused: None,
        }
    }

    pub(crate) fn took_a_message(&mut self) {
        self.reading = None;
    }

    pub(crate) fn was_idle(&mut self) {
        self.reading = None;
    }

    pub(crate) fn read(&mut self, now: Moment) {
        self.heard = Some(now);
    }

    pub(crate) fn wrote(&mut self, count: usize, left: usize, now: Moment) {
        self.said = Some(now);
        self.writing = self.writing.and_then(|(since, portion)| {
            let portion = portion.checked_sub(count).filter(|left| *left > 0)?;
            (left > 0).then_some((since, portion))
        });
    }

    /// All waits that go on now, each with its end.
    pub(crate) fn waits(&mut self, seen: Seen, now: Moment) -> Vec<(Moment, Over)> {
        let mut waits = Vec::new();
        if seen.writes {
            let (since, _) = *self.writing.get_or_insert((now, PORTION));
            push(&mut waits, since, self.timeouts.write, Over::Write);
        } else if let Some(beats) = self.beats {
            let since = *self.said.get_or_insert(now);
            push(&mut waits, since, Some(beats.every), Over::Beat);
        }
        if !seen.reads {
            self.paused.get_or_insert(now);
            return waits;
        }
        if let Some(since) = self.paused.take() {
            let later = |moment: Moment| moment.after(now.since(since));
            self.reading = self.reading.map(|(since, is_inside)| (later(since), is_inside));
            self.heard = self.heard.map(later);
        }
        let reading = self.reading.filter(|(_, is_inside)| *is_inside == seen.is_inside);
        let (since, _) = *self.reading.insert(reading.unwrap_or((now, seen.is_inside)));
        if seen.is_inside {
            push(&mut waits, since, self.timeouts.frame, Over::Frame);
        } else {
            push(&mut waits, since, self.timeouts.idle, Over::Idle);
        }
        if let Some(beats) = self.beats {
            let since = *self.heard.get_or_insert(now);
            push(&mut waits, since, Some(beats.silence()), Over::Silence);
        }
        waits
    }
}

fn push(waits: &mut Vec<(Moment, Over)>, since: Moment, allowed: Option<Duration>, over: Over) {
    waits.extend(allowed.map(|allowed| (since.after(allowed), over)));
}
