//! Code of the user's that may panic in a task.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::boxed::Box;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A future of the user's; `None` comes if it panicked. What was half done then is the user's own: of ours
/// there is only the connection, which is dropped or closed.
pub(super) struct Caught<U>(Option<Pin<Box<U>>>);

impl<U: Future> Caught<U> {
    /// What `begin` makes, in a box: a future that is moved into another takes its room twice.
    pub(super) fn new(begin: impl FnOnce() -> U) -> Caught<U> {
        Caught(catch_unwind(AssertUnwindSafe(|| Box::pin(begin()))).ok())
    }
}

impl<U: Future> Future for Caught<U> {
    type Output = Option<U::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<U::Output>> {
        let Some(future) = &mut self.0 else { return Poll::Ready(None) };
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(polled) => polled.map(Some),
            Err(_) => Poll::Ready(None),
        }
    }
}
