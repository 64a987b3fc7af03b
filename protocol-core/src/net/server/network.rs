//! Who is one peer, as far as limits go.

use std::net::{IpAddr, Ipv6Addr};

use super::address::Address;

/// Addresses that belong to one customer of the internet: an IPv4 address, or an IPv6 /64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Network(IpAddr);

impl Network {
    /// The network of an address; `None` for loopback and Unix sockets, which are exempt: proxies and
    /// tests come from there.
    pub(super) fn of(address: Address) -> Option<Network> {
        match address.ip()?.ip().to_canonical() {
            ip if ip.is_loopback() => None,
            ip @ IpAddr::V4(_) => Some(Network(ip)),
            IpAddr::V6(ip) => {
                let first_64 = ip.to_bits() & (u128::MAX << 64);
                Some(Network(Ipv6Addr::from_bits(first_64).into()))
            }
        }
    }
}
