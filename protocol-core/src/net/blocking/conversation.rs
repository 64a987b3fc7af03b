//! Conversations on a blocking connection.

use super::Connection;
use crate::conn::{CallError, Conversation, Leads, RecvError, SendError, SendErrorKind};
use crate::conversation::{
    AllowedIn, AnyState, ClientSide, Converses, Reply, Request, Role, ServerSide, StaysIn,
};
use crate::frame::Framing;
use crate::net::Stream;
use crate::{Message, MessageOf, Protocol};

impl<In, Out, F: Framing, S: Stream> Connection<In, Out, F, S> {
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
    S: Stream,
    R: Role,
{
    /// Sends a message that leads to no other state.
    ///
    /// # Errors
    /// As for [`Connection::send`]. In [`AnyState`], also if this side may not send the message now.
    pub fn send<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        M: StaysIn<Out::Sent<'m>, R, T>,
    {
        self.send_checked(message)
    }

    /// Sends a message and goes on to the state that it leads to.
    ///
    /// # Errors
    /// As for [`Connection::send`].
    #[expect(clippy::type_complexity, reason = "a connection has four parameters")]
    pub fn step<'m, M, N>(
        mut self,
        message: &M,
    ) -> Result<Conversation<'c, Connection<In, Out, F, S>, R, N>, SendError>
    where
        M: AllowedIn<Out::Sent<'m>, R, T, Then = N>,
    {
        self.send_checked(message)?;
        Ok(self.moved())
    }

    fn send_checked<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        M: Message + MessageOf<Out::Sent<'m>>,
    {
        let next = self.phase.sent::<Out, M>(R::SIDE).map_err(SendErrorKind::NotAllowed)?;
        self.connection.queue(message)?;
        self.phase = next;
        self.connection.flush()
    }
}

impl<'c, In, Out, F, S, R, T> Conversation<'c, Connection<In, Out, F, S>, R, T>
where
    In: for<'a> Protocol<Of<'a> = In> + Converses,
    Out: Converses,
    F: Framing,
    S: Stream,
    R: Role,
{
    /// Receives the message `M`, the only one that this program expects now, and goes on to the state
    /// that it leads to.
    ///
    /// # Errors
    /// As for [`Connection::recv`]; if the peer may not send what came in this state; or if it is
    /// another message, or none.
    #[expect(clippy::type_complexity, reason = "a connection has four parameters")]
    pub fn expect<M>(mut self) -> Result<M::To<'c, Connection<In, Out, F, S>>, CallError<In>>
    where
        M: Reply<In> + Leads<In, R, T>,
    {
        let message = self.next()?.ok_or(CallError::Ended)?;
        let expected = M::from_message(message)
            .map_err(|other| other.named(self.connection.machine.message_name()))?;
        Ok(expected.lead(self))
    }

    /// Sends a request, receives its reply, and goes on to the state to which both lead. Where the
    /// reply is one of two messages, it is a `Result` with a conversation in each.
    ///
    /// # Errors
    /// As for [`step`](Conversation::step) and [`expect`](Conversation::expect).
    #[expect(clippy::type_complexity, reason = "a connection has four parameters")]
    pub fn call<'m, M, N>(
        self,
        message: &M,
    ) -> Result<<M::Reply as Leads<In, R, N>>::To<'c, Connection<In, Out, F, S>>, CallError<In>>
    where
        M: Request + AllowedIn<Out::Sent<'m>, R, T, Then = N>,
        M::Reply: Reply<In> + Leads<In, R, N>,
    {
        self.step(message)?.expect::<M::Reply>()
    }
}

impl<In, Out, F, S, R, T> Conversation<'_, Connection<In, Out, F, S>, R, T>
where
    In: Protocol + Converses,
    F: Framing,
    S: Stream,
    R: Role,
{
    fn next(&mut self) -> Result<Option<In::Of<'_>>, RecvError> {
        self.connection.recv_in(&mut self.phase, R::SIDE.peer())
    }
}

impl<In, Out, F, S, R> Conversation<'_, Connection<In, Out, F, S>, R, AnyState>
where
    In: Protocol + Converses,
    F: Framing,
    S: Stream,
    R: Role,
{
    /// Receives the next message that the peer may send in this phase, `None` after the last one.
    ///
    /// # Errors
    /// As for [`Connection::recv`], and if the peer may not send the message now. That is not
    /// [fatal](RecvError::is_fatal): the next call goes on with the next message.
    pub fn recv(&mut self) -> Result<Option<In::Of<'_>>, RecvError> {
        self.next()
    }
}
