//! Protocol enums: from a number to a variant and back, conversions, unknown messages.

use protocol_core::{MessageInfo, MessageOf, Pack, Protocol, Unknown, Unpack};

use crate::messages::protocols::{
    Chat, Data, Device, Heard, Line, Login, Logout, Open, Read, Strict, Wide,
};

fn login() -> Login {
    Login { user: "ann".into() }
}

fn data() -> Data {
    Data { text: "hello".into() }
}

#[test]
fn each_number_has_its_variant() {
    assert_eq!(Chat::unpack(b"\x01ann"), Ok(Chat::Login(login())));
    assert_eq!(Chat::unpack(b"\x02"), Ok(Chat::Logout(Logout)));
    assert_eq!(Chat::unpack(b"\x03\0\0\0\x05hello"), Ok(Chat::Data(data())));
    assert_eq!(Strict::unpack(b"\x01ann"), Ok(Strict::Login(login())));
    assert_eq!(Strict::unpack(b"\x03\0\0\0\x05hello"), Ok(Strict::Data(Box::new(data()))));
    assert_eq!(Wide::unpack(b"\x01\x01\x00\x05"), Ok(Wide::Open(Open { port: 5 })));
    assert_eq!(
        Device::unpack(b"\x02\x00\x01\x00\x06\x00\x00\x00"),
        Ok(Device::Read(Read { register: 6 }))
    );
}

#[test]
fn a_message_and_its_variant_have_the_same_bytes() {
    assert_eq!(Chat::Login(login()).pack(), login().pack());
    assert_eq!(Chat::Logout(Logout).pack(), Logout.pack());
    assert_eq!(Chat::Data(data()).pack(), data().pack());
    assert_eq!(Strict::Data(Box::new(data())).pack(), data().pack());
    assert_eq!(Box::new(data()).pack(), data().pack());
    assert_eq!(Box::<Data>::unpack(b"\x03\0\0\0\0").map(|data| data.text), Ok(String::new()));
}

#[test]
fn messages_of_a_protocol_are_listed() {
    let listed = |messages: &[MessageInfo]| -> Vec<(u64, &'static str)> {
        messages.iter().map(|message| (message.id, message.name)).collect()
    };
    assert_eq!(listed(Chat::MESSAGES), [(1, "Login"), (2, "Logout"), (3, "Data")]);
    assert_eq!(listed(Strict::MESSAGES), [(1, "Login"), (3, "Data")]);
    assert_eq!(listed(Heard::MESSAGES), [(4, "Line"), (2, "Logout")]);
    assert_eq!(listed(Wide::MESSAGES), [(0x0101, "Open")]);
    assert_eq!(listed(Device::MESSAGES), [(0x0001_0002, "Read")]);
    assert_eq!(Chat::NAME, "Chat");
}

#[test]
fn a_message_becomes_its_protocol_and_comes_back() {
    assert_eq!(Chat::from(login()), Chat::Login(login()));
    assert_eq!(Login::try_from(Chat::from(login())), Ok(login()));
    assert_eq!(Strict::from(data()), Strict::Data(Box::new(data())));
    assert_eq!(Data::try_from(Strict::from(data())), Ok(data()));
    let line = Line { text: "hi" };
    assert_eq!(Line::try_from(Heard::from(line)), Ok(line));
}

#[test]
fn another_message_is_given_back() {
    let error = Logout::try_from(Chat::from(login())).unwrap_err();
    assert_eq!(error.to_string(), "the message is not `Logout`");
    assert_eq!(error.into_message(), Chat::Login(login()));
    let error = Data::try_from(Strict::from(login())).unwrap_err();
    assert_eq!(error.to_string(), "the message is not `Data`");
}

#[test]
fn unknown_messages_keep_their_bytes() {
    for bytes in [&b"\x00"[..], b"\x04", b"\xff", b"\x09later\0\xff"] {
        let chat = Chat::unpack(bytes).expect("it is kept");
        let unknown = Unknown::new(u64::from(bytes[0]), bytes[1..].to_vec());
        assert_eq!(chat, Chat::Other(unknown));
        assert_eq!(chat.pack().as_deref(), Ok(bytes));
    }
    for bytes in [&b"\x01\x02"[..], b"\x00\x01\xee", b"\xff\xff"] {
        let wide = Wide::unpack(bytes).expect("it is kept");
        assert!(matches!(wide, Wide::Other(_)), "{wide:?}");
        assert_eq!(wide.pack().as_deref(), Ok(bytes));
    }
}

/// Borrowed text points into the bytes that were received.
#[test]
fn a_protocol_borrows() {
    let bytes = b"\x04hi".to_vec();
    let Ok(Heard::Line(line)) = Heard::unpack(&bytes) else {
        panic!("not a line");
    };
    assert_eq!(line.text.as_ptr(), bytes[1..].as_ptr());
    assert_eq!(Heard::unpack(b"\x02"), Ok(Heard::Logout(Logout)));

    fn of<'a, P: Protocol>(bytes: &'a [u8]) -> bool {
        P::Of::<'a>::unpack(bytes).is_ok()
    }
    assert!(of::<Heard<'_>>(&bytes) && of::<Chat>(&bytes) && !of::<Strict>(&bytes));
}

#[test]
fn only_its_messages_are_spoken() {
    fn speaks<P, M: MessageOf<P>>(message: &M) -> usize {
        message.packed_len().expect("it packs")
    }
    assert_eq!(speaks::<Chat, Login>(&login()), 4);
    assert_eq!(speaks::<Chat, Chat>(&Chat::Logout(Logout)), 1);
    assert_eq!(speaks::<Strict, Data>(&data()), 10);
    assert_eq!(speaks::<Heard<'_>, Line<'_>>(&Line { text: "hi" }), 3);
}
