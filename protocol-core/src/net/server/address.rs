//! Where a connection came from.

use std::fmt;
use std::net::SocketAddr;

/// Where a connection, or a datagram, came from.
///
/// ```
/// use protocol_core::net::server::Address;
///
/// let address = Address::from(std::net::SocketAddr::from(([192, 0, 2, 1], 7)));
/// assert_eq!((address.to_string(), Address::Unix.to_string()), ("192.0.2.1:7".into(), "unix".into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Address {
    /// Over the network.
    Ip(SocketAddr),
    /// Over a Unix socket, from this machine: its clients have no address.
    Unix,
}

impl Address {
    /// The address and port, if it came over the network.
    #[must_use]
    pub fn ip(self) -> Option<SocketAddr> {
        match self {
            Address::Ip(address) => Some(address),
            Address::Unix => None,
        }
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Address {
        Address::Ip(address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Ip(address) => fmt::Display::fmt(address, f),
            Address::Unix => f.pad("unix"),
        }
    }
}
