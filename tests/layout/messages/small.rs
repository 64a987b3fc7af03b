//! Messages of small values with a rule: flags, characters, times, addresses, options, boxes.

use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use protocol_core::Message;

use crate::case::{Case, case};

// 0        1    2    3
// +--------+----+----+
// | type 1 | 01 | 00 |  0 or 1, nothing else
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Flags {
    yes: bool,
    no: bool,
}

// 0        1          5          9          13         17
// +--------+----------+----------+----------+----------+
// | type 2 | 00000041 | 000000e9 | 0001f600 | 0010ffff |  Unicode scalar values
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Chars {
    ascii: char,
    latin: char,
    face: char,
    last: char,
}

// 0        1        9        13       21       25       33       37
// +--------+--------+--------+--------+--------+--------+--------+
// | type 3 | secs   | nanos  | secs   | nanos  | secs   | nanos  |  u64 BE, u32 BE below 10^9
// | 03     | 0      | 0      | 1      |1dcd6500| ffff.. |3b9ac9ff|
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Durations {
    none: Duration,
    short: Duration,
    most: Duration,
}

// 0        1        9        13
// +--------+--------+--------+
// | type 4 | secs LE| nanos  |
// | 04     | 0700.. |08000000|
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
#[wire(endian = little)]
pub(crate) struct DurationLittle {
    time: Duration,
}

// 0        1          5           21   22         26   27      43
// +--------+----------+-----------+----+----------+----+-------+
// | type 5 | c0000201 | 20010db8..| 04 | 7f000001 | 06 | ..01  |  octets; a tag where both may stand
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct Addresses {
    four: Ipv4Addr,
    six: Ipv6Addr,
    either_four: IpAddr,
    either_six: IpAddr,
}

// 0        1    2
// +--------+----+
// | type 6 | 77 |  the other two fields take no bytes
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct Nothing {
    unit: (),
    marker: PhantomData<String>,
    after: u8,
}

// 0        1    2    3          7    8    9    10   11   12   13
// +--------+----+----+----------+----+----+----+----+----+----+
// | type 7 | 00 | 01 | 0000cafe | 01 | 00 | 01 | 01 | 09 | 01 |
// |        |none| some          | some none| some some 9  | some ()
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
pub(crate) struct Options {
    none: Option<u32>,
    some: Option<u32>,
    some_none: Option<Option<u8>>,
    some_some: Option<Option<u8>>,
    some_unit: Option<()>,
}

// 0        1          5          9     12   13     15
// +--------+----------+----------+-----+----+------+
// | type 8 | 01020304 | 00000003 | box | 01 | 0506 |  a box stands where its value would
#[derive(Message, Debug, PartialEq)]
#[msg_type = 8]
pub(crate) struct Boxes {
    number: Box<u32>,
    #[expect(clippy::box_collection, reason = "who boxes it anyway finds it in the same place")]
    text: Box<String>,
    optional: Option<Box<u16>>,
}

pub(crate) const CASES: &[Case] = &[
    case!("flags", Flags, Flags { yes: true, no: false }),
    case!("chars", Chars, Chars { ascii: 'A', latin: 'é', face: '😀', last: char::MAX }),
    case!(
        "durations",
        Durations,
        Durations {
            none: Duration::ZERO,
            short: Duration::from_millis(1_500),
            most: Duration::MAX,
        }
    ),
    case!("duration_little", DurationLittle, DurationLittle { time: Duration::new(7, 8) }),
    case!(
        "addresses",
        Addresses,
        Addresses {
            four: Ipv4Addr::new(192, 0, 2, 1),
            six: Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1),
            either_four: IpAddr::V4(Ipv4Addr::LOCALHOST),
            either_six: IpAddr::V6(Ipv6Addr::LOCALHOST),
        }
    ),
    case!("nothing", Nothing, Nothing { unit: (), marker: PhantomData, after: 0x77 }),
    case!(
        "options",
        Options,
        Options {
            none: None,
            some: Some(0xcafe),
            some_none: Some(None),
            some_some: Some(Some(9)),
            some_unit: Some(()),
        }
    ),
    case!(
        "boxes",
        Boxes,
        Boxes {
            number: Box::new(0x0102_0304),
            text: Box::new("box".into()),
            optional: Some(Box::new(0x0506)),
        }
    ),
];
