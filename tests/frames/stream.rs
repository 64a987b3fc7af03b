//! Encodes messages to a stream, and decodes a stream that arrives in parts.

use protocol_core::frame::{Decoded, Encode, FrameError, FrameErrorKind, Framing};

/// What a receiver sees of a stream.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Seen {
    /// A message.
    Message(Vec<u8>),
    /// A bad frame of so many bytes, behind which the stream goes on.
    Bad(FrameErrorKind, usize),
    /// An error that ends the stream.
    End(FrameErrorKind),
}

/// What a receiver sees, and how many bytes are left over for a next frame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Received {
    pub(crate) seen: Vec<Seen>,
    pub(crate) left: usize,
}

impl Received {
    pub(crate) fn messages(&self) -> Vec<Vec<u8>> {
        let messages = self.seen.iter().filter_map(|seen| match seen {
            Seen::Message(message) => Some(message.clone()),
            Seen::Bad(..) | Seen::End(_) => None,
        });
        messages.collect()
    }
}

/// The frame of a message.
pub(crate) fn encode(mut framing: impl Encode, message: &[u8]) -> Result<Vec<u8>, FrameError> {
    let mut out = b"before".to_vec();
    framing.begin(&mut out);
    out.extend(message);
    framing.finish(&mut out, 6)?;
    assert_eq!(out.drain(..6).collect::<Vec<_>>(), b"before");
    Ok(out)
}

/// What is seen of bytes that arrive in these parts. Whatever they are, the framing keeps the rules of
/// `Decode`.
pub(crate) fn decode(framing: &impl Framing, parts: &[&[u8]]) -> Received {
    let (mut framing, mut unread, mut seen) = (framing.clone(), Vec::new(), Vec::new());
    for part in parts {
        unread.extend_from_slice(part);
        loop {
            let have = unread.len();
            match framing.decode(&mut unread) {
                Ok(Decoded::Need(more)) => {
                    assert!(more > 0, "a need of nothing");
                    break;
                }
                Ok(Decoded::Filler { consumed }) => {
                    assert!((1..=have).contains(&consumed), "{consumed} of {have}");
                    unread.drain(..consumed);
                }
                Ok(Decoded::Frame { consumed, message }) => {
                    assert!((1..=have).contains(&consumed), "{consumed} of {have}");
                    assert!(message.end <= consumed, "{message:?} of {consumed}");
                    seen.push(Seen::Message(unread[message].to_vec()));
                    unread.drain(..consumed);
                }
                Err(error) => match error.skip() {
                    Some(skip) => {
                        assert!(skip <= have, "{skip} of {have}");
                        seen.push(Seen::Bad(error.kind(), skip));
                        unread.drain(..skip);
                    }
                    None => {
                        seen.push(Seen::End(error.kind()));
                        // What was read of the stream by then depends on its parts.
                        return Received { seen, left: 0 };
                    }
                },
            }
        }
    }
    Received { seen, left: unread.len() }
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// The next one, below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // xorshift64 of Marsaglia.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let end = u64::try_from(end).expect("64 bits");
        usize::try_from(self.0 % end).expect("below a usize")
    }

    /// The bytes in parts of 0 to 40 bytes.
    pub(crate) fn parts<'a>(&mut self, bytes: &'a [u8]) -> Vec<&'a [u8]> {
        let (mut parts, mut rest) = (Vec::new(), bytes);
        while !rest.is_empty() {
            let (part, after) = rest.split_at(self.below(41).min(rest.len()));
            parts.push(part);
            rest = after;
        }
        parts
    }
}
