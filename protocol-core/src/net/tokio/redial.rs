//! A client that connects anew when its connection is lost.

use core::fmt;
use core::future::Future;
use core::time::Duration;
use std::io;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::sleep;

use super::super::clock::Clock;
use super::Connection;
use crate::conn::{Attempts, Backoff, CallError, NotConnected, Serial, random};
use crate::conversation::{Reply, Request};
use crate::frame::Framing;
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
/// use protocol_core::frame::Length;
/// use protocol_core::net::tokio::{Connection, Redial};
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// # let listener = tokio::net::TcpListener::bind("localhost:0").await.unwrap();
/// # let address = listener.local_addr().unwrap();
/// # tokio::spawn(async move {
/// #     let mut server = Connection::<Chat>::over(listener.accept().await.unwrap().0, Length::u32());
/// #     while let Some(Chat::Ask(Ask)) = server.recv().await.unwrap() {
/// #         server.send(&Data { text: "hello".into() }).await.unwrap();
/// #     }
/// # });
/// let mut client =
///     Redial::new(async || Ok(Serial::over(Connection::<Chat>::connect(address).await?)));
/// assert_eq!(client.call(&Ask).await.unwrap(), Data { text: "hello".into() });
/// # });
/// # }
/// ```
///
/// A future of it may be dropped: an attempt to connect is then given up, and a call
/// [poisons](Serial) its connection, which the next use replaces.
pub struct Redial<C, D> {
    dial: D,
    connection: Option<C>,
    attempts: Attempts,
    clock: Clock,
}

impl<C, D: FnMut() -> T, T: Future<Output = io::Result<C>>> Redial<C, D> {
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
    pub async fn connection(&mut self) -> Result<&mut C, NotConnected> {
        // What dialling gives up when it is dropped is no connection that was there.
        if self.connection.is_none() {
            self.connection = Some(self.dial().await?);
        }
        match &mut self.connection {
            Some(connection) => Ok(connection),
            None => Err(NotConnected::new(self.attempts.in_a_row(), None)),
        }
    }

    /// Takes note that the connection is of no more use: it is dropped, and the next use dials anew.
    pub fn lost(&mut self) {
        self.connection = None;
    }

    async fn dial(&mut self) -> Result<C, NotConnected> {
        let mut last = None;
        while let Some(pause) = self.attempts.next(self.clock.now(), random) {
            if pause > Duration::ZERO {
                sleep(pause).await;
            }
            match (self.dial)().await {
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

impl<In, Out, F, S, D, T> Redial<Serial<Connection<In, Out, F, S>>, D>
where
    In: for<'a> Protocol<Of<'a> = In>,
    Out: Spoken,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
    D: FnMut() -> T,
    T: Future<Output = io::Result<Serial<Connection<In, Out, F, S>>>>,
{
    /// Sends a request and returns its reply. A connection on which that fails is dropped, and the next
    /// call dials anew; what was sent is not sent again. A connection that had
    /// [ended before](CallError::EndedBefore) is replaced at once.
    ///
    /// # Errors
    /// As for [`Serial::call`], and if there is no connection to be had.
    pub async fn call<'m, M>(&mut self, message: &M) -> Result<M::Reply, CallError<In>>
    where
        M: Request + MessageOf<Out::Sent<'m>>,
        M::Reply: Reply<In>,
    {
        // A call whose future was dropped has left its connection poisoned.
        if self.connection.as_ref().is_some_and(Serial::is_poisoned) {
            self.lost();
        }
        let was_there = self.connection.is_some();
        match self.call_once(message).await {
            Err(CallError::EndedBefore(_)) if was_there => self.call_once(message).await,
            reply => reply,
        }
    }

    async fn call_once<'m, M>(&mut self, message: &M) -> Result<M::Reply, CallError<In>>
    where
        M: Request + MessageOf<Out::Sent<'m>>,
        M::Reply: Reply<In>,
    {
        let connection = self.connection().await?;
        let reply = connection.call(message).await;
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
