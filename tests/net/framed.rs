//! The codec for a `Framed` of tokio-util: the same frames, the same errors.

use std::sync::mpsc;

use bytes::BytesMut;
use futures_util::{SinkExt, StreamExt};
use protocol_core::Limits;
use protocol_core::checksum::crc32;
use protocol_core::conn::{Codec, RecvErrorKind, SendErrorKind};
use protocol_core::frame::{Checksummed, Cobs, Delimited, FrameErrorKind, Framing, Length, Magic};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio_util::codec::{Encoder, Framed};

use crate::chat::{Chat, Short, data, said};

fn framed<F: Framing>(
    stream: DuplexStream,
    framing: F,
) -> Framed<DuplexStream, Codec<Chat, Chat, F>> {
    Framed::new(stream, Codec::new(framing))
}

/// Two ends with so little room between them that every frame is cut.
async fn converse(framing: impl Framing) {
    let (here, there) = duplex(7);
    let (mut here, mut there) = (framed(here, framing.clone()), framed(there, framing));
    let answering = async {
        while let Some(message) = there.next().await {
            let Chat::Data(message) = message.expect("a message") else { panic!("another one") };
            there.send(said(&message.text.to_uppercase())).await.expect("sent");
        }
    };
    let asking = async {
        for length in [0, 1, 6, 7, 8, 253, 254, 255, 3000] {
            here.send(said(&"x".repeat(length))).await.expect("sent");
            let reply = here.next().await.expect("not the end").expect("a message");
            assert_eq!(reply, said(&"X".repeat(length)));
        }
        drop(here);
    };
    tokio::join!(answering, asking);
}

#[tokio::test]
async fn conversations() {
    converse(Length::u32()).await;
    converse(Length::u16().at(1)).await;
    converse(Cobs::new()).await;
    converse(Delimited::new(b"\r\n")).await;
    converse(Magic::new(b"\xaa\x55", Checksummed::new(Length::u16(), crc32))).await;
}

#[tokio::test]
async fn the_bytes_are_those_of_a_connection() {
    let (here, mut there) = duplex(64);
    let mut here = framed(here, Length::u32());
    here.feed(data("one").into()).await.expect("queued");
    here.feed(said("")).await.expect("queued");
    here.flush().await.expect("written");
    drop(here);
    let mut bytes = Vec::new();
    there.read_to_end(&mut bytes).await.expect("read");
    assert_eq!(bytes, b"\0\0\0\x04\x03one\0\0\0\x01\x03");
}

/// What a `Framed` makes of a stream of these bytes.
async fn receiving<F: Framing>(
    framing: F,
    bytes: &[u8],
) -> Framed<DuplexStream, Codec<Chat, Chat, F>> {
    let (here, mut there) = duplex(1024);
    there.write_all(bytes).await.expect("written");
    framed(here, framing)
}

const BAD: &[u8] = b"\0\x03\x03a\0\x09bad\0\0\x02\x09\0\x03\x03b\0";

#[tokio::test]
async fn an_error_ends_the_stream() {
    let mut stream = receiving(Cobs::new(), BAD).await;
    assert_eq!(stream.next().await.expect("more").expect("a message"), said("a"));
    let error = stream.next().await.expect("more").expect_err("a bad frame");
    let RecvErrorKind::Frame(frame) = error.kind() else { panic!("{error}") };
    assert_eq!(frame.kind(), FrameErrorKind::Stuffing { code: 9, at: 0, behind: 5 });
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn who_goes_on_is_told_of_bad_frames() {
    let (here, mut there) = duplex(1024);
    there.write_all(BAD).await.expect("written");
    drop(there);
    let (telling, told) = mpsc::channel();
    let codec = Codec::<Chat, Chat, _>::new(Cobs::new())
        .going_on(move |error| telling.send(error.is_fatal()).expect("somebody listens"));
    let received: Vec<_> =
        Framed::new(here, codec).map(|message| message.expect("a message")).collect().await;
    assert_eq!(received, [said("a"), said("b")]);
    assert_eq!(told.iter().collect::<Vec<_>>(), [false, false]);
}

#[tokio::test]
async fn a_fatal_error_is_an_error_for_who_goes_on_too() {
    let (here, mut there) = duplex(1024);
    there.write_all(b"GET / HTTP/1.1\r\n\r\n").await.expect("written");
    let codec = Codec::<Chat>::new(Length::u32()).going_on(|error| panic!("{error}"));
    let error = Framed::new(here, codec).next().await.expect("more").expect_err("no frame");
    assert!(error.is_fatal());
    assert!(error.to_string().ends_with("; the peer seems to speak HTTP"), "{error}");
}

#[tokio::test]
async fn an_end_inside_a_frame() {
    let mut stream = receiving(Length::u32(), b"\0\0\0\x03\x03a").await;
    let error = stream.next().await.expect("more").expect_err("cut");
    assert!(matches!(error.kind(), RecvErrorKind::EndInside { have: 6, needed: 7 }), "{error}");
}

#[test]
fn a_message_that_cannot_be_sent_leaves_no_trace() {
    let mut codec = Codec::<Chat>::new(Length::u32().limit(4));
    let mut out = BytesMut::new();
    codec.encode(said("one"), &mut out).expect("it fits");
    let error = codec.encode(said("four"), &mut out).expect_err("above the limit");
    assert!(matches!(error.kind(), SendErrorKind::Frame(_)), "{error}");
    let error = codec.encode(Short { text: "sho".into() }.into(), &mut out).expect_err("too long");
    assert!(matches!(error.kind(), SendErrorKind::Message(_)), "{error}");
    codec.encode(said("two"), &mut out).expect("it fits");
    assert_eq!(&out[..], b"\0\0\0\x04\x03one\0\0\0\x04\x03two");
}

#[tokio::test]
async fn limits_are_kept() {
    let (here, mut there) = duplex(64);
    there.write_all(b"\0\0\0\x04\x03abc").await.expect("written");
    let limits = Limits { memory: 2, ..Limits::DEFAULT };
    let mut stream = Framed::new(here, Codec::<Chat>::new(Length::u32()).limits(limits));
    let error = stream.next().await.expect("more").expect_err("above the budget");
    assert!(error.to_string().contains("budget of 2"), "{error}");
}
