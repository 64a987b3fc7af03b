//! Domain names (RFC 1035, sections 3.1 and 4.1.4), and the one thing in DNS that no declaration says:
//! a name may end in a pointer to an earlier place of the message, where it goes on.
//!
//! Names are written whole, which every reader accepts.

use std::fmt;
use std::str::FromStr;

use protocol_core::{Fault, Reader, Sink};

/// The most bytes of a name, its lengths and the empty label at its end included (RFC 1035, 2.3.4).
const NAME_BYTES_MAX: usize = 255;
/// The most bytes of a label.
const LABEL_BYTES_MAX: usize = 63;
/// More pointers than a name can have labels are of no use to anybody.
const POINTERS_MAX: usize = 127;
/// The two bits that make of a length and the byte after it a pointer.
const POINTER: u8 = 0b1100_0000;

/// A domain name.
///
/// ```text
///   +---+-----------+---+---------+---+
///   | 7 | example   | 4 | test    | 0 |    each label behind its length, the empty one last
///   +---+-----------+---+---------+---+
///   | 3 | www | 192 12 |                  or: the name that begins at byte 12 of the message
///   +---+-----+--------+
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Name {
    /// Each label behind its length, without the empty one at the end.
    labels: Vec<u8>,
}

/// Writes a name whole.
///
/// # Errors
/// If the sink is full.
pub(crate) fn pack<W: Sink>(name: &Name, w: &mut W) -> Result<(), Fault> {
    w.bytes(&name.labels)?;
    w.put([0])
}

/// Reads a name, and what its pointers lead to.
///
/// # Errors
/// If the bytes end before the name does, it is longer than a name may be, or a pointer leads anywhere
/// but to an earlier place. So no pointers lead round in circles.
pub(crate) fn unpack(r: &mut Reader<'_, '_>) -> Result<Name, Fault> {
    let (message, mut from) = (r.message(), r.position());
    let mut name = Name::default();
    let mut pointer = labels(r, &mut name)?;
    for _ in 0..POINTERS_MAX {
        let Some(target) = pointer else { return Ok(name) };
        if target >= from {
            return Err(r.refuse("a pointer to a name leads forward"));
        }
        let earlier = message.get(target..).unwrap_or_default();
        pointer = labels(&mut Reader::new(earlier), &mut name)
            .map_err(|_| r.refuse("a pointer leads to what is no name"))?;
        from = target;
    }
    Err(r.refuse("a name of more pointers than labels"))
}

/// Reads labels up to the empty one, or up to a pointer, which is returned.
fn labels(r: &mut Reader<'_, '_>, name: &mut Name) -> Result<Option<usize>, Fault> {
    loop {
        let [length] = r.take::<1>()?;
        if length & POINTER == POINTER {
            let [low] = r.take::<1>()?;
            return Ok(Some(usize::from(u16::from_be_bytes([length & !POINTER, low]))));
        }
        if length == 0 {
            return Ok(None);
        }
        if usize::from(length) > LABEL_BYTES_MAX {
            return Err(r.refuse("a label of an unknown kind"));
        }
        if !name.push(r.bytes(usize::from(length))?) {
            return Err(r.refuse("a name of more than 255 bytes"));
        }
    }
}

impl Name {
    /// Appends a label; `false` if it is no label, or the name would be too long.
    fn push(&mut self, label: &[u8]) -> bool {
        let Ok(length) = u8::try_from(label.len()) else { return false };
        // One byte before this label, and one after the last.
        let fits = self.labels.len() + label.len() + 2 <= NAME_BYTES_MAX;
        let is_label = (1..=LABEL_BYTES_MAX).contains(&label.len());
        if fits && is_label {
            self.labels.push(length);
            self.labels.extend_from_slice(label);
        }
        fits && is_label
    }

    /// Its labels, without their lengths.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.labels.as_slice();
        std::iter::from_fn(move || {
            let (length, after) = rest.split_first()?;
            let (label, after) = after.split_at_checked(usize::from(*length))?;
            rest = after;
            Some(label)
        })
    }

    /// Whether both are the same name: letters of either case are (RFC 1035, 2.3.3).
    pub(crate) fn is(&self, other: &Name) -> bool {
        // No length is a letter.
        self.labels.eq_ignore_ascii_case(&other.labels)
    }

    /// Whether it is `zone`, or a name below it.
    pub(crate) fn is_within(&self, zone: &Name) -> bool {
        let above = self.labels().count().checked_sub(zone.labels().count());
        above.is_some_and(|above| {
            let (own, other) = (self.labels().skip(above), zone.labels());
            own.zip(other).all(|(own, other)| own.eq_ignore_ascii_case(other))
        })
    }
}

/// As in zone files: labels with dots behind them, `\` before what is no part of a name's text.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.labels.is_empty() {
            return f.write_str(".");
        }
        for label in self.labels() {
            for byte in label {
                match byte {
                    b'.' | b'\\' | b'"' | b'(' | b')' | b';' | b'@' | b'$' => {
                        write!(f, "\\{}", char::from(*byte))?;
                    }
                    b'!'..=b'~' => write!(f, "{}", char::from(*byte))?,
                    _ => write!(f, "\\{byte:03}")?,
                }
            }
            f.write_str(".")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads `example.test`, with or without a dot at its end.
impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Name, String> {
        let mut name = Name::default();
        let inner = text.strip_suffix('.').unwrap_or(text);
        let is_root = inner.is_empty();
        for label in inner.split('.').filter(|_| !is_root) {
            if !name.push(label.as_bytes()) {
                return Err(format!("{text:?} is no domain name"));
            }
        }
        Ok(name)
    }
}
