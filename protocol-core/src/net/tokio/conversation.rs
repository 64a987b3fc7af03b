//! Conversations on a connection for tokio.

use tokio::io::{AsyncRead, AsyncWrite};

use super::Connection;
use crate::conn::{CallError, Conversation, Leads, RecvError, SendError, SendErrorKind};
use crate::conversation::{
    AllowedIn, AnyState, ClientSide, Converses, Reply, Request, Role, ServerSide, StaysIn,
};
use crate::frame::Framing;
use crate::{Message, MessageOf, Protocol};

impl<In, Out, F: Framing, S: AsyncRead + AsyncWrite + Unpin> Connection<In, Out, F, S> {
    /// Begins a conversation of which this is the client.
    pub fn as_client(&mut self) -> Conversation<'_, Self, ClientSide, Out::Start>
    where
        Out: Converses,
        In: Protocol + Converses<Start = Out::Start>,
    {
        Conversation::start::<Out>(self)
    }

    /// Begins a conversation of which this is the server.
    pub fn as_server(&mut self) -> Conversation<'_, Self, ServerSide, Out::Start>
    where
        Out: Converses,
        In: Protocol + Converses<Start = Out::Start>,
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
