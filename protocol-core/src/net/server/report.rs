//! How a server ended.

/// What became of the connections that were open when a server began to drain.
///
/// ```
/// use protocol_core::net::server::Report;
/// assert_eq!(Report::default().to_string(), "0 connections finished, 0 were cut");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// How many ended by themselves within the grace, with all that was queued written. Whether the
    /// peer ended its side, too, does not matter.
    pub finished: usize,
    /// How many were still at work at the end of the grace, and were cut.
    pub cut: usize,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} connections finished, {} were cut", self.finished, self.cut)
    }
}
