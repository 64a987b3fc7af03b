//! The types of Rust that have a layout of their own.
mod number;
mod text;
mod list;
