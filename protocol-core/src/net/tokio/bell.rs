//! How a server reaches a connection that has no thread: by waking its task, or by ending it.

use core::task::{Context, Waker};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

use crate::net::server::Reach;

/// Wakes the task that reads from a connection. Clones are the same bell.
#[derive(Debug, Clone, Default)]
pub(super) struct Bell(Arc<Rope>);

/// What both ends of the rope hold: the task, and the server.
#[derive(Debug, Default)]
struct Rope(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    reader: Option<Waker>,
    task: Option<AbortHandle>,
    is_cut: bool,
}

impl Bell {
    /// Wakes this task the next time. What it is woken for, it looks at after this.
    pub(super) fn wait(&self, cx: &Context<'_>) {
        let mut state = self.0.lock();
        match &mut state.reader {
            Some(reader) => reader.clone_from(cx.waker()),
            reader => *reader = Some(cx.waker().clone()),
        }
    }

    /// The task that is ended when the connection is cut, and at once if it is cut already.
    pub(super) fn set_task(&self, task: AbortHandle) {
        let mut state = self.0.lock();
        if state.is_cut {
            task.abort();
        }
        state.task = Some(task);
    }

    /// The server's end.
    pub(super) fn reach(&self) -> Arc<dyn Reach> {
        Arc::clone(&self.0) as Arc<dyn Reach>
    }
}

impl Rope {
    /// No code that can panic runs under the lock, so a poisoned one holds sound state.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reach for Rope {
    fn end_reading(&self) {
        self.ring();
    }

    fn cut(&self) {
        let mut state = self.lock();
        state.is_cut = true;
        if let Some(task) = &state.task {
            task.abort();
        }
        drop(state);
        self.ring();
    }

    fn ring(&self) {
        let reader = self.lock().reader.take();
        // Outside the lock: what a waker does is the runtime's.
        if let Some(reader) = reader {
            reader.wake();
        }
    }
}
