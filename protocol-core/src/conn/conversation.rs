//! A conversation on a connection: in which state it is, for the compiler and at run time.
//!
//! Knows nothing of the connection but that it borrows it; the drivers in `net` send and receive.

#[cfg(feature = "std")]
use alloc::boxed::Box;
#[cfg(feature = "std")]
use core::error::Error;
use core::marker::PhantomData;

#[cfg(feature = "std")]
use super::{ConnError, Machine};
use super::{Outbox, SendError, SendErrorKind};
use crate::Message;
#[cfg(feature = "std")]
use crate::Protocol;
use crate::conversation::{AllowedIn, AnyState, Converses, Phase, Role, StaysIn};
use crate::frame::Encode;
#[cfg(feature = "std")]
use crate::frame::Framing;

/// A connection `C` of which this side is `R`, [`ClientSide`](crate::conversation::ClientSide) or
/// [`ServerSide`](crate::conversation::ServerSide), and whose conversation is in the state `S`.
///
/// A message that is not allowed in that state cannot be sent: the program does not compile. One that
/// comes all the same is refused before its body is read. Where the state is known only at run time, it
/// is [`AnyState`], and what is sent is checked there too.
///
/// ```
/// # #[cfg(all(feature = "std", feature = "derive"))] {
/// # use protocol_core::{Message, Protocol};
/// # use protocol_core::frame::Length;
/// # use protocol_core::net::{blocking::Connection, mem};
/// # #[derive(Message)] #[msg_type = 1] #[wire(reply = Welcome)] struct Login { #[wire(rest)] user: String }
/// # #[derive(Message)] #[msg_type = 129] struct Welcome;
/// # #[derive(Message)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// struct Start;
/// struct Active;
///
/// #[derive(Protocol)]
/// #[wire(state = Start)]
/// enum Chat {
///     #[wire(from = client, state = Start)]
///     Login(Login),
///     #[wire(from = server, state = Start, then = Active)]
///     Welcome(Welcome),
///     #[wire(state = Active)]
///     Data(Data),
/// }
///
/// # let (here, there) = mem::pair();
/// # let mut connection = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
/// # let mut peer = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
/// # peer.send(&Welcome).unwrap();
/// let client = connection.as_client();
/// let (Welcome, mut client) = client.call(&Login { user: "ann".into() }).unwrap();
/// client.send(&Data { text: "hello".into() }).unwrap();
/// # }
/// ```
///
/// It lasts as long as it borrows the connection; on a new borrow the conversation begins anew.
#[derive(Debug)]
#[must_use = "a conversation that is dropped begins anew"]
pub struct Conversation<'c, C, R, S> {
    pub(crate) connection: &'c mut C,
    pub(crate) phase: Phase,
    place: PhantomData<fn() -> (R, S)>,
}

impl<'c, C, R: Role, S> Conversation<'c, C, R, S> {
    /// Begins a conversation of `P` on this connection.
    pub fn start<P: Converses<Start = S>>(connection: &'c mut C) -> Self {
        Conversation { connection, phase: Phase::start::<P>(), place: PhantomData }
    }

    /// The same in the state that its phase has come to.
    pub(crate) fn moved<T>(self) -> Conversation<'c, C, R, T> {
        let Conversation { connection, phase, .. } = self;
        Conversation { connection, phase, place: PhantomData }
    }

    /// The phase it is in.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The connection. Sending and receiving on it goes past the conversation.
    #[must_use]
    pub fn connection(&mut self) -> &mut C {
        self.connection
    }

    /// Goes on where only the run time knows the state: any message may come then, as in the loop of a
    /// server.
    pub fn in_any_state(self) -> Conversation<'c, C, R, AnyState> {
        self.moved()
    }
}

/// The outbox for the replies of the side `R` to a message that it answers in place, in the state `S`.
///
/// A reply that is not allowed in that state does not compile; in [`AnyState`], it is an error.
#[derive(Debug)]
pub struct Replies<'o, Out, F, R, S> {
    outbox: &'o mut Outbox<Out, F>,
    phase: &'o mut Phase,
    place: PhantomData<fn() -> (R, S)>,
}

impl<'o, Out: Converses, F: Encode, R: Role, S> Replies<'o, Out, F, R, S> {
    #[cfg(feature = "std")]
    fn new(outbox: &'o mut Outbox<Out, F>, phase: &'o mut Phase) -> Self {
        Replies { outbox, phase, place: PhantomData }
    }

    /// Queues a reply, as [`Outbox::queue`] does.
    ///
    /// # Errors
    /// As for [`Outbox::queue`]. In [`AnyState`], also if this side may not send the message now.
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        M: StaysIn<Out::Sent<'m>, R, S>,
    {
        let next = self.phase.sent::<Out, M>(R::SIDE).map_err(SendErrorKind::NotAllowed)?;
        self.outbox.queue(message)?;
        *self.phase = next;
        Ok(())
    }

    /// The phase that the conversation is in.
    #[must_use]
    pub fn phase(&self) -> Phase {
        *self.phase
    }
}

/// Gives the message that was advanced to to `handler`, if the peer may send it now.
#[cfg(feature = "std")]
pub(crate) fn answer_in_place<In, Out, F, R, S, E>(
    machine: &mut Machine<In, Out, F>,
    phase: &mut Phase,
    handler: impl FnOnce(In::Of<'_>, &mut Replies<'_, Out, F, R, S>) -> Result<(), E>,
) -> Result<(), ConnError>
where
    In: Protocol + Converses,
    Out: Converses,
    F: Framing,
    R: Role,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let (message, outbox) = machine.message_in_to_answer(phase, R::SIDE.peer())?;
    handler(message, &mut Replies::new(outbox, phase))
        .map_err(|error| ConnError::Handler(error.into()))
}

/// What a reply makes of a conversation in the state `S`: the reply together with the conversation in the
/// state that it leads to. Of two replies that may come, each has its own.
pub trait Leads<P, R: Role, S>: Sized {
    /// The reply and the conversation.
    type To<'c, C: 'c>;

    /// Joins both.
    #[doc(hidden)]
    fn lead<C>(self, conversation: Conversation<'_, C, R, S>) -> Self::To<'_, C>;
}

impl<P, R: Role, S, M: AllowedIn<P, R::Peer, S>> Leads<P, R, S> for M {
    type To<'c, C: 'c> = (M, Conversation<'c, C, R, M::Then>);

    fn lead<C>(self, conversation: Conversation<'_, C, R, S>) -> Self::To<'_, C> {
        (self, conversation.moved())
    }
}

impl<P, R, S, A, B> Leads<P, R, S> for Result<A, B>
where
    R: Role,
    A: AllowedIn<P, R::Peer, S> + Message,
    B: AllowedIn<P, R::Peer, S> + Message,
{
    type To<'c, C: 'c> =
        Result<(A, Conversation<'c, C, R, A::Then>), (B, Conversation<'c, C, R, B::Then>)>;

    fn lead<C>(self, conversation: Conversation<'_, C, R, S>) -> Self::To<'_, C> {
        match self {
            Ok(reply) => Ok((reply, conversation.moved())),
            Err(refusal) => Err((refusal, conversation.moved())),
        }
    }
}
