//! The exact text of every error of an enum with a length, and that reading never leaves it.

use protocol_core::{Message, Pack, Unpack, Wire};

use crate::case::from_hex;
use crate::messages::tlv::{Attr, Tlv, TlvRest};

/// Asserts the error that the bytes, written in hex with spaces, give.
fn refuses<'a, T: Unpack<'a>>(hex: &str, expected: &str) {
    let bytes = from_hex(&hex.replace(' ', "")).to_vec().leak();
    let error = T::unpack(bytes).err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some(expected), "{hex}");
}

#[test]
fn a_length_too_small_by_one() {
    refuses::<TlvRest>(
        "02 01 03 000000 02 00",
        "TlvRest.attrs[0].Address.0 at byte 3: 1 more byte needed than its length says \
         (after 02 01 03, at 00 00 00 02 00)",
    );
}

#[test]
fn a_length_too_large_by_one() {
    refuses::<TlvRest>(
        "02 01 05 00000007 02 00",
        "TlvRest.attrs[0] at byte 7: 1 byte is left over of its length \
         (after 02 01 05 00 00 00 07, at 02 00)",
    );
    // A variant without fields has the length 0.
    refuses::<TlvRest>(
        "02 02 01 00",
        "TlvRest.attrs[0] at byte 3: 1 byte is left over of its length (after 02 02 01, at 00)",
    );
}

#[test]
fn a_length_beyond_the_end() {
    refuses::<TlvRest>(
        "02 03 05 686f7374",
        "TlvRest.attrs[0] at byte 3: 1 more byte needed (after 02 03 05, at 68 6f 73 74)",
    );
    refuses::<TlvRest>("02 03", "TlvRest.attrs[0].len at byte 2: 1 more byte needed (after 02 03)");
}

/// No catch-all, so that unknown tags are refused.
#[derive(Wire, Debug, PartialEq)]
#[wire(len = u8)]
enum Strict {
    #[wire(tag = 1)]
    One(#[wire(rest)] Vec<Strict>),
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
struct Nested {
    #[wire(rest)]
    all: Vec<Strict>,
}

#[test]
fn an_unknown_tag_is_where_it_stands() {
    refuses::<Nested>(
        "01 02 01 ff",
        "Nested.all[0] at byte 1: no variant has the tag 2 (after 01, at 02 01 ff)",
    );
    // Inside, not the one around it.
    refuses::<Nested>(
        "01 01 02 07 00",
        "Nested.all[0].One.0[0] at byte 3: no variant has the tag 7 (after 01 01 02, at 07 00)",
    );
}

#[test]
fn a_body_that_its_length_cannot_say() {
    let pack = |len| Tlv { attrs: vec![Attr::End, Attr::Other(9, vec![0; len])] }.pack();
    assert!(pack(255).is_ok());
    let expected = "Tlv.attrs[1]: length 256 is above the limit of 255";
    assert_eq!(pack(256).unwrap_err().to_string(), expected);
    let value = Tlv { attrs: vec![Attr::End, Attr::Other(9, vec![0; 256])] };
    assert_eq!(value.packed_len().unwrap_err().to_string(), expected);
    assert_eq!(value.pack_slice(&mut [0; 1000]).unwrap_err().to_string(), expected);
}

/// Each level measures what is inside; the depth must not multiply.
#[test]
fn deep_values_with_lengths_of_no_fixed_width_pack_in_time() {
    #[derive(Wire, Debug, PartialEq)]
    #[wire(len = varint)]
    enum Deep {
        #[wire(tag = 1)]
        Deeper(Box<Deep>),
        #[wire(tag = 2)]
        End,
    }
    let value = (0..60).fold(Deep::End, |inner, _| Deep::Deeper(Box::new(inner)));
    let bytes = value.pack().unwrap();
    assert_eq!(bytes.len(), 2 * 61);
    assert_eq!(Deep::unpack(&bytes).unwrap(), value);
}
