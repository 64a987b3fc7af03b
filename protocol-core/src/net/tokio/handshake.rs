//! What lies between an accepted stream and a connection.

use core::future::Future;
use std::boxed::Box;
use std::error::Error;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::Listener;
use super::caught::Caught;
use crate::net::server::{HANDSHAKE_PANICKED, Plain, Settings};

/// Turns an accepted stream into that of a connection, in the task of the connection.
///
/// A closure from a [`TcpStream`] to a future of a `Result` is one, or from another stream `I` that is
/// accepted. It has [so long](crate::net::server::Server::handshake_within), in which it may have to
/// wait for its turn.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handshake",
    label = "a closure from a `{I}` to a future of `Result<S, E>` belongs here, `S` being the stream of the connection"
)]
pub trait Handshake<I = TcpStream>: Send + Sync + 'static {
    /// The stream of the connection.
    type Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// Makes the handshake.
    ///
    /// # Errors
    /// Its own: the connection is closed, and the error reported.
    fn shake_hands(
        &self,
        stream: I,
    ) -> impl Future<Output = Result<Self::Stream, Box<dyn Error + Send + Sync>>> + Send;
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> Handshake<S> for Plain {
    type Stream = S;

    async fn shake_hands(&self, stream: S) -> Result<S, Box<dyn Error + Send + Sync>> {
        Ok(stream)
    }
}

#[diagnostic::do_not_recommend]
impl<H, I, T, S, E> Handshake<I> for H
where
    H: Fn(I) -> T + Send + Sync + 'static,
    T: Future<Output = Result<S, E>> + Send,
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Stream = S;

    fn shake_hands(
        &self,
        stream: I,
    ) -> impl Future<Output = Result<S, Box<dyn Error + Send + Sync>>> + Send {
        let shaking = self(stream);
        async { shaking.await.map_err(Into::into) }
    }
}

/// Makes a handshake when it is its turn.
pub(super) async fn shake_hands<L: Listener, H: Handshake<L::Stream>>(
    stream: L::Stream,
    handshake: &H,
    turns: &Semaphore,
    settings: &Settings,
) -> Result<H::Stream, Box<dyn Error + Send + Sync>> {
    L::hurry(&stream)?;
    let shaking = async {
        let _turn = turns.acquire().await?;
        let shaken = Caught::new(|| handshake.shake_hands(stream)).await;
        shaken.unwrap_or_else(|| Err(HANDSHAKE_PANICKED.into()))
    };
    let shaken = timeout(settings.handshake_within, shaking).await;
    shaken.unwrap_or_else(|_| Err(settings.late_handshake().into()))
}
