//! `explain`: exact tables of good, short and bad bytes.

use protocol_core::{Message, Unpack, Wire, explain};

use crate::messages::enums::Report;
use crate::messages::protocols::Chat;

#[derive(Wire)]
struct Item {
    id: u16,
    #[wire(len = u8)]
    name: String,
}

#[derive(Message)]
#[msg_type = 7]
struct Order {
    urgent: bool,
    price: Option<u32>,
    note: Option<u32>,
    #[wire(count = u8)]
    items: Vec<Item>,
    #[wire(count = u8)]
    codes: Vec<u16>,
}

const ORDER: &[u8] = b"\x07\x01\x01\0\0\x04\xd2\0\x02\0\x01\x02hi\0\x02\x00\x02\x12\x34\xab\xcd";

#[test]
fn good() {
    let explanation = explain::<Order>(ORDER);
    assert_eq!(explanation.error(), None);
    assert_eq!(
        explanation.to_string(),
        "\
0000  07              Order.type           7
0001  01              Order.urgent         true
0002  01 00 00 04 d2  Order.price          1234
0007  00              Order.note           None
0008  02              Order.items          2
0009  00 01           Order.items[0].id    1
000b  02 68 69        Order.items[0].name  \"hi\"
000e  00 02           Order.items[1].id    2
0010  00              Order.items[1].name  \"\"
0011  02 12 34 ab cd  Order.codes          [4660, 43981]
"
    );
}

#[test]
fn short() {
    let explanation = explain::<Order>(&ORDER[..12]);
    assert_eq!(
        explanation.to_string(),
        "\
0000  07              Order.type    7
0001  01              Order.urgent  true
0002  01 00 00 04 d2  Order.price   1234
0007  00              Order.note    None
0008  02              Order.items   2
0009  00 01 02        Order.items   error: 4 more bytes needed
"
    );
    let error = Order::unpack(&ORDER[..12]).err();
    assert_eq!(explanation.error(), error.as_ref());
}

#[test]
fn bad() {
    assert_eq!(
        explain::<Order>(b"\x07\x01\x02\0\0\0\0").to_string(),
        "\
0000  07              Order.type    7
0001  01              Order.urgent  true
0002  02 00 00 00 00  Order.price   error: 0x02 is neither 0 nor 1
"
    );
    assert_eq!(
        explain::<Chat>(b"\x01\x1b]0;x\x07\xff").to_string(),
        "\
0000  01                 Chat.type   1
0001  1b 5d 30 3b 78 07  Login.user
0007  ff                 Login.user  error: the text is not UTF-8 after 6 bytes
"
    );
}

#[test]
fn protocols_enums_and_hostile_text() {
    assert_eq!(
        explain::<Chat>(b"\x01\x1b]0;x\x07").to_string(),
        "\
0000  01                 Chat.type   1
0001  1b 5d 30 3b 78 07  Login.user  \"\\u{1b}]0;x\\u{7}\"
"
    );
    assert_eq!(
        explain::<Report>(b"\x06\x01\0\0\0\x4d").to_string(),
        "\
0000  06           Report.type          6
0001  01           Report.event         1
0002  00 00 00 4d  Report.event.Tick.0  77
"
    );
}

#[test]
fn nothing_at_all() {
    assert_eq!(
        explain::<Order>(b"").to_string(),
        "0000    Order.type  error: 1 more byte needed\n"
    );
}

#[test]
fn in_color() {
    assert_eq!(
        explain::<Order>(b"\x07\x01\x02\0").in_color().to_string(),
        "\
\x1b[2m0000\x1b[0m  \x1b[34m07\x1b[0m     Order.type    \x1b[32m7\x1b[0m
\x1b[2m0001\x1b[0m  \x1b[34m01\x1b[0m     Order.urgent  \x1b[32mtrue\x1b[0m
\x1b[2m0002\x1b[0m  \x1b[1;31m02 00\x1b[0m  Order.price   \x1b[1;31merror: 0x02 is neither 0 nor 1\x1b[0m
"
    );
}

#[test]
fn without_color_it_is_the_same_table() {
    let colored = explain::<Order>(ORDER).in_color().to_string();
    let mut plain = String::new();
    for piece in colored.split('\x1b') {
        let text = piece.strip_prefix('[').and_then(|text| text.split_once('m'));
        plain.push_str(text.map_or(piece, |(_, text)| text));
    }
    assert_eq!(plain, explain::<Order>(ORDER).to_string());
}

#[derive(Message)]
#[msg_type = 8]
struct Long {
    #[wire(len = u8)]
    text: String,
    #[wire(rest)]
    data: Vec<u8>,
}

#[test]
fn long_values_are_folded_beside_their_bytes() {
    let mut bytes =
        b"\x08\x3eit was the best of times, it was the worst of times, it was the a".to_vec();
    bytes.extend(0..70);
    assert_eq!(
        explain::<Long>(&bytes).to_string(),
        "\
0000  08                       Long.type  8
0001  3e 69 74 20 77 61 73 20  Long.text  \"it was the best of times, it was the worst of
0009  74 68 65 20 62 65 73 74             times, it was th\"
0011  20 6f 66 20 74 69 6d 65
0019  73 2c 20 69 74 20 77 61
0021  73 20 74 68 65 20 77 6f
0029  72 73 74 20 6f 66 20 74
0031  69 6d 65 73 2c 20 69 74
0039  20 77 61 73 20 74 68
0040  65 20 61 00 01 02 03 04  Long.data  [101, 32, 97, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
0048  05 06 07 08 09 0a 0b 0c             11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
0050  0d 0e 0f 10 11 12 13 14             23, 24, 25, 26, 27, 28, …]
0058  15 16 17 18 19 1a 1b 1c
0060  1d 1e 1f 20 21 22 23 24
0068  25 26 27 28 29 2a 2b 2c
0070  2d 2e 2f 30 31 32 33 34
0078  35 36 37 38 39 3a 3b 3c
0080  … 9 more bytes
"
    );
}

/// Two bytes that nobody reads as a value, then a number.
mod padded {
    use protocol_core::{Fault, Order, Reader, Sink, Wire};

    pub(super) fn pack<W: Sink>(value: &u16, w: &mut W) -> Result<(), Fault> {
        w.put([0, 0])?;
        value.put::<protocol_core::Big, W>(w, 0)
    }

    pub(super) fn unpack(r: &mut Reader<'_, '_>) -> Result<u16, Fault> {
        r.take::<2>()?;
        r.read::<u16, protocol_core::Big>()
    }

    /// A part with a byte before and one after its only value.
    #[derive(Debug)]
    pub(super) struct Framed(pub(super) u16);

    impl<'a> Wire<'a> for Framed {
        const MIN: usize = 4;
        const BOUNDS: protocol_core::Bounds = protocol_core::Bounds::exactly(4);

        fn put<O: Order, W: Sink>(&self, w: &mut W, _: usize) -> Result<(), Fault> {
            w.put([0xaa])?;
            self.0.put::<O, W>(w, 0)?;
            w.put([0])
        }

        fn get<O: Order>(r: &mut Reader<'a, '_>, _: usize) -> Result<Framed, Fault> {
            r.take::<1>()?;
            let number = r.traced(protocol_core::Step::Field("number"), |r| u16::get::<O>(r, 0))?;
            r.take::<1>()?;
            Ok(Framed(number))
        }
    }
}

#[derive(Message)]
#[msg_type = 9]
#[wire(trailing = ignore)]
struct Gaps {
    #[wire(with = padded)]
    number: u16,
    framed: padded::Framed,
    #[wire(with = raw)]
    raw: u8,
}

/// A byte that is no value of a type with a layout.
mod raw {
    use protocol_core::{Fault, Reader, Sink};

    pub(super) fn pack<W: Sink>(value: &u8, w: &mut W) -> Result<(), Fault> {
        w.put([*value])
    }

    pub(super) fn unpack(r: &mut Reader<'_, '_>) -> Result<u8, Fault> {
        r.take::<1>().map(|[byte]| byte)
    }
}

#[test]
fn bytes_of_no_value() {
    assert_eq!(
        explain::<Gaps>(b"\x09\0\0\x12\x34\xaa\0\x07\0\xffmore").to_string(),
        "\
0000  09           Gaps.type           9
0001  00 00 12 34  Gaps.number
0005  aa           Gaps.framed         (no value)
0006  00 07        Gaps.framed.number  7
0008  00           Gaps.framed         (padding)
0009  ff           Gaps.raw
000a  6d 6f 72 65  Gaps                (skipped)
"
    );
    assert_eq!(
        explain::<Gaps>(b"\x09\0\0\x12\x34\xaa\0").to_string(),
        "\
0000  09           Gaps.type           9
0001  00 00 12 34  Gaps.number
0005  aa           Gaps.framed         (no value)
0006  00           Gaps.framed.number  error: 1 more byte needed
"
    );
}

#[test]
fn an_unknown_message() {
    assert_eq!(
        explain::<Chat>(b"\x63hello").to_string(),
        "\
0000  63              Chat.type  99
0001  68 65 6c 6c 6f  Unknown    [104, 101, 108, 108, 111]
"
    );
}

#[test]
fn a_large_message_is_cut() {
    let mut bytes = vec![9, 0x2e, 0xe0];
    for _ in 0..0x2ee0 {
        bytes.extend([0, 1, 0]);
    }
    let table = explain::<Many>(&bytes).to_string();
    assert_eq!(table.lines().last(), Some("2752  … 25937 more bytes"), "{table}");
    assert!(table.contains("Many.items             (not shown)"), "{table}");
}

#[derive(Message)]
#[msg_type = 9]
struct Many {
    #[wire(count = u16)]
    items: Vec<Item>,
}
