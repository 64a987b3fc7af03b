//! How the derives name types that may be wrong, so that a wrong one is one error.
//!
//! None of these traits says anything new about bytes.

#[cfg(feature = "alloc")]
use crate::Header;
use crate::header::{get_body_behind, put_behind};
use crate::message::get_body;
use crate::{
    Body, Bounds, Fault, HasHeader, Message, MessageOf, Order, Pack, Protocol, Reader, Sink,
    UnexpectedMessage, Unpack, Varint, Wire, WithHeader,
};

/// The type of a number leads to the message `M`.
///
/// The derive reaches a message only as `<<Login as Message>::Id as Route<Login>>`. What is no
/// message has no `Id`; the compiler says so, and cannot ask anything more of it.
pub trait Route<'a, M> {
    /// `M`.
    type Message;

    /// Packs the message with its number.
    ///
    /// # Errors
    /// As for [`pack`](crate::Pack::pack).
    fn put<W: Sink>(message: &M, w: &mut W) -> Result<(), Fault>;

    /// Unpacks the message after its number.
    ///
    /// # Errors
    /// As for [`unpack`](Unpack::unpack).
    fn get<O: Order>(r: &mut Reader<'a, '_>) -> Result<M, Fault>;
}

// Not for every type: one that could not be found must not have it.
macro_rules! route {
    ($($id:ty),*) => {$(
        impl<'a, M: Message<Id = $id> + Unpack<'a> + Wire<'a>> Route<'a, M> for $id {
            type Message = M;

            #[inline(always)]
            fn put<W: Sink>(message: &M, w: &mut W) -> Result<(), Fault> {
                message.put_whole(w)
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>) -> Result<M, Fault> {
                get_body::<M, O>(r)
            }
        }
    )*};
}

route!(u8, u16, u32, Varint);

/// The message `M` stands behind the header of the protocol `P`. No lifetime is in it, so that where it
/// does not, the compiler says so once.
pub trait Stands<P, M> {
    /// The type of the number again, which leads to the message.
    type Way;
}

/// The type of a number leads to the message `M` behind the header of `P`: what [`Route`] is where the
/// number is all there is.
pub trait RouteBehind<'a, P: HasHeader, M> {
    /// `M`.
    type Message;
    /// The fewest bytes of the body.
    const MIN: usize;
    /// The most bytes of the body, and the memory it may cost.
    const BOUNDS: Bounds;

    /// Packs the header, and the message behind it.
    ///
    /// # Errors
    /// As for [`pack`](crate::Pack::pack).
    fn put<W: Sink>(message: &M, header: Option<&P::Header>, w: &mut W) -> Result<(), Fault>;

    /// Unpacks the message after its header.
    ///
    /// # Errors
    /// As for [`unpack`](Unpack::unpack).
    fn get<O: Order>(r: &mut Reader<'a, '_>, header: &P::Header) -> Result<M, Fault>;

    /// Unpacks the message after its header into a box.
    ///
    /// # Errors
    /// As for [`unpack`](Unpack::unpack).
    #[cfg(feature = "alloc")]
    fn get_boxed<O: Order>(
        r: &mut Reader<'a, '_>,
        header: &P::Header,
    ) -> Result<alloc::boxed::Box<M>, Fault> {
        r.charge(1, size_of::<M>())?;
        Self::get::<O>(r, header).map(alloc::boxed::Box::new)
    }
}

macro_rules! route_behind {
    ($($id:ty),*) => {$(
        impl<P, M> Stands<P, M> for $id
        where
            P: HasHeader,
            M: Message<Id = $id> + Body<'static, P::Header>,
        {
            type Way = $id;
        }

        impl<'a, P, M> RouteBehind<'a, P, M> for $id
        where
            P: HasHeader,
            M: Message<Id = $id> + Body<'a, P::Header>,
        {
            type Message = M;
            const MIN: usize = M::BODY_MIN;
            const BOUNDS: Bounds = M::BODY_BOUNDS;

            #[inline(always)]
            fn put<W: Sink>(
                message: &M,
                header: Option<&P::Header>,
                w: &mut W,
            ) -> Result<(), Fault> {
                put_behind::<P, M, W>(message, header, w)
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, header: &P::Header) -> Result<M, Fault> {
                get_body_behind::<P::Header, M, O>(r, header)
            }
        }
    )*};
}

route_behind!(u8, u16, u32, Varint);

/// A protocol with a variant for `M`. It asks nothing of `M`, so that what is no message is not
/// reported here once more.
#[diagnostic::on_unimplemented(
    message = "`{M}` is not a message of `{Self}`",
    label = "`{Self}` has no variant that holds this message",
    note = "add a variant to the enum, or send another message"
)]
pub trait Lists<M>: Sized {
    /// The message, if it is that one; else all of it again.
    ///
    /// # Errors
    /// If it is another message.
    fn take(self) -> Result<M, UnexpectedMessage<Self>>;

    /// Packs the message as one of the protocol.
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack).
    #[inline(always)]
    fn put<W: Sink>(message: &M, w: &mut W) -> Result<(), Fault>
    where
        M: Pack,
    {
        message.put_whole(w)
    }
}

/// A protocol with a variant for `M`, and a header before it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no header",
    label = "needs `#[wire(header = Header)]` on the protocol"
)]
pub trait ListsBehind<M>: HasHeader + Lists<M> {
    /// Packs the message behind this header, or one that began as it.
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack).
    fn put_with<W: Sink>(message: &M, header: &Self::Header, w: &mut W) -> Result<(), Fault>;
}

#[diagnostic::do_not_recommend]
impl<M: Message, P: Lists<M>> MessageOf<P> for M {
    #[inline(always)]
    fn put_as<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        P::put(self, w)
    }
}

impl<M, P: HasHeader + Lists<M>> Lists<M> for WithHeader<P::Header, P> {
    fn take(self) -> Result<M, UnexpectedMessage<Self>> {
        let WithHeader { header, message } = self;
        message.take().map_err(|other| other.map(|message| WithHeader { header, message }))
    }

    #[inline(always)]
    fn put<W: Sink>(message: &M, w: &mut W) -> Result<(), Fault>
    where
        M: Pack,
    {
        P::put(message, w)
    }
}

/// What the variant for unknown messages may hold.
#[diagnostic::on_unimplemented(
    message = "the catch-all holds `Unknown` (id and bytes), not `{Self}`",
    label = "write `Unknown`"
)]
pub trait Keeps: Sized {
    /// Packs the message; the protocol must not know its number.
    ///
    /// # Errors
    /// If the protocol knows the number, or it does not fit the id.
    fn put<P: Protocol, W: Sink>(&self, w: &mut W) -> Result<(), Fault>;

    /// Keeps what follows the number `id`.
    ///
    /// # Errors
    /// If the memory budget does not suffice.
    fn get(r: &mut Reader<'_, '_>, id: u64) -> Result<Self, Fault>;
}

#[cfg(feature = "alloc")]
impl Keeps for crate::Unknown {
    #[inline]
    fn put<P: Protocol, W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        crate::message::put_unknown::<P, W>(self, w)
    }

    #[inline]
    fn get(r: &mut Reader<'_, '_>, id: u64) -> Result<crate::Unknown, Fault> {
        crate::message::get_unknown(r, id)
    }
}

/// What the variant for unknown messages may hold behind the header `H`.
#[diagnostic::on_unimplemented(
    message = "the catch-all holds `Unknown<{H}>` (header and bytes), not `{Self}`",
    label = "write `Unknown<{H}>`"
)]
pub trait KeepsBehind<H>: Sized {
    /// Packs the message behind the given header, else behind its own; the protocol must not know
    /// its number.
    ///
    /// # Errors
    /// If the protocol knows the number, or a field of the header does not fit.
    fn put<P, W>(&self, header: Option<&H>, w: &mut W) -> Result<(), Fault>
    where
        P: Protocol + HasHeader<Header = H>,
        W: Sink;

    /// Keeps the header and what follows it.
    ///
    /// # Errors
    /// If the memory budget does not suffice.
    fn get(r: &mut Reader<'_, '_>, header: &H) -> Result<Self, Fault>;
}

#[cfg(feature = "alloc")]
impl<H: Header> KeepsBehind<H> for crate::Unknown<H> {
    #[inline]
    fn put<P, W>(&self, header: Option<&H>, w: &mut W) -> Result<(), Fault>
    where
        P: Protocol + HasHeader<Header = H>,
        W: Sink,
    {
        crate::header::put_unknown_behind::<P, W>(self, header, w)
    }

    #[inline]
    fn get(r: &mut Reader<'_, '_>, header: &H) -> Result<crate::Unknown<H>, Fault> {
        crate::header::get_unknown_behind(r, header)
    }
}
