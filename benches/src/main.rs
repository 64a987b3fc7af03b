//! Codec speed next to wincode and hand-written code, and connections next to bare sockets, all in one run.
//!
//! Without arguments it prints thread CPU times of the codec, with `sockets` the times on the wall of
//! connections; both interleaved, and only their ratios mean anything. With a task, a contestant and a
//! number it does that many turns and nothing else, which `benches/instructions.py` counts.

#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "what is measured is small and made here"
)]

mod cells;
mod data;
mod hand;
mod sockets;

use std::time::{Duration, Instant};

use cells::Cell;
use cpu_time::ThreadTime;

/// How often each contestant has its turn; the first turns are not counted.
const ROUNDS: usize = 80;
const WARM_UP: usize = 5;

/// How long a measured turn should take at least.
const TURN: Duration = Duration::from_micros(300);

/// Runs `what` and takes its time.
type Clock = fn(what: &mut dyn FnMut()) -> Duration;

/// The time of the processor that this thread took.
fn thread_time(what: &mut dyn FnMut()) -> Duration {
    let start = ThreadTime::now();
    what();
    start.elapsed()
}

/// The time that went by.
fn wall_time(what: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    what();
    start.elapsed()
}

/// The time of one turn of each cell, in nanoseconds, all of them in each round.
fn measure(cells: &mut [Cell], clock: Clock) -> Vec<Vec<f64>> {
    let time = |cell: &mut Cell, turns: u32| clock(&mut || (0..turns).for_each(|_| (cell.turn)()));
    let turns: Vec<u32> = cells
        .iter_mut()
        .map(|cell| {
            let once = time(cell, 3) / 3;
            (TURN.as_nanos() / once.as_nanos().max(1)) as u32 + 1
        })
        .collect();
    let mut times = vec![Vec::new(); cells.len()];
    for round in 0..ROUNDS {
        for ((cell, turns), times) in cells.iter_mut().zip(&turns).zip(&mut times) {
            let took = time(cell, *turns).as_nanos() as f64 / f64::from(*turns);
            if round >= WARM_UP {
                times.push(took);
            }
        }
    }
    times
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Prints the times of all cells, as a ratio to those of the anchor, the first at each task.
fn print_times(mut cells: Vec<Cell>, anchor: &str, clock: Clock) {
    let medians: Vec<f64> = measure(&mut cells, clock).into_iter().map(median).collect();
    println!("| task | contestant | ns a unit | ratio to {anchor} |\n|---|---|---|---|");
    let mut first = f64::NAN;
    for (Cell { task, contestant, units, .. }, median) in cells.iter().zip(medians) {
        if *contestant == anchor {
            first = median;
        }
        let (unit, ratio) = (median / *units as f64, median / first);
        println!("| {task} | {contestant} | {unit:.1} | {ratio:.2} |");
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [] => print_times(cells::all(), "wincode", thread_time),
        [sockets] if sockets == "sockets" => print_times(sockets::all(), "bare", wall_time),
        [list] if list == "list" => {
            for Cell { task, contestant, units, .. } in cells::all() {
                println!("{task},{contestant},{units}");
            }
        }
        [task, contestant, turns] => {
            let turns: u32 = turns.parse().expect("the third argument is a number");
            let is_it = |cell: &Cell| cell.task == task && cell.contestant == contestant;
            // The servers of the sockets would be counted, too.
            let of_sockets = || sockets::all().into_iter().find(is_it);
            let cell = cells::all().into_iter().find(is_it).or_else(of_sockets);
            let mut cell = cell.expect("there is such a task and contestant");
            (0..turns).for_each(|_| (cell.turn)());
        }
        _ => eprintln!("usage: protocol-benches [sockets | list | TASK CONTESTANT TURNS]"),
    }
}
