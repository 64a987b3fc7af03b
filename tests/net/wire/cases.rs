//! Every framing with messages that it carries, and the frames of them: the table that the tests of this
//! folder go through.

use std::fmt::Debug;

use protocol_core::checksum::{crc16_ibm_3740, crc32};
use protocol_core::frame::{
    Checksummed, Cobs, Delimited, Fixed, Framing, Headed, Length, Magic, Raw, SelfDelimiting,
    Varint,
};
use protocol_core::{Message, MessageOf, Protocol, Spoken, Wire};

/// A protocol of owned messages, spoken both ways.
pub(crate) trait Speech:
    Sized
    + for<'a> Protocol<Of<'a> = Self>
    + for<'a> Spoken<Sent<'a> = Self>
    + MessageOf<Self>
    + Debug
    + PartialEq
{
}

impl<T> Speech for T where
    T: for<'a> Protocol<Of<'a> = T>
        + for<'a> Spoken<Sent<'a> = T>
        + MessageOf<T>
        + Debug
        + PartialEq
{
}

/// A row of the table.
pub(crate) trait Case {
    type Chat: Speech;
    type Framing: Framing;
    const FRAMES: [&'static [u8]; 4];

    fn framing() -> Self::Framing;
    fn messages() -> [Self::Chat; 4];
}

/// It says where it ends, as some framings need it.
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Login {
    #[wire(len = u8)]
    user: String,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Data {
    #[wire(len = u8)]
    text: String,
}

#[derive(Protocol, Debug, PartialEq)]
pub(crate) enum Chat {
    Login(Login),
    Data(Data),
}

#[derive(Wire, Debug, Default, Clone, PartialEq)]
pub(crate) struct Head {
    #[wire(role = id)]
    kind: u8,
    call: u16,
    #[wire(role = len)]
    length: u8,
}

/// The same behind a header.
#[derive(Protocol, Debug, PartialEq)]
#[wire(header = Head)]
pub(crate) enum Behind {
    Login(Login),
    Data(Data),
}

fn talk<C: From<Login> + From<Data>>([user, texts @ ..]: [&str; 4]) -> [C; 4] {
    let [one, two, three] = texts.map(|text| Data { text: text.into() }.into());
    [Login { user: user.into() }.into(), one, two, three]
}

fn any() -> [Chat; 4] {
    talk(["ann", "hello", "", "\x03\x03\x03\x03\x03\x03\x03\x03\x03"])
}

fn of_one_length() -> [Chat; 4] {
    talk(["annie!", "hello!", "\0\0\0\0\0\0", "\x03\x03\x03\x03\x03\x03"])
}

fn behind_header() -> [Behind; 4] {
    talk(["ann", "hello", "", "\x03\x03\x03\x03\x03\x03\x03\x03\x03"])
}

macro_rules! cases {
    ($($name:ident: $framing:ty = $new:expr, $messages:ident -> $chat:ty, $frames:expr;)*) => {$(
        #[expect(non_camel_case_types, reason = "the name of its tests, too")]
        pub(crate) enum $name {}

        impl Case for $name {
            type Chat = $chat;
            type Framing = $framing;
            const FRAMES: [&'static [u8]; 4] = $frames;

            fn framing() -> $framing {
                $new
            }

            fn messages() -> [$chat; 4] {
                $messages()
            }
        }
    )*};
}

// The frames are those that `tests/frames/golden.py` makes of the bytes of the messages.
cases! {
    length_u8: Length = Length::u8(), any -> Chat, [
        b"\x05\x01\x03ann",
        b"\x07\x03\x05hello",
        b"\x02\x03\x00",
        b"\x0b\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    length_u16_little: Length = Length::u16().little_endian(), any -> Chat, [
        b"\x05\x00\x01\x03ann",
        b"\x07\x00\x03\x05hello",
        b"\x02\x00\x03\x00",
        b"\x0b\x00\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    length_u24_itself: Length = Length::u24().counting_itself(), any -> Chat, [
        b"\x00\x00\x08\x01\x03ann",
        b"\x00\x00\x0a\x03\x05hello",
        b"\x00\x00\x05\x03\x00",
        b"\x00\x00\x0e\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    length_u32: Length = Length::u32(), any -> Chat, [
        b"\x00\x00\x00\x05\x01\x03ann",
        b"\x00\x00\x00\x07\x03\x05hello",
        b"\x00\x00\x00\x02\x03\x00",
        b"\x00\x00\x00\x0b\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    length_u48: Length = Length::u48(), any -> Chat, [
        b"\x00\x00\x00\x00\x00\x05\x01\x03ann",
        b"\x00\x00\x00\x00\x00\x07\x03\x05hello",
        b"\x00\x00\x00\x00\x00\x02\x03\x00",
        b"\x00\x00\x00\x00\x00\x0b\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    length_u64_itself: Length = Length::u64().counting_itself(), any -> Chat, [
        b"\x00\x00\x00\x00\x00\x00\x00\x0d\x01\x03ann",
        b"\x00\x00\x00\x00\x00\x00\x00\x0f\x03\x05hello",
        b"\x00\x00\x00\x00\x00\x00\x00\x0a\x03\x00",
        b"\x00\x00\x00\x00\x00\x00\x00\x13\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    length_behind_type: Length = Length::u16().at(1), any -> Chat, [
        b"\x01\x00\x04\x03ann",
        b"\x03\x00\x06\x05hello",
        b"\x03\x00\x01\x00",
        b"\x03\x00\x0a\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    length_of_whole: Length = Length::u32().at(1).counting_itself().adjusted(1), any -> Chat, [
        b"\x01\x00\x00\x00\x09\x03ann",
        b"\x03\x00\x00\x00\x0b\x05hello",
        b"\x03\x00\x00\x00\x06\x00",
        b"\x03\x00\x00\x00\x0f\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    length_far: Length = Length::u24().little_endian().at(5).adjusted(-3), of_one_length -> Chat, [
        b"\x01\x06ann\x00\x00\x00ie!",
        b"\x03\x06hel\x00\x00\x00lo!",
        b"\x03\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00",
        b"\x03\x06\x03\x03\x03\x00\x00\x00\x03\x03\x03",
    ];
    varint: Varint = Varint::new(), any -> Chat, [
        b"\x05\x01\x03ann",
        b"\x07\x03\x05hello",
        b"\x02\x03\x00",
        b"\x0b\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    fixed: Fixed = Fixed::new(8), of_one_length -> Chat, [
        b"\x01\x06annie!",
        b"\x03\x06hello!",
        b"\x03\x06\x00\x00\x00\x00\x00\x00",
        b"\x03\x06\x03\x03\x03\x03\x03\x03",
    ];
    self_delimiting: SelfDelimiting<Chat> = SelfDelimiting::new(), any -> Chat, [
        b"\x01\x03ann",
        b"\x03\x05hello",
        b"\x03\x00",
        b"\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    cobs: Cobs = Cobs::new(), any -> Chat, [
        b"\x06\x01\x03ann\x00",
        b"\x08\x03\x05hello\x00",
        b"\x02\x03\x01\x00",
        b"\x0c\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03\x00",
    ];
    line: Delimited = Delimited::new(b"\r\n"), any -> Chat, [
        b"\x01\x03ann\x0d\x0a",
        b"\x03\x05hello\x0d\x0a",
        b"\x03\x00\x0d\x0a",
        b"\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03\x0d\x0a",
    ];
    delimited_self_similar: Delimited = Delimited::new(b"aaba"), any -> Chat, [
        b"\x01\x03annaaba",
        b"\x03\x05helloaaba",
        b"\x03\x00aaba",
        b"\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03aaba",
    ];
    length_crc32: Checksummed<Length, u32> = Checksummed::new(Length::u16(), crc32), any -> Chat, [
        b"\x00\x09\x01\x03ann\xf1\x96\xda\"",
        b"\x00\x0b\x03\x05hello\x0c{\x05\xcb",
        b"\x00\x06\x03\x00j\xf4A<",
        b"\x00\x0f\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03\xeby\xc6,",
    ];
    cobs_crc16: Checksummed<Cobs, u16> = Checksummed::new(Cobs::new(), crc16_ibm_3740), any -> Chat, [
        b"\x08\x01\x03ann)\x97\x00",
        b"\x0a\x03\x05hello\xa9/\x00",
        b"\x02\x03\x03H\\\x00",
        b"\x0e\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x033\xc6\x00",
    ];
    magic: Magic<Length> = Magic::new(b"\xaa\x55", Length::u8()), any -> Chat, [
        b"\xaaU\x05\x01\x03ann",
        b"\xaaU\x07\x03\x05hello",
        b"\xaaU\x02\x03\x00",
        b"\xaaU\x0b\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    magic_fixed: Magic<Fixed> = Magic::new(b"AA", Fixed::new(8)), of_one_length -> Chat, [
        b"AA\x01\x06annie!",
        b"AA\x03\x06hello!",
        b"AA\x03\x06\x00\x00\x00\x00\x00\x00",
        b"AA\x03\x06\x03\x03\x03\x03\x03\x03",
    ];
    magic_crc32: Magic<Checksummed<Length, u32>> = Magic::new(b"\xaa\x55\xaa", Checksummed::new(Length::u16().little_endian(), crc32)), any -> Chat, [
        b"\xaaU\xaa\x09\x00\x01\x03ann\xf1\x96\xda\"",
        b"\xaaU\xaa\x0b\x00\x03\x05hello\x0c{\x05\xcb",
        b"\xaaU\xaa\x06\x00\x03\x00j\xf4A<",
        b"\xaaU\xaa\x0f\x00\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03\xeby\xc6,",
    ];
    raw: Raw = Raw::new(), any -> Chat, [
        b"\x01\x03ann",
        b"\x03\x05hello",
        b"\x03\x00",
        b"\x03\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
    headed: Headed<Head> = Headed::new(), behind_header -> Behind, [
        b"\x01\x00\x00\x04\x03ann",
        b"\x03\x00\x00\x06\x05hello",
        b"\x03\x00\x00\x01\x00",
        b"\x03\x00\x00\x0a\x09\x03\x03\x03\x03\x03\x03\x03\x03\x03",
    ];
}
