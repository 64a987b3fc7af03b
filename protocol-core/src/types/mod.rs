//! The types of Rust that have a layout of their own.

mod net;
mod number;
mod sequence;
mod small;
mod tuple;

pub(crate) use sequence::get_array;
pub(crate) use small::get_bool;
