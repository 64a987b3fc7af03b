//! Recognises peers that speak another protocol by the first bytes they send.
//!
//! Only for the text of errors: it never decides whether bytes are accepted.

use core::fmt;

/// A well-known protocol that is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// An HTTP request or response.
    Http,
    /// The start of a TLS handshake, on a port without TLS.
    Tls,
    /// The banner of an SSH client or server.
    Ssh,
}

/// First bytes and whose they are. A TLS record begins with its type (22, handshake) and the major
/// version 3.
const KNOWN: [(&[u8], Foreign); 13] = [
    (b"GET ", Foreign::Http),
    (b"POST ", Foreign::Http),
    (b"PUT ", Foreign::Http),
    (b"HEAD ", Foreign::Http),
    (b"DELETE ", Foreign::Http),
    (b"OPTIONS ", Foreign::Http),
    (b"CONNECT ", Foreign::Http),
    (b"PATCH ", Foreign::Http),
    (b"TRACE ", Foreign::Http),
    (b"PRI * HTTP/2", Foreign::Http),
    (b"HTTP/", Foreign::Http),
    (b"\x16\x03", Foreign::Tls),
    (b"SSH-", Foreign::Ssh),
];

impl Foreign {
    /// Recognises the protocol whose peers begin with these bytes.
    ///
    /// ```
    /// use protocol_core::frame::Foreign;
    /// assert_eq!(Foreign::recognise(b"GET / HTTP/1.1\r\n"), Some(Foreign::Http));
    /// assert_eq!(Foreign::recognise(b"\x16\x03\x01\x02\x00"), Some(Foreign::Tls));
    /// assert_eq!(Foreign::recognise(b"\x00\x00\x00\x05hello"), None);
    /// ```
    #[must_use]
    pub fn recognise(start: &[u8]) -> Option<Foreign> {
        KNOWN.iter().find(|(first, _)| start.starts_with(first)).map(|(_, foreign)| *foreign)
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "the peer seems to speak HTTP",
            Self::Tls => "the peer seems to speak TLS, and this connection has none",
            Self::Ssh => "the peer seems to speak SSH",
        })
    }
}
