//! The runtime of a custom binary protocol: messages, frames and sockets.
#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod bounds;
#[cfg(feature = "alloc")]
pub mod conn;
mod context;
mod error;
#[cfg(feature = "alloc")]
mod explain;
mod fault;
mod format;
#[cfg(feature = "alloc")]
pub mod frame;
mod limits;
mod message;
#[cfg(feature = "std")]
pub mod net;
mod order;
mod pack;
mod path;
mod private;
mod raw;
mod reader;
mod report;
mod sink;
mod slice;
mod trail;
mod types;
mod unpack;
mod wire;

pub use bounds::Bounds;
pub use error::{PackError, PackErrorKind, UnpackError, UnpackErrorKind};
#[cfg(feature = "alloc")]
pub use explain::{Explanation, explain};
pub use fault::Fault;
pub use limits::Limits;
#[cfg(feature = "alloc")]
pub use message::Unknown;
pub use message::{Id, Message, MessageInfo, MessageOf, Protocol, UnexpectedMessage};
pub use order::{Big, Little, Order};
pub use pack::Pack;
pub use path::Path;
pub use reader::Reader;
pub use sink::Sink;
pub use trail::Step;
pub use unpack::Unpack;
pub use wire::{Wire, WireOwned};

#[doc(hidden)]
pub mod __private {
    pub use crate::private::*;
}
