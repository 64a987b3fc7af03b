//! A conversation on a connection: in which state it is, for the compiler and at run time.
//!
//! Knows nothing of the connection but that it borrows it; the drivers in `net` send and receive.

use core::marker::PhantomData;

use crate::Message;
use crate::conversation::{AllowedIn, AnyState, Converses, Phase, Role};

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
