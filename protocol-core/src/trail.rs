//! The way from the whole message to the place of an error, collected on the way out.

use core::cell::{Cell, RefCell};

/// One step on the way: a field by its name, or an element by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The field, variant or message of this name.
    Field(&'static str),
    /// The element at this index, counted from 0.
    Index(usize),
}

/// The most steps that are kept, counted from the innermost: more than the default depth needs.
const STEPS_MAX: usize = 64;

/// Takes down one error: its kind `K`, its place and the way to it. The first note wins, since it
/// is made where the error happened; later ones come from callers.
#[derive(Debug)]
pub(crate) struct Trail<K: Copy> {
    what: Cell<Option<(K, usize)>>,
    steps: RefCell<([Step; STEPS_MAX], usize)>,
}

impl<K: Copy> Trail<K> {
    pub(crate) fn new() -> Trail<K> {
        Trail { what: Cell::new(None), steps: RefCell::new(([Step::Index(0); STEPS_MAX], 0)) }
    }

    pub(crate) fn note(&self, kind: K, offset: usize) {
        if self.what.get().is_none() {
            self.what.set(Some((kind, offset)));
        }
    }

    pub(crate) fn step(&self, step: Step) {
        if let Ok(mut steps) = self.steps.try_borrow_mut() {
            let (kept, count) = &mut *steps;
            if let Some(slot) = kept.get_mut(*count) {
                *slot = step;
                *count += 1;
            }
        }
    }

    pub(crate) fn what(&self) -> Option<(K, usize)> {
        self.what.get()
    }

    /// Hands the steps, innermost first, to `read`.
    pub(crate) fn read_steps<T>(&self, read: impl FnOnce(&[Step]) -> T) -> T {
        let steps = self.steps.borrow();
        let (kept, count) = &*steps;
        read(kept.get(..*count).unwrap_or(&[]))
    }
}
