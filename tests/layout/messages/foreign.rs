//! Messages of other crates' types, each behind a feature.

use bitflags::bitflags;
use protocol_core::{Message, Millis, Secs, wire_bitflags};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::case::{Case, case};

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
];
