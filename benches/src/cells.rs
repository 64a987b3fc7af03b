//! What is measured: each cell is one task for several contestants.

use std::hint::black_box;

use protocol_core::{Pack, Unpack};

use crate::data::{SMALLS, be, le};
use crate::hand;

/// One contestant at one task. A turn does the task `units` times.
pub(crate) struct Cell {
    pub(crate) task: &'static str,
    pub(crate) contestant: &'static str,
    pub(crate) units: usize,
    pub(crate) turn: Box<dyn FnMut()>,
}

pub(crate) fn cell(
    task: &'static str,
    contestant: &'static str,
    units: usize,
    turn: impl FnMut() + 'static,
) -> Cell {
    Cell { task, contestant, units, turn: Box::new(turn) }
}

/// Packs a value to a vector that is used again and again.
fn pack<T: Pack + 'static>(task: &'static str, name: &'static str, units: usize, value: T) -> Cell {
    let mut bytes = Vec::new();
    cell(task, name, units, move || {
        bytes.clear();
        black_box(&value).pack_into(&mut bytes).expect("it packs");
        black_box(&bytes);
    })
}

/// Declares a cell that reads `$bytes` by `$read`.
macro_rules! unpack {
    ($task:literal, $name:literal, $units:expr, $bytes:expr, $read:expr) => {{
        let bytes = $bytes;
        cell($task, $name, $units, move || {
            black_box($read(black_box(&bytes[..])).expect("it unpacks"));
        })
    }};
}

/// The lines of a log: pack, unpack, and unpack with borrowed text.
fn logs() -> Vec<Cell> {
    let (le, be) = (le::logs(), be::logs());
    let ours = le.pack().expect("it packs");
    let big = be.pack().expect("it packs");
    let theirs = wincode::serialize(&le).expect("it packs");
    let units = le.logs.len();
    let (mut by_hand, mut by_wincode) = (Vec::new(), Vec::new());
    let (for_hand, for_wincode) = (le.clone(), le.clone());
    vec![
        cell("log pack", "wincode", units, move || {
            by_wincode.clear();
            wincode::serialize_into(&mut by_wincode, black_box(&for_wincode)).expect("it packs");
            black_box(&by_wincode);
        }),
        cell("log pack", "hand", units, move || {
            by_hand.clear();
            hand::pack_logs(black_box(&for_hand), &mut by_hand);
            black_box(&by_hand);
        }),
        pack("log pack", "little", units, le),
        pack("log pack", "big", units, be),
        unpack!("log unpack", "wincode", units, theirs.clone(), |bytes| {
            wincode::deserialize_exact::<le::Logs>(bytes)
        }),
        unpack!("log unpack", "hand", units, ours.clone(), hand::unpack_logs),
        unpack!("log unpack", "little", units, ours.clone(), le::Logs::unpack),
        unpack!("log unpack", "big", units, big.clone(), be::Logs::unpack),
        unpack!("log borrow", "wincode", units, theirs, |bytes| {
            wincode::deserialize_exact::<le::LogsRef<'_>>(bytes).map(|logs| logs.logs.len())
        }),
        unpack!("log borrow", "hand", units, ours.clone(), |bytes| {
            hand::unpack_logs_ref(bytes).map(|logs| logs.len())
        }),
        unpack!("log borrow", "little", units, ours, |bytes| {
            le::LogsRef::unpack(bytes).map(|logs| logs.logs.len())
        }),
        unpack!("log borrow", "big", units, big, |bytes| {
            be::LogsRef::unpack(bytes).map(|logs| logs.logs.len())
        }),
    ]
}

/// Declares a cell that packs each small message into a buffer by `$pack`.
macro_rules! pack_small {
    ($name:literal, $values:expr, $pack:expr) => {{
        let values = $values;
        cell("small pack", $name, SMALLS, move || {
            let mut buffer = [0_u8; 16];
            for value in &values {
                $pack(black_box(value), &mut buffer[..]).expect("it packs");
                black_box(&buffer);
            }
        })
    }};
}

/// Declares a cell that unpacks each small message by `$unpack`.
macro_rules! unpack_small {
    ($name:literal, $bytes:expr, $unpack:expr) => {{
        let bytes = $bytes;
        cell("small unpack", $name, SMALLS, move || {
            for chunk in bytes.chunks_exact(14) {
                black_box($unpack(black_box(chunk)).expect("it unpacks"));
            }
        })
    }};
}

/// The message of 14 bytes.
fn small() -> Vec<Cell> {
    let bytes = |messages: &[_]| -> Vec<u8> {
        messages.iter().flat_map(|small: &le::Small| small.pack().expect("it packs")).collect()
    };
    let little = bytes(&le::smalls());
    let big: Vec<u8> =
        be::smalls().iter().flat_map(|small| small.pack().expect("it packs")).collect();
    vec![
        pack_small!("wincode", le::smalls(), |small, buffer: &mut [u8]| {
            wincode::serialize_into(buffer, small)
        }),
        pack_small!("hand", le::smalls(), hand::pack_small),
        pack_small!("little", le::smalls(), le::Small::pack_slice),
        pack_small!("big", be::smalls(), be::Small::pack_slice),
        unpack_small!("wincode", little.clone(), wincode::deserialize_exact::<le::Small>),
        unpack_small!("hand", little.clone(), hand::unpack_small),
        unpack_small!("little", little, le::Small::unpack),
        unpack_small!("big", big, be::Small::unpack),
    ]
}

/// 60 KB of floats in structs.
fn mesh() -> Vec<Cell> {
    let (le, be) = (le::mesh(), be::mesh());
    let units = le.triangles.len();
    let theirs = wincode::serialize(&le).expect("it packs");
    let (ours, big) = (le.pack().expect("it packs"), be.pack().expect("it packs"));
    let (mut by_wincode, for_wincode) = (Vec::new(), le.clone());
    vec![
        cell("mesh pack", "wincode", units, move || {
            by_wincode.clear();
            wincode::serialize_into(&mut by_wincode, black_box(&for_wincode)).expect("it packs");
            black_box(&by_wincode);
        }),
        pack("mesh pack", "little", units, le),
        pack("mesh pack", "big", units, be),
        unpack!("mesh unpack", "wincode", units, theirs, |bytes| {
            wincode::deserialize_exact::<le::Mesh>(bytes)
        }),
        unpack!("mesh unpack", "little", units, ours, le::Mesh::unpack),
        unpack!("mesh unpack", "big", units, big, be::Mesh::unpack),
    ]
}

/// All cells; the tasks in order, wincode first in each.
pub(crate) fn all() -> Vec<Cell> {
    logs().into_iter().chain(small()).chain(mesh()).collect()
}
