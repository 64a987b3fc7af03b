//! Waiting for what happens to the seats of a server, with a thread or in a task.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use super::report::Report;
use super::seats::{Seats, State};

impl Seats {
    /// Waits until the server is draining, so long at most.
    pub(in crate::net) fn pause(&self, at_most: Duration) {
        let deadline = Instant::now().checked_add(at_most);
        self.wait(|_| deadline, |_| self.is_draining());
    }

    /// Waits until the server is draining, and meanwhile cuts connections whose handshakes take too
    /// long.
    pub(in crate::net) fn guard_until_draining(&self) {
        self.guard(|_| None, |_| self.is_draining());
    }

    /// Waits until no seat is taken, or until the grace is over; whether none is taken. Meanwhile it
    /// cuts connections whose handshakes take too long.
    pub(in crate::net) fn guard_until_empty(&self) -> bool {
        // A second drain may have made the grace shorter meanwhile.
        self.guard(State::deadline, |state| state.open.is_empty())
    }

    /// Waits so long at most until no seat is taken.
    pub(in crate::net) fn wait_until_cut(&self, at_most: Duration) {
        let deadline = Instant::now().checked_add(at_most);
        self.wait(|_| deadline, |state| state.open.is_empty());
    }

    /// Waits until the server has ended, and says how.
    pub(in crate::net) fn wait_for_report(&self) -> Report {
        self.wait(|_| None, |state| state.report().is_some());
        self.lock().report().unwrap_or_default()
    }

    /// Waits, until then at most, until bytes have come free more often than so; whether they have.
    pub(super) fn wait_for_room(&self, freed: u64, until: Instant) -> bool {
        self.wait(|_| Some(until), |state| state.freed != freed)
    }

    /// Waits, and cuts connections whose handshakes take too long.
    fn guard(
        &self,
        deadline: impl Fn(&State) -> Option<Instant>,
        is_done: impl Fn(&State) -> bool,
    ) -> bool {
        self.wait_beside(State::cut_late_handshakes, deadline, is_done)
    }

    fn wait(
        &self,
        deadline: impl Fn(&State) -> Option<Instant>,
        is_done: impl Fn(&State) -> bool,
    ) -> bool {
        self.wait_beside(|_| None, deadline, is_done)
    }

    /// Waits until it is done, or until the deadline; whether it is done. What is to be done beside
    /// that says when it wants to be called again.
    fn wait_beside(
        &self,
        beside: impl Fn(&mut State) -> Option<Instant>,
        deadline: impl Fn(&State) -> Option<Instant>,
        is_done: impl Fn(&State) -> bool,
    ) -> bool {
        let mut state = self.lock();
        while !is_done(&state) {
            let (again, deadline) = (beside(&mut state), deadline(&state));
            let now = Instant::now();
            if deadline.is_some_and(|deadline| deadline <= now) {
                return false;
            }
            state = match again.into_iter().chain(deadline).min() {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(until) => {
                    let waited =
                        self.changed.wait_timeout(state, until.saturating_duration_since(now));
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        true
    }
}

/// The same without a thread.
#[cfg(feature = "tokio")]
impl Seats {
    /// Waits until the server is draining.
    pub(in crate::net) async fn draining(&self) {
        self.find(|_| self.is_draining().then_some(())).await;
    }

    /// Waits until no seat is taken, or until the grace is over; whether none is taken.
    pub(in crate::net) async fn empty(&self) -> bool {
        loop {
            let until = self.lock().deadline();
            let look = |state: &State| match state.open.is_empty() {
                true => Some(true),
                // A second drain has made the grace shorter.
                false if state.deadline() != until => Some(false),
                false => None,
            };
            let left = until
                .map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
            match tokio::time::timeout(left, self.find(look)).await {
                Ok(true) => return true,
                Ok(false) => {}
                Err(_) => return false,
            }
        }
    }

    /// Waits so long at most until no seat is taken.
    pub(in crate::net) async fn cut_within(&self, at_most: Duration) {
        let empty = self.find(|state| state.open.is_empty().then_some(()));
        tokio::time::timeout(at_most, empty).await.unwrap_or_default();
    }

    /// Waits until the server has ended, and says how.
    pub(in crate::net) async fn report(&self) -> Report {
        self.find(State::report).await
    }

    /// Waits for what is looked for.
    async fn find<T>(&self, look: impl Fn(&State) -> Option<T>) -> T {
        loop {
            let mut changed = std::pin::pin!(self.changed_async.notified());
            changed.as_mut().enable();
            let found = look(&self.lock());
            match found {
                Some(found) => return found,
                None => changed.await,
            }
        }
    }
}
