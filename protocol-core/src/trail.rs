//! The way from the whole message to the place of an error, collected on the way out.

use core::cell::{Cell, RefCell};
use core::ops::Range;

/// One step on the way: a field by its name, or an element by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The field, variant or message of this name.
    Field(&'static str),
    /// The element at this index, counted from 0.
    Index(usize),
}

/// The most steps that are kept: the innermost ones, and the outermost, which is the message. The
/// default depth needs up to three a level: a variant, a field and an index. Without `alloc` a path
/// is one step.
const STEPS_MAX: usize = if cfg!(feature = "alloc") { 256 } else { 2 };

/// Takes down one error: its kind `K`, its place and the way to it. The last note wins and begins a
/// new way: each is made where an error happens, and one before it was swallowed by a `with` module.
#[derive(Debug)]
pub(crate) struct Trail<K: Copy> {
    what: Cell<Option<(K, usize)>>,
    steps: RefCell<([Step; STEPS_MAX], usize)>,
    secrets: Cell<Secrets>,
}

impl<K: Copy> Trail<K> {
    pub(crate) fn new() -> Trail<K> {
        Trail {
            what: Cell::new(None),
            steps: RefCell::new(([Step::Index(0); STEPS_MAX], 0)),
            secrets: Cell::new(Secrets::default()),
        }
    }

    pub(crate) fn note(&self, kind: K, offset: usize) {
        self.what.set(Some((kind, offset)));
        if let Ok(mut steps) = self.steps.try_borrow_mut() {
            steps.1 = 0;
        }
    }

    /// Takes down an error of unknown place, if the one that happened was taken down by nobody.
    pub(crate) fn note_if_none(&self, kind: K) {
        if self.what.get().is_none() {
            self.what.set(Some((kind, 0)));
        }
    }

    /// Whether no step was taken since the error.
    pub(crate) fn is_here(&self) -> bool {
        self.steps.try_borrow().is_ok_and(|steps| steps.1 == 0)
    }

    pub(crate) fn step(&self, step: Step) {
        if let Ok(mut steps) = self.steps.try_borrow_mut() {
            let (kept, count) = &mut *steps;
            if let Some(slot) = kept.get_mut(*count) {
                *slot = step;
                *count += 1;
            } else if let Some(outermost) = kept.last_mut() {
                *outermost = step;
            }
        }
    }

    /// Replaces the kind of the error that was taken down.
    pub(crate) fn reword(&self, kind: impl FnOnce(K) -> K) {
        self.what.set(self.what.get().map(|(old, offset)| (kind(old), offset)));
    }

    /// Hides the bytes of a secret from everything that shows bytes.
    pub(crate) fn hide(&self, secret: Range<usize>) {
        let mut secrets = self.secrets.get();
        secrets.add(secret);
        self.secrets.set(secrets);
    }

    /// Hides what follows an error: it was not read, and some of it may be secret.
    pub(crate) fn hide_unread(&self) {
        self.secrets.set(Secrets { unread: true, ..self.secrets.get() });
    }

    /// What must not be shown.
    pub(crate) fn secrets(&self) -> Secrets {
        let from = match self.what.get() {
            Some((_, offset)) if self.secrets.get().unread => offset,
            _ => usize::MAX,
        };
        let mut secrets = self.secrets.get();
        secrets.add(from..usize::MAX);
        secrets
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

/// How many secrets of a message are told apart. Where there are more, what stands between the last
/// ones is hidden too.
const SECRETS_MAX: usize = 8;

/// The places of secret values: offsets in the message.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Secrets {
    ranges: [(usize, usize); SECRETS_MAX],
    count: usize,
    /// Whether bytes that were not read are hidden.
    unread: bool,
}

impl Secrets {
    fn add(&mut self, secret: Range<usize>) {
        if secret.is_empty() {
            return;
        }
        if let Some(slot) = self.ranges.get_mut(self.count) {
            *slot = (secret.start, secret.end);
            self.count += 1;
        } else if let Some((start, end)) = self.ranges.last_mut() {
            *start = secret.start.min(*start);
            *end = secret.end.max(*end);
        }
    }

    /// Whether the byte at this offset must not be shown.
    pub(crate) fn hide(&self, offset: usize) -> bool {
        self.ranges.iter().take(self.count).any(|(start, end)| (*start..*end).contains(&offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_secrets_hide_what_is_between_them() {
        let mut secrets = Secrets::default();
        for start in 0..20 {
            secrets.add(10 * start..10 * start + 2);
        }
        for start in 0..20 {
            assert!(secrets.hide(10 * start) && secrets.hide(10 * start + 1), "{start}");
        }
        assert!(!secrets.hide(2) && !secrets.hide(69), "told apart");
        assert!(secrets.hide(75), "not told apart");
        assert!(!secrets.hide(192), "after the last");
    }
}
