//! Opens the listening sockets of a server: one for each address that its name has.

use std::format;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::vec::Vec;

/// How often another free port is tried, if the one that the first address got is taken on another.
const PORT_ATTEMPTS: usize = 16;

/// Listens on every address of `address`, all with the same port.
pub(in crate::net) fn listen(address: &str) -> io::Result<Vec<TcpListener>> {
    let addresses = addresses(address)?;
    let wants_any_port = addresses.iter().all(|address| address.port() == 0);
    let attempts = if wants_any_port { PORT_ATTEMPTS } else { 1 };
    let mut result = listen_on(&addresses);
    for _ in 1..attempts {
        match &result {
            Err(error) if error.kind() == ErrorKind::AddrInUse => result = listen_on(&addresses),
            Ok(_) | Err(_) => break,
        }
    }
    result
}

/// The addresses of a name. `localhost` is both loopback addresses, whatever the system's table
/// says: programs resolve it by tables and rules of their own, and each must reach the server.
fn addresses(address: &str) -> io::Result<Vec<SocketAddr>> {
    let mut addresses: Vec<_> = address
        .to_socket_addrs()
        .map_err(|error| io::Error::new(error.kind(), format!("`{address}`: {error}")))?
        .collect();
    if let (Some(port), true) = (addresses.first().map(SocketAddr::port), is_localhost(address)) {
        addresses.push((Ipv4Addr::LOCALHOST, port).into());
        addresses.push((Ipv6Addr::LOCALHOST, port).into());
    }
    // Each once, and IPv4 before IPv6.
    addresses.sort_unstable();
    addresses.dedup();
    Ok(addresses)
}

fn is_localhost(address: &str) -> bool {
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    host.trim_end_matches('.').eq_ignore_ascii_case("localhost")
}

/// Listens on each of the addresses. Those of a family that the machine does not have are left out,
/// but one at least must do.
fn listen_on(addresses: &[SocketAddr]) -> io::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    let mut absent = None;
    let mut port = None;
    for address in addresses {
        let address = SocketAddr::new(address.ip(), port.unwrap_or(address.port()));
        match TcpListener::bind(address) {
            Ok(listener) => {
                port = Some(listener.local_addr()?.port());
                listeners.push(listener);
            }
            Err(error) if is_absent(&error) => absent = Some(named(address, &error)),
            Err(error) => return Err(named(address, &error)),
        }
    }
    match absent {
        Some(error) if listeners.is_empty() => Err(error),
        Some(_) | None => Ok(listeners),
    }
}

/// Whether the machine has no such address, or no such family of addresses. (A port that is taken
/// is another matter: half of the clients would then reach somebody else.)
fn is_absent(error: &io::Error) -> bool {
    // EAFNOSUPPORT has no kind of its own: Linux, macOS and the BSDs, Windows.
    let has_no_family = matches!(error.raw_os_error(), Some(97 | 47 | 10047));
    matches!(error.kind(), ErrorKind::AddrNotAvailable | ErrorKind::Unsupported) || has_no_family
}

fn named(address: SocketAddr, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
}

/// The address under which a socket is reached from its own machine.
pub(in crate::net) fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
