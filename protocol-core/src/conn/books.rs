//! What is kept account of beyond one connection.

use alloc::sync::Arc;
use core::fmt;

/// Keeps the books of one connection: a server, which has an eye on all of them together.
pub(crate) trait Books: Send + Sync {
    /// A frame of so many bytes came, without what marks it off.
    fn frame_in(&self, bytes: usize);

    /// A frame of so many bytes was queued, with what marks it off.
    fn frame_out(&self, bytes: usize);

    /// Lets the receive buffer grow to so many bytes; whether it may.
    fn grow_inbox(&self, bytes: usize) -> bool;

    /// The receive buffer has so many bytes now.
    fn hold_inbox(&self, bytes: usize);

    /// The send buffer has so many bytes now.
    fn hold_outbox(&self, bytes: usize);

    /// Whether another message may be queued.
    fn has_room(&self) -> bool;

    /// How many bytes there are for the buffers of all connections.
    fn buffers_max(&self) -> usize;
}

/// The books of a connection, if somebody keeps any.
#[derive(Clone, Default)]
pub(crate) struct Kept(pub(super) Option<Arc<dyn Books>>);

#[cfg(feature = "std")]
impl Kept {
    pub(crate) fn by(books: Arc<dyn Books>) -> Kept {
        Kept(Some(books))
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "kept" } else { "none" })
    }
}
