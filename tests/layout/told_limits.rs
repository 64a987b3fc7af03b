//! Lengths that earlier fields tell, with limits, and where the field may be absent.

use protocol_core::{Pack, Unpack, Wire};

// 0    1              1 + n  2 + n
// +----+-----------+---------+----------------+
// | 02 | 68 69     | 01      | 0007           |
// | n  | text      | count   | words          |
#[derive(Wire, Debug, PartialEq, Clone)]
struct Limited {
    n: u8,
    #[wire(len = n, min = 1, max = 4)]
    text: String,
    count: u8,
    #[wire(count = count - 1, max = 2)]
    words: Vec<u16>,
}

const LIMITED: &[u8] = &[2, b'h', b'i', 2, 0, 7];

fn limited(text: &str, words: &[u16]) -> Limited {
    Limited { n: 0, text: text.to_owned(), count: 0, words: words.to_vec() }
}

/// What unpacking says, without the bytes around the place.
fn unread(bytes: &[u8]) -> String {
    let text = Limited::unpack(bytes).map(drop).expect_err("it does not unpack").to_string();
    text.split(" (").next().unwrap_or_default().to_owned()
}

#[test]
fn a_length_that_a_field_tells_is_limited() {
    assert_eq!(limited("hi", &[7]).pack().unwrap(), LIMITED);
    assert_eq!(
        Limited::unpack(LIMITED).unwrap(),
        Limited { n: 2, count: 2, ..limited("hi", &[7]) }
    );
    assert_eq!((Limited::MIN_LEN, Limited::MAX_LEN), (3, Some(1 + 4 + 1 + 4)));
    for end in 0..LIMITED.len() {
        assert!(Limited::unpack(&LIMITED[..end]).is_err(), "{end}");
    }
}

#[test]
fn packing_refuses_what_is_beyond_the_limits() {
    let refused = |value: Limited| value.pack().expect_err("it does not pack").to_string();
    assert_eq!(refused(limited("hello", &[])), "Limited.text: length 5 is above the limit of 4");
    assert_eq!(refused(limited("", &[])), "Limited.text: length 0 is below the limit of 1");
    assert_eq!(
        refused(limited("x", &[1, 2, 3])),
        "Limited.words: length 3 is above the limit of 2"
    );
}

#[test]
fn unpacking_refuses_what_is_beyond_the_limits() {
    assert_eq!(
        unread(b"\x05hello\x01"),
        "Limited.text at byte 1: length 5 is above the limit of 4"
    );
    assert_eq!(unread(b"\x00\x01"), "Limited.text at byte 1: length 0 is below the limit of 1");
    let three = b"\x01x\x04\0\x01\0\x02\0\x03";
    assert_eq!(unread(three), "Limited.words at byte 3: length 3 is above the limit of 2");
}

// +----+-------+        +----+
// | 02 | 68 69 |   or   | 00 |
#[derive(Wire, Debug, PartialEq, Clone)]
struct Above {
    #[wire(if(n > 1), before(n: u8), len = n)]
    text: Option<String>,
}

#[test]
fn a_length_on_the_wire_only_is_0_where_its_field_is_absent() {
    let (there, absent) = (Above { text: Some("hi".to_owned()) }, Above { text: None });
    assert_eq!(there.pack().unwrap(), b"\x02hi");
    assert_eq!(absent.pack().unwrap(), [0]);
    assert_eq!((Above::unpack(b"\x02hi").unwrap(), Above::unpack(&[0]).unwrap()), (there, absent));
    let short = Above { text: Some("x".to_owned()) };
    let error = short.pack().expect_err("1 says that it is absent").to_string();
    assert!(error.starts_with("Above.text: "), "{error}");
    assert!(Above::unpack(b"\x02h").is_err() && Above::unpack(b"\x01x").is_err());
}
