//! Headers: the number in the middle, lengths that count themselves, words or the whole frame, fields
//! of messages that stand in the header, unknown messages with their headers.

use protocol_core::{Le, Message, Protocol, Unknown, Varint, Wire, WithHeader};

use crate::case::{Case, End, case};

/// ```text
/// memcached  0     1        2     4       5     6        8       12       16    24
///            +-----+--------+-----+-------+-----+--------+-------+--------+-----+---------------
///            | 128 | opcode | key | extra | 0   | bucket | body  | opaque | cas | extras key value
///            +-----+--------+-----+-------+-----+--------+-------+--------+-----+---------------
/// ```
#[derive(Wire, Debug, Clone, Default, PartialEq)]
pub(crate) struct Request {
    #[wire(value = 0x80)]
    pub(crate) magic: u8,
    #[wire(role = id)]
    pub(crate) opcode: u8,
    pub(crate) key_len: u16,
    pub(crate) extras_len: u8,
    #[wire(reserved)]
    pub(crate) data_type: u8,
    pub(crate) bucket: u16,
    #[wire(role = len)]
    pub(crate) body_len: u32,
    #[wire(role = correlation)]
    pub(crate) opaque: u32,
    pub(crate) cas: u64,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 0]
#[wire(header = Request { extras_len: 0 })]
pub(crate) struct Get {
    #[wire(len = header.key_len)]
    pub(crate) key: Vec<u8>,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
#[wire(header = Request { extras_len: 8 })]
pub(crate) struct Set<'a> {
    pub(crate) flags: u32,
    pub(crate) expiry: u32,
    #[wire(len = header.key_len)]
    pub(crate) key: &'a str,
    #[wire(rest)]
    pub(crate) value: &'a [u8],
}

/// Without the word `header`: its body stands behind any header.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 0x0a]
pub(crate) struct Noop;

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Request)]
pub(crate) enum Cache<'a> {
    Get(Box<Get>),
    Set(Set<'a>),
    Noop(Noop),
    #[wire(unknown)]
    Other(Unknown<Request>),
}

/// ```text
/// postgres   0      1        5
///            +------+--------+------
///            | kind | length | body          the length counts itself and the body
///            +------+--------+------
/// ```
#[derive(Wire, Debug, Clone, Default, PartialEq)]
pub(crate) struct Start {
    #[wire(role = id)]
    pub(crate) kind: u8,
    #[wire(role = len, of = body + 4)]
    pub(crate) length: u32,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(b'Q')]
pub(crate) struct Query {
    #[wire(rest)]
    pub(crate) text: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(b'D')]
#[wire(header = Start)]
pub(crate) struct Describe {
    pub(crate) what: u8,
    #[wire(rest)]
    pub(crate) name: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(b'D')]
pub(crate) struct Row {
    #[wire(count = u16, item(len = u32))]
    pub(crate) columns: Vec<Vec<u8>>,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(b'Z')]
pub(crate) struct Ready {
    pub(crate) status: u8,
}

/// What the client says.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Start)]
pub(crate) enum Frontend {
    Query(Query),
    Describe(Describe),
}

/// What the server says; `D` means something else.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Start)]
pub(crate) enum Backend {
    Row(Row),
    Ready(Ready),
}

/// ```text
/// mqtt       0          1            2 to 5
///            +----------+------------+------
///            | kkkkdqqr | length     | body       four bits of kind, dup, two of qos, retain; a varint
///            +----------+------------+------
/// ```
#[derive(Wire, Debug, Clone, Default, PartialEq)]
pub(crate) struct Fixed {
    #[wire(role = id, bits = 4)]
    pub(crate) kind: u8,
    #[wire(bits = 1)]
    pub(crate) dup: bool,
    #[wire(bits = 2)]
    pub(crate) qos: u8,
    #[wire(bits = 1)]
    pub(crate) retain: bool,
    #[wire(role = len)]
    pub(crate) length: Varint<u32>,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 3]
#[wire(header = Fixed)]
pub(crate) struct Publish {
    #[wire(header = dup)]
    pub(crate) dup: bool,
    #[wire(header = qos)]
    pub(crate) qos: u8,
    #[wire(header = retain)]
    pub(crate) retain: bool,
    #[wire(len = u16)]
    pub(crate) topic: String,
    #[wire(if(header.qos > 0))]
    pub(crate) packet: Option<u16>,
    #[wire(rest)]
    pub(crate) payload: Vec<u8>,
}

/// The flags are always the same.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 8]
#[wire(header = Fixed { dup: false, qos: 1, retain: false })]
pub(crate) struct Subscribe {
    pub(crate) packet: u16,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Fixed)]
pub(crate) enum Broker {
    Publish(Publish),
    Subscribe(Subscribe),
}

/// ```text
/// words      0       2      3
///            +-------+------+------
///            | words | kind | body          the whole frame in units of 4 bytes, little-endian
///            +-------+------+------
/// ```
#[derive(Wire, Debug, Clone, Default, PartialEq)]
pub(crate) struct Words {
    #[wire(role = len, of = frame / 4)]
    pub(crate) words: Le<u16>,
    #[wire(role = id)]
    pub(crate) kind: u8,
}

/// Without a length: the body is all that follows.
#[derive(Wire, Debug, Clone, Default, PartialEq)]
pub(crate) struct Bare {
    #[wire(role = correlation)]
    pub(crate) stream: u16,
    #[wire(role = id)]
    pub(crate) kind: u16,
}

/// A length that counts its own bytes, of which there are more where it is larger.
#[derive(Wire, Debug, Clone, Default, PartialEq)]
pub(crate) struct Growing {
    #[wire(role = len, of = frame)]
    pub(crate) total: Varint<u32>,
    #[wire(role = id)]
    pub(crate) kind: u8,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 7]
pub(crate) struct Blob {
    #[wire(rest)]
    pub(crate) bytes: Vec<u8>,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Words)]
pub(crate) enum InWords {
    Blob(Blob),
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Bare)]
pub(crate) enum Streams {
    Blob(Blob),
    Noop(Noop),
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Growing)]
pub(crate) enum Grows {
    Blob(Blob),
}

pub(crate) fn request() -> Request {
    Request { magic: 0x80, bucket: 3, opaque: 0xdead_beef, cas: 9, ..Request::default() }
}

pub(crate) fn get() -> WithHeader<Request, Cache<'static>> {
    WithHeader {
        header: Request { key_len: 3, body_len: 3, ..request() },
        message: Cache::Get(Box::new(Get { key: b"abc".to_vec() })),
    }
}

pub(crate) fn set() -> WithHeader<Request, Cache<'static>> {
    WithHeader {
        header: Request { opcode: 1, key_len: 2, extras_len: 8, body_len: 15, ..request() },
        message: Cache::Set(Set { flags: 7, expiry: 60, key: "ab", value: b"value" }),
    }
}

pub(crate) fn flush() -> WithHeader<Request, Cache<'static>> {
    let header = Request { opcode: 8, extras_len: 4, body_len: 4, ..request() };
    let message = Cache::Other(Unknown::behind(header.clone(), b"\0\0\0\x3c".to_vec()));
    WithHeader { header, message }
}

const CACHE: &[&str] = &["Cache", "Get", "Set", "Noop"];
const BACKEND: &[&str] = &["Backend", "Row", "Ready"];
const BROKER: &[&str] = &["Broker", "Publish", "Subscribe"];
const STREAMS: &[&str] = &["Streams", "Blob", "Noop"];

pub(crate) const CASES: &[Case] = &[
    case!("cache_get", WithHeader<Request, Cache<'_>>, get(), id_len: 0, roots: CACHE),
    case!("cache_set", WithHeader<Request, Cache<'_>>, set(), id_len: 0, roots: CACHE),
    case!(
        "cache_noop",
        WithHeader<Request, Cache<'_>>,
        WithHeader { header: Request { opcode: 10, ..request() }, message: Cache::Noop(Noop) },
        id_len: 0,
        roots: CACHE
    ),
    case!("cache_unknown", WithHeader<Request, Cache<'_>>, flush(), id_len: 0, roots: CACHE),
    case!(
        "query",
        Frontend,
        Frontend::Query(Query { text: "select 1".into() }),
        id_len: 0,
        roots: &["Frontend", "Query", "Describe"]
    ),
    case!(
        "describe",
        Describe,
        Describe { what: b'S', name: "one".into() },
        id_len: 0
    ),
    case!(
        "backend_row",
        Backend,
        Backend::Row(Row { columns: vec![b"1".to_vec(), b"two".to_vec()] }),
        id_len: 0,
        roots: BACKEND
    ),
    case!("ready", Backend, Backend::Ready(Ready { status: b'I' }), id_len: 0, roots: BACKEND),
    case!(
        "publish",
        Broker,
        Broker::Publish(Publish {
            dup: true,
            qos: 1,
            retain: true,
            topic: "a/b".into(),
            packet: Some(10),
            payload: vec![0x11; 120],
        }),
        id_len: 0,
        roots: BROKER
    ),
    case!(
        "publish_qos_0",
        Broker,
        Broker::Publish(Publish {
            dup: false,
            qos: 0,
            retain: false,
            topic: "a/b".into(),
            packet: None,
            payload: b"hi".to_vec(),
        }),
        id_len: 0,
        roots: BROKER
    ),
    case!("subscribe", Broker, Broker::Subscribe(Subscribe { packet: 2 }), id_len: 0, roots: BROKER),
    case!(
        "in_words",
        InWords,
        InWords::Blob(Blob { bytes: b"12345".to_vec() }),
        id_len: 0,
        roots: &["InWords", "Blob"]
    ),
    case!(
        "streams",
        WithHeader<Bare, Streams>,
        WithHeader {
            header: Bare { stream: 5, kind: 7 },
            message: Streams::Blob(Blob { bytes: b"rest".to_vec() }),
        },
        end: End::Open,
        id_len: 0,
        roots: STREAMS
    ),
    case!(
        "grows_short",
        Grows,
        Grows::Blob(Blob { bytes: vec![1; 125] }),
        id_len: 0,
        roots: &["Grows", "Blob"]
    ),
    case!(
        "grows",
        Grows,
        Grows::Blob(Blob { bytes: vec![1; 126] }),
        id_len: 0,
        roots: &["Grows", "Blob"]
    ),
];
