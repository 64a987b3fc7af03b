//! Headers: what stands before every body of a protocol that is more than a number.
//!
//! ```text
//!   0                                                  length of the header
//!   +--------+--------+--------------+-----------------+---------------------
//!   | … | number of the message | … | length | …       | body
//!   +--------+--------+--------------+-----------------+---------------------
//! ```
//!
//! A header is packed like any part. It says three things about the body: which message it is, how
//! long it is, and what it answers.

mod flow;
pub mod role;

#[cfg(feature = "alloc")]
pub(crate) use flow::frame_of;
pub(crate) use flow::get_body_behind;
use flow::get_with_header;
pub(crate) use flow::header_in;
pub use flow::{
    get_headed, get_only, id_behind, like, number_behind, put_behind, unknown_behind,
    wrong_constant,
};
#[cfg(feature = "alloc")]
pub(crate) use flow::{get_unknown_behind, put_unknown_behind};

use crate::{
    Bounds, Fault, Message, MessageOf, Order, Pack, PackErrorKind, Protocol, Reader, Sink, Spoken,
    Unpack, UnpackErrorKind, Wire, WireOwned,
};

/// What stands before a body: a struct with `#[derive(Wire)]` and a field with `role = id`.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::{Header, Wire};
///
/// #[derive(Wire, Default, Clone)]
/// struct Start {
///     #[wire(role = id)]
///     kind: u8,
///     #[wire(role = len, of = frame)]
///     length: u16,
/// }
///
/// let start = Start { kind: 7, length: 5 };
/// assert_eq!((start.id(), start.body_len(3)), (7, Ok(Some(2))));
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a header",
    label = "needs `#[derive(Wire, Default, Clone)]` and a field with `#[wire(role = id)]`"
)]
pub trait Header: WireOwned {
    /// The name of the field with `role = id`, for errors.
    const ID: &'static str;
    /// The name of the field with `role = len`; `None` if there is none, and the body is all that
    /// follows.
    const LEN: Option<&'static str>;
    /// The name of the field with `role = correlation`; `None` if there is none, and nothing ties a
    /// reply to its request.
    const CORRELATION: Option<&'static str> = None;
    /// Where the field with `role = id` begins, as far as that is known: for errors.
    #[doc(hidden)]
    const ID_AT: usize = 0;
    /// Where the field with `role = len` begins, as far as that is known: for errors.
    #[doc(hidden)]
    const LEN_AT: usize = 0;

    /// The header before anything was taken down in it: its `Default`. Not a bound, so that a header without
    /// one is an error where it is derived, and nowhere else.
    fn fresh() -> Self;

    /// The same header once more: its `Clone`, as above.
    #[must_use]
    fn copied(&self) -> Self;

    /// The number of the message; the largest `u64` if the field holds no number of a message.
    fn id(&self) -> u64;

    /// Takes down the number of the message.
    ///
    /// # Errors
    /// If it does not fit the field.
    fn set_id(&mut self, id: u64) -> Result<(), PackErrorKind>;

    /// How long the body is, after a header of `header_len` bytes; `None` if nothing says so.
    ///
    /// # Errors
    /// If no length of a body could have given the number in the field.
    fn body_len(&self, header_len: usize) -> Result<Option<usize>, UnpackErrorKind>;

    /// Takes down how long the body is, after a header of `header_len` bytes.
    ///
    /// # Errors
    /// If the number does not fit the field.
    fn set_body_len(&mut self, body_len: usize, header_len: usize) -> Result<(), PackErrorKind>;

    /// The number that a reply takes over from its request; `None` if there is no such field.
    fn correlation(&self) -> Option<u64> {
        None
    }

    /// Takes down the number that ties a reply to its request; `false` if there is no such field,
    /// or the number does not fit it.
    fn set_correlation(&mut self, _correlation: u64) -> bool {
        false
    }
}

/// A message behind the header `H`: its body, which may name fields of the header.
///
/// A message without `#[wire(header = …)]` stands behind any header.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not stand behind the header `{H}`",
    label = "the message names another header"
)]
pub trait Body<'a, H>: Sized {
    /// Its name in errors.
    #[doc(hidden)]
    const TITLE: &'static str;
    /// The fewest bytes of the body.
    const BODY_MIN: usize;
    /// The most bytes of the body, and the memory it may cost.
    const BODY_BOUNDS: Bounds;
    /// Whether bytes that follow the last field are passed over.
    #[doc(hidden)]
    const PASSES_TRAILING: bool = false;

    /// Takes down in the header what the body says of it.
    ///
    /// # Errors
    /// If it does not fit.
    fn fill<O: Order, W: Sink>(&self, header: &mut H, w: &W) -> Result<(), Fault>;

    /// Writes the body behind the header, which is complete.
    ///
    /// # Errors
    /// If the value breaks a rule of its layout, or the sink is full.
    fn put_body<O: Order, W: Sink>(&self, w: &mut W, header: &H) -> Result<(), Fault>;

    /// Reads the body behind the header.
    ///
    /// # Errors
    /// If the bytes are no such body, or the header is not that of such a message.
    fn get_body<O: Order>(r: &mut Reader<'a, '_>, header: &H) -> Result<Self, Fault>;
}

#[diagnostic::do_not_recommend]
impl<'a, H, M: Message + Unpack<'a> + Wire<'a>> Body<'a, H> for M {
    const TITLE: &'static str = M::NAME;
    const BODY_MIN: usize = M::MIN;
    const BODY_BOUNDS: Bounds = M::BOUNDS;
    const PASSES_TRAILING: bool = M::IGNORES_TRAILING;

    #[inline(always)]
    fn fill<O: Order, W: Sink>(&self, _header: &mut H, _w: &W) -> Result<(), Fault> {
        Ok(())
    }

    #[inline(always)]
    fn put_body<O: Order, W: Sink>(&self, w: &mut W, _header: &H) -> Result<(), Fault> {
        self.put::<O, W>(w, 0)
    }

    #[inline(always)]
    fn get_body<O: Order>(r: &mut Reader<'a, '_>, _header: &H) -> Result<M, Fault> {
        M::get::<O>(r, 0)
    }
}

/// What is packed with a header: a protocol or a message with `#[wire(header = …)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no header",
    label = "needs `#[wire(header = Header)]` on the protocol or the message"
)]
pub trait HasHeader: Pack {
    /// The header.
    type Header: Header;

    /// Packs the header and the body; the header begins as the one given, else as its default.
    #[doc(hidden)]
    fn put_behind<W: Sink>(&self, header: Option<&Self::Header>, w: &mut W) -> Result<(), Fault>;
}

/// What is unpacked with a header.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no header",
    label = "needs `#[wire(header = Header)]` on the protocol or the message"
)]
pub trait UnpackBehind<'a>: HasHeader + Unpack<'a> {
    /// Unpacks the body behind the header, to the last byte.
    #[doc(hidden)]
    fn get_behind<O: Order>(r: &mut Reader<'a, '_>, header: &Self::Header) -> Result<Self, Fault>;
}

/// A message together with the header it came with, or is to be sent with.
///
/// Where it stands for a protocol, as in `Connection<WithHeader<Start, Chat>, Chat, Headed<Start>>`, each
/// message is received with its header.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Pack, Protocol, Unpack, Wire, WithHeader};
/// # #[derive(Wire, Debug, Default, Clone, PartialEq)]
/// # struct Start { #[wire(role = id)] kind: u8, stream: u16, #[wire(role = len)] length: u8 }
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] #[wire(header = Start)] enum Chat { Data(Data) }
/// let received = WithHeader::<Start, Chat>::unpack(b"\x03\x00\x09\x02hi").unwrap();
/// assert_eq!(received.header.stream, 9);
/// assert_eq!(received.message, Chat::Data(Data { text: "hi".into() }));
/// assert_eq!(received.pack().unwrap(), b"\x03\x00\x09\x02hi");
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithHeader<H, P> {
    /// The header; the number and the length in it are set when it is packed.
    pub header: H,
    /// The message.
    pub message: P,
}

impl<P: HasHeader> Pack for WithHeader<P::Header, P> {
    const NAME: &'static str = P::NAME;
    const MIN_LEN: usize = P::MIN_LEN;
    const MAX_LEN: Option<usize> = P::MAX_LEN;
    const MEMORY_PER_BYTE: usize = P::MEMORY_PER_BYTE;
    const VERSION: u32 = P::VERSION;

    #[inline]
    fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        self.message.put_behind(Some(&self.header), w)
    }
}

impl<'a, P: UnpackBehind<'a>> Unpack<'a> for WithHeader<P::Header, P> {
    #[inline]
    fn get_whole<O: Order>(r: &mut Reader<'a, '_>) -> Result<Self, Fault> {
        get_with_header::<P, O>(r)
    }
}

impl<H: Header, P: HasHeader<Header = H> + Spoken> Spoken for WithHeader<H, P>
where
    for<'a> P::Sent<'a>: HasHeader<Header = H>,
{
    type Id = P::Id;
    type IdOrder = P::IdOrder;
    type Sent<'a> = WithHeader<H, P::Sent<'a>>;
}

impl<H: Header, P: HasHeader<Header = H> + Protocol> Protocol for WithHeader<H, P>
where
    for<'a> P::Of<'a>: UnpackBehind<'a, Header = H>,
    for<'a> P::Sent<'a>: HasHeader<Header = H>,
{
    type Of<'a> = WithHeader<H, P::Of<'a>>;
    const MESSAGES: &'static [crate::MessageInfo] = P::MESSAGES;

    fn number_in(bytes: &[u8]) -> Option<u64> {
        P::number_in(bytes)
    }
}

impl<P: HasHeader> MessageOf<WithHeader<P::Header, P>> for WithHeader<P::Header, P> {}

impl<P: HasHeader> MessageOf<P> for WithHeader<P::Header, P> {}

/// The message and the header of which [`pack_with_header`] makes bytes.
#[cfg(feature = "alloc")]
struct Lent<'p, P: HasHeader>(&'p P::Header, &'p P);

#[cfg(feature = "alloc")]
impl<P: HasHeader> Pack for Lent<'_, P> {
    const NAME: &'static str = P::NAME;
    const MIN_LEN: usize = P::MIN_LEN;
    const MAX_LEN: Option<usize> = P::MAX_LEN;
    const MEMORY_PER_BYTE: usize = P::MEMORY_PER_BYTE;
    const VERSION: u32 = P::VERSION;

    #[inline]
    fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        self.1.put_behind(Some(self.0), w)
    }
}

/// Packs a message with this header instead of a new one: what neither the message nor a role says
/// is taken from it.
///
/// ```
/// # #[cfg(all(feature = "derive", feature = "alloc"))] {
/// # use protocol_core::{Message, Protocol, Wire};
/// # #[derive(Wire, Debug, Default, Clone, PartialEq)]
/// # struct Start { #[wire(role = id)] kind: u8, stream: u8 }
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] #[wire(header = Start)] enum Chat { Data(Data) }
/// use protocol_core::pack_with_header;
///
/// let header = Start { kind: 0, stream: 9 };
/// let message = Chat::Data(Data { text: "hi".into() });
/// assert_eq!(pack_with_header(&header, &message).unwrap(), b"\x03\x09hi");
/// # }
/// ```
///
/// # Errors
/// As for [`pack`](Pack::pack).
#[cfg(feature = "alloc")]
pub fn pack_with_header<P: HasHeader>(
    header: &P::Header,
    message: &P,
) -> Result<alloc::vec::Vec<u8>, crate::PackError> {
    Lent(header, message).pack()
}

/// Unpacks a message and its header from exactly these bytes.
///
/// ```
/// # #[cfg(all(feature = "derive", feature = "alloc"))] {
/// # use protocol_core::{Message, Protocol, Wire};
/// # #[derive(Wire, Debug, Default, Clone, PartialEq)]
/// # struct Start { #[wire(role = id)] kind: u8, stream: u8 }
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] #[wire(header = Start)] enum Chat { Data(Data) }
/// use protocol_core::unpack_with_header;
///
/// let (header, message) = unpack_with_header::<Chat>(b"\x03\x09hi").unwrap();
/// assert_eq!(header, Start { kind: 3, stream: 9 });
/// assert_eq!(message, Chat::Data(Data { text: "hi".into() }));
/// # }
/// ```
///
/// # Errors
/// As for [`unpack`](Unpack::unpack).
pub fn unpack_with_header<'a, P: UnpackBehind<'a>>(
    bytes: &'a [u8],
) -> Result<(P::Header, P), crate::UnpackError> {
    WithHeader::unpack(bytes).map(|WithHeader { header, message }| (header, message))
}
