//! Declare a binary message as a struct, with a layout exact to the byte, and speak it over a socket.
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use protocol_core::{Message, Pack, Protocol, Unpack};
//!
//! #[derive(Message, Debug, PartialEq)]
//! #[msg_type = 1]
//! struct Login<'a> {
//!     #[wire(rest)]
//!     user: &'a str,
//! }
//!
//! #[derive(Message, Debug, PartialEq)]
//! #[msg_type = 2]
//! struct Logout;
//!
//! #[derive(Protocol, Debug, PartialEq)]
//! enum Chat<'a> {
//!     Login(Login<'a>),
//!     Logout(Logout),
//! }
//!
//! let login = Login { user: "ann" };
//! assert_eq!(login.pack().unwrap(), b"\x01ann");
//! assert_eq!(Chat::unpack(b"\x01ann").unwrap(), Chat::Login(login));
//! # }
//! ```
//!
//! | you have | you want | call |
//! |---|---|---|
//! | a message | bytes | [`pack`](Pack::pack), [`pack_into`](Pack::pack_into), [`pack_slice`](Pack::pack_slice) |
//! | bytes | a message | [`unpack`](Unpack::unpack), [`unpack_bytes`](Unpack::unpack_bytes) |
//! | bytes | to see what they mean | [`explain`] |
//! | a socket | messages | `net::blocking::{Connection, Server}`, `net::tokio::Connection` |
//! | a socket inside TLS | messages | the same, over a stream of `net::tls` |
//! | datagrams | messages | `net::udp::{blocking, tokio}::Socket` |
//! | bytes that another program reads and writes | messages | `conn::Machine` |
//! | a request | its reply | `conn::Serial`, `net::blocking::Pipelined`, `net::tokio::Pipelined` |
//! | a conversation | only what is allowed in it | [`conversation`], `Connection::as_client` |
//! | a `Framed` of tokio-util | messages | `conn::Codec` |
//! | a stream of bytes | frames | `frame::{Length, Cobs, …}` |
//!
//! # Features
//!
//! `std` (default) has the sockets; without it the crate is `no_std`. `alloc` has everything that
//! owns memory: `String`, `Vec`, `Bytes`, the whole path of an error, `explain`, frames. `derive`
//! (default) has the derives. `tls` puts connections into TLS, by rustls. `tokio` has connections
//! and datagrams for that async runtime, `tokio-tls` puts those connections into TLS, `tokio-util` has
//! a codec for its `Framed`. `safe` replaces every unsafe block by safe code that is slower.
#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod bits;
mod bounds;
mod checked;
pub mod checksum;
mod choice;
#[cfg(feature = "alloc")]
pub mod conn;
mod context;
pub mod conversation;
mod dispatch;
mod error;
#[cfg(feature = "alloc")]
mod explain;
mod fault;
mod fields;
mod format;
#[cfg(feature = "alloc")]
pub mod frame;
mod growth;
mod header;
mod known;
mod limits;
mod message;
#[cfg(feature = "std")]
pub mod net;
mod number;
mod order;
mod pack;
mod path;
mod private;
mod raw;
mod reader;
mod relation;
mod report;
mod rule;
mod sink;
mod slice;
mod trail;
#[cfg(feature = "alloc")]
mod transcript;
mod types;
mod unpack;
mod verify;
mod wire;
mod words;

pub use bounds::Bounds;
pub use error::{PackError, PackErrorKind, UnpackError, UnpackErrorKind};
#[cfg(feature = "alloc")]
pub use explain::{Explanation, explain};
pub use fault::Fault;
#[cfg(feature = "alloc")]
pub use header::pack_with_header;
pub use header::{Body, HasHeader, Header, UnpackBehind, WithHeader, unpack_with_header};
pub use limits::Limits;
#[cfg(feature = "alloc")]
pub use message::Unknown;
pub use message::{Id, Message, MessageInfo, MessageOf, Protocol, Spoken, UnexpectedMessage};
pub use number::{Number, OutOfRange};
pub use order::{Big, Endian, Little, Order};
pub use pack::Pack;
pub use path::Path;
pub use reader::Reader;
pub use sink::Sink;
pub use trail::Step;
pub use types::{
    Be, Folded, I24, I40, I48, I56, Le, Micros, Millis, Nanos, Secs, TimeError, U24, U40, U48, U56,
    Varint,
};
pub use unpack::Unpack;
#[cfg(feature = "alloc")]
pub use unpack::Update;
pub use wire::{Wire, WireOwned};

#[cfg(feature = "derive")]
pub use protocol_derive::{Message, Protocol, Wire};

#[doc(hidden)]
pub mod __rt {
    pub use crate::private::*;
}

#[cfg(all(any(doc, doctest), feature = "derive"))]
pub mod guide;

/// The examples of the README.
#[cfg(all(doctest, feature = "derive"))]
#[doc = include_str!("../../README.md")]
struct Readme;
