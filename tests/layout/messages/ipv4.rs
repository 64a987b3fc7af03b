//! A packet of a protocol that everybody knows: nibbles, flags, two lengths, a checksum of its own header.

use std::net::Ipv4Addr;

use protocol_core::Wire;

use crate::case::{Case, case};

// RFC 791, section 3.1
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-------+-------+-----------+---+-------------------------------+
// |   4   |  ihl  |   dscp    |ecn|             total             |  words of the header, bytes of all
// +-------+-------+-----------+---+-+-+-+-------------------------+
// |              id               |0|D|M|          offset         |
// +---------------+---------------+-+-+-+-------------------------+
// |      ttl      |   protocol    |              sum              |  of the header, with 0 in its place
// +---------------+---------------+-------------------------------+
// |                            source                             |
// |                          destination                          |
// |                            options                            |  up to the end of the header
// |                            payload                            |  up to the end of all
#[derive(Wire, Debug, PartialEq, Clone)]
pub(crate) struct Ipv4 {
    #[wire(bits = 4, value = 4)]
    pub(crate) version: u8,
    #[wire(bits = 4)]
    pub(crate) ihl: u8,
    #[wire(bits = 6)]
    pub(crate) dscp: u8,
    #[wire(bits = 2)]
    pub(crate) ecn: u8,
    pub(crate) total: u16,
    pub(crate) id: u16,
    #[wire(bits = 1, reserved)]
    pub(crate) zero: bool,
    #[wire(bits = 1)]
    pub(crate) dont_fragment: bool,
    #[wire(bits = 1)]
    pub(crate) more_fragments: bool,
    #[wire(bits = 13)]
    pub(crate) offset: u16,
    pub(crate) ttl: u8,
    pub(crate) protocol: u8,
    #[wire(checksum = internet(version..=options))]
    pub(crate) sum: u16,
    pub(crate) source: Ipv4Addr,
    pub(crate) destination: Ipv4Addr,
    #[wire(len = ihl * 4 - 20)]
    pub(crate) options: Vec<u8>,
    #[wire(len = total - ihl * 4)]
    pub(crate) payload: Vec<u8>,
}

/// A packet as its sender writes it down: what follows from the rest is 0.
pub(crate) fn packet(options: &[u8], payload: &[u8]) -> Ipv4 {
    Ipv4 {
        version: 0,
        ihl: 0,
        dscp: 0,
        ecn: 1,
        total: 0,
        id: 0x1c46,
        zero: false,
        dont_fragment: true,
        more_fragments: false,
        offset: 0,
        ttl: 64,
        protocol: 17,
        sum: 0,
        source: Ipv4Addr::new(172, 16, 10, 99),
        destination: Ipv4Addr::new(172, 16, 10, 12),
        options: options.to_vec(),
        payload: payload.to_vec(),
    }
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "ipv4",
        Ipv4,
        Ipv4 { version: 4, ihl: 5, total: 25, sum: 0xb1fd, ..packet(&[], b"hello") },
        id_len: 0
    ),
    case!(
        "ipv4_options",
        Ipv4,
        Ipv4 { version: 4, ihl: 7, total: 30, sum: 0x19f3, ..packet(b"\x94\x04\0\0\x01\x01\x01\0", b"hi") },
        id_len: 0
    ),
];
