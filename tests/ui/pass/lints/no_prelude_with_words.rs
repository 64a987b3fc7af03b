// errors: 0
#![no_implicit_prelude]
//! Words whose code names more of the runtime, without a prelude.

#[derive(::protocol_core::Message, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[msg_type = 1]
struct Packet {
    #[wire(bits = 3)]
    kind: u8,
    #[wire(bits = 5)]
    level: u8,
    size: u16,
    #[wire(if(kind == 1))]
    extra: ::core::option::Option<u8>,
    #[wire(len = size)]
    text: ::std::string::String,
    #[wire(before(count: u8 = count(items)), count = count)]
    items: ::std::vec::Vec<u16>,
    #[wire(checksum = crc16_xmodem(kind..=items))]
    sum: u16,
    #[wire(pad = 2, value = 7)]
    seven: u8,
}

fn main() {
    let packet = Packet {
        kind: 1,
        level: 2,
        size: 0,
        extra: ::core::option::Option::Some(3),
        text: ::std::convert::From::from("hi"),
        items: ::std::vec![4],
        sum: 0,
        seven: 0,
    };
    let bytes = ::protocol_core::Pack::pack(&packet).unwrap();
    let back: Packet = ::protocol_core::Unpack::unpack(&bytes).unwrap();
    ::core::assert_eq!(back.text, "hi");
    ::core::assert_eq!((back.size, back.seven), (2, 7));
}
