//! One conversation from its seed, and what came of many.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use fastrand::Rng;
use protocol_core::checksum::crc32;
use protocol_core::conn::{Beats, Machine, Moment, Timeouts};
use protocol_core::frame::{Checksummed, Cobs, Framing, Length, Magic, Varint};

use crate::end::{Beat, End, Outcome, Sent, View};
use crate::model::Model;
use crate::pipe::Pipe;

/// What came of many conversations.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    conversations: u64,
    faulty: u64,
    notes: u64,
    outcomes: BTreeMap<String, u64>,
}

/// By then every conversation has ended, or goes on for ever.
const LONG: Moment = Moment::START.after(Duration::from_secs(600));

pub(crate) fn converse(seed: u64) -> Tally {
    let mut rng = Rng::with_seed(seed);
    match rng.u8(..12) {
        0 => World::new(rng, Length::u8(), 200).run(),
        1 => World::new(rng, Length::u16(), 20_000).run(),
        2 => World::new(rng, Length::u16().little_endian().counting_itself(), 20_000).run(),
        3 => World::new(rng, Varint::new(), 20_000).run(),
        4 => World::new(rng, Length::u48().at(1), 20_000).run(),
        5 => World::new(rng, Cobs::new(), 20_000).run(),
        6 => World::new(rng, Checksummed::new(Length::u24(), crc32), 20_000).run(),
        7 => World::new(rng, Magic::new(b"\xaa\x55", Length::u32()), 20_000).run(),
        _ => World::new(rng, Length::u32(), 20_000).run(),
    }
}

struct World<F> {
    rng: Rng,
    now: Moment,
    ends: [End<F>; 2],
    /// The first one is from the first end to the second.
    pipes: [Pipe; 2],
    sent: [Sent; 2],
    notes: [u32; 2],
    is_busy: bool,
}

impl<F: Framing + 'static> World<F> {
    fn new(mut rng: Rng, framing: F, body_max: usize) -> World<F> {
        let pipes = [Pipe::new(&mut rng), Pipe::new(&mut rng)];
        let is_busy = rng.u8(..5) == 0;
        let beats = (rng.u8(..3) == 0).then(|| Beats::every(seconds(&mut rng, 1..20)));
        let ends = [(); 2].map(|()| {
            let plan = plan(&mut rng, body_max);
            end(&mut rng, framing.clone(), beats, plan, is_busy)
        });
        let notes = [0, 1].map(|end| u32::try_from(ends[end].plan.len()).expect("few"));
        World { rng, now: Moment::START, ends, pipes, sent: Default::default(), notes, is_busy }
    }

    fn run(mut self) -> Tally {
        let mut rounds = 0;
        loop {
            self.pump(0);
            self.pump(1);
            self.pump(0);
            match self.next() {
                Some(next) if next <= LONG => self.now = next,
                Some(_) | None => break,
            }
            rounds += 1;
            assert!(rounds < 1_000_000, "it comes to an end");
        }
        self.check()
    }

    fn pump(&mut self, index: usize) {
        let (end, other) = (&mut self.ends[index], 1 - index);
        if end.outcome.is_some() {
            return;
        }
        let [first, second] = &mut self.pipes;
        let (writes, reads) = if index == 0 { (first, second) } else { (second, first) };
        let [first, second] = &mut self.sent;
        let (ours, theirs) = if index == 0 { (first, &*second) } else { (second, &*first) };
        let notes_to_come = self.notes[other];
        let (now, rng) = (self.now, &mut self.rng);
        end.pump(&mut View { now, rng, reads, writes, theirs, ours, notes_to_come });
        if end.outcome.is_some() {
            // What the peer still sends is answered with a reset.
            self.pipes[index].end(now);
            self.pipes[other].is_reset = true;
        }
    }

    /// When something happens next.
    fn next(&self) -> Option<Moment> {
        let now = self.now;
        let of_end = |end: &End<F>| {
            let due = end.plan.front().map(|(due, _)| *due);
            let moments = [due, end.wake, Some(end.busy_until)];
            moments
                .into_iter()
                .flatten()
                .map(|moment| moment.max(end.busy_until))
                .collect::<Vec<_>>()
        };
        let open = self.ends.iter().filter(|end| end.outcome.is_none());
        let ends = open.flat_map(of_end).filter(|moment| *moment > now);
        ends.chain(self.pipes.iter().filter_map(|pipe| pipe.next(now))).min()
    }

    fn check(&self) -> Tally {
        let is_faulty = self.is_busy || self.pipes.iter().any(|pipe| !pipe.faults.is_empty());
        let mut tally =
            Tally { conversations: 1, faulty: u64::from(is_faulty), ..Tally::default() };
        for (end, notes) in self.ends.iter().zip([self.notes[1], self.notes[0]]) {
            if !is_faulty {
                assert_eq!(end.outcome, Some(Outcome::Clean), "nothing was wrong");
                assert_eq!(end.notes_received, notes, "nothing was lost");
                assert!(end.plan.is_empty(), "all was sent");
            }
            tally.notes += u64::from(end.notes_received);
            let outcome = end.outcome.as_ref().map_or("open".into(), |end| format!("{end:?}"));
            *tally.outcomes.entry(outcome).or_default() += 1;
        }
        tally
    }
}

fn seconds(rng: &mut Rng, range: std::ops::Range<u64>) -> Duration {
    Duration::from_secs(rng.u64(range))
}

fn plan(rng: &mut Rng, body_max: usize) -> VecDeque<(Moment, usize)> {
    let is_large = rng.u8(..100) == 0;
    let mut due = Moment::START;
    let notes = if is_large { rng.usize(..10) } else { rng.usize(..8) };
    let body_max = if is_large { body_max } else { body_max.min(100) };
    let note = |_| {
        due = due.after(Duration::from_millis(if rng.bool() { 0 } else { rng.u64(..1000) }));
        (due, rng.usize(..body_max))
    };
    (0..notes).map(note).collect()
}

fn end<F: Framing + 'static>(
    rng: &mut Rng,
    framing: F,
    beats: Option<Beats>,
    plan: VecDeque<(Moment, usize)>,
    is_busy: bool,
) -> End<F> {
    let mut machine = Machine::new(framing);
    let timeouts = Timeouts {
        frame: (rng.u8(..10) > 0).then(|| seconds(rng, 5..30)),
        idle: rng.bool().then(|| seconds(rng, 9..60)),
        write: (rng.u8(..10) > 0).then(|| seconds(rng, 5..60)),
    };
    machine.set_timeouts(timeouts);
    if let Some(beats) = beats {
        machine.set_beats(beats, Beat).expect("it can be packed");
    }
    End::new(machine, Model::new(timeouts, beats), plan, is_busy)
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Tally) {
        self.conversations += other.conversations;
        self.faulty += other.faulty;
        self.notes += other.notes;
        for (outcome, count) in &other.outcomes {
            *self.outcomes.entry(outcome.clone()).or_default() += count;
        }
    }

    /// Whether the conversations met all that they are to meet: a simulation in which nothing goes
    /// wrong, or nothing right, proves nothing.
    pub(crate) fn covers_everything(&self) {
        assert!(self.faulty >= 100_000, "{} faulty conversations", self.faulty);
        let codes = ["frame_timeout", "beat_timeout", "write_stalled", "end_inside"];
        let codes = codes.into_iter().chain(["frame_above_limit"]);
        let expected = codes.map(|code| format!("{:?}", Outcome::Failed(code)));
        for outcome in expected.chain(["Clean".into(), "Reset".into()]) {
            let count = self.outcomes.get(&outcome).copied().unwrap_or_default();
            assert!(count > 100, "{outcome} came only {count} times");
        }
    }
}
