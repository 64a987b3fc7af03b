//! Conversations: which side may send which message in which state, as types and as a table.
//!
//! Nothing of it is on the wire, and a protocol that declares nothing of the kind has nothing of it.

use crate::dispatch::Lists;
use crate::header::{HasHeader, Header, WithHeader, header_in};
pub use crate::rule::{NotAllowed, Phase, Rule, Side};
use crate::trail::{Step, Trail};
use crate::{
    Message, MessageOf, Reader, Spoken, UnexpectedMessage, UnpackError, UnpackErrorKind, Wire,
};

/// A side of a connection as a type: [`ClientSide`] or [`ServerSide`]. Sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no side of a conversation",
    label = "`ClientSide` or `ServerSide` belongs here"
)]
pub trait Role: sealed::Sealed {
    /// The side.
    const SIDE: Side;
    /// The other side.
    type Peer: Role<Peer = Self>;
}

/// The side that connected: [`Side::Client`].
#[derive(Debug, Clone, Copy)]
pub enum ClientSide {}

/// The side that accepted: [`Side::Server`].
#[derive(Debug, Clone, Copy)]
pub enum ServerSide {}

impl Role for ClientSide {
    const SIDE: Side = Side::Client;
    type Peer = ServerSide;
}

impl Role for ServerSide {
    const SIDE: Side = Side::Server;
    type Peer = ClientSide;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::ClientSide {}
    impl Sealed for super::ServerSide {}
}

/// In place of a state: one that is known only at run time.
#[derive(Debug, Clone, Copy)]
pub enum AnyState {}

/// A protocol that says who may send which message in which state: what `#[derive(Protocol)]`
/// implements where `#[wire(state = Start)]`, or `from` on a variant, stands.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::conversation::Converses;
/// use protocol_core::{Message, Protocol};
/// # #[derive(Message)] #[msg_type = 1] struct Login { #[wire(rest)] user: String }
/// # #[derive(Message)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
///
/// struct Start;
/// struct Active;
///
/// #[derive(Protocol)]
/// #[wire(state = Start)]
/// enum Chat {
///     #[wire(from = client, state = Start, then = Active)]
///     Login(Login),
///     #[wire(state = Active)]
///     Data(Data),
/// }
///
/// assert_eq!(Chat::START, "Start");
/// assert_eq!((Chat::RULES[0].name, Chat::RULES[0].then), ("Login", Some("Active")));
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` declares no conversation",
    label = "needs `#[wire(state = Start)]` on the enum, with the state in which it begins",
    note = "what is sent the other way, if that is another enum, names the same state"
)]
pub trait Converses: Spoken {
    /// The state in which a conversation begins.
    type Start;
    /// Its name.
    const START: &'static str;
    /// What is declared of each message.
    const RULES: &'static [Rule];

    /// The phase after the message in these bytes, by its number alone. Bytes that end inside the
    /// number are left to [`unpack`](crate::Unpack::unpack), which says what is wrong with them.
    #[doc(hidden)]
    #[inline]
    fn received(phase: Phase, from: Side, bytes: &[u8]) -> Result<Phase, UnpackError> {
        let mut reader = Reader::new(bytes);
        let Ok(id) = Self::Id::get::<Self::IdOrder>(&mut reader, 0) else {
            return Ok(phase);
        };
        let (id, number): (u64, _) = (id.into(), reader.since(bytes));
        phase.after(Self::RULES, from, |rule| rule.id == id).map_err(|not_allowed| {
            refused(number, not_allowed, 0, &["type", Self::NAME].map(Step::Field))
        })
    }
}

impl<H: Header, P: HasHeader<Header = H> + Converses> Converses for WithHeader<H, P>
where
    for<'a> P::Sent<'a>: HasHeader<Header = H>,
{
    type Start = P::Start;
    const START: &'static str = P::START;
    const RULES: &'static [Rule] = P::RULES;

    #[inline]
    fn received(phase: Phase, from: Side, bytes: &[u8]) -> Result<Phase, UnpackError> {
        P::received(phase, from, bytes)
    }
}

/// [`Converses::received`] of a protocol with a header.
#[inline]
pub fn received_behind<P: HasHeader + Converses>(
    phase: Phase,
    from: Side,
    bytes: &[u8],
) -> Result<Phase, UnpackError> {
    let Some(header) = header_in::<P::Header>(bytes) else {
        return Ok(phase);
    };
    phase.after(P::RULES, from, |rule| rule.id == header.id()).map_err(|not_allowed| {
        let steps = [P::Header::ID, "header", P::NAME].map(Step::Field);
        refused(&[], not_allowed, P::Header::ID_AT, &steps)
    })
}

/// The phase as the messages go by: what a connection of your own asks of each of them. Those in `net`
/// do it for you.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::conversation::{Phase, Side};
/// use protocol_core::{Message, Protocol};
/// # #[derive(Message)] #[msg_type = 1] struct Login { #[wire(rest)] user: String }
/// # #[derive(Message)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # struct Start;
/// # struct Active;
/// # #[derive(Protocol)]
/// # #[wire(state = Start)]
/// # enum Chat {
/// #     #[wire(from = client, state = Start, then = Active)]
/// #     Login(Login),
/// #     #[wire(state = Active)]
/// #     Data(Data),
/// # }
///
/// let phase = Phase::start::<Chat>();
/// let early = phase.received::<Chat>(Side::Client, b"\x03hi").unwrap_err();
/// assert_eq!(
///     early.to_string(),
///     "Chat.type at byte 0: a client may not send `Data` in the state `Start`, only `Login` (at 03)",
/// );
///
/// let phase = phase.received::<Chat>(Side::Client, b"\x01ann").unwrap();
/// assert_eq!(phase.state(), "Active");
/// assert_eq!(phase.sent::<Chat, Data>(Side::Server), Ok(phase));
/// # }
/// ```
impl Phase {
    /// The phase in which a conversation begins.
    #[must_use]
    pub const fn start<P: Converses>() -> Phase {
        Phase::in_state(P::START)
    }

    /// The phase after the message in these bytes, which came from that side. Only its number is
    /// looked at; unpack the message before you go on to the phase.
    ///
    /// # Errors
    /// If that side may not send the message in this phase.
    #[inline]
    pub fn received<P: Converses>(self, from: Side, bytes: &[u8]) -> Result<Phase, UnpackError> {
        P::received(self, from, bytes)
    }

    /// The phase after a message `M` that this side sends.
    ///
    /// # Errors
    /// If it may not send the message in this phase.
    #[inline]
    pub fn sent<P: Converses, M: Message>(self, from: Side) -> Result<Phase, NotAllowed> {
        self.after(P::RULES, from, |rule| rule.id == M::ID && rule.name == M::NAME)
    }
}

/// The error of a message that was not looked into. No more of its bytes is shown than `seen`: nobody
/// knows yet which of them are secret.
#[cold]
fn refused(seen: &[u8], not_allowed: NotAllowed, offset: usize, steps: &[Step]) -> UnpackError {
    let trail = Trail::new();
    trail.note(UnpackErrorKind::NotAllowed(not_allowed), offset);
    steps.iter().for_each(|step| trail.step(*step));
    UnpackError::from_trail(&trail, seen)
}

/// The protocol lets the side `R` send the message `M` in the state `S`: what the derive writes for
/// each row of the table.
#[diagnostic::on_unimplemented(
    message = "the `{R}` may not send `{M}` in the state `{S}`",
    label = "`{M}` is not allowed here",
    note = "`from` and `state` on the variant of `{Self}` say where it is"
)]
pub trait Allows<R, S, M>: Lists<M> {
    /// The state after the message.
    type Then;
}

/// The same for a message after which the state is as it was before.
#[diagnostic::on_unimplemented(
    message = "the `{R}` may not send `{M}` in the state `{S}` and stay in it",
    label = "`{M}` is not allowed here, or leads to another state",
    note = "`from` and `state` on the variant of `{Self}` say where it is allowed; what leads to another \
            state is sent with `step`, which returns the conversation in that one"
)]
pub trait Stays<R, S, M>: Lists<M> {}

/// Says that in the protocol `P` the side `R` may send this message in the state `S`.
pub trait AllowedIn<P, R, S>: Message + MessageOf<P> {
    /// The state after the message.
    type Then;
}

impl<P: Allows<R, S, M>, R, S, M: Message> AllowedIn<P, R, S> for M {
    type Then = P::Then;
}

/// Says that in the protocol `P` the side `R` may send this message in the state `S`, and that it
/// leads to no other.
pub trait StaysIn<P, R, S>: Message + MessageOf<P> {}

impl<P: Stays<R, S, M>, R, S, M: Message> StaysIn<P, R, S> for M {}

impl<R, S, M, P: HasHeader + Allows<R, S, M>> Allows<R, S, M> for WithHeader<P::Header, P> {
    type Then = P::Then;
}

impl<R, S, M, P: HasHeader + Stays<R, S, M>> Stays<R, S, M> for WithHeader<P::Header, P> {}

/// A message that is answered: what `#[wire(reply = LoginAck)]` implements.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::Message;
/// use protocol_core::conversation::Request;
///
/// #[derive(Message)]
/// #[msg_type = 1]
/// #[wire(reply = LoginAck | Refused)]
/// struct Login { #[wire(rest)] user: String }
///
/// #[derive(Message)]
/// #[msg_type = 129]
/// struct LoginAck;
///
/// #[derive(Message)]
/// #[msg_type = 255]
/// struct Refused { #[wire(rest)] why: String }
///
/// fn answered<M: Request<Reply = Result<LoginAck, Refused>>>(_: M) {}
/// answered(Login { user: "ann".into() });
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no reply",
    label = "needs `#[wire(reply = ...)]` on the message",
    note = "a message that is not answered is sent with `send`"
)]
pub trait Request: Message {
    /// The message that answers it, or a `Result` of two that do.
    type Reply;
}

/// What the messages of the protocol `P` can be taken for: one message, or a `Result` of two.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not received as a message of `{P}`",
    label = "`{P}` has no variant that holds it"
)]
pub trait Reply<P>: Sized {
    /// Takes the message for itself, if it is that.
    ///
    /// # Errors
    /// If it is another one, which is handed back.
    fn from_message(message: P) -> Result<Self, UnexpectedMessage<P>>;
}

#[diagnostic::do_not_recommend]
impl<P: Lists<M>, M: Message> Reply<P> for M {
    fn from_message(message: P) -> Result<M, UnexpectedMessage<P>> {
        message.take()
    }
}

impl<P, A: Reply<P>, B: Reply<P>> Reply<P> for Result<A, B> {
    fn from_message(message: P) -> Result<Result<A, B>, UnexpectedMessage<P>> {
        match A::from_message(message) {
            Ok(reply) => Ok(Ok(reply)),
            Err(other) => {
                let first = other.expected();
                let second = B::from_message(other.into_message());
                second.map(Err).map_err(|other| other.after(first))
            }
        }
    }
}
