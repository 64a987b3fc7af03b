#![no_std]
#![allow(missing_docs)]
#[cfg(feature = "alloc")]
extern crate alloc;
mod bounds; mod context; mod error; mod fault; mod limits; mod order; mod pack; mod path; mod raw; mod reader; mod sink; mod trail; mod types; mod unpack; mod wire;
pub use bounds::Bounds;
pub use error::{PackError, PackErrorKind, UnpackError, UnpackErrorKind};
pub use fault::Fault;
pub use limits::Limits;
pub use order::{Big, Little, Order};
pub use pack::Pack;
pub use reader::Reader;
pub use sink::Sink;
pub use unpack::Unpack;
pub use wire::Wire;
