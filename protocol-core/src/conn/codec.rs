//! The messages of a protocol for those who have a `Framed` of tokio-util already.
//!
//! Knows no deadline and no back-pressure of its own: that is the business of whoever drives it.

use alloc::boxed::Box;
use core::fmt;
use core::marker::PhantomData;

use bytes::{Buf, BytesMut};
use tokio_util::codec::{Decoder, Encoder};

use super::{Outbox, RecvError, RecvErrorKind, SendError};
use crate::frame::{Decode, Decoded, Foreign, Framing, Length};
use crate::{Limits, MessageOf, Protocol, Spoken, Unpack};

/// A `Decoder` of the messages of `In` and an `Encoder` of those of `Out`, in the frames of `F`.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use bytes::BytesMut;
/// use protocol_core::conn::Codec;
/// use protocol_core::frame::Length;
/// use tokio_util::codec::{Decoder, Encoder};
///
/// // For `Framed::new(stream, codec)`.
/// let mut codec = Codec::<Chat>::new(Length::u32());
/// let mut bytes = BytesMut::new();
/// codec.encode(Data { text: "hi".into() }.into(), &mut bytes).unwrap();
/// assert_eq!(&bytes[..], b"\x00\x00\x00\x03\x03hi");
/// assert_eq!(codec.decode(&mut bytes).unwrap(), Some(Chat::Data(Data { text: "hi".into() })));
/// # }
/// ```
///
/// The messages are owned, and sent as the enum, `framed.send(message.into())`: were each of them an
/// item of the sink, `flush` and `close` could not tell of which one it is. An error ends the `Framed`:
/// what it has read already stays unseen. [`going_on`](Codec::going_on) passes over bad frames and bad
/// messages instead. A `Framed` does not keep the borders of reads, so it has no use for
/// [`Raw`](crate::frame::Raw).
pub struct Codec<In, Out = In, F = Length> {
    framing: F,
    limits: Limits,
    outbox: Outbox<Out, F>,
    /// What is told of errors that end nothing, if they end nothing.
    tell: Option<Tell>,
    protocol: PhantomData<fn() -> In>,
}

type Tell = Box<dyn FnMut(RecvError) + Send>;

impl<In, Out, F: Framing> Codec<In, Out, F> {
    /// A codec of frames that has seen no bytes yet.
    #[must_use]
    pub fn new(framing: F) -> Codec<In, Out, F> {
        let outbox = Outbox::new(framing.clone());
        Codec { framing, limits: Limits::DEFAULT, outbox, tell: None, protocol: PhantomData }
    }

    /// Unpacks within `limits`.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Codec<In, Out, F> {
        Codec { limits, ..self }
    }

    /// Goes on behind an error that is not [fatal](RecvError::is_fatal), a bad frame or a bad message in
    /// a sound one, and gives it to `tell`.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// # use protocol_core::{Message, Protocol};
    /// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
    /// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
    /// use bytes::BytesMut;
    /// use protocol_core::conn::Codec;
    /// use protocol_core::frame::Cobs;
    /// use tokio_util::codec::Decoder;
    ///
    /// let mut codec = Codec::<Chat, Chat, _>::new(Cobs::new()).going_on(|error| eprintln!("{error}"));
    /// let mut bytes = BytesMut::from(&b"\x09bad\0\x04\x03hi\0"[..]);
    /// assert_eq!(codec.decode(&mut bytes).unwrap(), Some(Chat::Data(Data { text: "hi".into() })));
    /// # }
    /// ```
    #[must_use]
    pub fn going_on(self, tell: impl FnMut(RecvError) + Send + 'static) -> Codec<In, Out, F> {
        Codec { tell: Some(Box::new(tell)), ..self }
    }
}

/// A message, or how many more bytes it takes at least.
enum Found<P> {
    Message(P),
    Need(usize),
}

impl<In, Out, F> Codec<In, Out, F>
where
    In: for<'a> Protocol<Of<'a> = In> + for<'a> Unpack<'a>,
    F: Decode,
{
    fn find(&mut self, received: &mut BytesMut) -> Result<Found<In>, RecvError> {
        loop {
            match (self.find_or_fail(received), &mut self.tell) {
                (Err(error), Some(tell)) if !error.is_fatal() => tell(error),
                (found, _) => return found,
            }
        }
    }

    fn find_or_fail(&mut self, received: &mut BytesMut) -> Result<Found<In>, RecvError> {
        loop {
            match self.framing.decode(received) {
                Ok(Decoded::Frame { consumed, message }) => {
                    let bytes = received.get(message).unwrap_or_default();
                    let message = self.unpack(bytes);
                    received.advance(consumed.min(received.len()));
                    return message.map(Found::Message);
                }
                Ok(Decoded::Filler { consumed }) if !received.is_empty() => {
                    // A framing of the user's that takes nothing would be asked for ever.
                    received.advance(consumed.clamp(1, received.len()));
                }
                Ok(Decoded::Filler { .. }) => return Ok(Found::Need(1)),
                Ok(Decoded::Need(more)) => return Ok(Found::Need(more)),
                Err(error) => {
                    received.advance(error.skip().unwrap_or(0).min(received.len()));
                    return Err(RecvError::new(RecvErrorKind::Frame(error), None));
                }
            }
        }
    }

    fn unpack(&self, bytes: &[u8]) -> Result<In, RecvError> {
        In::unpack_within(bytes, &self.limits).map_err(|error| {
            RecvError::new(RecvErrorKind::Message(error), Foreign::recognise(bytes))
        })
    }
}

impl<In, Out, F> Decoder for Codec<In, Out, F>
where
    In: for<'a> Protocol<Of<'a> = In> + for<'a> Unpack<'a>,
    F: Decode,
{
    type Item = In;
    type Error = RecvError;

    fn decode(&mut self, received: &mut BytesMut) -> Result<Option<In>, RecvError> {
        Ok(match self.find(received)? {
            Found::Message(message) => Some(message),
            Found::Need(_) => None,
        })
    }

    fn decode_eof(&mut self, received: &mut BytesMut) -> Result<Option<In>, RecvError> {
        match (self.find(received)?, received.len()) {
            (Found::Message(message), _) => Ok(Some(message)),
            (Found::Need(_), 0) => Ok(None),
            (Found::Need(more), have) => {
                let needed = have.saturating_add(more);
                let kind = RecvErrorKind::EndInside { have, needed };
                Err(RecvError::new(kind, Foreign::recognise(received)))
            }
        }
    }
}

impl<In, Out, F> Encoder<Out> for Codec<In, Out, F>
where
    Out: Spoken + for<'m> MessageOf<Out::Sent<'m>>,
    F: Framing,
{
    type Error = SendError;

    fn encode(&mut self, message: Out, out: &mut BytesMut) -> Result<(), SendError> {
        self.outbox.queue(&message)?;
        out.extend_from_slice(self.outbox.pending());
        self.outbox.advance(self.outbox.pending_len());
        Ok(())
    }
}

impl<In, Out, F: fmt::Debug> fmt::Debug for Codec<In, Out, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Codec").field("framing", &self.framing).finish_non_exhaustive()
    }
}

impl From<std::io::Error> for RecvError {
    fn from(error: std::io::Error) -> RecvError {
        RecvError::new(RecvErrorKind::Io(error), None)
    }
}

impl From<std::io::Error> for SendError {
    fn from(error: std::io::Error) -> SendError {
        super::SendErrorKind::Io(error).into()
    }
}
