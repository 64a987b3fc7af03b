//! The types of Rust that have a layout of their own.

mod net;
mod number;
mod sequence;
mod small;
mod tuple;
