//! What is said of a damaged IPv4 packet, and of one that cannot be sent.

use protocol_core::{Pack, Unpack, Update};

use crate::case::golden;
use crate::messages::ipv4::{Ipv4, packet};

/// What unpacking says, without the bytes around the place.
fn unread(bytes: &[u8]) -> String {
    let text = Ipv4::unpack(bytes).expect_err("it does not unpack").to_string();
    text.split(" (").next().unwrap_or_default().to_owned()
}

#[test]
fn what_follows_from_the_rest_is_filled_in() {
    let mut sent = packet(&[], b"hello");
    assert_eq!(sent.pack().unwrap(), golden("ipv4"));
    sent.update().unwrap();
    assert_eq!((sent.version, sent.ihl, sent.total, sent.sum), (4, 5, 25, 0xb1fd));
    assert_eq!(Ipv4::unpack(&golden("ipv4")).unwrap(), sent);
}

#[test]
fn every_flipped_bit_of_the_header_is_found() {
    for name in ["ipv4", "ipv4_options"] {
        let bytes = golden(name);
        let header = usize::from(bytes[0] & 0x0f) * 4;
        for bit in 0..header * 8 {
            let mut damaged = bytes.to_vec();
            damaged[bit / 8] ^= 0x80 >> (bit % 8);
            Ipv4::unpack(&damaged).expect_err(&format!("{name} with bit {bit} flipped"));
        }
    }
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let damaged = |index: usize, byte: u8| {
        let mut bytes = golden("ipv4").to_vec();
        bytes[index] = byte;
        unread(&bytes)
    };
    assert_eq!(damaged(0, 0x55), "Ipv4.version at byte 0: 5 where 4 must stand");
    assert_eq!(damaged(0, 0x44), "Ipv4.options at byte 20: -4 is below 0");
    assert_eq!(damaged(0, 0x4f), "Ipv4.options at byte 20: 35 more bytes needed");
    assert_eq!(damaged(3, 26), "Ipv4.sum at byte 10: checksum 0xb1fd, and the bytes have 0xb1fc");
    assert_eq!(damaged(3, 24), "Ipv4.sum at byte 10: checksum 0xb1fd, and the bytes have 0xb1fe");
    assert_eq!(damaged(3, 19), "Ipv4.sum at byte 10: checksum 0xb1fd, and the bytes have 0xb203");
    assert_eq!(damaged(6, 0xc0), "Ipv4.zero at byte 6: reserved, and not zero");
    // The length and the sum agree, and the packet is a byte short.
    let mut bytes = golden("ipv4").to_vec();
    (bytes[3], bytes[11]) = (26, 0xfc);
    assert_eq!(unread(&bytes), "Ipv4.payload at byte 20: 1 more byte needed");
    (bytes[3], bytes[11]) = (24, 0xfe);
    assert_eq!(unread(&bytes), "Ipv4 at byte 24: 1 more byte after the end of the message");
    assert_eq!(damaged(8, 63), "Ipv4.sum at byte 10: checksum 0xb1fd, and the bytes have 0xb2fd");
}

#[test]
fn what_its_lengths_cannot_say_is_not_sent() {
    let says =
        |options: &[u8], payload: &[u8]| packet(options, payload).pack().unwrap_err().to_string();
    let no_result = "the relation of fields has no result: too large, not whole, or divided by 0";
    assert_eq!(says(&[0; 3], b""), format!("Ipv4.ihl: {no_result}"));
    assert_eq!(says(&[0; 44], b""), "Ipv4.ihl: 16 is above the largest value of 15");
    assert_eq!(says(&[], &[0; 65516]), "Ipv4.total: 65536 does not fit the type of the field");
    assert!(packet(&[0; 40], &[0; 65475]).pack().is_ok());
}
