//! The texts of errors that are found while constants are computed, with names and numbers.
//!
//! Only text can be panicked with there, and only a constant function can make it. All of them are tracked
//! to their callers, so that the compiler shows the user's code and not this.

/// What makes a layout impossible. The field that has it is named where it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Elements of a list can take no bytes.
    #[cfg(feature = "alloc")]
    EmptyItem,
    /// Each element of a list takes all remaining bytes.
    RestInItem,
    /// Something inside takes all remaining bytes and is not last.
    RestInside,
    /// A part takes more bytes than its length can say.
    AboveLen,
    /// A value takes more bytes than it is filled up to.
    AbovePadding,
}

/// Text that is put together in a constant.
struct Text {
    bytes: [u8; 320],
    len: usize,
}

impl Text {
    const fn new() -> Text {
        Text { bytes: [0; 320], len: 0 }
    }

    /// Adds text, up to where it fits.
    const fn text(mut self, text: &str) -> Text {
        let mut rest = text.as_bytes();
        while let [byte, after @ ..] = rest {
            if self.len < self.bytes.len() {
                #[expect(clippy::indexing_slicing, reason = "the line above; no `get_mut` here")]
                {
                    self.bytes[self.len] = *byte;
                }
                self.len += 1;
            }
            rest = after;
        }
        self
    }

    /// Adds a number in decimal.
    const fn number(self, number: u64) -> Text {
        const DIGITS: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let front = if number >= 10 { self.number(number / 10) } else { self };
        #[expect(clippy::indexing_slicing, reason = "a remainder of 10 is below 10")]
        front.text(DIGITS[(number % 10) as usize])
    }

    /// Adds the width of a number: so many bytes, or `varint` where it takes up to ten.
    const fn width(self, len: usize, unit: &str) -> Text {
        if len > 4 { self.text("varint") } else { self.number(len as u64).text(unit) }
    }

    #[track_caller]
    #[expect(clippy::panic, reason = "this is how a constant reports an error")]
    const fn report(&self) -> ! {
        let (text, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(text) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("a message of this protocol has a wrong number"),
        }
    }
}

/// A layout that cannot be read back, at the field that has it.
#[track_caller]
pub(crate) const fn flaw(name: &str, flaw: Flaw) -> ! {
    match flaw {
        #[cfg(feature = "alloc")]
        Flaw::EmptyItem => empty_item(name),
        Flaw::RestInItem => rest_in_item(name),
        Flaw::RestInside => rest_inside(name),
        Flaw::AboveLen => above_len(name),
        Flaw::AbovePadding => above_padding(name),
    }
}

#[cfg(feature = "alloc")]
#[track_caller]
pub(crate) const fn empty_item(name: &str) -> ! {
    Text::new()
        .text("an element of `")
        .text(name)
        .text("` can take no bytes, so a count alone could ask for any memory; ")
        .text(
            "give the element a field that is always there, or write a number in place of the list",
        )
        .report()
}

#[track_caller]
pub(crate) const fn rest_in_item(name: &str) -> ! {
    Text::new()
        .text("each element of `")
        .text(name)
        .text("` takes all remaining bytes, so a second one can never be read; ")
        .text("give each a length, `item(len = u16)`")
        .report()
}

#[track_caller]
pub(crate) const fn rest_inside(name: &str) -> ! {
    Text::new()
        .text("what takes all remaining bytes stands in the middle of `")
        .text(name)
        .text("`; give it a length, `len = u16`, or move it to the end")
        .report()
}

#[track_caller]
pub(crate) const fn rest_is_not_last(name: &str, next: &str) -> ! {
    Text::new()
        .text("`")
        .text(name)
        .text("` takes all remaining bytes, so `")
        .text(next)
        .text("` can never be read; give `")
        .text(name)
        .text("` a length, `#[wire(len = u16)]`, or move it to the end")
        .report()
}

#[track_caller]
pub(crate) const fn above_len(name: &str) -> ! {
    Text::new()
        .text("`")
        .text(name)
        .text("` takes more bytes than its `len` can say; use a wider prefix")
        .report()
}

#[track_caller]
pub(crate) const fn above_padding(name: &str) -> ! {
    Text::new()
        .text("`")
        .text(name)
        .text("` takes more bytes than its `pad_to` gives it; write a larger number")
        .report()
}

#[track_caller]
pub(crate) const fn two_messages(a: &str, b: &str, id: u64) -> ! {
    Text::new()
        .text("`")
        .text(a)
        .text("` and `")
        .text(b)
        .text("` both have message type ")
        .number(id)
        .text("; give one of them another")
        .report()
}

#[track_caller]
pub(crate) const fn two_variants(a: &str, b: &str, tag: u64) -> ! {
    Text::new()
        .text("`")
        .text(a)
        .text("` and `")
        .text(b)
        .text("` both have the tag ")
        .number(tag)
        .text("; give one of them another")
        .report()
}

#[track_caller]
pub(crate) const fn tag_not_kept(variant: &str, kept: u64, most: u64) -> ! {
    Text::new()
        .text("the first field of `")
        .text(variant)
        .text("` keeps the tag up to ")
        .number(kept)
        .text(", and there are tags up to ")
        .number(most)
        .text("; write the type of the tag there")
        .report()
}

#[track_caller]
pub(crate) const fn run(first: &str, bits: u32) -> ! {
    Text::new()
        .text("the bit fields from `")
        .text(first)
        .text("` on take ")
        .number(bits as u64)
        .text(" bits; they must fill whole bytes, of which 16 are the most")
        .report()
}

#[track_caller]
pub(crate) const fn no_bit_field(name: &str) -> ! {
    Text::new()
        .text("`")
        .text(name)
        .text("` cannot be a bit field; numbers, `bool` and enums without fields can")
        .report()
}

#[track_caller]
pub(crate) const fn bit_width(name: &str, bits: u32, most: u32) -> ! {
    Text::new()
        .text("`")
        .text(name)
        .text("` has ")
        .number(bits as u64)
        .text(" bits, and its type has 1 to ")
        .number(most as u64)
        .report()
}

#[track_caller]
pub(crate) const fn above_max_len(name: &str, min: usize, most: usize) -> ! {
    Text::new()
        .text("`")
        .text(name)
        .text("` is at least ")
        .number(min as u64)
        .text(" bytes, above its `max_len` of ")
        .number(most as u64)
        .report()
}

#[track_caller]
pub(crate) const fn id_widths(message: &str, len: usize, protocol: &str, expected: usize) -> ! {
    Text::new()
        .text("`")
        .text(message)
        .text("` uses a ")
        .width(len, "-byte")
        .text(" id, `")
        .text(protocol)
        .text("` reads ")
        .width(expected, "")
        .text("; write the same `#[wire(id = ...)]` on both")
        .report()
}

#[track_caller]
pub(crate) const fn id_orders(message: &str, is_big: bool, protocol: &str) -> ! {
    let (written, read) = if is_big { ("big", "little") } else { ("little", "big") };
    Text::new()
        .text("`")
        .text(message)
        .text("` writes its id in ")
        .text(written)
        .text("-endian order, `")
        .text(protocol)
        .text("` reads it in ")
        .text(read)
        .text("-endian order; write the same `endian` on both, or `id = Be<u16>` on the message")
        .report()
}

#[track_caller]
pub(crate) const fn reserved(message: &str, id: u64, protocol: &str) -> ! {
    Text::new()
        .text("message type ")
        .number(id)
        .text(" of `")
        .text(message)
        .text("` is reserved in `")
        .text(protocol)
        .text("`; give the message another number")
        .report()
}

#[track_caller]
pub(crate) const fn no_inner(name: &str, word: &str) -> ! {
    Text::new()
        .text("`")
        .text(word)
        .text("` says nothing about the type of `")
        .text(name)
        .text("`; `key` is for maps, `item` for lists, maps, `Option` and arrays")
        .report()
}

#[track_caller]
pub(crate) const fn no_blank(name: &str) -> ! {
    Text::new()
        .text("`")
        .text(name)
        .text("` cannot be `reserved`, since its type has no default to write and compare with; ")
        .text("derive `Default` and `PartialEq` for it")
        .report()
}

/// Stands where the compiler stops anyway, because what the user wrote is wrong.
#[must_use]
pub fn never<T>() -> T {
    #[expect(clippy::unreachable, reason = "a crate with a derive error never runs")]
    {
        unreachable!("the derive reported an error")
    }
}
