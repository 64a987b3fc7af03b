//! Every word of the vocabulary, where the user forbids what can be forbidden.

#![no_std]
#![forbid(
    unsafe_code,
    deprecated,
    missing_docs,
    unused_qualifications,
    unreachable_pub,
    single_use_lifetimes,
    non_snake_case
)]
#![deny(
    warnings,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction,
    rust_2018_idioms,
    unused_results,
    unused_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    let_underscore_drop,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    missing_debug_implementations,
    unit_bindings
)]
#![expect(
    clippy::arbitrary_source_item_ordering,
    clippy::blanket_clippy_restriction_lints,
    clippy::exhaustive_structs,
    clippy::exhaustive_enums,
    clippy::implicit_return,
    clippy::min_ident_chars,
    clippy::question_mark_used,
    clippy::single_char_lifetime_names,
    reason = "what these say is about the crate itself"
)]

extern crate alloc;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use protocol_core::{Message, Protocol, U24, Unknown, Wire};

/// A tag of one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum Kind {
    /// The first.
    A,
    /// One with a number.
    B = 4,
}

/// What stands behind a tag and a length.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
#[wire(tag = Le<u16>, len = u16, endian = big, name = "Body")]
pub enum Body {
    /// One tag.
    #[wire(tag = 1)]
    Number(u16),
    /// Several tags.
    #[wire(tag = 3..=7, name = "many")]
    Many(u16, #[wire(len = u8)] String),
    /// Any other.
    #[wire(unknown)]
    Other(u16, #[wire(rest)] Vec<u8>),
}

/// A part that counts its depth.
#[derive(Debug, Clone, PartialEq, Eq, Default, Wire)]
#[wire(depth = 9, max_len = 900)]
pub struct Tree {
    /// The next one.
    pub next: Option<Box<Self>>,
}

/// Bit fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
#[wire(bit_order = lsb, magic = b"BF")]
pub struct Bits {
    /// A flag.
    #[wire(bits = 1)]
    pub flag: bool,
    /// Nothing.
    #[wire(bits = 3, reserved)]
    pub unused: u8,
    /// A level.
    #[wire(bits = 4)]
    pub level: i8,
}

/// A header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub struct Start {
    /// The number of the message.
    #[wire(role = id)]
    pub kind: u8,
    /// The number of the call.
    #[wire(role = correlation)]
    pub call: u16,
    /// A flag.
    pub flag: bool,
    /// How long the frame is.
    #[wire(role = len, of = frame + 2)]
    pub length: u16,
}

/// Code of the user.
pub mod codec {
    use protocol_core::{Fault, Reader, Sink};

    /// Writes it.
    ///
    /// # Errors
    /// If the sink is full.
    #[inline]
    pub fn pack<W: Sink>(value: &u8, sink: &mut W) -> Result<(), Fault> {
        sink.put([*value])
    }

    /// Reads it.
    ///
    /// # Errors
    /// If nothing is left.
    #[inline]
    pub fn unpack(reader: &mut Reader<'_, '_>) -> Result<u8, Fault> {
        let [byte] = reader.take::<1>()?;
        Ok(byte)
    }
}

/// All that can be said of fields.
#[derive(Debug, Clone, PartialEq, Eq, Message)]
#[msg_type = 1]
#[wire(id = u16, endian = little, trailing = ignore)]
pub struct Fields<'a> {
    /// A version.
    pub version: u8,
    /// Flags, which follow from what is there.
    pub flags: u8,
    /// A length, which follows from the name.
    pub name_len: u8,
    /// A name.
    #[wire(len = name_len)]
    pub name: &'a str,
    /// A text.
    #[wire(len = u8, min = 1, max = 9, name = "text")]
    pub text: String,
    /// Ends at a byte.
    #[wire(until = 0)]
    pub line: String,
    /// Always of one length.
    #[wire(pad_to = 4)]
    pub short: String,
    /// A map.
    #[wire(count = u8, key(endian = big), item(len = u16))]
    pub map: BTreeMap<u16, String>,
    /// A count that is on the wire only, and a sum behind.
    #[wire(before(count: u16 = count(items)), count = count, after(total: u8 = sum8(items..=items)))]
    pub items: Vec<u8>,
    /// There if a flag says so.
    #[wire(if(flags & 1 != 0))]
    pub extra: Option<u16>,
    /// Always the same.
    #[wire(value = 0x55)]
    pub constant: u8,
    /// Nothing.
    #[wire(reserved, align = 4)]
    pub nothing: u16,
    /// Within limits.
    #[wire(range = 1..=100, check(percent != 13, "unlucky"), pad = 2)]
    pub percent: u8,
    /// Three bytes.
    #[wire(as = U24, endian = big)]
    pub wide: u32,
    /// Shown nowhere.
    #[wire(secret)]
    pub pin: [u8; 4],
    /// By hand.
    #[wire(with = codec)]
    pub own: u8,
    /// Not on the wire.
    #[wire(skip)]
    pub cache: u64,
    /// Not on the wire either.
    #[wire(skip, default = 7)]
    pub seven: u8,
    /// Of some versions.
    #[wire(since = 2, removed = 5, default = 3)]
    pub later: u8,
    /// In an order that is told.
    pub body: Body,
    /// A kind that stands before.
    pub kind: u16,
    /// An enum whose tag stands before.
    #[wire(tag = kind, len = u8)]
    pub told: Body,
    /// Deeper.
    pub tree: Tree,
    /// Bits.
    pub bits: Bits,
    /// A checksum over all.
    #[wire(checksum = crc32(version..=bits))]
    pub sum: u32,
    /// Perhaps there.
    #[wire(optional_tail)]
    pub tail: Option<u8>,
}

/// Behind a header.
#[derive(Debug, Clone, PartialEq, Eq, Message)]
#[msg_type(2)]
#[wire(header = Start { flag: true }, warn(growth))]
pub struct Headed {
    /// A field of the header.
    #[wire(header = call)]
    pub call: u16,
    /// The rest.
    #[wire(len = u16)]
    pub data: Vec<u8>,
}

/// Without anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Message)]
#[msg_type = 3]
#[wire(id = u16, endian = little, reply = Fields<'static>)]
pub struct Empty;

/// A state of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun;

/// Another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Active;

/// Generic.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
#[wire(bound(T: Wire<'__wire>), trailing = keep, crate = ::protocol_core)]
pub struct Page<T> {
    /// One.
    pub one: T,
    /// What is left.
    pub kept: Vec<u8>,
}

/// The messages.
#[derive(Debug, Clone, PartialEq, Eq, Protocol)]
#[wire(id = u16, endian = little, reserved(0, 300..=400), state = Begun)]
pub enum Chat<'a> {
    /// Fields.
    #[wire(from = client, state = Begun, then = Active)]
    Fields(Box<Fields<'a>>),
    /// Empty.
    Empty(Empty),
    /// Any other.
    #[wire(unknown)]
    Other(Unknown),
}

/// The messages behind a header.
#[derive(Debug, Clone, PartialEq, Eq, Protocol)]
#[wire(header = Start, name = "Line")]
pub enum Line {
    /// The only one.
    Headed(Headed),
}

/// Only sent.
#[derive(Debug, Clone, PartialEq, Eq, Protocol)]
#[wire(header = Start, duplicate_ids)]
pub enum Sent {
    /// The only one.
    Headed(Headed),
}
