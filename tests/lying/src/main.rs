//! Impls that lie about their sizes in every way the traits allow, packed and unpacked.
//!
//! The traits are safe, so a lie may give wrong bytes, an error or a panic, and nothing else. This
//! program says so by running to its end under AddressSanitizer and under valgrind:
//!
//! ```text
//! cargo build -p lying-impls && valgrind --error-exitcode=1 target/debug/lying-impls
//! RUSTFLAGS=-Zsanitizer=address cargo +nightly run -p lying-impls --target x86_64-unknown-linux-gnu
//! ```
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "lies are told carelessly, and a panic is no undefined behaviour"
)]

mod lies;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lies::{Cell, LIES, Lie};
use protocol_core::{Big, Bounds, Fault, Little, Order, Pack, Reader, Sink, Unpack, Wire};

/// A list of liars between two honest texts, which would show a write or a read out of place.
struct Sandwich<const LIE: usize> {
    before: String,
    liars: Vec<Cell<LIE>>,
    after: String,
}

impl<'a, const LIE: usize> Wire<'a> for Sandwich<LIE> {
    const MIN: usize = 12;
    const BOUNDS: Bounds = Bounds::unbounded(64);

    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        self.before.put::<O, W>(w, keep)?;
        self.liars.put::<O, W>(w, keep)?;
        self.after.put::<O, W>(w, keep)
    }

    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
        Ok(Sandwich {
            before: Wire::get::<O>(r, keep)?,
            liars: Wire::get::<O>(r, keep)?,
            after: Wire::get::<O>(r, keep)?,
        })
    }
}

/// The sandwich as a whole value, which repeats the lie about its length.
struct Whole<const LIE: usize, const LITTLE: bool>(Sandwich<LIE>);

impl<const LIE: usize, const LITTLE: bool> Pack for Whole<LIE, LITTLE> {
    const NAME: &'static str = "Whole";
    const MIN_LEN: usize = LIES[LIE].min;
    const MAX_LEN: Option<usize> = LIES[LIE].max_len;
    const MEMORY_PER_BYTE: usize = 0;

    fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        w.need(LIES[LIE].min)?;
        match LITTLE {
            true => self.0.put::<Little, W>(w, LIES[LIE].keep),
            false => self.0.put::<Big, W>(w, LIES[LIE].keep),
        }
    }
}

impl<'a, const LIE: usize, const LITTLE: bool> Unpack<'a> for Whole<LIE, LITTLE> {
    fn get_whole<O: Order>(r: &mut Reader<'a, '_>) -> Result<Self, Fault> {
        let _ = r.enter::<O>(LIES[LIE].min, LIES[LIE].keep);
        match LITTLE {
            true => Sandwich::get::<O::Little>(r, LIES[LIE].keep).map(Whole),
            false => Sandwich::get::<O>(r, LIES[LIE].keep).map(Whole),
        }
    }
}

/// Packs and unpacks one lie in every way; returns how many ways were tried.
fn tell<const LIE: usize, const LITTLE: bool>() -> u32 {
    let mut tried = 0;
    let mut attempt = |what: &mut dyn FnMut()| {
        tried += 1;
        // A panic is allowed: it is no undefined behaviour.
        let _ = catch_unwind(AssertUnwindSafe(what));
    };
    for count in [0_u32, 1, 2, 7, 100] {
        let value = Whole::<LIE, LITTLE>(Sandwich {
            before: "before".repeat(count as usize),
            liars: (0..count).map(Cell).collect(),
            after: "after".to_owned(),
        });
        let mut honest = Vec::new();
        attempt(&mut || honest = value.pack().unwrap_or_default());
        attempt(&mut || value.pack_into(&mut vec![7; 3]).unwrap_or_default());
        attempt(&mut || assert!(value.packed_len().is_ok_and(|len| len < usize::MAX)));
        for len in 0..200 {
            attempt(&mut || drop(value.pack_slice(&mut vec![0; len])));
        }
        for end in 0..honest.len() {
            attempt(&mut || drop(Whole::<LIE, LITTLE>::unpack(&honest[..end])));
        }
        for position in 0..honest.len() {
            let mut damaged = honest.clone();
            damaged[position] ^= 0xff;
            attempt(&mut || drop(Whole::<LIE, LITTLE>::unpack(&damaged)));
        }
    }
    tried
}

/// Tells every lie in both orders.
fn tell_all<const LIE: usize>() -> u32 {
    tell::<LIE, false>() + tell::<LIE, true>()
}

fn main() {
    // The panics of the lies are expected, and many.
    std::panic::set_hook(Box::new(|_| {}));
    let ways = [
        tell_all::<0>(),
        tell_all::<1>(),
        tell_all::<2>(),
        tell_all::<3>(),
        tell_all::<4>(),
        tell_all::<5>(),
        tell_all::<6>(),
        tell_all::<7>(),
        tell_all::<8>(),
        tell_all::<9>(),
        tell_all::<10>(),
    ];
    assert_eq!(ways.len(), LIES.len(), "every lie is told");
    for (Lie { name, .. }, ways) in LIES.iter().zip(ways) {
        println!("{name}: {ways} ways, nothing but errors, panics and wrong bytes");
    }
}
