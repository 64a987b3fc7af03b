//! Calls on a connection for tokio, one after the other.

use core::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use super::Connection;
use crate::conn::{CallError, Serial};
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
    /// If the future is dropped after it was polled, the connection is poisoned, as after a call that
    /// took too long.
    ///
    /// # Errors
    /// If the request cannot be packed or is too large: nothing was sent then, and the next call goes
    /// on. If no reply comes, or something else does: then the connection is poisoned.
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
        self.connection.queue(message)?;
        self.is_poisoned = true;
        // The wait for a message writes what is queued.
        let received = timeout(allowed, self.connection.recv()).await;
        let message = received.map_err(|_| CallError::Timeout { allowed })??;
        let reply = M::Reply::from_message(message.ok_or(CallError::Ended)?)?;
        self.is_poisoned = false;
        Ok(reply)
    }
}
