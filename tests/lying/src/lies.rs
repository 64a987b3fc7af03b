//! The lies, and the type that tells them.

use protocol_core::__rt::Probe;
use protocol_core::{Bounds, Fault, Order, Reader, Sink, Wire};

/// One way to be wrong about one's own size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lie {
    /// What is wrong.
    pub(crate) name: &'static str,
    /// The fewest bytes, as claimed. In truth it is 4.
    pub(crate) min: usize,
    /// The most bytes, as claimed. In truth it is 4.
    pub(crate) max_len: Option<usize>,
    /// What is claimed to follow.
    pub(crate) keep: usize,
    /// How many bytes are really written and read.
    pub(crate) really: usize,
    /// What is lent as the numbers that the value is made of.
    pub(crate) lanes: Lanes,
}

/// What is lent to a list that wants to be copied as a whole.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lanes {
    /// The number itself, which is not what stands on the wire.
    Itself,
    /// A number that lies elsewhere.
    Elsewhere,
    /// The number twice.
    Twice,
    /// Nothing, and no word about it.
    Nothing,
}

static ELSEWHERE: u32 = 7;

/// All lies.
pub(crate) const LIES: [Lie; 11] = [
    Lie {
        name: "the truth, but for the lanes",
        min: 4,
        max_len: Some(4),
        keep: 0,
        really: 4,
        lanes: Lanes::Itself,
    },
    Lie {
        name: "a minimum of 1",
        min: 1,
        max_len: Some(4),
        keep: 0,
        really: 4,
        lanes: Lanes::Nothing,
    },
    Lie {
        name: "a minimum of 1000",
        min: 1000,
        max_len: Some(4),
        keep: 0,
        really: 4,
        lanes: Lanes::Nothing,
    },
    Lie {
        name: "a huge minimum",
        min: usize::MAX / 2,
        max_len: None,
        keep: 0,
        really: 4,
        lanes: Lanes::Nothing,
    },
    Lie {
        name: "a fixed length that is wrong",
        min: 4,
        max_len: Some(4),
        keep: 0,
        really: 9,
        lanes: Lanes::Itself,
    },
    Lie {
        name: "a huge promise of what follows",
        min: 4,
        max_len: None,
        keep: usize::MAX,
        really: 4,
        lanes: Lanes::Itself,
    },
    Lie {
        name: "a promise above the address space",
        min: 4,
        max_len: None,
        keep: usize::MAX / 2,
        really: 1,
        lanes: Lanes::Twice,
    },
    Lie {
        name: "nothing written at all",
        min: 4,
        max_len: Some(4),
        keep: 4096,
        really: 0,
        lanes: Lanes::Itself,
    },
    Lie {
        name: "numbers that lie elsewhere",
        min: 4,
        max_len: Some(4),
        keep: 0,
        really: 4,
        lanes: Lanes::Elsewhere,
    },
    Lie {
        name: "a number lent twice",
        min: 4,
        max_len: Some(4),
        keep: 0,
        really: 4,
        lanes: Lanes::Twice,
    },
    Lie {
        name: "no number lent",
        min: 4,
        max_len: Some(4),
        keep: 0,
        really: 4,
        lanes: Lanes::Nothing,
    },
];

/// A number that tells the lie at index `LIE`.
#[derive(Debug)]
pub(crate) struct Cell<const LIE: usize>(pub(crate) u32);

impl<'a, const LIE: usize> Wire<'a> for Cell<LIE> {
    const MIN: usize = LIES[LIE].min;
    const BOUNDS: Bounds = match LIES[LIE].max_len {
        Some(len) => Bounds::exactly(len),
        None => Bounds::unbounded(0),
    };

    fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
        w.need(LIES[LIE].min)?;
        for shift in 0..LIES[LIE].really {
            w.put([(self.0 >> (shift % 4)) as u8])?;
        }
        w.bytes_before(b"", LIES[LIE].keep)
    }

    fn get<O: Order>(r: &mut Reader<'a, '_>, _keep: usize) -> Result<Self, Fault> {
        let _ = r.enter::<O>(LIES[LIE].min, LIES[LIE].keep);
        let bytes = r.bytes_before(LIES[LIE].really, LIES[LIE].keep)?;
        Ok(Cell(bytes.iter().fold(0, |sum, byte| sum << 1 | u32::from(*byte))))
    }

    fn lanes<'s, O: Order>(&'s self, probe: &mut Probe<'s>) {
        match LIES[LIE].lanes {
            Lanes::Itself => probe.lane::<u32, O>(&self.0),
            Lanes::Elsewhere => probe.lane::<u32, O>(&ELSEWHERE),
            Lanes::Twice => {
                probe.lane::<u32, O>(&self.0);
                probe.lane::<u32, O>(&self.0);
            }
            Lanes::Nothing => {}
        }
    }
}
