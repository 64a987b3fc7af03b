//! Cuts a stream of bytes into frames, and puts frames around bytes.
//!
//! A framing knows its header and its limits. It knows no socket, no clock and no message: those
//! belong to `net`, `conn` and `message`. It never allocates on reading, and consumes nothing on
//! error.
//!
//! | framing | on the wire | after a bad frame |
//! |---|---|---|
//! | [`Length`] | a length of 1 to 8 bytes, then the message | the stream ends |
//! | [`Varint`] | a length as LEB128, then the message | the stream ends |
//! | [`Fixed`] | the message, always of one length | there is none |
//! | [`Headed`] | the message, whose own header says how long it is | the stream ends |
//! | [`SelfDelimiting`] | the message, whose layout says where it ends | the stream ends |
//! | [`Delimited`] | the message, then bytes that end it | it is skipped |
//! | [`Cobs`] | the message, stuffed so that it holds no zero, then a zero | it is skipped |
//! | [`Checksummed`] | the message and its checksum, in frames of another framing | a wrong checksum costs its frame |
//! | [`Magic`] | a magic, then a frame of another framing | the next magic is looked for |
//! | [`Raw`] | the message: what one read returns | the stream ends |
//!
//! Whether to close a connection or to go on behind a bad frame is the caller's choice. Where a framing
//! knows the place of the next frame, its error has a [`skip`](FrameError::skip), and
//! [`recv`](crate::net::blocking::Connection::recv) returns it as an error that is not fatal: `?` closes, a
//! loop that passes such errors over goes on.

mod checksummed;
mod cobs;
mod delimited;
mod error;
mod fixed;
mod foreign;
mod headed;
mod length;
mod magic;
mod raw;
mod self_delimiting;
mod varint;

use alloc::vec::Vec;
use core::ops::Range;

pub use checksummed::Checksummed;
pub use cobs::Cobs;
pub use delimited::Delimited;
pub use error::{FrameError, FrameErrorKind};
pub use fixed::Fixed;
pub use foreign::Foreign;
pub use headed::Headed;
pub use length::Length;
pub use magic::Magic;
pub use raw::Raw;
pub use self_delimiting::SelfDelimiting;
pub use varint::Varint;

/// The longest message unless a framing is told otherwise: 1 MiB.
const LIMIT: usize = 1024 * 1024;

/// Refuses a message above the limit.
fn check(length: u64, allowed: u64) -> Result<(), FrameErrorKind> {
    if length <= allowed {
        return Ok(());
    }
    Err(FrameErrorKind::AboveLimit { claimed: length, allowed })
}

/// How messages are marked off on a stream: both directions of one framing.
///
/// Each half can live alone (in a thread of its own, say): they share no state, and a clone of a
/// framing that has seen no bytes serves as the other half.
///
/// A framing of your own is a type with both halves:
///
/// ```
/// use protocol_core::frame::{Decode, Decoded, Encode, FrameError, FrameErrorKind};
///
/// /// Each message ends with a NUL, and holds none.
/// #[derive(Clone, Default)]
/// struct Nul {
///     /// How far there is none.
///     looked: usize,
/// }
///
/// const MAX: usize = 256;
///
/// impl Decode for Nul {
///     fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
///         let place = received.iter().skip(self.looked).position(|byte| *byte == 0);
///         let length = self.looked + place.unwrap_or(received.len() - self.looked);
///         if length > MAX {
///             let kind = FrameErrorKind::AboveLimit { claimed: length as u64, allowed: MAX as u64 };
///             return Err(FrameError::received(kind, received));
///         }
///         self.looked = if place.is_some() { 0 } else { length };
///         Ok(match place {
///             Some(_) => Decoded::Frame { consumed: length + 1, message: 0..length },
///             None => Decoded::Need(1),
///         })
///     }
/// }
///
/// impl Encode for Nul {
///     fn begin(&mut self, _out: &mut Vec<u8>) {}
///
///     fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
///         if out[start..].contains(&0) {
///             let why = "a NUL inside a message would end it";
///             return Err(FrameError::sent(FrameErrorKind::Refused { why }));
///         }
///         out.push(0);
///         Ok(())
///     }
/// }
///
/// let mut nul = Nul::default();
/// assert_eq!(nul.decode(&mut b"he".to_owned()), Ok(Decoded::Need(1)));
/// let found = nul.decode(&mut b"hello\0more".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 6, message: 0..5 }));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a framing",
    label = "a framing of `protocol_core::frame` belongs here, such as `Length`",
    note = "a framing of your own implements `Decode`, `Encode` and `Clone`"
)]
pub trait Framing: Decode + Encode + Clone {}

#[diagnostic::do_not_recommend]
impl<F: Decode + Encode + Clone> Framing for F {}

/// The receiving half of a framing.
///
/// The caller keeps all bytes that were received and not yet consumed, and asks after every read.
/// As long as the answer is [`Decoded::Need`], the next call gets the same bytes again with more
/// after them; so a framing that searches may remember how far it has looked.
#[diagnostic::on_unimplemented(
    message = "`{Self}` finds no frames",
    label = "a framing of `protocol_core::frame` belongs here, such as `Length`"
)]
pub trait Decode {
    /// Looks for one frame at the start of `received`, which it may unstuff in place once the
    /// frame is whole.
    ///
    /// # Errors
    /// If the bytes cannot be the start of a frame, or the frame is above the limit. Nothing is
    /// consumed. If the error has a [`skip`](FrameError::skip), the caller may drop so many bytes and
    /// ask for the next frame; otherwise the stream has none.
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError>;

    /// The most bytes that one read may take, for a framing that takes its frames from the borders
    /// of reads; `None` if it does not matter.
    fn read_max(&self) -> Option<usize> {
        None
    }
}

/// The sending half of a framing.
///
/// Between both calls the message is packed to the end of the same vector, so a frame is made
/// without a copy. If packing or [`finish`](Encode::finish) fails, the caller truncates the vector
/// back to `start`: a half frame is never queued.
#[diagnostic::on_unimplemented(
    message = "`{Self}` makes no frames",
    label = "a framing of `protocol_core::frame` belongs here, such as `Length`"
)]
pub trait Encode {
    /// Leaves a placeholder for what stands before the message.
    fn begin(&mut self, out: &mut Vec<u8>);

    /// Completes the frame that begins at `start`: fills the placeholder, and stuffs or appends
    /// what the framing wants.
    ///
    /// # Errors
    /// If the frame is above the limit.
    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError>;

    /// Whether each frame must go out in a write of its own, because the other end takes its
    /// frames from the borders of reads.
    fn writes_apart(&self) -> bool {
        false
    }
}

/// A framing that marks off any message, whatever its bytes: one that stands behind a
/// [`Checksummed`]. Not so are framings that look into the message for its end.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not enclose what it frames",
    label = "`Length`, `Varint`, `Fixed`, `Cobs`, `Delimited` and `Raw` do",
    note = "a framing that looks into the message for its end would look for it in the checksum too"
)]
pub trait Encloses {}

/// A framing whose frames tell their length in front, or have only one, and that keeps nothing of a
/// frame that failed: one that stands behind a [`Magic`], which looks for the next frame anywhere.
#[diagnostic::on_unimplemented(
    message = "the frames of `{Self}` do not tell their length in front",
    label = "`Length`, `Varint` and `Fixed` do",
    note = "behind a `Magic` the next frame may begin anywhere"
)]
pub trait TellsLength {}

/// What a framing found at the start of the received bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// Not yet a whole frame; at least this many more bytes are needed, and never 0.
    Need(usize),
    /// A whole frame.
    Frame {
        /// How many bytes the frame takes with all that stands around the message.
        consumed: usize,
        /// Where in them the message is.
        message: Range<usize>,
    },
    /// Bytes between frames that belong to none and are no error, to be dropped; never 0.
    Filler {
        /// How many bytes.
        consumed: usize,
    },
}
