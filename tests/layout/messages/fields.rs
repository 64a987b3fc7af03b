//! The words `trailing`, `skip`, `default`, `with`, `name`, `crate` and `bound`.

use std::fmt::Debug;
use std::marker::PhantomData;

use protocol_core::{Message, Wire};

use crate::case::{Case, End, case};

// 0        1      3
// +--------+------+- - -
// | type 1 | 0007 | anything, not looked at
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
#[wire(trailing = ignore)]
pub(crate) struct Ignoring {
    value: u16,
}

/// The same as a part alone. Inside a message the word would have nothing to pass over.
#[derive(Wire, Debug, PartialEq)]
#[wire(trailing = ignore)]
pub(crate) struct IgnoringPart {
    value: u16,
}

// 0        1    2
// +--------+----+-------------
// | type 2 | 08 | unknown tail  kept
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(trailing = keep)]
pub(crate) struct Keeping {
    value: u8,
    tail: Vec<u8>,
}

// 0        1    2      4
// +--------+----+------+
// | type 3 | 01 | 0002 |  the two fields between are not on the wire
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Skipping {
    before: u8,
    #[wire(skip)]
    empty: Option<&'static str>,
    #[wire(skip, default = 7 * 6)]
    answer: usize,
    after: u16,
}

/// Four decimal digits, one a half byte, the first digit first.
pub(crate) mod digits {
    use protocol_core::{Fault, Reader, Sink};

    pub(crate) fn pack<W: Sink>(value: &u16, w: &mut W) -> Result<(), Fault> {
        if *value > 9999 {
            return Err(w.refuse("more than four digits"));
        }
        let pair = |two_digits: u16| (two_digits / 10 * 16 + two_digits % 10).to_be_bytes()[1];
        w.put([pair(value / 100), pair(value % 100)])
    }

    pub(crate) fn unpack(r: &mut Reader<'_, '_>) -> Result<u16, Fault> {
        let bytes = r.take::<2>()?;
        let mut value = 0;
        for digit in bytes.into_iter().flat_map(|byte| [byte >> 4, byte & 0x0f]) {
            if digit > 9 {
                return Err(r.refuse("not a decimal digit"));
            }
            value = value * 10 + u16::from(digit);
        }
        Ok(value)
    }
}

// 0        1    2      4
// +--------+----+------+----+
// | type 4 | 01 | 2143 | 02 |  2143 in decimal digits
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct Converted {
    pub(crate) before: u8,
    #[wire(with = digits)]
    pub(crate) digits: u16,
    pub(crate) after: u8,
}

// 0        1    2    3
// +--------+----+----+
// | type 5 | 01 | 02 |  the names stand in errors, not on the wire
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
#[wire(name = "login-request")]
pub(crate) struct Renamed {
    #[wire(name = "type")]
    pub(crate) kind: bool,
    pub(crate) level: u8,
}

/// The runtime under another path, as a crate that renames or re-exports it has it.
pub(crate) mod runtime {
    pub(crate) use protocol_core::__rt;
}

// 0        1      3    4
// +--------+------+----+
// | type 6 | 0003 | 01 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
#[wire(crate = crate::messages::fields::runtime)]
pub(crate) struct Elsewhere {
    value: u16,
    flag: bool,
}

/// A parameter that is nowhere on the wire: with the usual bound `T: Wire` it could not be `fn()`.
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
#[wire(bound())]
pub(crate) struct Bounded<T> {
    value: u32,
    marker: PhantomData<T>,
}

pub(crate) const CASES: &[Case] = &[
    case!("ignoring", Ignoring, Ignoring { value: 7 }, end: End::Ignored),
    case!(
        "ignoring_part",
        IgnoringPart,
        IgnoringPart { value: 7 },
        end: End::Ignored,
        id_len: 0
    ),
    case!(
        "keeping",
        Keeping,
        Keeping { value: 8, tail: b"unknown tail".to_vec() },
        end: End::Open
    ),
    case!("skipping", Skipping, Skipping { before: 1, empty: None, answer: 42, after: 2 }),
    case!("converted", Converted, Converted { before: 1, digits: 2143, after: 2 }),
    case!("renamed", Renamed, Renamed { kind: true, level: 2 }),
    case!("elsewhere", Elsewhere, Elsewhere { value: 3, flag: true }),
    case!("bounded", Bounded<fn()>, Bounded::<fn()> { value: 4, marker: PhantomData }),
];
