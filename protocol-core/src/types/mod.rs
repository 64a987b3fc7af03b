//! The types of Rust that have a layout of their own.

mod byte;
mod net;
mod number;
mod sequence;
mod small;
mod tuple;
