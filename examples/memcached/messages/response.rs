//! What a server answers. A status other than 0 comes with a text in place of the value.

use protocol_core::{Message, Protocol, Wire};

use super::ResponseHeader;
use super::status::Outcome;

messages! {
    fields: {
        #[wire(header = cas)]
        pub(crate) cas: u64,
        /// There if the value is.
        #[wire(if(header.extras_len != 0), len = header.extras_len)]
        pub(crate) extras: Option<Flags>,
        /// The key, if it was asked for; a miss may have it too.
        #[wire(len = header.key_len, check(key.len() <= 250, "a key has at most 250 bytes"))]
        pub(crate) key: Vec<u8>,
        #[wire(
            tag = header.status,
            check(extras.is_some() == matches!(outcome, Outcome::Done(_)), "a value has flags, an error none"),
        )]
        pub(crate) outcome: Outcome<Value>,
    }, header: ResponseHeader {},
    /// 4.2
    Get = 0x00,
    GetQ = 0x09,
    GetK = 0x0c,
    GetKQ = 0x0d,
    /// Has the flags, and an empty value.
    Touch = 0x1c,
    GetAndTouch = 0x1d,
    GetAndTouchQ = 0x1e,
    GetKAndTouch = 0x23,
    GetKAndTouchQ = 0x24,
}

/// 4.2: the extras of a value.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flags {
    /// What the client that stored it made of it.
    pub(crate) flags: u32,
}

/// What a client stored; the server does not look inside.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    #[wire(rest)]
    pub(crate) bytes: Vec<u8>,
}

messages! {
    fields: {
        /// The version of the item from now on.
        #[wire(header = cas)]
        pub(crate) cas: u64,
        #[wire(tag = header.status)]
        pub(crate) outcome: Outcome<()>,
    }, header: ResponseHeader { extras_len: 0, key_len: 0 },
    /// 4.3
    Set = 0x01,
    SetQ = 0x11,
    Add = 0x02,
    AddQ = 0x12,
    Replace = 0x03,
    ReplaceQ = 0x13,
    /// 4.4
    Delete = 0x04,
    DeleteQ = 0x14,
    /// 4.6
    Quit = 0x07,
    QuitQ = 0x17,
    /// 4.7
    Flush = 0x08,
    FlushQ = 0x18,
    /// 4.8
    Noop = 0x0a,
    /// 4.10
    Append = 0x0e,
    AppendQ = 0x19,
    Prepend = 0x0f,
    PrependQ = 0x1a,
    Verbosity = 0x1b,
}

messages! {
    fields: {
        #[wire(header = cas)]
        pub(crate) cas: u64,
        #[wire(tag = header.status)]
        pub(crate) outcome: Outcome<Counter>,
    }, header: ResponseHeader { extras_len: 0, key_len: 0 },
    /// 4.5
    Increment = 0x05,
    IncrementQ = 0x15,
    Decrement = 0x06,
    DecrementQ = 0x16,
}

/// 4.5: what it counts now.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counter {
    pub(crate) value: u64,
}

messages! {
    fields: {
        #[wire(tag = header.status)]
        pub(crate) outcome: Outcome<Text>,
    }, header: ResponseHeader { extras_len: 0, key_len: 0 },
    /// 4.9
    Version = 0x0b,
    /// The names, with blanks between them.
    SaslListMechanisms = 0x20,
}

/// Text of the server.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    #[wire(rest)]
    pub(crate) text: String,
}

messages! {
    fields: {
        /// A message of the mechanism.
        #[wire(tag = header.status)]
        pub(crate) outcome: Outcome<Value>,
    }, header: ResponseHeader { extras_len: 0, key_len: 0 },
    SaslAuthenticate = 0x21,
    SaslStep = 0x22,
}

/// 4.11: one statistic; the last response has neither a key nor a value.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 0x10]
#[wire(header = ResponseHeader { extras_len: 0 })]
pub(crate) struct Stat {
    #[wire(len = header.key_len)]
    pub(crate) name: String,
    #[wire(tag = header.status)]
    pub(crate) outcome: Outcome<Text>,
}

/// 3.3: all that a server sends.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = ResponseHeader)]
pub(crate) enum Response {
    Get(Get),
    Set(Set),
    Add(Add),
    Replace(Replace),
    Delete(Delete),
    Increment(Increment),
    Decrement(Decrement),
    Quit(Quit),
    Flush(Flush),
    GetQ(GetQ),
    Noop(Noop),
    Version(Version),
    GetK(GetK),
    GetKQ(GetKQ),
    Append(Append),
    Prepend(Prepend),
    Stat(Stat),
    SetQ(SetQ),
    AddQ(AddQ),
    ReplaceQ(ReplaceQ),
    DeleteQ(DeleteQ),
    IncrementQ(IncrementQ),
    DecrementQ(DecrementQ),
    QuitQ(QuitQ),
    FlushQ(FlushQ),
    AppendQ(AppendQ),
    PrependQ(PrependQ),
    Verbosity(Verbosity),
    Touch(Touch),
    GetAndTouch(GetAndTouch),
    GetAndTouchQ(GetAndTouchQ),
    SaslListMechanisms(SaslListMechanisms),
    SaslAuthenticate(SaslAuthenticate),
    SaslStep(SaslStep),
    GetKAndTouch(GetKAndTouch),
    GetKAndTouchQ(GetKAndTouchQ),
}
