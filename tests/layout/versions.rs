//! Two protocols over the same messages, each in a version of its own.

use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;
use protocol_core::net::mem;
use protocol_core::{Message, Pack, Protocol, Unpack, Wire, explain};

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
struct Login {
    id: u16,
    #[wire(since = 2, default = "C".to_owned(), len = u8)]
    locale: String,
    #[wire(removed = 3)]
    sum: u8,
}

#[derive(Protocol, Debug, PartialEq)]
#[wire(version = 1)]
enum First {
    Login(Login),
}

const SECOND: u32 = 2;

#[derive(Protocol, Debug, PartialEq)]
#[wire(version = SECOND)]
enum Second {
    Login(Login),
}

#[derive(Protocol, Debug, PartialEq)]
enum Newest {
    Login(Login),
}

#[derive(Wire, Clone, Debug, Default, PartialEq)]
struct Header {
    #[wire(role = id)]
    id: u8,
    #[wire(role = len)]
    len: u8,
}

#[derive(Protocol, Debug, PartialEq)]
#[wire(header = Header, version = 1)]
enum Headed {
    Login(Login),
}

fn login() -> Login {
    Login { id: 7, locale: "de".into(), sum: 9 }
}

/// Asserts the bytes of the login in the version of `P`, by every way, and what of it comes back.
fn speaks<P: From<Login> + for<'a> Unpack<'a>>(bytes: &[u8], back: &Login)
where
    Login: TryFrom<P>,
{
    let message = P::from(login());
    assert_eq!(message.pack().unwrap(), bytes);
    assert_eq!(message.packed_len().unwrap(), bytes.len());
    let mut slice = vec![0xee; bytes.len()];
    assert_eq!(message.pack_slice(&mut slice), Ok(bytes.len()));
    assert_eq!(slice, bytes);
    for read in [P::unpack(bytes), P::unpack_bytes(&bytes.to_vec().into())] {
        assert!(Login::try_from(read.unwrap()).is_ok_and(|read| read == *back));
    }
    let too_long = P::unpack(&[bytes, b"\0"].concat()).map(drop).unwrap_err().to_string();
    assert!(too_long.contains("1 more byte after the end of the message"), "{too_long}");
    assert!(!explain::<P>(bytes).to_string().contains("error"));
}

#[test]
fn each_in_its_own_version() {
    let old = Login { locale: "C".into(), ..login() };
    speaks::<First>(b"\x01\0\x07\x09", &old);
    speaks::<Second>(b"\x01\0\x07\x02de\x09", &login());
    speaks::<Newest>(b"\x01\0\x07\x02de", &Login { sum: 0, ..login() });
    speaks::<Headed>(b"\x01\x03\0\x07\x09", &old);
    assert_eq!((First::VERSION, Second::VERSION, Newest::VERSION), (1, 2, u32::MAX));
    // A version that is named is that one, whatever the protocol.
    let bytes = First::from(login()).pack_version(3).unwrap();
    assert_eq!(bytes, Newest::from(login()).pack().unwrap());
    assert_eq!(First::unpack_version(b"\x01\0\x07\x02de\x09", 2).unwrap(), First::Login(login()));
}

#[test]
fn connections_speak_the_version_of_their_protocol() {
    let (here, there) = mem::pair();
    let mut client = Connection::<First, First, _, _>::over(here, Length::u32());
    let mut server = Connection::<First, First, _, _>::over(there, Length::u32());
    client.send(&login()).unwrap();
    let received = server.recv().unwrap();
    assert_eq!(received, Some(First::Login(Login { locale: "C".into(), ..login() })));
}

#[derive(Wire, Debug, PartialEq)]
struct Inner {
    a: u8,
    #[wire(since = 2)]
    b: u16,
}

#[derive(Wire, Debug, PartialEq)]
struct Outer {
    #[wire(value = len(inner))]
    n: u8,
    inner: Inner,
}

#[test]
fn a_length_is_that_of_the_version() {
    let value = Outer { n: 3, inner: Inner { a: 1, b: 2 } };
    assert_eq!(value.pack().unwrap(), [3, 1, 0, 2]);
    assert_eq!(Outer::unpack(&[3, 1, 0, 2]), Ok(value));
    let old = Outer { n: 1, inner: Inner { a: 1, b: 0 } };
    assert_eq!(old.pack_version(1).unwrap(), [1, 1]);
    assert_eq!(Outer::unpack_version(&[1, 1], 1), Ok(old));
    assert!(Outer::unpack_version(&[3, 1], 1).is_err());
}
