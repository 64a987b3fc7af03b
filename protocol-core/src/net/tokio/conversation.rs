//! Conversations on a connection for tokio.

use core::error::Error;
use std::boxed::Box;

use tokio::io::{AsyncRead, AsyncWrite};

use super::Connection;
use crate::conn::{
    CallError, ConnError, Conversation, Leads, RecvError, Replies, SendError, SendErrorKind,
    answer_in_place,
};
use crate::conversation::{
    AllowedIn, AnyState, ClientSide, Converses, Reply, Request, Role, ServerSide, StaysIn,
};
use crate::frame::Framing;
use crate::{Message, MessageOf, Protocol};

impl<In, Out, F: Framing, S: AsyncRead + AsyncWrite + Unpin> Connection<In, Out, F, S> {
    /// Begins a conversation of which this is the client.
    pub fn as_client<Start>(&mut self) -> Conversation<'_, Self, ClientSide, Start>
    where
        Out: Converses<Start = Start>,
        In: Protocol + Converses<Start = Start>,
    {
        Conversation::start::<Out>(self)
    }

    /// Begins a conversation of which this is the server.
    pub fn as_server<Start>(&mut self) -> Conversation<'_, Self, ServerSide, Start>
    where
        Out: Converses<Start = Start>,
        In: Protocol + Converses<Start = Start>,
    {
        Conversation::start::<Out>(self)
    }
}

impl<'c, In, Out, F, S, R, T> Conversation<'c, Connection<In, Out, F, S>, R, T>
where
    In: Protocol + Converses,
    Out: Converses,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
    R: Role,
{
    /// Sends a message that leads to no other state. It is queued at once, and the future writes, as with
    /// [`Connection::send`].
    ///
    /// # Errors
    /// As for [`Connection::send`]. In [`AnyState`], also if this side may not send the message now.
    pub async fn send<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        M: StaysIn<Out::Sent<'m>, R, T>,
    {
        self.send_checked(message).await
    }

    /// Sends a message and goes on to the state that it leads to.
    ///
    /// # Errors
    /// As for [`Connection::send`].
    pub async fn step<'m, M, N>(
        mut self,
        message: &M,
    ) -> Result<Conversation<'c, Connection<In, Out, F, S>, R, N>, SendError>
    where
        M: AllowedIn<Out::Sent<'m>, R, T, Then = N>,
    {
        self.send_checked(message).await?;
        Ok(self.moved())
    }

    async fn send_checked<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        M: Message + MessageOf<Out::Sent<'m>>,
    {
        let next = self.phase.sent::<Out, M>(R::SIDE).map_err(SendErrorKind::NotAllowed)?;
        self.connection.queue(message)?;
        self.phase = next;
        self.connection.flush().await
    }
}

impl<'c, In, Out, F, S, R, T> Conversation<'c, Connection<In, Out, F, S>, R, T>
where
    In: for<'a> Protocol<Of<'a> = In> + Converses,
    Out: Converses,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
    R: Role,
{
    /// Receives the message `M`, the only one that this program expects now, and goes on to the state
    /// that it leads to.
    ///
    /// # Errors
    /// As for [`Connection::recv`]; if the peer may not send what came in this state; or if it is
    /// another message, or none.
    pub async fn expect<M>(mut self) -> Result<M::To<'c, Connection<In, Out, F, S>>, CallError<In>>
    where
        M: Reply<In> + Leads<In, R, T>,
    {
        let message = self.next().await?.ok_or(CallError::Ended)?;
        let expected = M::from_message(message)
            .map_err(|other| other.named(self.connection.machine.message_name()))?;
        Ok(expected.lead(self))
    }

    /// Sends a request, receives its reply, and goes on to the state to which both lead. Where the
    /// reply is one of two messages, it is a `Result` with a conversation in each.
    ///
    /// # Errors
    /// As for [`step`](Conversation::step) and [`expect`](Conversation::expect).
    pub async fn call<'m, M, N>(
        self,
        message: &M,
    ) -> Result<<M::Reply as Leads<In, R, N>>::To<'c, Connection<In, Out, F, S>>, CallError<In>>
    where
        M: Request + AllowedIn<Out::Sent<'m>, R, T, Then = N>,
        M::Reply: Reply<In> + Leads<In, R, N>,
    {
        self.step(message).await?.expect::<M::Reply>().await
    }
}

impl<In, Out, F, S, R, T> Conversation<'_, Connection<In, Out, F, S>, R, T>
where
    In: Protocol + Converses,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
    R: Role,
{
    async fn next(&mut self) -> Result<Option<In::Of<'_>>, RecvError> {
        self.connection.recv_in(&mut self.phase, R::SIDE.peer()).await
    }
}

impl<In, Out, F, S, R> Conversation<'_, Connection<In, Out, F, S>, R, AnyState>
where
    In: Protocol + Converses,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
    R: Role,
{
    /// Receives the next message that the peer may send in this phase, `None` after the last one.
    ///
    /// # Errors
    /// As for [`Connection::recv`], and if the peer may not send the message now. That is not
    /// [fatal](RecvError::is_fatal): the next call goes on with the next message.
    ///
    /// The future can be dropped at any time, and nothing is lost.
    pub async fn recv(&mut self) -> Result<Option<In::Of<'_>>, RecvError> {
        self.next().await
    }
}

impl<In, Out, F, S, R, T> Conversation<'_, Connection<In, Out, F, S>, R, T>
where
    In: Protocol + Converses,
    Out: Converses,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
    R: Role,
{
    /// Receives messages for as long as they leave the state as it is, and gives each to `handler` with the
    /// outbox for its replies, as [`Connection::answer`] does. A message that leads to another state ends
    /// this, and is left for [`expect`](Conversation::expect); so does the end of the stream. The replies
    /// are written by then.
    ///
    /// # Errors
    /// The first one: of receiving, of sending, or of the handler. If the peer may not send what came in this
    /// state, it costs that message only.
    ///
    /// The future can be dropped while it waits, and nothing is lost.
    pub async fn stay<E>(
        &mut self,
        mut handler: impl FnMut(In::Of<'_>, &mut Replies<'_, Out, F, R, T>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        while self.connection.advance().await? {
            let machine = &mut self.connection.machine;
            if machine.halves().0.leads_on(self.phase, R::SIDE.peer())? {
                // Nobody may wait for another message, and so write them.
                return Ok(self.connection.flush().await?);
            }
            answer_in_place(machine, &mut self.phase, &mut handler)?;
        }
        Ok(())
    }
}

impl<In, Out, F, S, R> Conversation<'_, Connection<In, Out, F, S>, R, AnyState>
where
    In: Protocol + Converses,
    Out: Converses,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
    R: Role,
{
    /// Receives messages until the peer ends the stream, and gives each to `handler` with the outbox for its
    /// replies, as [`Connection::answer`] does: the messages may borrow, and what may not be replied in the
    /// state that they led to is an error.
    ///
    /// # Errors
    /// The first one: of receiving, of sending, or of the handler. If the peer may not send what came in this
    /// state, it costs that message only.
    ///
    /// The future can be dropped while it waits, and nothing is lost.
    pub async fn answer<E>(
        &mut self,
        mut handler: impl FnMut(In::Of<'_>, &mut Replies<'_, Out, F, R, AnyState>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        while self.connection.advance().await? {
            answer_in_place(&mut self.connection.machine, &mut self.phase, &mut handler)?;
        }
        Ok(())
    }
}
