//! The contestants on tokio: a bare socket, ours, and a `Framed` of tokio-util with wincode.
//!
//! Each end has a runtime of one thread.

use std::convert::Infallible;
use std::future::Future;
use std::hint::black_box;
use std::net::TcpStream as Std;
use std::thread;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use protocol_core::frame::Length;
use protocol_core::net::tokio::Connection;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio_util::codec::{Framed, LengthDelimitedCodec};

use super::{ANSWER, BUFFER, FLOOD, FRAME, Load, PINGS, Theirs, numbers, ours, pair, theirs};
use crate::cells::{Cell, cell};

type Ours = Connection<Load>;
type Codec = Framed<TcpStream, LengthDelimitedCodec>;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime is to be had")
}

fn adopt(stream: Std) -> TcpStream {
    stream.set_nonblocking(true).expect("it is a socket");
    TcpStream::from_std(stream).expect("a runtime runs")
}

/// A client in its runtime, and a server in a thread of its own.
fn client<T, U: Future<Output: Send + 'static>>(
    open: impl Fn(TcpStream) -> T,
    serve: impl FnOnce(TcpStream) -> U + Send + 'static,
) -> (Runtime, T) {
    let (client, server) = pair();
    thread::spawn(move || runtime().block_on(async { serve(adopt(server)).await }));
    let runtime = runtime();
    let client = runtime.block_on(async { open(adopt(client)) });
    (runtime, client)
}

fn connection() -> (Runtime, Ours) {
    let open = |stream| Ours::over(stream, Length::u32());
    client(open, async move |stream| {
        let mut connection = open(stream);
        let answer = connection.answer(|Load::Data(data), outbox| match black_box(data) {
            data if data.number == ANSWER => outbox.queue(&data),
            _ => Ok(()),
        });
        answer.await
    })
}

fn bare(every: usize) -> (Runtime, TcpStream) {
    client(
        |stream| stream,
        async move |mut server| -> std::io::Result<Infallible> {
            let mut buffer = vec![0; BUFFER];
            loop {
                let mut left = every;
                while left > 0 {
                    let most = left.min(BUFFER);
                    match server.read(&mut buffer[..most]).await? {
                        0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                        read => left -= read,
                    }
                    black_box(&buffer);
                }
                server.write_all(&buffer[..FRAME]).await?;
            }
        },
    )
}

fn framed() -> (Runtime, Codec) {
    let open = |stream| Framed::new(stream, LengthDelimitedCodec::new());
    client(open, async move |stream| {
        let mut framed = open(stream);
        while let Some(Ok(frame)) = framed.next().await {
            let data: Theirs = wincode::deserialize_exact(&frame).expect("it unpacks");
            if black_box(data).number == ANSWER {
                framed.send(frame.freeze()).await.expect("it is taken");
            }
        }
    })
}

fn packed(number: u64) -> Bytes {
    wincode::serialize(&theirs(number)).expect("it packs").into()
}

/// The reply, unpacked.
async fn reply(framed: &mut Codec) -> Theirs {
    let frame = framed.next().await.expect("it is answered").expect("it is a frame");
    wincode::deserialize_exact(&frame).expect("it unpacks")
}

pub(super) fn pings() -> Vec<Cell> {
    let ((bare_in, mut bare), (ours_in, mut connection), (framed_in, mut framed)) =
        (bare(FRAME), connection(), framed());
    vec![
        cell("ping", "bare tokio", PINGS, move || {
            bare_in.block_on(async {
                for _ in 0..PINGS {
                    let mut frame = [7; FRAME];
                    bare.write_all(&frame).await.expect("it is taken");
                    bare.read_exact(&mut frame).await.expect("it is answered");
                    black_box(&frame);
                }
            });
        }),
        cell("ping", "ours on tokio", PINGS, move || {
            ours_in.block_on(async {
                for _ in 0..PINGS {
                    connection.send(&ours(ANSWER)).await.expect("it is taken");
                    black_box(connection.recv().await.expect("it is answered"));
                }
            });
        }),
        cell("ping", "tokio-util and wincode", PINGS, move || {
            framed_in.block_on(async {
                for _ in 0..PINGS {
                    framed.send(packed(ANSWER)).await.expect("it is taken");
                    black_box(reply(&mut framed).await);
                }
            });
        }),
    ]
}

pub(super) fn floods() -> Vec<Cell> {
    let ((bare_in, mut bare), (ours_in, mut connection), (framed_in, mut framed)) =
        (bare(FLOOD * FRAME), connection(), framed());
    let mut frames = Vec::with_capacity(BUFFER);
    vec![
        cell("flood", "bare tokio", FLOOD, move || {
            bare_in.block_on(async {
                for _ in 0..FLOOD {
                    frames.extend_from_slice(black_box(&[7; FRAME]));
                    if frames.len() == BUFFER {
                        bare.write_all(&frames).await.expect("it is taken");
                        frames.clear();
                    }
                }
                bare.write_all(&frames).await.expect("it is taken");
                frames.clear();
                bare.read_exact(&mut [0; FRAME]).await.expect("it is answered");
            });
        }),
        cell("flood", "ours on tokio", FLOOD, move || {
            ours_in.block_on(async {
                for number in numbers() {
                    connection.feed(&ours(number)).await.expect("it is taken");
                }
                black_box(connection.recv().await.expect("it is answered"));
            });
        }),
        cell("flood", "tokio-util and wincode", FLOOD, move || {
            framed_in.block_on(async {
                for number in numbers() {
                    framed.feed(packed(number)).await.expect("it is taken");
                }
                SinkExt::<Bytes>::flush(&mut framed).await.expect("it is taken");
                black_box(reply(&mut framed).await);
            });
        }),
    ]
}
