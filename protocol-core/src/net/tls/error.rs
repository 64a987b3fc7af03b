//! Why a handshake failed.

use std::boxed::Box;
use std::error::Error;
use std::fmt::{self, Write as _};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::string::ToString;
use std::time::Duration;

use crate::frame::Foreign;
use crate::path::Excerpt;

/// Why there is no TLS with a peer, and which peer it was.
#[derive(Debug)]
pub struct HandshakeError(Box<Details>);

#[derive(Debug)]
struct Details {
    kind: HandshakeErrorKind,
    peer: Option<SocketAddr>,
    /// The first bytes of a peer that speaks no TLS.
    start: Excerpt,
    foreign: Option<Foreign>,
}

/// Why there is no TLS with a peer.
#[derive(Debug)]
#[non_exhaustive]
pub enum HandshakeErrorKind {
    /// The handshake was not over in time, counted from its start.
    Timeout {
        /// How many bytes the peer sent.
        have: usize,
        /// How long it may take.
        allowed: Duration,
    },
    /// The peer ended the stream before the handshake was over.
    Ended {
        /// How many bytes it sent.
        have: usize,
    },
    /// The first bytes of the peer are not those of TLS.
    NotTls,
    /// The name that the server should prove is neither a host name nor an IP address.
    Name,
    /// One side refused the other: a certificate, a version, a cipher.
    Tls(rustls::Error),
    /// The stream failed.
    Io(io::Error),
}

impl HandshakeError {
    pub(super) fn new(kind: HandshakeErrorKind, peer: Option<SocketAddr>) -> HandshakeError {
        let start = Excerpt::of(&[], 0);
        HandshakeError(Box::new(Details { kind, peer, start, foreign: None }))
    }

    /// The error of a peer that began with `start`, which is no TLS.
    pub(super) fn not_tls(start: &[u8], peer: Option<SocketAddr>) -> HandshakeError {
        let (kind, foreign) = (HandshakeErrorKind::NotTls, Foreign::recognise(start));
        HandshakeError(Box::new(Details { kind, peer, start: Excerpt::of(start, 0), foreign }))
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &HandshakeErrorKind {
        &self.0.kind
    }

    /// Who is at the other end, if the stream has addresses.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.0.peer
    }

    /// The protocol that the peer seems to speak instead.
    #[must_use]
    pub fn foreign(&self) -> Option<Foreign> {
        self.0.foreign
    }
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(peer) = self.0.peer {
            write!(f, "{peer}: ")?;
        }
        write!(f, "{}{}", self.0.kind, self.0.start)?;
        match self.0.foreign {
            Some(foreign) => write!(f, "; {foreign}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for HandshakeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout { have, allowed } => {
                write!(f, "the TLS handshake took longer than {allowed:?}: {have} bytes came")
            }
            Self::Ended { have } => {
                write!(f, "the peer ended the stream in the TLS handshake: {have} bytes came")
            }
            Self::NotTls => f.write_str("the peer speaks no TLS"),
            Self::Name => f.write_str("the server's name is neither a host name nor an IP address"),
            Self::Tls(error) => write!(f, "the TLS handshake failed: {}", Shown(error)),
            Self::Io(error) => write!(f, "the TLS handshake failed: {error}"),
        }
    }
}

impl Error for HandshakeError {}

/// An error of rustls, safe for a log: it may hold names out of the certificate of a stranger, which
/// stay on its line, hold no commands for a terminal, and are cut.
struct Shown<'a>(&'a rustls::Error);

/// The longest text of an error of rustls.
const SHOWN_MAX: usize = 256;

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let ends = 0..=text.len().min(SHOWN_MAX);
        let start = ends.rev().find_map(|end| text.get(..end)).unwrap_or_default();
        for character in start.chars() {
            match character {
                '"' | '\'' => f.write_char(character)?,
                _ => fmt::Display::fmt(&character.escape_debug(), f)?,
            }
        }
        f.write_str(if start.len() < text.len() { "…" } else { "" })
    }
}

/// For code that opens streams of several kinds. The error stands inside.
impl From<HandshakeError> for io::Error {
    fn from(error: HandshakeError) -> io::Error {
        let kind = match error.kind() {
            HandshakeErrorKind::Timeout { .. } => ErrorKind::TimedOut,
            HandshakeErrorKind::Ended { .. } => ErrorKind::UnexpectedEof,
            HandshakeErrorKind::NotTls | HandshakeErrorKind::Tls(_) => ErrorKind::InvalidData,
            HandshakeErrorKind::Name => ErrorKind::InvalidInput,
            HandshakeErrorKind::Io(error) => error.kind(),
        };
        io::Error::new(kind, error)
    }
}
