//! The texts of errors that are found while constants are computed, with names and numbers.
//!
//! Only text can be panicked with there, and only a constant function can make it.

/// Text that is put together in a constant.
struct Text {
    bytes: [u8; 256],
    len: usize,
}

impl Text {
    const fn new() -> Text {
        Text { bytes: [0; 256], len: 0 }
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

    #[expect(clippy::panic, reason = "this is how a constant reports an error")]
    const fn report(&self) -> ! {
        let (text, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(text) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("a message of this protocol has a wrong number"),
        }
    }
}

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

pub(crate) const fn run(first: &str, bits: u32) -> ! {
    Text::new()
        .text("the bit fields from `")
        .text(first)
        .text("` on take ")
        .number(bits as u64)
        .text(" bits; they must fill whole bytes, of which 16 are the most")
        .report()
}

pub(crate) const fn no_bit_field(name: &str) -> ! {
    Text::new()
        .text("`")
        .text(name)
        .text("` cannot be a bit field; numbers, `bool` and enums without fields can")
        .report()
}

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

pub(crate) const fn id_widths(message: &str, len: usize, protocol: &str, expected: usize) -> ! {
    Text::new()
        .text("`")
        .text(message)
        .text("` uses a ")
        .number(len as u64)
        .text("-byte id, `")
        .text(protocol)
        .text("` reads ")
        .number(expected as u64)
        .text("; write the same `#[wire(id = ...)]` on both")
        .report()
}

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
