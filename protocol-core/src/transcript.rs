//! What a second pass takes down of every value: its place, the way to it, and its meaning.
//!
//! Knows no bytes and lays nothing out; `explain` does.

use alloc::{string::String, vec::Vec};
use core::cell::{Cell, RefCell};
use core::fmt::{Debug, Write};

use crate::trail::Step;

/// The most bytes of a value's text that are kept.
const VALUE_MAX: usize = 160;

/// Text that stops growing, so that a long list is not printed to the end for its beginning.
struct Cut(String);

impl Write for Cut {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        for letter in text.chars() {
            if self.0.len() >= VALUE_MAX {
                self.0.push('…');
                return Err(core::fmt::Error);
            }
            self.0.push(letter);
        }
        Ok(())
    }
}

/// One value of a message: the way to it, the bytes it takes, and what they mean.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) steps: Vec<Step>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
    /// Where reading was when the value was said: before what an error stopped.
    pub(crate) said: usize,
    /// Whether reading it ended in an error.
    pub(crate) failed: bool,
}

/// What is known of the value of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Nothing: a value that only holds others, or one that code of the user read.
    Unsaid,
    Value(String),
    /// Neither the value nor its bytes may be shown.
    Secret,
}

/// The most values that are taken down, so that a large message explains itself in bounded memory.
const ENTRIES_MAX: usize = 10_000;

/// Takes down every value of a message, in the order in which they are read.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    entries: RefCell<Vec<Entry>>,
    open: RefCell<Vec<Open>>,
    is_full: Cell<bool>,
}

/// A value that is being read, and the place of its entry if it has one.
#[derive(Debug, Clone, Copy)]
struct Open {
    step: Step,
    entry: Option<usize>,
    secret: bool,
}

impl Transcript {
    /// Enters a value; nothing is taken down inside a secret one.
    pub(crate) fn open(&self, step: Step, offset: usize, secret: bool) {
        let (mut entries, mut open) = (self.entries.borrow_mut(), self.open.borrow_mut());
        let inside = open.last().is_some_and(|outer| outer.secret);
        let entry = (!inside && entries.len() < ENTRIES_MAX).then_some(entries.len());
        if entry.is_some() {
            let steps = open.iter().map(|outer| outer.step).chain([step]).collect();
            let meaning = if secret { Meaning::Secret } else { Meaning::Unsaid };
            let (start, end, said) = (offset, offset, offset);
            entries.push(Entry { steps, start, end, meaning, said, failed: false });
        } else if !inside {
            self.is_full.set(true);
        }
        open.push(Open { step, entry, secret: secret || inside });
    }

    pub(crate) fn close(&self, offset: usize, is_ok: bool) {
        let closed = self.open.borrow_mut().pop().and_then(|closed| closed.entry);
        self.amend(closed, |entry| {
            entry.end = offset;
            entry.failed = !is_ok;
        });
    }

    pub(crate) fn show(&self, value: &dyn Debug, offset: usize) {
        let shown = self.open.borrow().last().copied().filter(|shown| !shown.secret);
        self.amend(shown.and_then(|shown| shown.entry), |entry| {
            let mut text = Cut(String::new());
            // An error says that the text is long enough.
            let _ = write!(text, "{value:?}");
            entry.meaning = Meaning::Value(text.0);
            entry.said = offset;
        });
    }

    fn amend(&self, position: Option<usize>, change: impl FnOnce(&mut Entry)) {
        let mut entries = self.entries.borrow_mut();
        if let Some(entry) = position.and_then(|position| entries.get_mut(position)) {
            change(entry);
        }
    }

    /// The entries, and whether there were more values than are taken down.
    pub(crate) fn into_entries(self) -> (Vec<Entry>, bool) {
        (self.entries.into_inner(), self.is_full.get())
    }
}
