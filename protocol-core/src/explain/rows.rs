//! The rows of an explanation: each value with its own bytes, the bytes of no value, the fault.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use super::Explanation;
use crate::Path;
use crate::trail::Step;
use crate::transcript::{Entry, Meaning};

/// The most bytes of one value that are shown, and the most from a fault on.
const BYTES_MAX: usize = 64;
const FAULT_BYTES_MAX: usize = 16;

pub(super) struct Row<'e> {
    pub(super) bytes: Range<usize>,
    /// The most of these bytes that are shown.
    pub(super) shown: usize,
    pub(super) path: String,
    pub(super) text: Text<'e>,
    /// The list of which this is an element of one byte.
    list: Option<&'e [Step]>,
}

pub(super) enum Text<'e> {
    Value(&'e str),
    /// The values of elements of one byte.
    Run(Vec<&'e str>),
    Secret,
    /// Why there is no value.
    Note(&'static str),
    Fault(String),
}

/// The rows of an explanation, in the order of the wire.
pub(super) fn rows<'e>(explanation: &'e Explanation<'_>) -> Vec<Row<'e>> {
    let fault = explanation.error.as_ref().map(|error| error.offset());
    let end = fault.unwrap_or(explanation.bytes.len());
    let mut walk = Walk { explanation, rows: Vec::new(), at: 0, end, open: Vec::new() };
    let next = explanation.entries.iter().skip(1).map(Some).chain([None]);
    for (entry, next) in explanation.entries.iter().zip(next) {
        walk.leave(entry.steps.len());
        walk.enter(entry, next.filter(|next| next.steps.len() > entry.steps.len()));
    }
    walk.leave(0);
    walk.finish()
}

/// A walk over the entries, each of which stands before those inside it.
struct Walk<'e, 'a> {
    explanation: &'e Explanation<'a>,
    rows: Vec<Row<'e>>,
    /// The end of the bytes that have a row.
    at: usize,
    /// The end of the bytes that were read.
    end: usize,
    /// The entries around the current place, outermost first, each with what it holds.
    open: Vec<(&'e Entry, Holds)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Nothing,
    Fields,
    Elements,
}

impl<'e> Walk<'e, '_> {
    /// Enters an entry, of which `inside` is the first one within.
    fn enter(&mut self, entry: &'e Entry, inside: Option<&'e Entry>) {
        if let Some((_, holds)) = self.open.last_mut() {
            *holds = match entry.steps.last() {
                Some(Step::Index(_)) => Holds::Elements,
                Some(Step::Field(_)) | None => Holds::Fields,
            };
        }
        self.gap(entry.start, "(no value)");
        self.open.push((entry, Holds::Nothing));
        let end = inside.map_or(entry.end, |inside| inside.start);
        match &entry.meaning {
            Meaning::Value(value) => {
                let end = if entry.failed { end.min(entry.said) } else { end };
                if inside.is_some() || !self.joins_run(entry, value) {
                    self.row(entry, entry.start..end, Text::Value(value));
                }
            }
            Meaning::Secret => self.row(entry, entry.start..entry.end, Text::Secret),
            // Its bytes belong to what is inside, or are a gap.
            Meaning::Unsaid if inside.is_some() || entry.failed => {}
            Meaning::Unsaid if entry.start == entry.end => {}
            Meaning::Unsaid => self.row(entry, entry.start..entry.end, Text::Note("")),
        }
    }

    fn row(&mut self, entry: &'e Entry, bytes: Range<usize>, text: Text<'e>) {
        self.at = self.at.max(bytes.end);
        let path = Path::from_outside(&entry.steps).to_string();
        let list = match (entry.steps.as_slice(), bytes.len(), &text) {
            ([list @ .., Step::Index(_)], 1, Text::Value(_)) => Some(list),
            _ => None,
        };
        self.rows.push(Row { bytes, shown: BYTES_MAX, path, text, list });
    }

    /// Whether an element of one byte goes into the row of those before it: a list of bytes is one run.
    fn joins_run(&mut self, entry: &'e Entry, value: &'e str) -> bool {
        let [list @ .., Step::Index(_)] = entry.steps.as_slice() else { return false };
        let is_byte = entry.start + 1 == entry.end && !entry.failed;
        let before = self.rows.last_mut();
        let Some(row) =
            before.filter(|row| is_byte && row.list == Some(list) && row.bytes.end == entry.start)
        else {
            return false;
        };
        row.bytes.end = entry.end;
        match &mut row.text {
            Text::Run(values) => values.push(value),
            Text::Value(first) => {
                row.path = Path::from_outside(list).to_string();
                row.text = Text::Run([first, value].into());
            }
            Text::Secret | Text::Note(_) | Text::Fault(_) => {}
        }
        self.at = self.at.max(entry.end);
        true
    }

    /// Leaves the entries around the current place down to those less deep than `depth`.
    fn leave(&mut self, depth: usize) {
        while let Some((entry, holds)) = self.open.last().copied() {
            if entry.steps.len() < depth {
                return;
            }
            let is_whole = entry.steps.len() == 1 && entry.end == self.explanation.bytes.len();
            let note = match holds {
                _ if entry.failed => "",
                Holds::Elements => "(end)",
                Holds::Fields | Holds::Nothing if is_whole => "(skipped)",
                Holds::Fields | Holds::Nothing => "(no value)",
            };
            self.gap(entry.end, note);
            self.open.pop();
        }
    }

    /// A row for the bytes up to `to`, if there are any without one.
    fn gap(&mut self, to: usize, note: &'static str) {
        let gap = self.at..to.min(self.end);
        let Some(bytes) = self.explanation.bytes.get(gap.clone()).filter(|gap| !gap.is_empty())
        else {
            return;
        };
        let is_zero = bytes.iter().all(|byte| *byte == 0);
        let note = match note {
            _ if self.explanation.is_cut => "(not shown)",
            "(no value)" if is_zero => "(padding)",
            note => note,
        };
        let steps = self.open.last().map_or(&[][..], |(entry, _)| &entry.steps);
        let path = Path::from_outside(steps).to_string();
        self.rows.push(Row {
            bytes: gap.clone(),
            shown: BYTES_MAX,
            path,
            text: Text::Note(note),
            list: None,
        });
        self.at = gap.end;
    }

    fn finish(mut self) -> Vec<Row<'e>> {
        self.gap(self.end, "(no value)");
        if let Some(error) = &self.explanation.error {
            let len = self.explanation.bytes.len();
            self.rows.push(Row {
                bytes: error.offset().min(len)..len,
                shown: FAULT_BYTES_MAX,
                path: error.path().to_string(),
                text: Text::Fault(error.kind().to_string()),
                list: None,
            });
        }
        self.rows
    }
}
