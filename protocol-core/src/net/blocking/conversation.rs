//! Conversations on a blocking connection.

use std::boxed::Box;
use std::error::Error;

use super::Connection;
use crate::conn::{
    CallError, ConnError, Conversation, Leads, RecvError, Replies, SendError, SendErrorKind,
    answer_in_place,
};
use crate::conversation::{
    AllowedIn, AnyState, ClientSide, Converses, Reply, Request, Role, ServerSide, StaysIn,
};
use crate::frame::Framing;
use crate::net::Stream;
use crate::{Message, MessageOf, Protocol};

impl<In, Out, F: Framing, S: Stream> Connection<In, Out, F, S> {
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

impl<In, Out, F, S, R, T> Conversation<'_, Connection<In, Out, F, S>, R, T>
where
    In: Protocol + Converses,
    Out: Converses,
    F: Framing,
    S: Stream,
    R: Role,
{
    /// Receives messages for as long as they leave the state as it is, and gives each to `handler` with the
    /// outbox for its replies, as [`Connection::answer`] does. A message that leads to another state ends
    /// this, and is left for [`expect`](Conversation::expect); so does the end of the stream. The replies
    /// are written by then.
    ///
    /// The server of this conversation knows each of its states:
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// # use protocol_core::frame::Length;
    /// # use protocol_core::net::{blocking::Connection, mem};
    /// use protocol_core::{Message, Protocol};
    /// # #[derive(Message)] #[msg_type = 1] struct Login { #[wire(rest)] user: String }
    /// # #[derive(Message)] #[msg_type = 2] struct Logout;
    /// # #[derive(Message)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
    /// struct Start;
    /// struct Active;
    /// struct End;
    ///
    /// #[derive(Protocol)]
    /// #[wire(state = Start)]
    /// enum Chat {
    ///     #[wire(from = client, state = Start, then = Active)]
    ///     Login(Login),
    ///     #[wire(from = client, state = Active, then = End)]
    ///     Logout(Logout),
    ///     #[wire(state = Active)]
    ///     Data(Data),
    /// }
    ///
    /// # let (here, there) = mem::pair();
    /// # let mut connection = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    /// # let mut client = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
    /// # client.queue(&Login { user: "ann".into() }).unwrap();
    /// # client.queue(&Data { text: "hello".into() }).unwrap();
    /// # client.queue(&Logout).unwrap();
    /// # client.flush().unwrap();
    /// let (login, mut server) = connection.as_server().expect::<Login>().unwrap();
    /// server
    ///     .stay(|message, replies| match message {
    ///         Chat::Data(data) => replies.queue(&Data { text: data.text.to_uppercase() }),
    ///         Chat::Login(_) | Chat::Logout(_) => Ok(()), // Not while the state stays.
    ///     })
    ///     .unwrap();
    /// let (Logout, end) = server.expect::<Logout>().unwrap();
    /// # assert_eq!((login.user.as_str(), end.phase().state()), ("ann", "End"));
    /// # let Some(Chat::Data(reply)) = client.recv().unwrap() else { panic!("no reply") };
    /// # assert_eq!(reply.text, "HELLO");
    /// # }
    /// ```
    ///
    /// # Errors
    /// The first one: of receiving, of sending, or of the handler. If the peer may not send what came in this
    /// state, it costs that message only.
    pub fn stay<E>(
        &mut self,
        mut handler: impl FnMut(In::Of<'_>, &mut Replies<'_, Out, F, R, T>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        while self.connection.advance()? {
            let machine = &mut self.connection.machine;
            if machine.halves().0.leads_on(self.phase, R::SIDE.peer())? {
                // Nobody may wait for another message, and so write them.
                return Ok(self.connection.flush()?);
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
    S: Stream,
    R: Role,
{
    /// Receives messages until the peer ends the stream, and gives each to `handler` with the outbox for its
    /// replies, as [`Connection::answer`] does: the messages may borrow, and what may not be replied in the
    /// state that they led to is an error.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// # use protocol_core::frame::Length;
    /// # use protocol_core::net::{blocking::Connection, mem};
    /// # use protocol_core::{Message, Protocol};
    /// # #[derive(Message)] #[msg_type = 1] struct Login<'a> { #[wire(rest)] user: &'a str }
    /// # #[derive(Message)] #[msg_type = 3] struct Data<'a> { #[wire(rest)] text: &'a str }
    /// # struct Start;
    /// # struct Active;
    /// # #[derive(Protocol)]
    /// # #[wire(state = Start)]
    /// # enum Chat<'a> {
    /// #     #[wire(from = client, state = Start, then = Active)] Login(Login<'a>),
    /// #     #[wire(state = Active)] Data(Data<'a>),
    /// # }
    /// # let (here, there) = mem::pair();
    /// # let mut connection = Connection::<Chat<'static>, Chat<'static>, _, _>::over(here, Length::u32());
    /// # let client = Connection::<Chat<'static>, Chat<'static>, _, _>::over(there, Length::u32());
    /// # let (mut receiver, mut client) = client.split().unwrap();
    /// # client.queue(&Login { user: "ann" }).unwrap();
    /// # client.queue(&Data { text: " hello " }).unwrap();
    /// # client.close().unwrap();
    /// let mut server = connection.as_server().in_any_state();
    /// server
    ///     .answer(|message, replies| match message {
    ///         Chat::Login(login) => replies.queue(&Data { text: login.user }),
    ///         Chat::Data(data) => replies.queue(&Data { text: data.text.trim() }),
    ///     })
    ///     .unwrap();
    /// # for text in ["ann", "hello"] {
    /// #     let Some(Chat::Data(reply)) = receiver.recv().unwrap() else { panic!("no reply") };
    /// #     assert_eq!(reply.text, text);
    /// # }
    /// # }
    /// ```
    ///
    /// # Errors
    /// The first one: of receiving, of sending, or of the handler. If the peer may not send what came in this
    /// state, it costs that message only.
    pub fn answer<E>(
        &mut self,
        mut handler: impl FnMut(In::Of<'_>, &mut Replies<'_, Out, F, R, AnyState>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        while self.connection.advance()? {
            answer_in_place(&mut self.connection.machine, &mut self.phase, &mut handler)?;
        }
        Ok(())
    }
}
