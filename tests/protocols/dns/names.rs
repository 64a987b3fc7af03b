//! Names that point to earlier places, and those that only pretend to.

use protocol_core::{Unpack, Wire};

use super::messages::{Name, name};
use crate::damage::{refuses, survives};

/// RFC 1035, 4.1.4: the datagram of the example, with what is not drawn left zero.
#[derive(Wire, Debug, PartialEq)]
struct Datagram {
    head: [u8; 20],
    #[wire(with = name)]
    f: Name,
    before_foo: [u8; 8],
    #[wire(with = name)]
    foo: Name,
    before_arpa: [u8; 18],
    #[wire(with = name)]
    arpa: Name,
    before_root: [u8; 26],
    #[wire(with = name)]
    root: Name,
}

#[test]
fn the_example_of_the_standard() {
    let mut bytes = [0; 93];
    for (at, name) in [
        (20, &b"\x01F\x03ISI\x04ARPA\x00"[..]),
        (40, b"\x03FOO\xc0\x14"),
        (64, b"\xc0\x1a"),
        (92, b"\x00"),
    ] {
        let place = bytes.iter_mut().skip(at).zip(name);
        place.for_each(|(place, byte)| *place = *byte);
    }
    let datagram = Datagram::unpack(&bytes).expect("as it is drawn");
    let names = [datagram.f, datagram.foo, datagram.arpa, datagram.root];
    let texts = names.map(|name| name.to_string());
    assert_eq!(texts, ["F.ISI.ARPA.", "FOO.F.ISI.ARPA.", "ARPA.", "."]);
}

/// A name after some bytes.
#[derive(Wire, Debug, PartialEq)]
struct Pointed {
    #[wire(len = u8)]
    earlier: Vec<u8>,
    #[wire(with = name)]
    name: Name,
}

fn pointed(earlier: &[u8], name: &[u8]) -> Vec<u8> {
    let length = u8::try_from(earlier.len()).expect("short");
    [&[length], earlier, name].concat()
}

#[test]
fn pointers_lead_only_back() {
    let table: &[(&[u8], &[u8], &str)] = &[
        // to itself
        (
            b"",
            b"\xc0\x01",
            "Pointed.name at byte 3: a pointer to a name leads forward (after 00 c0 01)",
        ),
        // to the label before it: round in circles
        (
            b"",
            b"\x01a\xc0\x01",
            "Pointed.name at byte 5: a pointer to a name leads forward (after 00 01 61 c0 01)",
        ),
        // forward, and beyond the end
        (
            b"",
            b"\xc0\x03\x00",
            "Pointed.name at byte 3: a pointer to a name leads forward (after 00 c0 03, at 00)",
        ),
        (
            b"",
            b"\xff\xff",
            "Pointed.name at byte 3: a pointer to a name leads forward (after 00 ff ff)",
        ),
        // back to one that leads forward again
        (
            b"\xc0\x03",
            b"\xc0\x01",
            "Pointed.name at byte 5: a pointer to a name leads forward (after 02 c0 03 c0 01)",
        ),
        // to what is no name
        (
            b"\x41",
            b"\xc0\x01",
            "Pointed.name at byte 4: a pointer leads to what is no name (after 01 41 c0 01)",
        ),
        // labels of kinds that never came to be (RFC 6891, 5)
        (
            b"",
            b"\x41a\x00",
            "Pointed.name at byte 2: a label of an unknown kind (after 00 41, at 61 00)",
        ),
        (
            b"",
            b"\x80a\x00",
            "Pointed.name at byte 2: a label of an unknown kind (after 00 80, at 61 00)",
        ),
        // half a pointer, half a label
        (b"", b"\xc0", "Pointed.name at byte 2: 1 more byte needed (after 00 c0)"),
        (b"", b"\x02a", "Pointed.name at byte 2: 1 more byte needed (after 00 02, at 61)"),
        (b"", b"\x01a", "Pointed.name at byte 3: 1 more byte needed (after 00 01 61)"),
    ];
    for (earlier, name, text) in table {
        refuses::<Pointed>(&pointed(earlier, name), text);
    }
    let back = Pointed::unpack(&pointed(b"\x01b\x00", b"\x01a\xc0\x01")).expect("a name");
    assert_eq!(back.name.to_string(), "a.b.");
}

/// RFC 1035, 2.3.4: a name takes at most 255 bytes, however it is put together.
#[test]
fn names_are_bounded() {
    let label = [&[63][..], &[b'x'; 63]].concat();
    let three = label.repeat(3);
    let fits = [&three[..], &[61], &[b'y'; 61], &[0]].concat();
    assert_eq!(fits.len(), 255);
    let longest = Pointed::unpack(&pointed(b"", &fits)).expect("the longest name");
    assert_eq!(longest.name.labels().count(), 4);

    let beyond = [&three[..], &[62], &[b'y'; 62], &[0]].concat();
    let error = Pointed::unpack(&pointed(b"", &beyond)).expect_err("a byte too many");
    assert!(error.to_string().contains("a name of more than 255 bytes"), "{error}");
    // The same by a pointer: 3 * 64 bytes that end in a pointer to 64 more.
    let earlier = [&label[..], &[0]].concat();
    let name = [&three[..], &[0xc0, 1]].concat();
    let error = Pointed::unpack(&pointed(&earlier, &name)).expect_err("too long");
    assert!(error.to_string().contains("a pointer leads to what is no name"), "{error}");
}

/// A chain of pointers costs at most as many steps as a name can have labels.
#[test]
fn chains_are_bounded() {
    let chain = |links: u8| {
        // The empty name at byte 1, and pointers of which each leads to the one before.
        let mut earlier = vec![0];
        (0..links).for_each(|link| earlier.extend([0xc0, (2 * link).max(1)]));
        let last = u8::try_from(earlier.len() - 1).expect("short");
        Pointed::unpack(&pointed(&earlier, &[0xc0, last])).map(|it| it.name.to_string())
    };
    assert_eq!(chain(100).as_deref(), Ok("."));
    let error = chain(127).expect_err("too many").to_string();
    assert!(error.contains("a name of more pointers than labels"), "{error}");
}

/// Every pair of bytes as a name after every pair: an answer, soon, and no panic.
#[test]
fn any_bytes() {
    for first in 0..=u8::MAX {
        for second in 0..=u8::MAX {
            survives_compressed(&pointed(b"\x01a\x00", &[first, second]));
            survives_compressed(&pointed(&[first, second], b"\xc0\x01"));
        }
    }
    survives::<Pointed>(&pointed(b"\x01a\x00", b"\x01b\x00"));
}

fn survives_compressed(bytes: &[u8]) {
    match Pointed::unpack(bytes) {
        Ok(value) => assert!(value.name.to_string().len() < 1024),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// What is written as text is read as the same name.
#[test]
fn as_text() {
    let texts = [".", "a.", "example.test.", "_chat._tcp.example.test."];
    for text in texts {
        assert_eq!(text.parse::<Name>().map(|name| name.to_string()).as_deref(), Ok(text));
    }
    let odd = Pointed::unpack(&pointed(b"", b"\x04a.\x1b\\\x00")).expect("bytes are bytes");
    assert_eq!(odd.name.to_string(), "a\\.\\027\\\\.");
    for text in ["a..b", ".a", &"x".repeat(64)] {
        assert!(text.parse::<Name>().is_err(), "{text}");
    }
}
