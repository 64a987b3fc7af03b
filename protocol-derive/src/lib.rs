//! The derives of `protocol-core`: `Message`, `Wire` and `Protocol`.
//!
//! Use them through `protocol-core`, which re-exports them and documents the attributes. The way
//! from an item to its impls stands in `expand`; the words of `#[wire(...)]` in `words`.

mod check;
mod emit;
mod errors;
mod expand;
mod half_typed;
mod hints;
mod model;
mod paths;
mod plan;
mod syntax;
mod words;

use proc_macro::TokenStream;

use crate::syntax::Derive;

/// Makes a struct a message: a body of bytes with a number in front.
///
/// The number is `#[msg_type = 3]`, or `#[msg_type(CONSTANT)]`. It takes one byte unless
/// `#[wire(id = u16)]` widens it. The fields follow in their order.
///
/// ```
/// use protocol_core::{Message, Pack};
///
/// #[derive(Message)]
/// #[msg_type = 3]
/// struct Data {
///     #[wire(rest)]
///     text: String,
/// }
/// assert_eq!(Data { text: "hi".into() }.pack().unwrap(), b"\x03hi");
/// ```
///
/// # Words of `#[wire(...)]`
/// On the struct: `endian = big | little`, `id = u8 | u16 | u32`, `trailing = ignore | keep`,
/// `depth = N`, `bound(...)`, `name = "..."`, `crate = ::path`; `reply = LoginAck` or
/// `reply = LoginAck | Refused`, which types `call`.
///
/// On a field: `len = u16`, `count = u16`, `rest`, `min = N`, `max = N`, `item(...)`, `key(...)`,
/// `endian = ...`, `skip`, `default = ...`, `with = module`, `name = "..."`.
#[proc_macro_derive(Message, attributes(msg_type, wire))]
pub fn derive_message(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Message, || half_typed::item(input)).into()
}

/// Makes a struct or an enum a part: something that stands inside messages and has no number.
///
/// A struct is its fields in their order. An enum is a tag of one byte, the discriminant of the
/// variant, and the fields of the variant; `#[wire(tag = u16)]` widens the tag. A variant with
/// `#[wire(unknown)]` keeps unknown tags.
///
/// ```
/// use protocol_core::{Pack, Unpack, Wire};
///
/// #[derive(Wire, Debug, PartialEq)]
/// #[repr(u8)] // Rust asks for it where a variant with fields stands beside one with a number.
/// enum Kind {
///     Text = 1,
///     Image = 2,
///     #[wire(unknown)]
///     Other(u8),
/// }
/// assert_eq!(Kind::Image.pack().unwrap(), [2]);
/// assert_eq!(Kind::unpack(&[9]).unwrap(), Kind::Other(9));
/// ```
///
/// The words of `#[wire(...)]` are those of [`Message`](macro@Message) without `id`.
#[proc_macro_derive(Wire, attributes(msg_type, wire))]
pub fn derive_wire(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Wire, || half_typed::item(input)).into()
}

/// Makes an enum a protocol: the messages that one side of a connection may send.
///
/// Each variant holds one message. Two messages with the same number do not compile.
///
/// ```
/// use protocol_core::{Message, Pack, Protocol, Unknown, Unpack};
///
/// #[derive(Message, Debug, PartialEq)]
/// #[msg_type = 2]
/// struct Logout;
///
/// #[derive(Protocol, Debug, PartialEq)]
/// #[wire(reserved(0))]
/// enum Chat {
///     Logout(Logout),
///     #[wire(unknown)]
///     Other(Unknown),
/// }
/// assert_eq!(Chat::from(Logout).pack().unwrap(), [2]);
/// assert_eq!(Chat::unpack(&[9, 1]).unwrap(), Chat::Other(Unknown::new(9, vec![1])));
/// ```
///
/// # Words of `#[wire(...)]`
/// On the enum: `id = u8 | u16 | u32`, `endian = big | little` (the order of the number),
/// `reserved(...)`, `bound(...)`, `name = "..."`, `crate = ::path`; `state = Start`, the state in which a
/// conversation begins.
///
/// On a variant: `unknown`; `from = client` or `from = server`, the side that sends the message;
/// `state = Start | Active`, the states in which it does; `then = Active`, the state that follows.
#[proc_macro_derive(Protocol, attributes(msg_type, wire))]
pub fn derive_protocol(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Protocol, || half_typed::item(input)).into()
}
