//! The way of a message with a header: fill the header, count the body, write both; read the header,
//! cut off the body, read that.

use super::{Body, HasHeader, Header, UnpackBehind, WithHeader};
use crate::context::Context;
#[cfg(feature = "alloc")]
use crate::order::Traced;
use crate::trail::Step;
#[cfg(feature = "alloc")]
use crate::trail::Trail;
use crate::{
    Big, Fault, Limits, Message, Order, PackErrorKind, Reader, Sink, UnpackErrorKind, Wire,
};
#[cfg(feature = "alloc")]
use crate::{Bounds, Protocol, Unknown, UnpackError};

/// The step of an error's path to what stands before a body.
const HEADER: Step = Step::Field("header");
/// The step to the body, where the bytes end before it does.
const BODY: Step = Step::Field("body");
/// How often the length of a header is looked at, which may depend on the length it holds: a longer
/// length makes a longer number at most a few times.
const SETTLES_WITHIN: usize = 8;

/// Packs a message behind the header of the protocol `P`, or its own.
#[inline]
pub fn put_behind<'a, P: HasHeader, M: Message + Body<'a, P::Header>, W: Sink>(
    message: &M,
    header: Option<&P::Header>,
    w: &mut W,
) -> Result<(), Fault> {
    put_whole::<P::Header, M, W>(M::ID, message, header, P::NAME, w)
}

#[inline]
fn put_whole<'a, H: Header, M: Body<'a, H>, W: Sink>(
    id: u64,
    message: &M,
    header: Option<&H>,
    root: &'static str,
    w: &mut W,
) -> Result<(), Fault> {
    let in_body = |w: &W, fault| w.at(fault, Step::Field(M::TITLE));
    let mut header = header.map_or_else(H::fresh, H::copied);
    message.fill::<Big, W>(&mut header, w).map_err(|fault| in_body(w, fault))?;
    header.set_id(id).map_err(|kind| wrong_field(w, kind, H::ID, root))?;
    if let Some(name) = H::LEN {
        let mut meter = w.meter();
        let start = meter.position();
        message.put_body::<Big, _>(&mut meter, &header).map_err(|fault| in_body(w, fault))?;
        let len = meter.position().saturating_sub(start);
        set_len(&mut header, len, w).map_err(|kind| wrong_field(w, kind, name, root))?;
    }
    let needed = <H as Wire<'_>>::MIN.saturating_add(M::BODY_MIN);
    w.need(needed)?;
    header
        .put::<Big, W>(w, M::BODY_MIN)
        .map_err(|fault| w.at(w.at(fault, HEADER), Step::Field(root)))?;
    message.put_body::<Big, W>(w, &header).map_err(|fault| in_body(w, fault))
}

/// Says what is wrong with a field of the header.
#[cold]
fn wrong_field<W: Sink>(
    w: &W,
    kind: PackErrorKind,
    name: &'static str,
    root: &'static str,
) -> Fault {
    let fault = w.at(w.fault(kind), Step::Field(name));
    w.at(w.at(fault, HEADER), Step::Field(root))
}

/// Takes down the length of the body. Where the length counts the header too, and the header's own
/// length depends on it, both are found together.
#[inline]
fn set_len<H: Header, W: Sink>(header: &mut H, body: usize, w: &W) -> Result<(), PackErrorKind> {
    let mut header_len = <H as Wire<'_>>::MIN;
    if <H as Wire<'_>>::BOUNDS.max_len == Some(header_len) {
        return header.set_body_len(body, header_len);
    }
    for _ in 0..SETTLES_WITHIN {
        header.set_body_len(body, header_len)?;
        let mut meter = w.meter();
        let start = meter.position();
        if header.put::<Big, _>(&mut meter, 0).is_err() {
            // Writing it makes the same fault again, where it is located.
            return Ok(());
        }
        let counted = meter.position().saturating_sub(start);
        if counted == header_len {
            return Ok(());
        }
        header_len = counted;
    }
    Err(PackErrorKind::Refused { why: "the length of the header depends on itself" })
}

/// Packs a message whose number the protocol does not know behind its header, or the given one.
#[cfg(feature = "alloc")]
pub(crate) fn put_unknown_behind<P: Protocol + HasHeader, W: Sink>(
    unknown: &Unknown<P::Header>,
    header: Option<&P::Header>,
    w: &mut W,
) -> Result<(), Fault> {
    let id = unknown.id;
    if P::MESSAGES.iter().any(|message| message.id == id) {
        return Err(w.at(w.fault(PackErrorKind::KnownAsUnknown { id }), Step::Field(P::NAME)));
    }
    let header = header.unwrap_or(&unknown.header);
    put_whole::<P::Header, _, W>(id, &Kept(&unknown.bytes), Some(header), P::NAME, w)
}

/// Keeps a message whose number the protocol does not know, with its header.
#[cfg(feature = "alloc")]
pub(crate) fn get_unknown_behind<H: Header>(
    r: &mut Reader<'_, '_>,
    header: &H,
) -> Result<Unknown<H>, Fault> {
    let bytes = r.bytes(r.left())?;
    r.charge(bytes.len(), 1)?;
    Ok(Unknown { id: header.id(), header: header.copied(), bytes: bytes.to_vec() })
}

#[cfg(feature = "alloc")]
impl<H: Header> Unknown<H> {
    /// A message behind this header, whose number it is, with these bytes as its body.
    #[must_use]
    pub fn behind(header: H, bytes: alloc::vec::Vec<u8>) -> Unknown<H> {
        Unknown { id: header.id(), header, bytes }
    }
}

/// The body of a message that is not known.
#[cfg(feature = "alloc")]
struct Kept<'a>(&'a [u8]);

#[cfg(feature = "alloc")]
impl<'a, H> Body<'a, H> for Kept<'a> {
    const TITLE: &'static str = "unknown";
    const BODY_MIN: usize = 0;
    const BODY_BOUNDS: Bounds = Bounds::rest(1);

    fn fill<O: Order, W: Sink>(&self, _header: &mut H, _w: &W) -> Result<(), Fault> {
        Ok(())
    }

    fn put_body<O: Order, W: Sink>(&self, w: &mut W, _header: &H) -> Result<(), Fault> {
        w.bytes(self.0)
    }

    fn get_body<O: Order>(r: &mut Reader<'a, '_>, _header: &H) -> Result<Kept<'a>, Fault> {
        r.bytes(r.left()).map(Kept)
    }
}

/// Unpacks what stands behind a header, to the last byte.
#[inline]
pub fn get_headed<'a, P: UnpackBehind<'a>, O: Order>(r: &mut Reader<'a, '_>) -> Result<P, Fault> {
    get_with_header::<P, O>(r).map(|it| it.message)
}

#[inline]
pub(super) fn get_with_header<'a, P: UnpackBehind<'a>, O: Order>(
    r: &mut Reader<'a, '_>,
) -> Result<WithHeader<P::Header, P>, Fault> {
    let (header, mut body) = get_header::<P::Header, O>(r, P::NAME)?;
    let message = P::get_behind::<O>(&mut body, &header)?;
    Ok(WithHeader { header, message })
}

/// Reads a header and cuts off the body that it announces, which must be all that is left.
#[inline]
fn get_header<'a, 'c, H: Header, O: Order>(
    r: &mut Reader<'a, 'c>,
    root: &'static str,
) -> Result<(H, Reader<'a, 'c>), Fault> {
    let before = r.left();
    let header = if O::TRACED {
        r.traced(Step::Field(root), |r| r.traced(HEADER, |r| H::get::<O>(r, 0)))?
    } else {
        H::get::<O>(r, 0)?
    };
    let header_len = before.saturating_sub(r.left());
    let body_len = match header.body_len(header_len) {
        Ok(len) => len.unwrap_or(r.left()),
        Err(kind) => return Err(wrong_length::<H>(r, kind, root)),
    };
    let body = if O::TRACED && r.left() < body_len {
        r.traced(Step::Field(root), |r| r.traced(BODY, |r| r.sub(body_len)))?
    } else {
        r.sub(body_len)?
    };
    if r.left() > 0 {
        let kind = UnpackErrorKind::Trailing { extra: r.left() };
        return Err(r.fault_back(0, kind, Step::Field(root)));
    }
    Ok((header, body))
}

/// The header at the start of the bytes, if they hold one.
#[inline]
pub(crate) fn header_in<H: Header>(bytes: &[u8]) -> Option<H> {
    let limits = Limits::DEFAULT;
    let context = Context::new(bytes, &limits);
    H::get::<Big>(&mut Reader::within(bytes, &context), 0).ok()
}

/// The number in the header of these bytes, if they hold one.
pub fn number_behind<P: HasHeader>(bytes: &[u8]) -> Option<u64> {
    header_in::<P::Header>(bytes).map(|header| header.id())
}

/// The length of the header at the start of the bytes, and that of the body that it announces.
///
/// # Errors
/// If the bytes are no header, or end inside of it, or no body has the length that it holds.
#[cfg(feature = "alloc")]
pub(crate) fn frame_of<H: Header>(received: &[u8]) -> Result<(usize, usize), UnpackError> {
    fn read<H: Header, O: Order>(r: &mut Reader<'_, '_>) -> Result<(usize, usize), Fault> {
        let before = r.left();
        let header =
            if O::TRACED { r.traced(HEADER, |r| H::get::<O>(r, 0))? } else { H::get::<O>(r, 0)? };
        let header_len = before.saturating_sub(r.left());
        match header.body_len(header_len) {
            Ok(len) => Ok((header_len, len.unwrap_or(0))),
            Err(kind) => {
                let name = Step::Field(H::LEN.unwrap_or("length"));
                Err(r.fault_from_start(H::LEN_AT, kind, &[name, HEADER]))
            }
        }
    }
    let limits = Limits::DEFAULT;
    let context = Context::new(received, &limits);
    if let Ok(found) = read::<H, Big>(&mut Reader::within(received, &context)) {
        return Ok(found);
    }
    let trail = Trail::new();
    let context = Context::new(received, &limits).with_trail(&trail);
    read::<H, Traced<Big>>(&mut Reader::within(received, &context))
        .map_err(|_| UnpackError::from_trail(&trail, received))
}

/// Says what is wrong with the length in the header.
#[cold]
fn wrong_length<H: Header>(r: &Reader<'_, '_>, kind: UnpackErrorKind, root: &'static str) -> Fault {
    let name = H::LEN.unwrap_or("length");
    r.fault_from_start(H::LEN_AT, kind, &[Step::Field(name), HEADER, Step::Field(root)])
}

/// Unpacks the body of a message, to the last byte.
#[inline]
pub(crate) fn get_body_behind<'a, H, M: Body<'a, H>, O: Order>(
    r: &mut Reader<'a, '_>,
    header: &H,
) -> Result<M, Fault> {
    let get = |r: &mut Reader<'a, '_>| {
        let message = M::get_body::<O>(r, header);
        if M::PASSES_TRAILING {
            r.skip_rest();
        }
        if r.left() == 0 || message.is_err() || r.may_end() { message } else { Err(r.trailing()) }
    };
    if O::TRACED { r.traced(Step::Field(M::TITLE), get) } else { get(r) }
}

/// Unpacks the body of the one message that may stand here.
#[inline]
pub fn get_only<'a, M: HasHeader + Message + Body<'a, M::Header>, O: Order>(
    r: &mut Reader<'a, '_>,
    header: &M::Header,
) -> Result<M, Fault> {
    let id = header.id();
    if id == M::ID {
        return get_body_behind::<M::Header, M, O>(r, header);
    }
    let kind = UnpackErrorKind::OtherMessage { id, expected: M::ID };
    Err(wrong_id::<M::Header>(r, kind, M::NAME))
}

/// The number in the header of a protocol.
#[inline(always)]
pub fn id_behind<P: HasHeader>(header: &P::Header) -> u64 {
    header.id()
}

/// Refuses the number in the header: no message of the protocol `P` has it.
#[cold]
pub fn unknown_behind<P: HasHeader>(r: &Reader<'_, '_>, header: &P::Header) -> Fault {
    let kind = UnpackErrorKind::UnknownMessage { id: header.id() };
    wrong_id::<P::Header>(r, kind, P::NAME)
}

#[cold]
fn wrong_id<H: Header>(r: &Reader<'_, '_>, kind: UnpackErrorKind, root: &'static str) -> Fault {
    r.fault_from_start(H::ID_AT, kind, &[Step::Field(H::ID), HEADER, Step::Field(root)])
}

/// A value of the same type as another.
#[inline(always)]
pub fn like<T>(_: &T, value: T) -> T {
    value
}

/// Refuses a field of the header that does not hold what the message fixes. What is not written as a
/// number has none to show.
#[cold]
pub fn wrong_constant(
    r: &Reader<'_, '_>,
    name: &'static str,
    got: Option<i128>,
    expected: Option<i128>,
) -> Fault {
    let kind = match (got, expected) {
        (Some(got), Some(expected)) => UnpackErrorKind::Unequal { got, expected },
        _ => UnpackErrorKind::NotTheConstant,
    };
    r.fault_from_start(0, kind, &[Step::Field(name), HEADER])
}
