//! The handshake of a blocking connection.

use super::Connection;
use crate::conn::{Agreed, Greeting, Hello, HelloError};
use crate::frame::Framing;
use crate::net::Stream;

impl<In, Out, F: Framing, S: Stream> Connection<In, Out, F, S> {
    /// Exchanges hellos with the peer, before the first message: both ends call it. From then on
    /// messages are packed and unpacked in the version that both speak, and no end sends a frame that the
    /// other does not take.
    ///
    /// After an error [close](Connection::close) the connection, so that the peer learns of it too.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// # use protocol_core::{Message, Protocol};
    /// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
    /// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
    /// use protocol_core::conn::Hello;
    /// use protocol_core::frame::Length;
    /// use protocol_core::net::{blocking::Connection, mem};
    ///
    /// const OLD: Hello = Hello::new(*b"CHAT").versions(1..=2);
    /// const NEW: Hello = Hello::new(*b"CHAT").versions(2..=3);
    ///
    /// let (here, there) = mem::pair();
    /// let mut here = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    /// let mut there = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
    /// let old = std::thread::spawn(move || here.hello(&OLD).unwrap().version);
    /// assert_eq!(there.hello(&NEW).unwrap().version, 2);
    /// assert_eq!(old.join().unwrap(), 2);
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the peer speaks another protocol or no common version, is too slow, or the stream fails.
    pub fn hello(&mut self, hello: &Hello) -> Result<Agreed, HelloError> {
        let mut greeting = Greeting::new(hello);
        let agreed = self.stream.greet(&mut greeting, hello.deadline())?;
        self.machine.agree(hello, agreed);
        Ok(agreed)
    }
}
