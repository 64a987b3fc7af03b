//! Calls on a connection for tokio, one after the other.

use core::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use super::Connection;
use crate::conn::{CallError, Serial, expect_silence};
use crate::conversation::{Reply, Request};
use crate::frame::Framing;
use crate::{MessageOf, Protocol, Spoken};

impl<In, Out, F, S> Serial<Connection<In, Out, F, S>>
where
    In: for<'a> Protocol<Of<'a> = In>,
    Out: Spoken,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// Sends a request and returns its reply, which must come within the
    /// [deadline](Serial::set_deadline).
    ///
    /// If the future is dropped after the request was queued, the connection is poisoned, as after a call
    /// that took too long.
    ///
    /// # Errors
    /// If the request cannot be packed or is too large: nothing was sent then, and the next call goes
    /// on. If the connection had ended, or [something had come](CallError::Unasked) before the request: then
    /// nothing was sent either. If no reply comes, or something else does. After all but the first the
    /// connection is poisoned.
    pub async fn call<'m, M>(&mut self, message: &M) -> Result<M::Reply, CallError<In>>
    where
        M: Request + MessageOf<Out::Sent<'m>>,
        M::Reply: Reply<In>,
    {
        self.call_within(message, self.deadline).await
    }

    /// The same with another deadline.
    ///
    /// # Errors
    /// As for [`call`](Serial::call).
    pub async fn call_within<'m, M>(
        &mut self,
        message: &M,
        allowed: Duration,
    ) -> Result<M::Reply, CallError<In>>
    where
        M: Request + MessageOf<Out::Sent<'m>>,
        M::Reply: Reply<In>,
    {
        if self.is_poisoned {
            return Err(CallError::Poisoned);
        }
        let Ok(received) = timeout(allowed, self.exchange(message)).await else {
            self.is_poisoned = true;
            return Err(CallError::Timeout { allowed });
        };
        let message = received?;
        let reply = M::Reply::from_message(message)
            .map_err(|other| other.named(self.connection.machine.message_name()))?;
        self.is_poisoned = false;
        Ok(reply)
    }

    /// Sends the request, and returns the next message.
    async fn exchange<'m, M>(&mut self, message: &M) -> Result<In, CallError<In>>
    where
        M: MessageOf<Out::Sent<'m>>,
    {
        self.expect_silence().await.inspect_err(|_| self.is_poisoned = true)?;
        self.connection.queue(message)?;
        self.is_poisoned = true;
        // The wait for a message writes what is queued.
        self.connection.recv().await?.ok_or(CallError::Ended)
    }

    /// Fails if anything has come that would be taken for the reply.
    async fn expect_silence(&mut self) -> Result<(), CallError<In>> {
        loop {
            expect_silence(&mut self.connection.machine)?;
            if !self.connection.read_now().await.map_err(CallError::before)? {
                return Ok(());
            }
        }
    }
}
