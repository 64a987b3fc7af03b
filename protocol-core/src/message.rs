//! Messages and protocols: a number in front of a body, and the enum that tells bodies apart.
//!
//! ```text
//!   0             id width
//!   +-------------+------------------
//!   | message type| body
//!   +-------------+------------------
//! ```

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, vec::Vec};
use core::fmt;

#[cfg(feature = "alloc")]
use crate::PackErrorKind;
use crate::trail::Step;
use crate::{Fault, Order, Pack, Reader, Sink, Unpack, UnpackErrorKind, Varint, Wire};

/// The type of message numbers: `u8`, `u16`, `u32`, or `Varint<u64>`. Sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the number of a message",
    label = "`u8`, `u16`, `u32` or `Varint` belongs here"
)]
pub trait Id: sealed::Sealed + Into<u64> + for<'a> Wire<'a> {
    /// The largest number.
    const MOST: u64;

    /// The number, which is at most [`MOST`](Id::MOST).
    #[doc(hidden)]
    fn from_number(number: u64) -> Self;
}

macro_rules! id {
    ($($type:ty),*) => {$(
        impl Id for $type {
            const MOST: u64 = <$type>::MAX as u64;

            #[inline(always)]
            #[expect(clippy::cast_possible_truncation, reason = "at most MOST")]
            fn from_number(number: u64) -> $type {
                number as $type
            }
        }

        impl sealed::Sealed for $type {}
    )*};
}

id!(u8, u16, u32);

impl Id for Varint<u64> {
    const MOST: u64 = u64::MAX;

    #[inline(always)]
    fn from_number(number: u64) -> Varint<u64> {
        Varint(number)
    }
}

impl sealed::Sealed for Varint<u64> {}

mod sealed {
    pub trait Sealed {}
}

/// A struct with a number: what `#[derive(Message)]` implements.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "needs `#[derive(Message)]` and `#[msg_type = N]`"
)]
pub trait Message: Pack {
    /// The type of the number on the wire.
    type Id: Id;
    /// The order of the number's bytes.
    type IdOrder: Order;
    /// The number.
    const ID: u64;
}

#[cfg(feature = "alloc")]
impl<M: Message> Message for Box<M> {
    type Id = M::Id;
    type IdOrder = M::IdOrder;
    const ID: u64 = M::ID;
}

/// The messages that one side of a connection may send: every [`Protocol`], and one with
/// `duplicate_ids`, which is only sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a protocol",
    label = "needs `#[derive(Protocol)]` on an enum of messages"
)]
pub trait Spoken: Pack {
    /// The type of the messages' numbers on the wire; `u32` where a header holds them, `u8` where they
    /// have none.
    type Id: Id;
    /// The order of the numbers' bytes.
    type IdOrder: Order;
    /// The same enum, borrowing for `'a`.
    type Sent<'a>: Pack;
}

/// The messages that one side of a connection receives: what `#[derive(Protocol)]` implements. A part
/// alone is a protocol too, of one message without a number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a protocol that can be received",
    label = "needs `#[derive(Protocol)]` on an enum of messages",
    note = "one with `duplicate_ids` is only sent: nothing tells which of two messages with the same \
            number has arrived",
    note = "a part is one too, of one message, if it has no type parameters"
)]
pub trait Protocol: Spoken {
    /// The same enum, borrowing from bytes that live for `'a`.
    type Of<'a>: Unpack<'a>;
    /// The messages in the order of the enum's variants; none where they have no numbers.
    const MESSAGES: &'static [MessageInfo];
    /// Does not compile for a generic protocol whose messages do not go together: looked at where it is used,
    /// when its types are known.
    #[doc(hidden)]
    const SOUND: () = ();

    /// The number of the message in these bytes, if they hold one.
    #[doc(hidden)]
    fn number_in(bytes: &[u8]) -> Option<u64> {
        Self::Id::get::<Self::IdOrder>(&mut Reader::new(bytes), 0).ok().map(Into::into)
    }
}

/// A part that is all that is spoken: a protocol of one message without a number, such as a query of
/// DNS. What `#[derive(Wire)]` implements where there are no type parameters.
#[doc(hidden)]
pub trait Alone: Pack {
    /// The same part, borrowing for `'a`.
    type Of<'a>: Unpack<'a>;
}

#[diagnostic::do_not_recommend]
impl<T: Alone> Spoken for T {
    type Id = u8;
    type IdOrder = crate::Big;
    type Sent<'a> = T::Of<'a>;
}

#[diagnostic::do_not_recommend]
impl<T: Alone> Protocol for T {
    type Of<'a> = T::Of<'a>;
    const MESSAGES: &'static [MessageInfo] = &[];
}

/// Says that a value may be sent where the protocol `P` is spoken: each of its messages, and the
/// enum itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message of `{P}`",
    label = "`{P}` has no variant that holds this message",
    note = "add a variant to the enum, or send another message"
)]
pub trait MessageOf<P>: Pack {
    /// Packs the message as one of the protocol: behind its header if it has one.
    #[doc(hidden)]
    #[inline(always)]
    fn put_as<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        self.put_whole(w)
    }
}

/// A message's number and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageInfo {
    /// The number.
    pub id: u64,
    /// The name in errors.
    pub name: &'static str,
}

impl MessageInfo {
    /// The number and name of the message `M`.
    #[must_use]
    pub const fn of<M: Message>() -> MessageInfo {
        MessageInfo { id: M::ID, name: M::NAME }
    }

    /// The name of the message with this number.
    #[cfg(feature = "std")]
    pub(crate) fn name_of(messages: &[MessageInfo], id: u64) -> Option<&'static str> {
        messages.iter().find(|message| message.id == id).map(|message| message.name)
    }
}

/// A message whose number the protocol does not know, kept so that it packs to the same bytes. In a
/// protocol with a header it is `Unknown<Header>` and keeps the header too.
///
/// ```
/// use protocol_core::Unknown;
/// let unknown = Unknown::new(9, b"later".to_vec());
/// assert_eq!((unknown.id(), unknown.bytes()), (9, &b"later"[..]));
/// ```
#[cfg(feature = "alloc")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unknown<H = ()> {
    pub(crate) id: u64,
    pub(crate) header: H,
    pub(crate) bytes: Vec<u8>,
}

#[cfg(feature = "alloc")]
impl Unknown {
    /// A message with this number and these bytes after it.
    #[must_use]
    pub fn new(id: u64, bytes: Vec<u8>) -> Unknown {
        Unknown { id, header: (), bytes }
    }
}

#[cfg(feature = "alloc")]
impl<H> Unknown<H> {
    /// The header before it.
    #[must_use]
    pub fn header(&self) -> &H {
        &self.header
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// What follows its number, or its header.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Another message of the protocol than the one that was asked for; nothing of it is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnexpectedMessage<P> {
    message: P,
    /// The name of the message, where it is known.
    name: Option<&'static str>,
    expected: &'static str,
    /// What it might have been as well.
    or: Option<&'static str>,
}

impl<P> UnexpectedMessage<P> {
    #[doc(hidden)]
    pub fn new(message: P, expected: &'static str) -> UnexpectedMessage<P> {
        UnexpectedMessage { message, name: None, expected, or: None }
    }

    pub(crate) fn map<Q>(self, change: impl FnOnce(P) -> Q) -> UnexpectedMessage<Q> {
        let UnexpectedMessage { message, name, expected, or } = self;
        UnexpectedMessage { message: change(message), name, expected, or }
    }

    /// The same with the name of the message that came.
    #[cfg(feature = "std")]
    pub(crate) fn named(self, name: Option<&'static str>) -> UnexpectedMessage<P> {
        UnexpectedMessage { name, ..self }
    }

    /// The same where `first` was expected as well.
    pub(crate) fn after(self, first: &'static str) -> UnexpectedMessage<P> {
        UnexpectedMessage { expected: first, or: Some(self.expected), ..self }
    }

    /// The name of the message that was expected.
    pub(crate) fn expected(&self) -> &'static str {
        self.expected
    }

    /// The message that came instead.
    #[must_use]
    pub fn into_message(self) -> P {
        self.message
    }
}

impl<P> fmt::Display for UnexpectedMessage<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => write!(f, "`{name}` came, and not `{}`", self.expected)?,
            None => write!(f, "the message is not `{}`", self.expected)?,
        }
        self.or.map_or(Ok(()), |or| write!(f, " or `{or}`"))
    }
}

impl<P: fmt::Debug> core::error::Error for UnexpectedMessage<P> {}

/// The bytes of a message's number.
#[must_use]
pub const fn id_len<I: Id>(number: u64) -> usize {
    if I::MOST == u64::MAX { varint_len(number) } else { size_of::<I>() }
}

/// The bytes of a number with seven bits in each.
const fn varint_len(number: u64) -> usize {
    let bits = u64::BITS - (number | 1).leading_zeros();
    bits.div_ceil(7) as usize
}

#[inline(always)]
fn put_id<I: Id, O: Order, W: Sink>(id: u64, w: &mut W) -> Result<(), Fault> {
    I::from_number(id).put::<O, W>(w, 0)
}

/// Reads a number in its order, traced if the pass is.
#[inline(always)]
fn read_id<I: Id, O: Order, T: Order>(r: &mut Reader<'_, '_>) -> Result<u64, Fault> {
    let get = |r: &mut Reader<'_, '_>| match (T::TRACED, O::BIG) {
        (true, true) => I::get::<T::Big>(r, 0),
        (true, false) => I::get::<T::Little>(r, 0),
        (false, _) => I::get::<O>(r, 0),
    };
    let id = if T::TRACED { r.traced(Step::Field("type"), get) } else { get(r) };
    id.map(Into::into)
}

/// Packs a message: its number, then its body.
#[inline(always)]
pub fn put_message<'a, M: Message + Wire<'a>, W: Sink>(
    message: &M,
    w: &mut W,
) -> Result<(), Fault> {
    w.need(id_len::<M::Id>(M::ID).wrapping_add(M::MIN))?;
    put_id::<M::Id, M::IdOrder, W>(M::ID, w)?;
    message.put::<crate::Big, W>(w, 0).map_err(|fault| w.at(fault, Step::Field(M::NAME)))
}

/// Unpacks a message with its number, to the last byte.
#[inline(always)]
pub fn get_message<'a, M: Message + Unpack<'a> + Wire<'a>, O: Order>(
    r: &mut Reader<'a, '_>,
) -> Result<M, Fault> {
    let get = |r: &mut Reader<'a, '_>| {
        expect_secrets::<M, O>(r);
        expect_id::<M, O>(r)?;
        get_to_end::<M, O>(r)
    };
    if O::TRACED { r.traced(Step::Field(M::NAME), get) } else { get(r) }
}

/// Unpacks a part, or the body of a message whose number was read before, to the last byte.
#[inline(always)]
pub fn get_body<'a, M: Unpack<'a> + Wire<'a>, O: Order>(
    r: &mut Reader<'a, '_>,
) -> Result<M, Fault> {
    let get = |r: &mut Reader<'a, '_>| get_to_end::<M, O>(r);
    if O::TRACED { r.traced(Step::Field(M::NAME), get) } else { get(r) }
}

#[inline(always)]
fn get_to_end<'a, T: Unpack<'a> + Wire<'a>, O: Order>(r: &mut Reader<'a, '_>) -> Result<T, Fault> {
    expect_secrets::<T, O>(r);
    let value = T::get::<O>(r, 0);
    if T::IGNORES_TRAILING {
        r.skip_rest();
    }
    // Handing the result on as it is spares a copy of small values.
    if r.left() == 0 || value.is_err() || r.may_end() { value } else { Err(r.trailing()) }
}

/// An error of a message with a secret shows no bytes that were not read.
#[inline(always)]
fn expect_secrets<'a, T: Wire<'a>, O: Order>(r: &Reader<'a, '_>) {
    if O::TRACED && T::BOUNDS.has_secret() {
        r.expect_secrets();
    }
}

#[inline(always)]
fn expect_id<M: Message, O: Order>(r: &mut Reader<'_, '_>) -> Result<(), Fault> {
    let start = r.rest();
    let id = read_id::<M::Id, M::IdOrder, O>(r)?;
    if id == M::ID {
        return Ok(());
    }
    Err(r.fault_at(start, UnpackErrorKind::OtherMessage { id, expected: M::ID }))
}

/// Packs a part alone.
#[inline(always)]
pub fn put_part<'a, T: Pack + Wire<'a>, W: Sink>(part: &T, w: &mut W) -> Result<(), Fault> {
    part.put::<crate::Big, W>(w, 0).map_err(|fault| w.at(fault, Step::Field(T::NAME)))
}

/// Reads the number of the next message of a protocol.
#[inline(always)]
pub fn get_id<P: Protocol, O: Order>(r: &mut Reader<'_, '_>) -> Result<u64, Fault> {
    let get = |r: &mut Reader<'_, '_>| read_id::<P::Id, P::IdOrder, O>(r);
    if O::TRACED { r.traced(Step::Field(P::NAME), get) } else { get(r) }
}

/// Refuses the number that was just read.
#[cold]
pub fn unknown_message<P: Protocol>(r: &Reader<'_, '_>, id: u64) -> Fault {
    r.fault_back(id_len::<P::Id>(id), UnpackErrorKind::UnknownMessage { id }, Step::Field(P::NAME))
}

/// Keeps a message whose number the protocol does not know.
#[cfg(feature = "alloc")]
pub fn get_unknown(r: &mut Reader<'_, '_>, id: u64) -> Result<Unknown, Fault> {
    r.traced(Step::Field("Unknown"), |r| {
        let bytes = r.bytes(r.left())?;
        r.charge(bytes.len(), 1)?;
        r.show(&bytes);
        Ok(Unknown { id, header: (), bytes: bytes.to_vec() })
    })
}

/// Packs a message whose number the protocol does not know: it must not be one that it knows.
#[cfg(feature = "alloc")]
pub fn put_unknown<P: Protocol, W: Sink>(unknown: &Unknown, w: &mut W) -> Result<(), Fault> {
    let id = unknown.id;
    if id > P::Id::MOST {
        let fault = w.fault(PackErrorKind::TooLarge { got: id, max: P::Id::MOST });
        return Err(w.at(fault, Step::Field(P::NAME)));
    }
    if P::MESSAGES.iter().any(|message| message.id == id) {
        let fault = w.fault(PackErrorKind::KnownAsUnknown { id });
        return Err(w.at(fault, Step::Field(P::NAME)));
    }
    put_id::<P::Id, P::IdOrder, W>(id, w)?;
    w.bytes(&unknown.bytes)
}
