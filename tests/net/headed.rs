//! Headers that mark off their messages: golden conversations however the bytes arrive, two directions
//! with two protocols, and what is no frame.

use std::fmt::Debug;
use std::io::Write;
use std::thread;

use protocol_core::conn::{Outbox, RecvErrorKind};
use protocol_core::frame::{Decode, Decoded, Encode, FrameErrorKind, Headed};
use protocol_core::net::{blocking::Connection, mem};
use protocol_core::{
    Header, Message, MessageOf, Pack, Protocol, Unknown, UnpackErrorKind, Varint, Wire, WithHeader,
};

/// As memcached: 24 bytes, the number at offset 1.
#[derive(Wire, Debug, Clone, Default, PartialEq)]
struct Request {
    #[wire(value = 0x80)]
    magic: u8,
    #[wire(role = id)]
    opcode: u8,
    key_len: u16,
    extras: [u8; 4],
    #[wire(role = len)]
    length: u32,
    #[wire(role = correlation)]
    opaque: u32,
    cas: u64,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 0]
#[wire(header = Request)]
struct Get {
    #[wire(len = header.key_len)]
    key: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 10]
struct Noop;

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Request)]
enum Cache {
    Get(Get),
    Noop(Noop),
    #[wire(unknown)]
    Other(Unknown<Request>),
}

/// As PostgreSQL: a number, and a length that counts itself.
#[derive(Wire, Debug, Clone, Default, PartialEq)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    #[wire(role = len, of = frame - 1)]
    length: u32,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(b'Q')]
struct Query {
    #[wire(rest)]
    text: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(b'D')]
struct Describe {
    what: u8,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(b'D')]
struct Row {
    #[wire(count = u16)]
    columns: Vec<u32>,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Start)]
enum Frontend {
    Query(Query),
    Describe(Describe),
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Start)]
enum Backend {
    Row(Row),
}

/// Two rows with one number: the client tells them apart by what it asked for.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(b'D')]
struct Rows {
    #[wire(rest)]
    rows: Vec<u8>,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Start, duplicate_ids)]
enum Answers {
    Row(Row),
    Rows(Rows),
}

/// As MQTT: the length is a varint.
#[derive(Wire, Debug, Clone, Default, PartialEq)]
struct Fixed {
    #[wire(role = id)]
    kind: u8,
    #[wire(role = len)]
    length: Varint<u32>,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 0x30]
struct Publish {
    #[wire(len = u16)]
    topic: String,
    #[wire(rest)]
    payload: Vec<u8>,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Fixed)]
enum Broker {
    Publish(Publish),
}

/// Receives what a peer writes in these pieces, and compares it.
fn hears<P, H>(pieces: &[&[u8]], expected: &[P])
where
    H: Header + 'static,
    P: Protocol + PartialEq + Debug + Clone + 'static,
    for<'a> P: Protocol<Of<'a> = P>,
{
    let (here, mut there) = mem::pair();
    let mut connection = Connection::<P, P, _, _>::over(here, Headed::<H>::new());
    for piece in pieces {
        there.write_all(piece).expect("room");
    }
    drop(there);
    for message in expected {
        assert_eq!(connection.recv().expect("sound").as_ref(), Some(message));
    }
    assert_eq!(connection.recv().expect("the end"), None);
}

/// Sends the messages, compares the bytes, and lets them arrive in every way.
fn converses<P, H>(messages: &[P], bytes: &[u8])
where
    H: Header + 'static,
    P: MessageOf<P> + PartialEq + Debug + Clone + 'static,
    for<'a> P: Protocol<Of<'a> = P, Sent<'a> = P>,
{
    let mut outbox = Outbox::<P, _>::new(Headed::<H>::new());
    for message in messages {
        outbox.queue(message).expect("it fits");
    }
    assert_eq!(outbox.pending(), bytes);
    hears::<P, H>(&[bytes], messages);
    for cut in 1..bytes.len() {
        let (first, second) = bytes.split_at(cut);
        hears::<P, H>(&[first, second], messages);
    }
    hears::<P, H>(&bytes.chunks(1).collect::<Vec<_>>(), messages);
    needs_are_exact::<H>(bytes);
}

/// Byte by byte, no need reaches beyond its frame, and the last one of a frame is exact.
fn needs_are_exact<H: Header>(bytes: &[u8]) {
    let mut framing = Headed::<H>::new();
    let mut start = 0;
    while start < bytes.len() {
        let found = framing.decode(&mut bytes[start..].to_vec());
        let Ok(Decoded::Frame { consumed, message }) = found else { panic!("{found:?}") };
        assert_eq!(message, 0..consumed);
        for have in 0..consumed {
            let found = framing.decode(&mut bytes[start..start + have].to_vec());
            let Ok(Decoded::Need(more)) = found else { panic!("{found:?} after {have}") };
            assert!(0 < more && have + more <= consumed, "{more} after {have} of {consumed}");
        }
        start += consumed;
    }
}

#[test]
fn a_header_of_24_bytes() {
    let mut bytes = b"\x80\0\0\x03\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\0\0\0\0key".to_vec();
    bytes.extend(b"\x80\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    bytes.extend(b"\x80\x63\0\x01\0\0\0\x07\0\0\0\x02\0\0\0\x05\0\0\0\0\0\0\0\x09??");
    let header = Request {
        opcode: 0x63,
        key_len: 1,
        extras: [0, 0, 0, 7],
        length: 2,
        opaque: 5,
        cas: 9,
        magic: 0x80,
    };
    let messages = [
        Cache::Get(Get { key: "key".into() }),
        Cache::Noop(Noop),
        Cache::Other(Unknown::behind(header, b"??".to_vec())),
    ];
    converses::<Cache, Request>(&messages, &bytes);
}

#[test]
fn a_length_that_counts_itself() {
    let messages = [
        Frontend::Query(Query { text: "select".into() }),
        Frontend::Describe(Describe { what: 1 }),
    ];
    converses::<Frontend, Start>(&messages, b"Q\0\0\0\x0aselectD\0\0\0\x05\x01");
}

#[test]
fn a_length_of_one_to_five_bytes() {
    let publish = |count| Broker::Publish(Publish { topic: "t".into(), payload: vec![7; count] });
    let mut bytes = b"\x30\x04\0\x01t\x07".to_vec();
    bytes.extend(b"\x30\x80\x01\0\x01t");
    bytes.extend([7; 125]);
    converses::<Broker, Fixed>(&[publish(1), publish(125)], &bytes);
}

#[test]
fn the_needs_of_a_header_say_how_much_is_missing() {
    let need = |bytes: &[u8]| Headed::<Request>::new().decode(&mut bytes.to_vec());
    let header = b"\x80\0\0\x03\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\0\0\0\0";
    assert_eq!(need(&[]), Ok(Decoded::Need(24)));
    assert_eq!(need(&header[..23]), Ok(Decoded::Need(1)));
    assert_eq!(need(header), Ok(Decoded::Need(3)));
    let need = |bytes: &[u8]| Headed::<Fixed>::new().decode(&mut bytes.to_vec());
    assert_eq!(need(b"\x30"), Ok(Decoded::Need(1)));
    assert_eq!(need(b"\x30\x80"), Ok(Decoded::Need(1)));
    assert_eq!(need(b"\x30\x80\x01"), Ok(Decoded::Need(128)));
}

#[test]
fn a_wrong_header_is_no_frame() {
    let says = |bytes: &[u8]| {
        let error = Headed::<Start>::new().decode(&mut bytes.to_vec()).expect_err("no frame");
        (error.kind(), error.to_string())
    };
    let below = UnpackErrorKind::BelowLimit { got: 3, min: 4 };
    let kind = FrameErrorKind::Header { field: "length", offset: 1, kind: below };
    let text = "header field `length` at byte 1: length 3 is below the limit of 4 \
                (at 51 00 00 00 03)";
    assert_eq!(says(b"Q\0\0\0\x03"), (kind, text.to_owned()));
    let error = Headed::<Request>::new().decode(&mut [7; 24]).expect_err("no request");
    assert_eq!(
        error.to_string(),
        "header field `magic` at byte 0: 7 where 128 must stand \
         (at 07 07 07 07 07 07 07 07)"
    );
    let error = Headed::<Fixed>::new().decode(&mut [0xff; 11]).expect_err("no varint");
    assert!(error.to_string().starts_with("header field `length` at byte 1: "), "{error}");
}

#[test]
fn the_limit_is_that_of_the_whole_frame() {
    let mut framing = Headed::<Start>::new().limit(10);
    assert_eq!(framing.decode(&mut b"Q\0\0\0\x09".to_vec()), Ok(Decoded::Need(5)));
    let kind = FrameErrorKind::AboveLimit { claimed: 11, allowed: 10 };
    let error = framing.decode(&mut b"Q\0\0\0\x0a".to_vec()).expect_err("too long");
    assert_eq!(error.kind(), kind);
    let mut out = b"before".to_vec();
    framing.begin(&mut out);
    out.extend([0; 10]);
    assert_eq!(framing.finish(&mut out, 6), Ok(()));
    out.push(0);
    assert_eq!(framing.finish(&mut out, 6).map_err(|error| error.kind()), Err(kind));
    let error = Headed::<Start>::new().decode(&mut b"Q\xff\xff\xff\xff".to_vec());
    assert!(matches!(
        error.expect_err("far too long").kind(),
        FrameErrorKind::AboveLimit { claimed: 0x1_0000_0000, allowed: 1_048_576 }
    ));
}

#[test]
fn two_directions_have_two_protocols() {
    let (client, server) = mem::pair();
    let mut client = Connection::<Backend, Frontend, _, _>::over(client, Headed::<Start>::new());
    let serving = thread::spawn(move || {
        let mut server =
            Connection::<Frontend, Backend, _, _>::over(server, Headed::<Start>::new());
        server.answer(|message, outbox| match message {
            Frontend::Query(query) => outbox
                .queue(&Row { columns: vec![u32::try_from(query.text.len()).unwrap_or_default()] }),
            Frontend::Describe(describe) => {
                outbox.queue(&Row { columns: vec![u32::from(describe.what); 2] })
            }
        })
    });
    client.send(&Query { text: "select".into() }).expect("sent");
    assert_eq!(client.recv().expect("a row"), Some(Backend::Row(Row { columns: vec![6] })));
    client.send(&Describe { what: 3 }).expect("sent");
    assert_eq!(client.recv().expect("a row"), Some(Backend::Row(Row { columns: vec![3, 3] })));
    client.close().expect("closed");
    serving.join().expect("no panic").expect("served");
}

#[test]
fn what_is_only_sent_may_have_a_number_twice() {
    let mut outbox = Outbox::<Answers, _>::new(Headed::<Start>::new());
    outbox.queue(&Answers::Rows(Rows { rows: vec![1] })).expect("queued");
    outbox.queue(&Row { columns: vec![] }).expect("queued");
    assert_eq!(outbox.pending(), b"D\0\0\0\x05\x01D\0\0\0\x06\0\0");
}

/// A reply takes the number over from its request.
#[test]
fn the_header_comes_and_goes_with_the_message() {
    let (here, there) = mem::pair();
    type With = WithHeader<Request, Cache>;
    let mut here = Connection::<With, Cache, _, _>::over(here, Headed::<Request>::new());
    let mut there = Connection::<With, With, _, _>::over(there, Headed::<Request>::new());
    let mut header = Request { opaque: 77, ..Request::default() };
    here.send(&WithHeader { header: header.clone(), message: Cache::Noop(Noop) }).expect("sent");
    let request = there.recv().expect("sound").expect("a message");
    assert_eq!((request.header.correlation(), &request.message), (Some(77), &Cache::Noop(Noop)));
    assert!(header.set_correlation(78));
    there.send(&WithHeader { header, message: Cache::Get(Get { key: "k".into() }) }).expect("sent");
    there.send(&Noop).expect("a message alone has the default of the header");
    let reply = here.recv().expect("sound").expect("a message");
    assert_eq!((reply.header.opaque, reply.header.key_len, reply.header.length), (78, 1, 1));
    let reply = here.recv().expect("sound").expect("a message");
    assert_eq!((reply.header.opaque, reply.message), (0, Cache::Noop(Noop)));
}

/// A bad message in a sound frame costs only itself.
#[test]
fn a_bad_body_costs_only_itself() {
    let (here, mut there) = mem::pair();
    let mut here = Connection::<Frontend, Frontend, _, _>::over(here, Headed::<Start>::new());
    there.write_all(b"D\0\0\0\x06\x01\x02D\0\0\0\x04X\0\0\0\x04D\0\0\0\x05\x09").expect("room");
    let mut says = || match here.recv() {
        Ok(message) => format!("{message:?}"),
        Err(error) => match error.kind() {
            RecvErrorKind::Message(error) => error.to_string(),
            other => panic!("{other:?}"),
        },
    };
    assert_eq!(
        says(),
        "Describe at byte 6: 1 more byte after the end of the message (after 44 00 00 00 06 01, at 02)"
    );
    assert_eq!(says(), "Describe.what at byte 5: 1 more byte needed (after 44 00 00 00 04)");
    assert_eq!(
        says(),
        "Frontend.header.kind at byte 0: no message has the type 88 (at 58 00 00 00 04)"
    );
    assert_eq!(says(), "Some(Describe(Describe { what: 9 }))");
    assert_eq!(Frontend::MIN_LEN, 5);
}
