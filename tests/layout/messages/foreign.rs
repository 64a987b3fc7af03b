//! Messages of other crates' types, each behind a feature.

use arrayvec::{ArrayString, ArrayVec};
use bitflags::bitflags;
use protocol_core::{Message, Millis, Secs, wire_bitflags};
use smallvec::{SmallVec, smallvec};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::case::{Case, End, case};

bitflags! {
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub(crate) struct Strict: u16 {
        const LOW = 0x0001;
        const HIGH = 0x0100;
    }
}
wire_bitflags!(Strict, unknown = refuse);

bitflags! {
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub(crate) struct Lenient: u8 {
        const LOW = 0x01;
    }
}
wire_bitflags!(Lenient, unknown = keep);

// 0        1      3    4          8
// +--------+------+----+----------+------
// | type 1 | 0101 | 81 | 00000001 | 0001 |  the integer that holds them; 80 is no flag of `Lenient`
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct FlagSets {
    strict: Strict,
    lenient: Lenient,
    list: Vec<Strict>,
}

// 0        1      3
// +--------+------+
// | type 2 | 0100 |  LE: the low byte first
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct FlagsLittle {
    pub(crate) strict: Strict,
}

// 0        1          17
// +--------+----------+
// | type 3 | 16 bytes |  in the order of their text, also in a little-endian message
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
#[wire(endian = little)]
pub(crate) struct Ids {
    id: Uuid,
}

// 0        1          9          13         17         25
// +--------+----------+----------+----------+----------+
// | type 4 | secs     | nanos    | secs     | ms       |  i64 BE and u32 BE since 1970; units alone
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct Dates {
    at: OffsetDateTime,
    secs: Secs<u32>,
    millis: Millis<i64>,
}

// 0        1          5           9    10       12         16
// +--------+----------+-----------+----+--------+----------+------
// | type 5 | 00000002 | 1, 2      | 02 | LE     | 00000002 | 'hi' | 01 | '!' | 9, 8 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct Roomy {
    words: ArrayVec<u16, 3>,
    #[wire(count = u8, item(endian = little))]
    little: ArrayVec<u16, 1>,
    text: ArrayString<4>,
    #[wire(len = u8)]
    short: ArrayString<300>,
    #[wire(count = 2)]
    two: ArrayVec<u8, 2>,
}

// 0        1          5      7    8
// +--------+----------+------+----+------
// | type 6 | 00000002 | 1, 2 | 01 | LE   | 00000003 | 7, 8, 9 |  held in place or on the heap
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct Small {
    bytes: SmallVec<[u8; 4]>,
    #[wire(count = u8, item(endian = little))]
    little: SmallVec<[u16; 2]>,
    spilled: SmallVec<[u8; 2]>,
}

// 0        1
// +--------+------
// | type 7 | words, to the end, at most three
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
pub(crate) struct RestRoomy {
    #[wire(rest)]
    words: ArrayVec<u16, 3>,
}

// 0        1    2
// +--------+----+------
// | type 8 | 04 | 1, 2 | 02 | 3  | 05 | 'a', 'bc' |  `len` is the bytes of all elements
#[derive(Message, Debug, PartialEq)]
#[msg_type = 8]
pub(crate) struct RoomyGroups {
    #[wire(len = u8)]
    words: ArrayVec<u16, 3>,
    #[wire(len = u8)]
    small: SmallVec<[u16; 2]>,
    #[wire(len = u8, item(len = u8))]
    texts: ArrayVec<ArrayString<4>, 2>,
}

/// 2023-11-14 22:13:20 UTC.
fn at() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_700_000_000).expect("it is a date")
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "flag_sets",
        FlagSets,
        FlagSets {
            strict: Strict::LOW | Strict::HIGH,
            lenient: Lenient::from_bits_retain(0x81),
            list: vec![Strict::LOW],
        }
    ),
    case!("flags_little", FlagsLittle, FlagsLittle { strict: Strict::LOW }),
    case!("ids", Ids, Ids { id: Uuid::from_u128(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10) }),
    case!(
        "dates",
        Dates,
        Dates {
            at: at() - time::Duration::nanoseconds(1),
            secs: at().try_into().expect("it fits"),
            millis: (at() + time::Duration::milliseconds(5)).try_into().expect("it fits"),
        }
    ),
    case!(
        "roomy",
        Roomy,
        Roomy {
            words: ArrayVec::from_iter([1, 2]),
            little: ArrayVec::from([3]),
            text: ArrayString::from("hi").expect("there is room"),
            short: ArrayString::from("!").expect("there is room"),
            two: ArrayVec::from([9, 8]),
        }
    ),
    case!(
        "small",
        Small,
        Small { bytes: smallvec![1, 2], little: smallvec![3], spilled: smallvec![7, 8, 9] }
    ),
    case!(
        "rest_roomy",
        RestRoomy,
        RestRoomy { words: ArrayVec::from([1, 2, 3]) },
        end: End::Open
    ),
    case!(
        "roomy_groups",
        RoomyGroups,
        RoomyGroups {
            words: ArrayVec::from_iter([1, 2]),
            small: smallvec![3],
            texts: ["a", "bc"]
                .into_iter()
                .map(|text| ArrayString::from(text).expect("there is room"))
                .collect(),
        }
    ),
];
