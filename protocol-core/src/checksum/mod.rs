//! Checksums over encoded bytes: the functions that `checksum = crc32(first..=last)` names.
//!
//! Knows bytes and nothing of the codec. Each function has the parameters of a published
//! specification, and its example asserts the published check value: for the CRCs that of the text
//! `123456789` in the catalogue of parametrised CRC algorithms.
//!
//! | function | value | specification |
//! |---|---|---|
//! | [`crc8`] | `u8` | CRC-8/SMBUS |
//! | [`crc16_ibm_3740`] | `u16` | CRC-16/IBM-3740, widely called CCITT-FALSE |
//! | [`crc16_xmodem`] | `u16` | CRC-16/XMODEM |
//! | [`crc16_kermit`] | `u16` | CRC-16/KERMIT, the CCITT's own |
//! | [`crc16_modbus`] | `u16` | CRC-16/MODBUS |
//! | [`crc16_arc`] | `u16` | CRC-16/ARC, also called CRC-16 and CRC-16/IBM |
//! | [`crc32`] | `u32` | CRC-32/ISO-HDLC: Ethernet, zlib, PNG |
//! | [`crc32c`] | `u32` | CRC-32/ISCSI, also called Castagnoli |
//! | [`adler32`] | `u32` | RFC 1950, section 8.2 |
//! | [`fletcher16`] | `u16` | Fletcher 1982, over bytes modulo 255 |
//! | [`fletcher32`] | `u32` | Fletcher 1982, over little-endian words modulo 65535 |
//! | [`sum8`], [`sum16`] | `u8`, `u16` | the sum of the bytes, wrapping |
//! | [`xor8`] | `u8` | all bytes combined by exclusive or |
//! | [`internet`] | `u16` | RFC 1071: IPv4, ICMP, UDP, TCP |
//!
//! Any other function over bytes can be named too: `checksum = my::sum(first..=last)`, where `sum` is
//! a `fn(&[u8]) -> T` and `T` the type of the field.

pub(crate) mod digest;
mod sums;
#[cfg(test)]
mod tests;

use digest::Digest;

/// Declares each function beside its example.
macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident -> $value:ty;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(bytes: &[u8]) -> $value {
            digest::$name.of(bytes)
        }
    )*};
}

functions! {
    /// CRC-8/SMBUS: width 8, polynomial 0x07, initial value 0, nothing reflected, final exclusive or 0.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::crc8(b"123456789"), 0xf4);
    /// ```
    crc8 -> u8;

    /// CRC-16/IBM-3740, known as CCITT-FALSE: polynomial 0x1021, initial value 0xffff, nothing
    /// reflected, final exclusive or 0.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::crc16_ibm_3740(b"123456789"), 0x29b1);
    /// ```
    crc16_ibm_3740 -> u16;

    /// CRC-16/XMODEM: polynomial 0x1021, initial value 0, nothing reflected, final exclusive or 0.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::crc16_xmodem(b"123456789"), 0x31c3);
    /// ```
    crc16_xmodem -> u16;

    /// CRC-16/KERMIT, the one that ITU-T V.41 specifies: polynomial 0x1021, initial value 0,
    /// reflected in and out, final exclusive or 0.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::crc16_kermit(b"123456789"), 0x2189);
    /// ```
    crc16_kermit -> u16;

    /// CRC-16/MODBUS (Modbus over Serial Line, section 2.5.1.2): polynomial 0x8005, initial value
    /// 0xffff, reflected in and out, final exclusive or 0. Modbus sends its low byte first:
    /// `#[wire(endian = little)]`.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::crc16_modbus(b"123456789"), 0x4b37);
    /// ```
    crc16_modbus -> u16;

    /// CRC-16/ARC: polynomial 0x8005, initial value 0, reflected in and out, final exclusive or 0.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::crc16_arc(b"123456789"), 0xbb3d);
    /// ```
    crc16_arc -> u16;

    /// CRC-32/ISO-HDLC, the CRC-32 of Ethernet (IEEE 802.3), zlib (RFC 1952, section 8) and PNG:
    /// polynomial 0x04c11db7, initial value 0xffffffff, reflected in and out, final exclusive or
    /// 0xffffffff.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::crc32(b"123456789"), 0xcbf4_3926);
    /// ```
    crc32 -> u32;

    /// CRC-32/ISCSI, known as CRC-32C or Castagnoli (RFC 3720, appendix B.4; SCTP: RFC 9260, appendix
    /// A): polynomial 0x1edc6f41, initial value 0xffffffff, reflected in and out, final exclusive or
    /// 0xffffffff.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::crc32c(b"123456789"), 0xe306_9283);
    /// // RFC 3720, appendix B.4: 32 bytes of zeros, and what stands in the packet as aa 36 91 8a.
    /// assert_eq!(protocol_core::checksum::crc32c(&[0; 32]).to_le_bytes(), [0xaa, 0x36, 0x91, 0x8a]);
    /// ```
    crc32c -> u32;

    /// Adler-32 (RFC 1950, section 8.2): two sums modulo 65521, the first one starting from 1.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::adler32(b"Wikipedia"), 0x11e6_0398);
    /// ```
    adler32 -> u32;

    /// Fletcher-16: the sum of the bytes modulo 255 in the low byte, the sum of these sums modulo 255
    /// in the high byte, both starting from 0.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::fletcher16(b"abcde"), 0xc8f0);
    /// assert_eq!(protocol_core::checksum::fletcher16(b"abcdefgh"), 0x0627);
    /// ```
    fletcher16 -> u16;

    /// Fletcher-32: the same modulo 65535 over words of two bytes, the low byte first, an odd last
    /// byte followed by a zero.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::fletcher32(b"abcde"), 0xf04f_c729);
    /// assert_eq!(protocol_core::checksum::fletcher32(b"abcdefgh"), 0xebe1_9591);
    /// ```
    fletcher32 -> u32;

    /// The sum of the bytes modulo 256.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::sum8(b"123456789"), 0xdd);
    /// ```
    sum8 -> u8;

    /// The sum of the bytes modulo 65536.
    ///
    /// ```
    /// assert_eq!(protocol_core::checksum::sum16(b"123456789"), 0x01dd);
    /// ```
    sum16 -> u16;

    /// All bytes combined by exclusive or, as in NMEA 0183.
    ///
    /// ```
    /// // $GPGLL,5300.97914,N,00259.98174,E,125926,A*28
    /// let sentence = b"GPGLL,5300.97914,N,00259.98174,E,125926,A";
    /// assert_eq!(protocol_core::checksum::xor8(sentence), 0x28);
    /// ```
    xor8 -> u8;

    /// The internet checksum (RFC 1071): the one's complement of the one's complement sum of the
    /// words of two bytes, the high byte first, an odd last byte followed by a zero.
    ///
    /// A receiver that sums over everything, the checksum included, gets 0.
    ///
    /// ```
    /// use protocol_core::checksum::internet;
    ///
    /// // The example of RFC 1071, section 3: the sum is ddf2, the checksum its complement.
    /// assert_eq!(internet(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), !0xddf2);
    ///
    /// let header = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7, 0x22, 0x0d];
    /// assert_eq!(internet(&header), 0);
    /// ```
    internet -> u16;
}
