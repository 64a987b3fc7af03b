//! Pairs of machines on a clock that the test moves, over pipes that split, delay, corrupt, stall, cut
//! and reset: 110,000 conversations, almost all of them faulty, each made from one number.
//!
//! A failure prints that number. `PROTOCOL_SEED=number` then repeats it alone, and
//! `PROTOCOL_SEED=first PROTOCOL_RUNS=count` tries others.
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test fails as the test does"
)]

mod end;
mod model;
mod pipe;
mod run;

use std::env;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use run::{Tally, converse};

const RUNS: u64 = 110_000;

/// Names the seed of a run that panics.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("this conversation failed: PROTOCOL_SEED={}", self.0);
        }
    }
}

fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}

#[test]
fn machines_keep_their_word_over_every_bad_network() {
    let (seed, runs) = (number("PROTOCOL_SEED"), number("PROTOCOL_RUNS"));
    let first = seed.unwrap_or(0);
    let runs = runs.unwrap_or(if seed.is_some() { 1 } else { RUNS });
    let next = AtomicU64::new(0);
    let work = || {
        let mut tally = Tally::default();
        loop {
            let run = next.fetch_add(1, Ordering::Relaxed);
            if run >= runs {
                return tally;
            }
            let seed = Seed(first.wrapping_add(run));
            tally.add(&converse(seed.0));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let tally = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut tally = Tally::default();
        for worker in workers {
            tally.add(&worker.join().expect("the seed stands above"));
        }
        tally
    });
    println!("{tally:#?}");
    if seed.is_none() {
        tally.covers_everything();
    }
}
