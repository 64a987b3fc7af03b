//! A client that connects anew when its connection is lost.

use std::fmt;
use std::io;
use std::thread;
use std::time::Duration;

use super::super::clock::Clock;
use super::Connection;
use crate::conn::{Attempts, Backoff, CallError, NotConnected, Serial, random};
use crate::conversation::{Reply, Request};
use crate::frame::Framing;
use crate::net::Stream;
use crate::{MessageOf, Protocol, Spoken};

/// Holds a connection `C`, of whatever kind, and dials anew when it is lost.
///
/// What was in flight on a connection that is lost fails with an error and is never sent again by
/// itself: only the caller knows whether the server may do it twice.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message)] #[msg_type = 1] #[wire(reply = Data)] struct Ask;
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol)] enum Chat { Ask(Ask), Data(Data) }
/// use protocol_core::conn::Serial;
/// use protocol_core::net::blocking::{Connection, Redial, Server};
///
/// # let server = Server::<Chat>::bind("localhost:0").unwrap();
/// # let (address, handle) = (server.local_addrs()[0], server.handle());
/// # let serving = std::thread::spawn(move || server.serve(|mut connection| {
/// #     while let Some(Chat::Ask(Ask)) = connection.recv()? {
/// #         connection.send(&Data { text: "hello".into() })?;
/// #     }
/// #     Ok::<(), protocol_core::conn::ConnError>(())
/// # }));
/// let mut client = Redial::new(move || Ok(Serial::over(Connection::<Chat>::connect(address)?)));
/// assert_eq!(client.call(&Ask).unwrap(), Data { text: "hello".into() });
/// # client.lost();
/// # handle.drain(std::time::Duration::from_secs(10));
/// # serving.join().unwrap().unwrap();
/// # }
/// ```
pub struct Redial<C, D> {
    dial: D,
    connection: Option<C>,
    attempts: Attempts,
    clock: Clock,
}

impl<C, D: FnMut() -> io::Result<C>> Redial<C, D> {
    /// A client that connects by `dial` when it is first used.
    pub fn new(dial: D) -> Redial<C, D> {
        Redial::with(dial, Backoff::default())
    }

    /// The same with pauses and a budget of your own.
    pub fn with(dial: D, backoff: Backoff) -> Redial<C, D> {
        let attempts = Attempts::new(backoff);
        Redial { dial, connection: None, attempts, clock: Clock::start() }
    }

    /// The connection; if there is none, dials until there is one.
    ///
    /// # Errors
    /// If the budget of attempts is spent; it names their number and the last error.
    pub fn connection(&mut self) -> Result<&mut C, NotConnected> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.dial()?,
        };
        Ok(self.connection.insert(connection))
    }

    /// Takes note that the connection is of no more use: it is dropped, and the next use dials anew.
    pub fn lost(&mut self) {
        self.connection = None;
    }

    fn dial(&mut self) -> Result<C, NotConnected> {
        let mut last = None;
        while let Some(pause) = self.attempts.next(self.clock.now(), random) {
            if pause > Duration::ZERO {
                thread::sleep(pause);
            }
            match (self.dial)() {
                Ok(connection) => {
                    self.attempts.succeeded();
                    return Ok(connection);
                }
                Err(error) => last = Some(error),
            }
        }
        Err(NotConnected::new(self.attempts.in_a_row(), last))
    }
}

impl<In, Out, F, S, D> Redial<Serial<Connection<In, Out, F, S>>, D>
where
    In: for<'a> Protocol<Of<'a> = In>,
    Out: Spoken,
    F: Framing,
    S: Stream,
    D: FnMut() -> io::Result<Serial<Connection<In, Out, F, S>>>,
{
    /// Sends a request and returns its reply. A connection on which that fails is dropped, and the next
    /// call dials anew; what was sent is not sent again. A connection that had
    /// [ended before](CallError::EndedBefore) is replaced at once.
    ///
    /// # Errors
    /// As for [`Serial::call`], and if there is no connection to be had.
    pub fn call<'m, M>(&mut self, message: &M) -> Result<M::Reply, CallError<In>>
    where
        M: Request + MessageOf<Out::Sent<'m>>,
        M::Reply: Reply<In>,
    {
        // One that the user called on may be poisoned.
        if self.connection.as_ref().is_some_and(Serial::is_poisoned) {
            self.lost();
        }
        let was_there = self.connection.is_some();
        match self.call_once(message) {
            Err(CallError::EndedBefore(_)) if was_there => self.call_once(message),
            reply => reply,
        }
    }

    fn call_once<'m, M>(&mut self, message: &M) -> Result<M::Reply, CallError<In>>
    where
        M: Request + MessageOf<Out::Sent<'m>>,
        M::Reply: Reply<In>,
    {
        let connection = self.connection()?;
        let reply = connection.call(message);
        if connection.is_poisoned() {
            self.lost();
        }
        reply
    }
}

impl<C, D> fmt::Debug for Redial<C, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redial").field("attempts", &self.attempts).finish_non_exhaustive()
    }
}
