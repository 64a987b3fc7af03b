//! Messages of the standard library's other types: times, socket addresses, C strings, wrappers.

use std::borrow::Cow;
use std::ffi::{CStr, CString};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{Saturating, Wrapping};
use std::time::{Duration, SystemTime};

use protocol_core::{I40, Le, Message, Micros, Millis, Nanos, Secs, U24, Varint};

use crate::case::{Case, case};

// 0        1                9          13               21         25
// +--------+----------------+----------+----------------+----------+
// | type 1 | secs since 1970| nanos    | secs, downward | nanos    |  i64 BE, u32 BE below 10^9
// | 01     | 1700000000     | 5        | -2             | 3b9ac9ff |  one nanosecond before -1 s
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Moments {
    after: SystemTime,
    before: SystemTime,
}

// 0        1          5      7      10           18           26
// +--------+----------+------+------+------------+------------+----------+----+
// | type 2 | secs     | ms   | us   | ns, signed | ms, signed | s, i40 LE| ms |  the number alone
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Units {
    secs: Secs<u32>,
    millis: Millis<u16>,
    micros: Micros<U24>,
    nanos: Nanos<i64>,
    before: Millis<i64>,
    ordered: Secs<Le<I40>>,
    short: Millis<Varint<u32>>,
}

// 0        1        7            25   26       32   33          51
// +--------+--------+------------+----+--------+----+-----------+
// | type 3 | v4     | v6         | 04 | v4     | 06 | v6        |  octets and port; a tag where both may stand
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Sockets {
    four: SocketAddrV4,
    six: SocketAddrV6,
    either_four: SocketAddr,
    either_six: SocketAddr,
}

// 0        1            5        8    9           12
// +--------+------------+--------+----+-----------+------+
// | type 4 | ff 'ü' 00  | 'hi' 00| 00 | 'cow' 00  | 0007 |  any bytes but NUL, then a NUL
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct CStrings<'a> {
    owned: CString,
    borrowed: &'a CStr,
    empty: CString,
    cow: Cow<'a, CStr>,
    after: u16,
}

// 0        1      3          7          11
// +--------+------+----------+----------+------
// | type 5 | ffff | 80000000 | 00000002 | 01 02  |  as if nothing were around the numbers
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct Wrappers {
    wrapping: Wrapping<u16>,
    saturating: Saturating<i32>,
    list: Vec<Wrapping<u8>>,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "moments",
        Moments,
        Moments {
            after: SystemTime::UNIX_EPOCH + Duration::new(1_700_000_000, 5),
            before: SystemTime::UNIX_EPOCH - Duration::new(1, 1),
        }
    ),
    case!(
        "units",
        Units,
        Units {
            secs: Secs(u32::MAX),
            millis: Millis(1_500),
            micros: Micros(U24::MAX),
            nanos: Nanos(-1),
            before: Millis(i64::MIN),
            ordered: Secs(Le(I40::from(-2_i8))),
            short: Millis(Varint(300)),
        }
    ),
    case!(
        "sockets",
        Sockets,
        Sockets {
            four: SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 80),
            six: SocketAddrV6::new(Ipv6Addr::LOCALHOST, 443, 0, 0),
            either_four: SocketAddr::from((Ipv4Addr::LOCALHOST, 8000)),
            either_six: SocketAddr::from((Ipv6Addr::LOCALHOST, 65_535)),
        }
    ),
    case!(
        "c_strings",
        CStrings<'_>,
        CStrings {
            owned: CString::new(b"\xff\xc3\xbc").expect("it has no NUL"),
            borrowed: c"hi",
            empty: CString::default(),
            cow: Cow::Borrowed(c"cow"),
            after: 7,
        }
    ),
    case!(
        "wrappers",
        Wrappers,
        Wrappers {
            wrapping: Wrapping(u16::MAX),
            saturating: Saturating(i32::MIN),
            list: vec![Wrapping(1), Wrapping(2)],
        }
    ),
];
