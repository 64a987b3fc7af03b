//! What a client asks for. A quiet request, with a `Q`, is answered only if there is something to say: a value that
//! was found, or a change that failed.

use protocol_core::{Message, Protocol, Wire};

use super::RequestHeader;

messages! {
    fields: {
        #[wire(len = header.key_len, check((1..=250).contains(&key.len()), "a key has 1 to 250 bytes"))]
        pub(crate) key: Vec<u8>,
    }, header: RequestHeader { extras_len: 0 },
    /// 4.2: asks for a value.
    Get = 0x00,
    /// 4.2: asks for a value; is not answered if there is none.
    GetQ = 0x09,
    /// 4.2: asks for a key and its value.
    GetK = 0x0c,
    /// 4.2: asks for a key and its value; is not answered if there is none.
    GetKQ = 0x0d,
}

messages! {
    fields: {
        /// The version that is to be replaced; 0 for any.
        #[wire(header = cas)]
        pub(crate) cas: u64,
        /// What the clients make of it: the server keeps it with the value.
        pub(crate) flags: u32,
        /// In seconds from now, or since 1970 if that is more than 30 days; 0 for never.
        pub(crate) expiry: u32,
        #[wire(len = header.key_len, check((1..=250).contains(&key.len()), "a key has 1 to 250 bytes"))]
        pub(crate) key: Vec<u8>,
        #[wire(rest)]
        pub(crate) value: Vec<u8>,
    }, header: RequestHeader { extras_len: 8 },
    /// 4.3: stores a value, whether there is one or not.
    Set = 0x01,
    SetQ = 0x11,
    /// 4.3: stores a value if there is none.
    Add = 0x02,
    AddQ = 0x12,
    /// 4.3: stores a value if there is one.
    Replace = 0x03,
    ReplaceQ = 0x13,
}

messages! {
    fields: {
        #[wire(header = cas)]
        pub(crate) cas: u64,
        #[wire(len = header.key_len, check((1..=250).contains(&key.len()), "a key has 1 to 250 bytes"))]
        pub(crate) key: Vec<u8>,
    }, header: RequestHeader { extras_len: 0 },
    /// 4.4: deletes an item.
    Delete = 0x04,
    DeleteQ = 0x14,
}

messages! {
    fields: {
        #[wire(header = cas)]
        pub(crate) cas: u64,
        pub(crate) amount: u64,
        /// What it is if it was not there.
        pub(crate) initial: u64,
        /// As for [`Set`]; 0xffffffff: it must be there already.
        pub(crate) expiry: u32,
        #[wire(len = header.key_len, check((1..=250).contains(&key.len()), "a key has 1 to 250 bytes"))]
        pub(crate) key: Vec<u8>,
    }, header: RequestHeader { extras_len: 20 },
    /// 4.5: counts up.
    Increment = 0x05,
    IncrementQ = 0x15,
    /// 4.5: counts down, and not below 0.
    Decrement = 0x06,
    DecrementQ = 0x16,
}

messages! {
    fields: {}, header: RequestHeader { extras_len: 0, key_len: 0 },
    /// 4.6: the server answers, and closes the connection.
    Quit = 0x07,
    QuitQ = 0x17,
    /// 4.8: is answered after all that was asked before, also quietly.
    Noop = 0x0a,
    /// 4.9: asks for the version of the server.
    Version = 0x0b,
    /// Asks for the ways to log in.
    SaslListMechanisms = 0x20,
}

/// 4.7: deletes all items.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 0x08]
#[wire(header = RequestHeader { key_len: 0 })]
pub(crate) struct Flush {
    #[wire(if(header.extras_len != 0), len = header.extras_len)]
    pub(crate) when: Option<When>,
}

/// 4.7, quietly.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 0x18]
#[wire(header = RequestHeader { key_len: 0 })]
pub(crate) struct FlushQ {
    #[wire(if(header.extras_len != 0), len = header.extras_len)]
    pub(crate) when: Option<When>,
}

/// The extras of [`Flush`].
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct When {
    /// As for [`Set`]; 0 for at once.
    pub(crate) expiry: u32,
}

messages! {
    fields: {
        #[wire(header = cas)]
        pub(crate) cas: u64,
        #[wire(len = header.key_len, check((1..=250).contains(&key.len()), "a key has 1 to 250 bytes"))]
        pub(crate) key: Vec<u8>,
        #[wire(rest)]
        pub(crate) value: Vec<u8>,
    }, header: RequestHeader { extras_len: 0 },
    /// 4.10: puts bytes after a value that is there.
    Append = 0x0e,
    AppendQ = 0x19,
    /// 4.10: puts bytes before a value that is there.
    Prepend = 0x0f,
    PrependQ = 0x1a,
}

/// 4.11: asks for statistics; the last of the responses has no key.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 0x10]
#[wire(header = RequestHeader { extras_len: 0 })]
pub(crate) struct Stat {
    /// Which ones: `settings`, `items` and the like; empty for the usual.
    #[wire(len = header.key_len)]
    pub(crate) group: String,
}

/// Sets how much the server writes to its log.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 0x1b]
#[wire(header = RequestHeader { extras_len: 4, key_len: 0 })]
pub(crate) struct Verbosity {
    pub(crate) level: u32,
}

messages! {
    fields: {
        /// As for [`Set`].
        pub(crate) expiry: u32,
        #[wire(len = header.key_len, check((1..=250).contains(&key.len()), "a key has 1 to 250 bytes"))]
        pub(crate) key: Vec<u8>,
    }, header: RequestHeader { extras_len: 4 },
    /// Sets the time at which an item expires.
    Touch = 0x1c,
    /// The same, and asks for its value.
    GetAndTouch = 0x1d,
    GetAndTouchQ = 0x1e,
    GetKAndTouch = 0x23,
    GetKAndTouchQ = 0x24,
}

messages! {
    fields: {
        #[wire(len = header.key_len)]
        pub(crate) mechanism: String,
        /// A message of the mechanism.
        #[wire(rest, secret)]
        pub(crate) data: Vec<u8>,
    }, header: RequestHeader { extras_len: 0 },
    /// Begins to log in.
    SaslAuthenticate = 0x21,
    /// Goes on with that.
    SaslStep = 0x22,
}

/// 3.3: all that a client sends.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = RequestHeader)]
pub(crate) enum Request {
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
