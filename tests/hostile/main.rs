//! Hostile input to every test message: no bytes whatever make unpacking panic, take more memory
//! than they justify, nest without end, or yield a value that packs to other bytes.
//!
//! The messages are those of `layout`, whose subject is what good bytes mean.

// Clippy knows by the attribute that these are tests.
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod budget;
#[cfg(test)]
#[path = "../layout/case.rs"]
mod case;
#[cfg(test)]
mod depth;
#[cfg(test)]
mod heap;
#[cfg(test)]
mod inputs;
#[cfg(test)]
#[path = "../layout/messages/mod.rs"]
mod messages;
