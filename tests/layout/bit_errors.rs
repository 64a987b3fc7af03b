//! The exact text of every error of a bit field, in both directions, and what an explanation shows.

use protocol_core::{Message, Pack, Unpack, Wire, explain};

use crate::case::from_hex;
use crate::messages::bits::{BitsMsb, BitsTypes, Level, Mode};
use crate::messages::find;

/// Asserts the error that the bytes, written in hex with spaces, give as the message `name`.
fn refuses(name: &str, hex: &str, expected: &str) {
    let bytes = from_hex(&hex.replace(' ', ""));
    let error = (find(name).unpack)(&bytes).expect_err(expected);
    assert_eq!(error.to_string(), expected, "{name} of {hex}");
}

/// Asserts the error of packing `value`, the same by every way.
fn says<T: Pack>(value: &T, expected: &str) {
    assert_eq!(value.pack().unwrap_err().to_string(), expected, "pack");
    assert_eq!(value.packed_len().unwrap_err().to_string(), expected, "packed_len");
    let error = value.pack_slice(&mut [0; 100]).unwrap_err();
    assert_eq!(error.to_string(), expected, "pack_slice");
}

fn types() -> BitsTypes {
    BitsTypes { signed: 0, flag: false, mode: Mode::Off, level: Level::Low, wide: 0, letter: 'a' }
}

#[test]
fn a_number_with_more_bits_than_its_field() {
    let value = |version, dscp| BitsMsb { version, ihl: 0, dscp, ecn: 0, len: 0 };
    assert!(value(15, 63).pack().is_ok());
    says(&value(16, 0), "BitsMsb.version: 16 is above the largest value of 15");
    says(&value(0, 255), "BitsMsb.dscp: 255 is above the largest value of 63");
}

#[test]
fn a_number_with_a_sign() {
    for signed in -8..8 {
        let value = BitsTypes { signed, ..types() };
        assert_eq!(BitsTypes::unpack(&value.pack().unwrap()).unwrap(), value);
    }
    says(&BitsTypes { signed: 8, ..types() }, "BitsTypes.signed: 8 is outside -8..=7");
    says(&BitsTypes { signed: -9, ..types() }, "BitsTypes.signed: -9 is outside -8..=7");
    says(
        &BitsTypes { wide: i64::MIN, ..types() },
        "BitsTypes.wide: -9223372036854775808 is outside -512..=511",
    );
}

#[test]
fn an_enum_says_its_own_errors() {
    // No variant has the tag 2.
    refuses(
        "bits_types",
        "05 04 00 00 00 61",
        "BitsTypes.mode at byte 1: no variant has the tag 2 (after 05, at 04 00 00 00 61)",
    );
    // The tag of a variant in the catch-all, before the question whether it fits.
    says(
        &BitsTypes { level: Level::Other(1), ..types() },
        "BitsTypes.level: 1 is known, so it cannot stand in the variant for unknown ones",
    );
    says(
        &BitsTypes { level: Level::Other(8), ..types() },
        "BitsTypes.level: 8 is above the largest value of 7",
    );
}

#[test]
fn a_char_is_a_scalar_value() {
    refuses(
        "bits_types",
        "05 00 00 00 d8 00",
        "BitsTypes.letter at byte 3: 0xd800 is no Unicode scalar value \
         (after 05 00 00, at 00 d8 00)",
    );
}

#[test]
fn reserved_bits_are_zero() {
    refuses(
        "bits_reserved",
        "09 40 00 00",
        "BitsReserved.zero at byte 1: reserved, and not zero (after 09, at 40 00 00)",
    );
    refuses(
        "bits_reserved",
        "09 00 00 02",
        "BitsReserved.more at byte 3: reserved, and not zero (after 09 00 00, at 02)",
    );
}

#[test]
fn bits_are_verified_like_bytes() {
    refuses(
        "bits_told",
        "0b 50",
        "BitsTold.version at byte 1: 5 where 4 must stand (after 0b, at 50)",
    );
    refuses(
        "bits_told",
        "0b 42 0001",
        "BitsTold.items at byte 2: 2 more bytes needed (after 0b 42, at 00 01)",
    );
}

#[test]
fn a_run_that_the_bytes_end_in() {
    refuses(
        "bits_across",
        "03 a1",
        "BitsAcross.flags at byte 1: 4 more bytes needed (after 03, at a1)",
    );
    refuses(
        "bits_across",
        "03 a123 aa19",
        "BitsAcross.more at byte 3: 1 more byte needed (after 03 a1 23, at aa 19)",
    );
}

#[test]
fn an_explanation_shows_each_field() {
    assert_eq!(
        explain::<BitsTypes>(&find("bits_types").golden()).to_string(),
        "\
0000  05        BitsTypes.type    5
0001  df        BitsTypes.signed  -3
0001  df        BitsTypes.flag    true
0001  df        BitsTypes.mode    3
0001  df 60     BitsTypes.level   5
0002  60 01     BitsTypes.wide    -512
0003  01 f6 00  BitsTypes.letter  '😀'
"
    );
}

/// What has a fixed size of at most 16 bytes can be a bit field; a struct of one number is often one.
#[test]
fn a_part_of_one_number() {
    #[derive(Wire, Debug, PartialEq)]
    struct Dscp(u8);

    #[derive(Message, Debug, PartialEq)]
    #[msg_type = 1]
    struct Service {
        #[wire(bits = 6)]
        dscp: Dscp,
        #[wire(bits = 2)]
        ecn: Option2,
    }

    #[derive(Wire, Debug, PartialEq)]
    enum Option2 {
        None,
        Some = 3,
    }

    let value = Service { dscp: Dscp(46), ecn: Option2::Some };
    assert_eq!(value.pack().unwrap(), [1, 46 << 2 | 3]);
    assert_eq!(Service::unpack(&[1, 46 << 2 | 3]).unwrap(), value);
    assert_eq!(
        Service::unpack(&[1, 46 << 2 | 1]).unwrap_err().to_string(),
        "Service.ecn at byte 1: no variant has the tag 1 (after 01, at b9)"
    );
    says(
        &Service { dscp: Dscp(64), ecn: Option2::None },
        "Service.dscp: 64 is above the largest value of 63",
    );
    assert_eq!(
        explain::<Service>(&[1, 0xbb]).to_string(),
        "\
0000  01  Service.type    1
0001  bb  Service.dscp.0  46
0001  bb  Service.ecn     3
"
    );
}

/// Every value of every byte, so that no bit is lost on the way.
#[test]
fn all_bits_come_back() {
    for byte in 0..=255_u8 {
        for name in ["bits_msb", "bits_lsb"] {
            let mut bytes = find(name).golden().to_vec();
            for at in [1, 2] {
                bytes[at] = byte;
                assert_eq!((find(name).repack)(&bytes).unwrap(), bytes, "{name}");
            }
        }
    }
}
