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
0009  error: Order.items at byte 9: 4 more bytes needed \
(after 01 01 00 00 04 d2 00 02, at 00 01 02)
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
0000  07  Order.type    7
0001  01  Order.urgent  true
0002  error: Order.price at byte 2: 0x02 is neither 0 nor 1 (after 07 01, at 02 00 00 00 00)
"
    );
    assert_eq!(
        explain::<Chat>(b"\x01\x1b]0;x\x07\xff").to_string(),
        "\
0000  01  Chat.type  1
0007  error: Login.user at byte 7: the text is not UTF-8 after 6 bytes \
(after 01 1b 5d 30 3b 78 07, at ff)
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
        "0000  error: Order.type at byte 0: 1 more byte needed\n"
    );
}
