//! Datagrams between real sockets: each is a message, and none from a stranger ends anything.

mod blocking;
mod hostile;
mod tokio;

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

/// By then at the latest a datagram has come, on a busy machine too.
pub(crate) const LATE: Duration = Duration::from_secs(10);

/// A socket of a peer that writes its bytes by hand.
pub(crate) fn stranger() -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    socket.set_read_timeout(Some(LATE)).expect("set");
    socket
}

/// The bytes of the next datagram.
pub(crate) fn bytes(socket: &UdpSocket) -> Vec<u8> {
    let mut bytes = vec![0; 1 << 16];
    let (length, _) = socket.recv_from(&mut bytes).expect("a datagram");
    bytes.truncate(length);
    bytes
}

/// An address at which nobody listens.
pub(crate) fn nobody() -> SocketAddr {
    stranger().local_addr().expect("an address")
}
