//! What the types with a layout of their own refuse, in both directions, with the exact text; and the
//! conversions of numbers and times that fit and that do not.

use std::fmt::Display;
use std::net::{Ipv6Addr, SocketAddrV6};
use std::time::{Duration, SystemTime};

use protocol_core::{
    I24, Message, Micros, Millis, Nanos, Pack, Secs, TimeError, U24, U40, U48, U56, Unpack,
    UnpackErrorKind, Varint,
};
use time::OffsetDateTime;

use crate::case::from_hex;
use crate::messages;
use crate::messages::foreign::{FlagsLittle, Lenient, Strict};

/// Asserts the error that the bytes, written in hex with spaces, give as the message `name`.
fn says(name: &str, hex: &str, expected: &str) {
    let bytes = from_hex(&hex.replace(' ', ""));
    let error = (messages::find(name).unpack)(&bytes).expect_err(expected);
    assert_eq!(error.to_string(), expected, "{name} of {hex}");
}

fn fails<T, E: Display>(result: Result<T, E>, expected: &str) {
    match result {
        Ok(_) => panic!("no error: {expected}"),
        Err(error) => assert_eq!(error.to_string(), expected),
    }
}

#[test]
fn a_varint_that_does_not_fit_its_type() {
    says(
        "varints",
        "06 808004 00 00 00 00 00 00 00",
        "Varints.short at byte 1: 65536 is above the largest value of 65535 \
         (after 06, at 80 80 04 00 00 00 00 00)",
    );
    says(
        "varints",
        "06 00 00 8080808010 00 00 00 00 00",
        "Varints.word at byte 3: 4294967296 is above the largest value of 4294967295 \
         (after 06 00 00, at 80 80 80 80 10 00 00 00)",
    );
}

#[test]
fn a_varint_that_is_not_in_its_shortest_form() {
    says(
        "varints",
        "06 00 00 00 00 00 00 8100 00",
        "Varints.low at byte 7: the variable-length number is not in its shortest form \
         (after 06 00 00 00 00 00 00, at 81 00 00)",
    );
    // The 65th bit.
    says(
        "varints",
        "06 00 00 00 ffffffffffffffffff02 00 00 00 00",
        "Varints.long at byte 4: the variable-length number is not in its shortest form \
         (after 06 00 00 00, at ff ff ff ff ff ff ff ff)",
    );
}

/// Every value of 16 bits, and the ends of the larger types, both ways.
#[test]
fn every_varint_comes_back() {
    #[derive(Message, Debug, PartialEq)]
    #[msg_type = 1]
    struct Both {
        unsigned: Varint<u16>,
        signed: Varint<i16>,
        wide: Varint<i64>,
    }
    for bits in 0..=u16::MAX {
        let signed = bits.cast_signed();
        let wide = i64::from(signed) << (bits % 48);
        let both = Both { unsigned: Varint(bits), signed: Varint(signed), wide: Varint(wide) };
        let bytes = both.pack().expect("it packs");
        assert_eq!(Both::unpack(&bytes), Ok(both));
    }
}

#[test]
fn a_socket_address_with_what_is_not_sent() {
    #[derive(Message)]
    #[msg_type = 1]
    struct Peer {
        at: SocketAddrV6,
    }
    let text = "Peer.at: the address has flow information or a scope, which is not sent";
    fails(Peer { at: SocketAddrV6::new(Ipv6Addr::LOCALHOST, 1, 2, 0) }.pack(), text);
    fails(Peer { at: SocketAddrV6::new(Ipv6Addr::LOCALHOST, 1, 0, 3) }.pack(), text);
    says(
        "sockets",
        "03 000000000000 000000000000000000000000000000000000 05 04",
        "Sockets.either_four at byte 25: no variant has the tag 5 \
         (after 00 00 00 00 00 00 00 00, at 05 04)",
    );
}

#[test]
fn a_c_string_without_its_end() {
    says(
        "c_strings",
        "04 6869",
        "CStrings.owned at byte 1: 6 more bytes needed (after 04, at 68 69)",
    );
    says(
        "c_strings",
        "04 00 00 00 68",
        "CStrings.cow at byte 4: 3 more bytes needed (after 04 00 00 00, at 68)",
    );
}

#[test]
fn a_time_that_is_none() {
    says(
        "moments",
        "01 0000000000000000 3b9aca00 0000000000000000 00000000",
        "Moments.after at byte 9: 1000000000 is above the largest value of 999999999 \
         (after 00 00 00 00 00 00 00 00, at 3b 9a ca 00 00 00 00 00)",
    );
    says(
        "dates",
        "04 7fffffffffffffff 00000000 00000000 0000000000000000",
        "Dates.at at byte 1: the time is out of this type's range \
         (after 04, at 7f ff ff ff ff ff ff ff)",
    );
}

#[test]
fn bits_that_belong_to_no_flag() {
    says(
        "flag_sets",
        "01 8101 00 00000000",
        "FlagSets.strict at byte 1: the bits 0x8000 belong to no flag \
         (after 01, at 81 01 00 00 00 00 00)",
    );
    let kind = UnpackErrorKind::UnknownBits { bits: 0x0200 };
    assert_eq!(FlagsLittle::unpack(b"\x02\x00\x02").unwrap_err().kind(), kind);
    let strict = Strict::from_bits_retain(0x0003);
    fails(FlagsLittle { strict }.pack(), "FlagsLittle.strict: the bits 0x2 belong to no flag");
    assert_eq!(Lenient::from_bits_retain(0xff).bits(), 0xff);
}

#[test]
fn numbers_that_do_not_fit() {
    fails(U24::try_from(1_u32 << 24), "16777216 is outside 0..=16777215");
    fails(U24::try_from(-1), "-1 is outside 0..=16777215");
    fails(I24::try_from(0x80_0000), "8388608 is outside -8388608..=8388607");
    fails(I24::try_from(-0x80_0001), "-8388609 is outside -8388608..=8388607");
    assert_eq!(U40::try_from(u128::MAX).ok(), None);
    assert_eq!(U48::new(1 << 48), None);
    assert_eq!(U56::new((1 << 56) - 1), Some(U56::MAX));
    assert_eq!(u8::try_from(U24::MAX).ok(), None);
    assert_eq!(u32::from(U24::MAX), 0xff_ffff);
    assert_eq!(usize::try_from(Varint(7_u32)), Ok(7));
    assert_eq!(Varint::<u16>::try_from(70_000_usize).ok(), None);
}

#[test]
fn times_that_a_unit_cannot_say() {
    let time = Duration::new(3, 5_000_001);
    fails(Secs::<u64>::try_from(time), "not a whole number of s: 5000001 ns are left");
    fails(Millis::<u64>::try_from(time), "not a whole number of ms: 1 ns are left");
    assert_eq!(Nanos::<u64>::try_from(time), Ok(Nanos(3_005_000_001)));
    fails(Micros::<u8>::try_from(Duration::from_micros(256)), "256 us are out of range");
    fails(Duration::try_from(Secs(-1_i64)), "-1 s are out of range");
    assert_eq!(Duration::try_from(Secs(u64::MAX)), Ok(Duration::from_secs(u64::MAX)));
    fails(Duration::try_from(Millis(u128::MAX)), &format!("{} ms are out of range", i128::MAX));
}

#[test]
fn times_before_1970() {
    let early = SystemTime::UNIX_EPOCH - Duration::from_millis(1_500);
    assert_eq!(Millis::<i64>::try_from(early), Ok(Millis(-1_500)));
    assert_eq!(SystemTime::try_from(Millis(-1_500_i64)), Ok(early));
    fails(Millis::<u64>::try_from(early), "-1500 ms are out of range");
    let error = Secs::<i64>::try_from(early).unwrap_err();
    assert_eq!(error, TimeError::Inexact { left: 500_000_000, unit: "s" });

    let date = OffsetDateTime::UNIX_EPOCH - time::Duration::milliseconds(1_500);
    assert_eq!(Millis::<i64>::try_from(date), Ok(Millis(-1_500)));
    assert_eq!(OffsetDateTime::try_from(Millis(-1_500_i64)), Ok(date));
    assert_eq!(time::Duration::try_from(Millis(-1_500_i64)), Ok(date - OffsetDateTime::UNIX_EPOCH));
    fails(OffsetDateTime::try_from(Secs(i64::MAX)), &format!("{} s are out of range", i64::MAX));
}

#[test]
fn more_than_there_is_room_for() {
    says(
        "roomy",
        "05 00000004 0001 0002 0003 0004 00 00000000 00 0908",
        "Roomy.words at byte 1: length 4 is above the limit of 3 \
         (after 05, at 00 00 00 04 00 01 00 02)",
    );
    says(
        "roomy",
        "05 00000000 00 00000005 68656c6c6f 00 0908",
        "Roomy.text at byte 6: length 5 is above the limit of 4 \
         (after 05 00 00 00 00 00, at 00 00 00 05 68 65 6c 6c)",
    );
    says(
        "rest_roomy",
        "07 0001 0002 0003 0004",
        "RestRoomy.words at byte 1: length 4 is above the limit of 3 \
         (after 07, at 00 01 00 02 00 03 00 04)",
    );
}

#[test]
fn a_set_that_is_not_ascending() {
    says(
        "sets",
        "02 00000002 0003 fffe 01 0161",
        "Sets.words[1] at byte 7: the key is not greater than the one before it \
         (after 02 00 00 00 02 00 03, at ff fe 01 01 61)",
    );
    says(
        "rest_set",
        "05 01 02 02",
        "RestSet.bytes[2] at byte 3: the key is not greater than the one before it \
         (after 05 01 02, at 02)",
    );
}
