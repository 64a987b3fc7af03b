//! The way from the whole message to the place of an error, collected on the way out.

#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};
use core::cell::{Cell, RefCell};
#[cfg(feature = "alloc")]
use core::fmt::{Debug, Write};

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
}

impl<K: Copy> Trail<K> {
    pub(crate) fn new() -> Trail<K> {
        Trail { what: Cell::new(None), steps: RefCell::new(([Step::Index(0); STEPS_MAX], 0)) }
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

/// The most bytes of a value's text that are kept.
#[cfg(feature = "alloc")]
const VALUE_MAX: usize = 64;

/// Text that stops growing, so that a long list is not printed to the end for its beginning.
#[cfg(feature = "alloc")]
struct Cut(String);

#[cfg(feature = "alloc")]
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
#[cfg(feature = "alloc")]
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) steps: Vec<Step>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) value: Option<String>,
}

/// The most values that are taken down, so that a large message explains itself in bounded memory.
#[cfg(feature = "alloc")]
const ENTRIES_MAX: usize = 10_000;

/// Takes down every value of a message, in the order of the wire: what an explanation is made of.
#[cfg(feature = "alloc")]
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    entries: RefCell<Vec<Entry>>,
    open: RefCell<Vec<Open>>,
}

/// A value that is being read, and the place of its entry if it has one.
#[cfg(feature = "alloc")]
#[derive(Debug)]
struct Open {
    step: Step,
    entry: Option<usize>,
}

#[cfg(feature = "alloc")]
impl Transcript {
    pub(crate) fn open(&self, step: Step, offset: usize) {
        let (mut entries, mut open) = (self.entries.borrow_mut(), self.open.borrow_mut());
        let entry = (entries.len() < ENTRIES_MAX).then_some(entries.len());
        if entry.is_some() {
            let steps = open.iter().map(|outer| outer.step).chain([step]).collect();
            entries.push(Entry { steps, start: offset, end: offset, value: None });
        }
        open.push(Open { step, entry });
    }

    pub(crate) fn close(&self, offset: usize) {
        let closed = self.open.borrow_mut().pop().and_then(|closed| closed.entry);
        self.amend(closed, |entry| entry.end = offset);
    }

    pub(crate) fn show(&self, value: &dyn Debug) {
        let shown = self.open.borrow().last().and_then(|shown| shown.entry);
        self.amend(shown, |entry| {
            let mut text = Cut(String::new());
            // An error says that the text is long enough.
            let _ = write!(text, "{value:?}");
            entry.value = Some(text.0);
        });
    }

    fn amend(&self, position: Option<usize>, change: impl FnOnce(&mut Entry)) {
        let mut entries = self.entries.borrow_mut();
        if let Some(entry) = position.and_then(|position| entries.get_mut(position)) {
            change(entry);
        }
    }

    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries.into_inner()
    }
}
