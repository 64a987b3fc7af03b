//! An optional handshake before the first message: both ends say what they speak, and both find the same
//! agreement, or the same words for why there is none.
//!
//! Each end sends this at once and reads that of the other, all numbers big-endian:
//!
//! ```text
//!   0                 4        6        8                 12
//!   +-----------------+--------+--------+-----------------+
//!   | magic           | oldest | newest | longest frame   |
//!   +-----------------+--------+--------+-----------------+
//! ```
//!
//! `oldest` and `newest` are the versions that the end speaks, `longest frame` the bytes of a frame that
//! it takes, with all that stands around the message.

use core::fmt;
use core::ops::RangeInclusive;
use core::time::Duration;

use crate::frame::Foreign;

/// What this end speaks.
///
/// ```
/// use protocol_core::conn::Hello;
///
/// const HELLO: Hello = Hello::new(*b"CHAT").versions(1..=2).frame_max(64 * 1024);
/// assert_eq!(HELLO.to_bytes(), *b"CHAT\x00\x01\x00\x02\x00\x01\x00\x00");
///
/// let agreed = HELLO.agree(b"CHAT\x00\x02\x00\x05\x00\x00\x10\x00").unwrap();
/// assert_eq!((agreed.version, agreed.frame_max), (2, 4096));
///
/// let error = HELLO.agree(b"CHAT\x00\x03\x00\x03\x00\x00\x10\x00").unwrap_err();
/// assert_eq!(error.to_string(), "the peer speaks version 3, this side 1 to 2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hello {
    magic: [u8; 4],
    oldest: u16,
    newest: u16,
    frame_max: u32,
    within: Duration,
}

/// What both ends agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Agreed {
    /// The newest version that both speak.
    pub version: u16,
    /// The longest frame that the peer takes.
    pub frame_max: u32,
}

/// Why there is no agreement.
#[derive(Debug)]
#[non_exhaustive]
pub enum HelloError {
    /// The peer speaks another protocol.
    Magic {
        /// How its hello begins.
        got: [u8; 4],
        /// How it would have to.
        expected: [u8; 4],
    },
    /// There is no version that both speak.
    Versions {
        /// The oldest and the newest that the peer speaks.
        peer: (u16, u16),
        /// The oldest and the newest that this end speaks.
        own: (u16, u16),
    },
    /// The hello of the peer contradicts itself: its oldest version is above its newest, or it takes no
    /// frame at all.
    Contradiction {
        /// Its oldest version.
        oldest: u16,
        /// Its newest.
        newest: u16,
        /// The longest frame that it takes.
        frame_max: u32,
    },
    /// The stream ended inside the hello of the peer.
    Ended {
        /// How many of its bytes came.
        have: usize,
    },
    /// The peer took too long.
    Timeout {
        /// How many bytes of its hello came.
        have: usize,
        /// How long the handshake may take.
        allowed: Duration,
    },
    /// The stream failed.
    #[cfg(feature = "std")]
    Io(std::io::Error),
}

impl Hello {
    /// How many bytes a hello takes.
    pub const LEN: usize = 12;

    /// A protocol that begins with these bytes, in version 1 alone, with frames of at most 1 MiB.
    #[must_use]
    pub const fn new(magic: [u8; 4]) -> Hello {
        let within = Duration::from_secs(10);
        Hello { magic, oldest: 1, newest: 1, frame_max: 1024 * 1024, within }
    }

    /// Speaks these versions.
    ///
    /// # Panics
    /// If the range is empty. In a constant, that is a compile error.
    #[must_use]
    pub const fn versions(self, versions: RangeInclusive<u16>) -> Hello {
        let (oldest, newest) = (*versions.start(), *versions.end());
        assert!(oldest <= newest, "the range of versions is empty; the older one comes first");
        Hello { oldest, newest, ..self }
    }

    /// Takes frames of at most so many bytes, with all that stands around the message.
    ///
    /// # Panics
    /// If there would be no frames at all. In a constant, that is a compile error.
    #[must_use]
    pub const fn frame_max(self, frame_max: u32) -> Hello {
        assert!(frame_max > 0, "a frame has at least one byte");
        Hello { frame_max, ..self }
    }

    /// How long the handshake may take, 10 s by default.
    #[must_use]
    pub const fn within(self, within: Duration) -> Hello {
        Hello { within, ..self }
    }

    /// The longest frame that this end takes.
    #[must_use]
    pub const fn longest_frame(&self) -> u32 {
        self.frame_max
    }

    /// How long the handshake may take.
    #[must_use]
    pub const fn deadline(&self) -> Duration {
        self.within
    }

    /// What this end sends.
    #[must_use]
    pub const fn to_bytes(&self) -> [u8; Hello::LEN] {
        let [m0, m1, m2, m3] = self.magic;
        let [o0, o1] = self.oldest.to_be_bytes();
        let [n0, n1] = self.newest.to_be_bytes();
        let [f0, f1, f2, f3] = self.frame_max.to_be_bytes();
        [m0, m1, m2, m3, o0, o1, n0, n1, f0, f1, f2, f3]
    }

    /// What both agree on, by the hello of the peer.
    ///
    /// # Errors
    /// If it is none, or of another protocol, or no version is spoken by both.
    pub fn agree(&self, peer: &[u8; Hello::LEN]) -> Result<Agreed, HelloError> {
        let [m0, m1, m2, m3, o0, o1, n0, n1, f0, f1, f2, f3] = *peer;
        self.check_magic([m0, m1, m2, m3])?;
        let oldest = u16::from_be_bytes([o0, o1]);
        let newest = u16::from_be_bytes([n0, n1]);
        let frame_max = u32::from_be_bytes([f0, f1, f2, f3]);
        if oldest > newest || frame_max == 0 {
            return Err(HelloError::Contradiction { oldest, newest, frame_max });
        }
        let version = newest.min(self.newest);
        if version < oldest.max(self.oldest) {
            let own = (self.oldest, self.newest);
            return Err(HelloError::Versions { peer: (oldest, newest), own });
        }
        Ok(Agreed { version, frame_max })
    }

    fn check_magic(&self, got: [u8; 4]) -> Result<(), HelloError> {
        if got == self.magic {
            return Ok(());
        }
        Err(HelloError::Magic { got, expected: self.magic })
    }
}

/// A handshake on its way: bytes in, bytes out, and never one more than a hello has.
///
/// ```
/// use protocol_core::conn::{Greeting, Hello};
///
/// let mut here = Greeting::new(&Hello::new(*b"CHAT"));
/// let mut there = Greeting::new(&Hello::new(*b"CHAT"));
/// while here.agreed().unwrap().is_none() {
///     let count = there.pending().len().min(5); // A network that carries five bytes at a time.
///     here.space()[..count].copy_from_slice(&there.pending()[..count]);
///     there.written(count);
///     here.received(count);
/// }
/// assert_eq!(here.agreed().unwrap().unwrap().version, 1);
/// ```
#[derive(Debug)]
pub struct Greeting {
    hello: Hello,
    own: [u8; Hello::LEN],
    sent: usize,
    peer: [u8; Hello::LEN],
    have: usize,
}

impl Greeting {
    /// A handshake that has neither sent nor received anything.
    #[must_use]
    pub const fn new(hello: &Hello) -> Greeting {
        Greeting { hello: *hello, own: hello.to_bytes(), sent: 0, peer: [0; Hello::LEN], have: 0 }
    }

    /// The bytes to write next.
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        self.own.get(self.sent..).unwrap_or_default()
    }

    /// Takes note that the first `count` of the [`pending`](Greeting::pending) bytes are written.
    pub fn written(&mut self, count: usize) {
        self.sent = self.sent.saturating_add(count).min(Hello::LEN);
    }

    /// The room for the next read: what the hello of the peer still lacks, and no byte after it.
    pub fn space(&mut self) -> &mut [u8] {
        self.peer.get_mut(self.have..).unwrap_or_default()
    }

    /// Takes note that a read put `count` bytes to the start of the [`space`](Greeting::space).
    pub fn received(&mut self, count: usize) {
        self.have = self.have.saturating_add(count).min(Hello::LEN);
    }

    /// How many bytes of the hello of the peer are there.
    #[must_use]
    pub fn have(&self) -> usize {
        self.have
    }

    /// What both agree on, once the hello of the peer is there; a wrong start of it is refused before the
    /// rest has come.
    ///
    /// # Errors
    /// As for [`Hello::agree`].
    pub fn agreed(&self) -> Result<Option<Agreed>, HelloError> {
        let [m0, m1, m2, m3, ..] = self.peer;
        if self.have >= self.hello.magic.len() {
            self.hello.check_magic([m0, m1, m2, m3])?;
        }
        if self.have < Hello::LEN { Ok(None) } else { self.hello.agree(&self.peer).map(Some) }
    }
}

impl HelloError {
    /// A short name in snake case that never changes, whatever the text of the error becomes.
    ///
    /// ```
    /// use protocol_core::conn::HelloError;
    /// assert_eq!(HelloError::Versions { peer: (3, 3), own: (1, 2) }.code(), "hello_versions");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Magic { .. } => "hello_magic",
            Self::Versions { .. } => "hello_versions",
            Self::Contradiction { .. } => "hello_contradiction",
            Self::Ended { .. } => "hello_ended",
            Self::Timeout { .. } => "hello_timeout",
            #[cfg(feature = "std")]
            Self::Io(_) => "hello_failed",
        }
    }
}

/// A range of versions in words.
struct Versions((u16, u16));

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            (oldest, newest) if oldest == newest => write!(f, "{oldest}"),
            (oldest, newest) => write!(f, "{oldest} to {newest}"),
        }
    }
}

impl fmt::Display for HelloError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Magic { got, expected } => {
                let (got_text, expected) = (got.escape_ascii(), expected.escape_ascii());
                write!(f, "the peer begins with \"{got_text}\" where \"{expected}\" is expected")?;
                match Foreign::recognise(got) {
                    Some(foreign) => write!(f, "; {foreign}"),
                    None => Ok(()),
                }
            }
            Self::Versions { peer, own } => {
                write!(
                    f,
                    "the peer speaks version {}, this side {}",
                    Versions(*peer),
                    Versions(*own)
                )
            }
            Self::Contradiction { oldest, newest, frame_max } => write!(
                f,
                "the hello of the peer contradicts itself: versions {oldest} to {newest}, frames of \
                 at most {frame_max} bytes"
            ),
            Self::Ended { have } => {
                write!(f, "the stream ended inside the hello of the peer: {have} of 12 bytes came")
            }
            Self::Timeout { have, allowed } => {
                write!(f, "the handshake took longer than {allowed:?}: {have} of 12 bytes came")
            }
            #[cfg(feature = "std")]
            Self::Io(error) => write!(f, "the handshake failed: {error}"),
        }
    }
}

impl core::error::Error for HelloError {
    #[cfg(feature = "std")]
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}
