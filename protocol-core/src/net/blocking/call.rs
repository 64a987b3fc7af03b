//! Calls on a blocking connection, one after the other.

use std::time::Duration;

use super::Connection;
use super::connection::Until;
use crate::conn::{CallError, Moment, Serial, expect_silence};
use crate::conversation::{Reply, Request};
use crate::frame::Framing;
use crate::net::Stream;
use crate::{MessageOf, Protocol, Spoken};

impl<In, Out, F, S> Serial<Connection<In, Out, F, S>>
where
    In: for<'a> Protocol<Of<'a> = In>,
    Out: Spoken,
    F: Framing,
    S: Stream,
{
    /// Sends a request and returns its reply, which must come within the
    /// [deadline](Serial::set_deadline).
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// # use protocol_core::frame::Length;
    /// # use protocol_core::net::{blocking::Connection, mem};
    /// # use std::thread;
    /// use protocol_core::conn::Serial;
    /// use protocol_core::{Message, Protocol};
    ///
    /// #[derive(Message)]
    /// #[msg_type = 1]
    /// #[wire(reply = Welcome)]
    /// struct Login { #[wire(rest)] user: String }
    ///
    /// #[derive(Message)]
    /// #[msg_type = 129]
    /// struct Welcome { place: u8 }
    ///
    /// #[derive(Protocol)]
    /// enum Chat {
    ///     Login(Login),
    ///     Welcome(Welcome),
    /// }
    ///
    /// # let (here, there) = mem::pair();
    /// # let connection = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    /// # let mut peer = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
    /// # let serving = thread::spawn(move || {
    /// #     assert!(matches!(peer.recv(), Ok(Some(Chat::Login(_)))));
    /// #     peer.send(&Welcome { place: 7 }).unwrap();
    /// # });
    /// let mut calls = Serial::over(connection);
    /// let welcome = calls.call(&Login { user: "ann".into() }).unwrap();
    /// assert_eq!(welcome.place, 7);
    /// # serving.join().unwrap();
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the request cannot be packed or is too large: nothing was sent then, and the next call goes
    /// on. If the connection had ended, or [something had come](CallError::Unasked) before the request: then
    /// nothing was sent either. If no reply comes, or something else does. After all but the first the
    /// connection is poisoned.
    pub fn call<'m, M>(&mut self, message: &M) -> Result<M::Reply, CallError<In>>
    where
        M: Request + MessageOf<Out::Sent<'m>>,
        M::Reply: Reply<In>,
    {
        self.call_within(message, self.deadline)
    }

    /// The same with another deadline.
    ///
    /// # Errors
    /// As for [`call`](Serial::call).
    pub fn call_within<'m, M>(
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
        let until = self.connection.now().after(allowed);
        self.is_poisoned = true;
        self.expect_silence(until, allowed)?;
        if let Err(error) = self.connection.queue(message) {
            self.is_poisoned = error.is_fatal();
            return Err(error.into());
        }
        let message = match self.connection.recv_until(until)? {
            Until::Message(message) => message,
            Until::End => return Err(CallError::Ended),
            Until::Over => return Err(CallError::Timeout { allowed }),
        };
        let reply = M::Reply::from_message(message)
            .map_err(|other| other.named(self.connection.machine.message_name()))?;
        self.is_poisoned = false;
        Ok(reply)
    }

    /// Fails if anything has come that would be taken for the reply.
    fn expect_silence(&mut self, until: Moment, allowed: Duration) -> Result<(), CallError<In>> {
        loop {
            expect_silence(&mut self.connection.machine)?;
            if !self.connection.read_now().map_err(CallError::before)? {
                return Ok(());
            }
            // What is no frame, such as a zero more between two of COBS, may come without end.
            if self.connection.now() >= until {
                return Err(CallError::Timeout { allowed });
            }
        }
    }
}
