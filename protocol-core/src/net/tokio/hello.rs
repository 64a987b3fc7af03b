//! The handshake of a connection for tokio.

use core::future::poll_fn;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use super::Connection;
use crate::conn::{Agreed, Greeting, Hello, HelloError};
use crate::frame::Framing;

impl<In, Out, F: Framing, S: AsyncRead + AsyncWrite + Unpin> Connection<In, Out, F, S> {
    /// Exchanges hellos with the peer, before the first message: both ends call it. From then on
    /// messages are packed and unpacked in the version that both speak, and no end sends a frame that the
    /// other does not take.
    ///
    /// After an error [close](Connection::close) the connection, so that the peer learns of it too. If the
    /// future is dropped half way, the connection is of no more use.
    ///
    /// # Errors
    /// If the peer speaks another protocol or no common version, is too slow, or the stream fails.
    pub async fn hello(&mut self, hello: &Hello) -> Result<Agreed, HelloError> {
        let (mut greeting, allowed) = (Greeting::new(hello), hello.deadline());
        let greeted =
            timeout(allowed, poll_fn(|cx| self.stream.poll_greet(cx, &mut greeting))).await;
        let agreed =
            greeted.map_err(|_| HelloError::Timeout { have: greeting.have(), allowed })??;
        self.machine.agree(hello, agreed);
        Ok(agreed)
    }
}
