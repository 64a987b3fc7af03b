//! Each checksum next to a reference that is written from its definition, bit by bit; over pieces cut
//! at every place; and with its own bytes inside.

use super::digest::{By, Digest, Parts};
use super::*;

/// Bytes of every kind: the constants of a linear congruential generator, the high bits.
fn samples() -> impl Iterator<Item = [u8; 40]> {
    let mut state = 1_u32;
    (0..50).map(move |_| {
        core::array::from_fn(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
    })
}

/// What a CRC of at most 32 bits is, from the catalogue's parameters, one bit at a time.
struct Reference {
    width: u32,
    poly: u64,
    init: u64,
    reflected: bool,
    xor: u64,
}

impl Reference {
    fn of(&self, bytes: &[u8]) -> u64 {
        let (top, mask) = (1 << (self.width - 1), (1_u64 << self.width) - 1);
        let mut crc = self.init;
        for byte in bytes {
            let byte = if self.reflected { byte.reverse_bits() } else { *byte };
            for bit in (0..8).rev() {
                let carry = (crc & top != 0) != (byte >> bit & 1 == 1);
                crc = crc << 1 & mask;
                if carry {
                    crc ^= self.poly;
                }
            }
        }
        if self.reflected {
            crc = crc.reverse_bits() >> (64 - self.width);
        }
        crc ^ self.xor
    }
}

/// The catalogue's row of each CRC.
fn reference(width: u32, poly: u64, init: u64, reflected: bool, xor: u64) -> Reference {
    Reference { width, poly, init, reflected, xor }
}

#[test]
fn crcs_are_what_the_catalogue_says() {
    for bytes in samples() {
        for len in 0..=bytes.len() {
            let bytes = &bytes[..len];
            let is = |got: u64, row: Reference| assert_eq!(got, row.of(bytes), "{bytes:02x?}");
            is(crc8(bytes).into(), reference(8, 0x07, 0, false, 0));
            is(crc16_ibm_3740(bytes).into(), reference(16, 0x1021, 0xffff, false, 0));
            is(crc16_xmodem(bytes).into(), reference(16, 0x1021, 0, false, 0));
            is(crc16_kermit(bytes).into(), reference(16, 0x1021, 0, true, 0));
            is(crc16_modbus(bytes).into(), reference(16, 0x8005, 0xffff, true, 0));
            is(crc16_arc(bytes).into(), reference(16, 0x8005, 0, true, 0));
            let ones = 0xffff_ffff;
            is(crc32(bytes).into(), reference(32, 0x04c1_1db7, ones, true, ones));
            is(crc32c(bytes).into(), reference(32, 0x1edc_6f41, ones, true, ones));
        }
    }
}

/// Two sums, the second one of the first ones, modulo `modulus`.
fn two_sums(words: impl Iterator<Item = u64>, start: u64, modulus: u64) -> (u64, u64) {
    words.fold((start, 0), |(sum, of_sums), word| {
        let sum = (sum + word) % modulus;
        (sum, (of_sums + sum) % modulus)
    })
}

fn word(pair: &[u8], shifts: [u32; 2]) -> u64 {
    pair.iter().zip(shifts).map(|(byte, shift)| u64::from(*byte) << shift).sum()
}

#[test]
fn sums_are_what_their_definitions_say() {
    for bytes in samples() {
        for len in 0..=bytes.len() {
            let bytes = &bytes[..len];
            let each = || bytes.iter().map(|byte| u64::from(*byte));
            let (a, b) = two_sums(each(), 1, 65521);
            assert_eq!(u64::from(adler32(bytes)), b << 16 | a);
            let (a, b) = two_sums(each(), 0, 255);
            assert_eq!(u64::from(fletcher16(bytes)), b << 8 | a);
            let (a, b) = two_sums(bytes.chunks(2).map(|pair| word(pair, [0, 8])), 0, 65535);
            assert_eq!(u64::from(fletcher32(bytes)), b << 16 | a);
            let total: u64 = each().sum();
            assert_eq!(u64::from(sum8(bytes)), total % 256);
            assert_eq!(u64::from(sum16(bytes)), total % 65536);
            assert_eq!(u64::from(xor8(bytes)), each().fold(0, |all, byte| all ^ byte));
            let words: u64 = bytes.chunks(2).map(|pair| word(pair, [8, 0])).sum();
            let folded = if words == 0 { 0 } else { (words - 1) % 65535 + 1 };
            assert_eq!(u64::from(internet(bytes)), 0xffff - folded);
        }
    }
}

/// `b = bytes(range(256)) * 5` in Python: `zlib.crc32(b)`, `zlib.adler32(b)`, `binascii.crc_hqx(b, 0)`,
/// `binascii.crc_hqx(b, 0xffff)`, `sum(b) % 65536`.
#[test]
fn python_says_the_same() {
    let bytes: [u8; 5 * 256] = core::array::from_fn(|place| place.to_le_bytes()[0]);
    assert_eq!(crc32(&bytes), 0x1e7a_6d24);
    assert_eq!(adler32(&bytes), 0xb0b0_7d9f);
    assert_eq!(crc16_xmodem(&bytes), 0x5e64);
    assert_eq!(crc16_ibm_3740(&bytes), 0x4613);
    assert_eq!(sum16(&bytes), 0x7d80);
}

#[test]
fn long_runs_do_not_overflow() {
    let ones = [0xff; 100_000];
    assert_eq!(internet(&ones), 0);
    assert_eq!(fletcher16(&ones), 0);
    assert_eq!(fletcher32(&ones), 0);
    assert_eq!(u64::from(sum16(&ones)), 25_500_000 % 65536);
}

/// Cuts at every two places, and puts zeros into the middle.
fn makes_no_difference<T: PartialEq + core::fmt::Debug>(digest: impl Parts<T>, bytes: &[u8]) {
    for start in 0..=bytes.len() {
        for end in start..=bytes.len() {
            let (before, after) = bytes.split_at(end);
            let (before, middle) = before.split_at(start);
            let whole = digest.of(bytes);
            assert_eq!(whole, digest.of_parts([before, middle, after]), "{start}..{end}");
        }
    }
}

#[test]
fn where_a_part_ends_makes_no_difference() {
    let bytes = samples().next().expect("there are samples");
    let bytes = &bytes[..21];
    macro_rules! all {
        ($($name:ident),*) => { $(makes_no_difference(digest::$name, bytes);)* };
    }
    all!(crc8, crc16_ibm_3740, crc16_xmodem, crc16_kermit, crc16_modbus, crc16_arc, crc32, crc32c);
    all!(adler32, fletcher16, fletcher32, sum8, sum16, xor8, internet);
    #[cfg(feature = "alloc")]
    makes_no_difference(By(fletcher32), bytes);
}

/// The header of the example in the Wikipedia article on the IPv4 header checksum: its own two bytes
/// count as zero.
#[test]
fn own_bytes_count_as_zero() {
    let header = [
        0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11, 0xb8, 0x61, 0xc0, 0xa8, 0x00,
        0x01, 0xc0, 0xa8, 0x00, 0xc7,
    ];
    let parts = [&header[..10], &[0; 2], &header[12..]];
    assert_eq!(digest::internet.of_parts(parts), 0xb861);
    assert_eq!(internet(&header), 0);
    #[cfg(feature = "alloc")]
    assert_eq!(By(internet).of_parts(parts), 0xb861);
    assert_eq!(By(sum8).of(&[1, 2]), 3);
}
