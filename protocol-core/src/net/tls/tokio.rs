//! The same for tokio, by tokio-rustls: handshakes with a deadline, and the streams they give.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::boxed::Box;
use std::error::Error;
use std::io::{self, ErrorKind, IoSlice};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::pki_types::CertificateDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::{TlsAcceptor, TlsConnector, TlsStream};

use super::super::tokio::{Handshake, first_that_answers};
use super::received::{FAREWELL_MAX, FAREWELL_WITHIN, Received};
use super::{Acceptor, Connector, HandshakeError, HandshakeErrorKind, host, server_name};

/// A stream for tokio inside TLS, after its handshake.
///
/// It ends as [`Tls`](super::Tls) does: a stream that is only dropped, or cut by somebody between,
/// is an error for its reader ([`Cut`](crate::conn::RecvErrorKind::Cut)) and never a clean end.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// # use protocol_core::net::tls::rustls::{ClientConfig, RootCertStore, ServerConfig, crypto::ring};
/// # let own = rcgen::generate_simple_self_signed(["localhost".into()]).unwrap();
/// # let (certificate, key) = (own.cert.der().clone(), own.signing_key.into());
/// # let server = ServerConfig::builder_with_provider(ring::default_provider().into())
/// #     .with_safe_default_protocol_versions().unwrap()
/// #     .with_no_client_auth()
/// #     .with_single_cert(vec![certificate.clone()], key).unwrap();
/// # let mut roots = RootCertStore::empty();
/// # roots.add(certificate).unwrap();
/// # let client = ClientConfig::builder_with_provider(ring::default_provider().into())
/// #     .with_safe_default_protocol_versions().unwrap()
/// #     .with_root_certificates(roots)
/// #     .with_no_client_auth();
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// use protocol_core::frame::Length;
/// use protocol_core::net::tls::{Acceptor, Connector};
/// use protocol_core::net::tokio::Connection;
///
/// # let (acceptor, connector) = (Acceptor::new(server), Connector::new(client));
/// let (here, there) = tokio::io::duplex(1024);
/// let serving = tokio::spawn(async move {
///     let stream = acceptor.accept_async(there).await.unwrap();
///     let mut connection = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
///     connection.answer(|message, outbox| outbox.queue(&message)).await.unwrap();
///     connection.close().await.unwrap();
/// });
///
/// let stream = connector.connect_async("localhost", here).await.unwrap();
/// let mut connection = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
/// connection.send(&Data { text: "hello".into() }).await.unwrap();
/// let reply = connection.recv().await.unwrap();
/// assert_eq!(reply, Some(Chat::Data(Data { text: "hello".into() })));
/// connection.close().await.unwrap();
/// serving.await.unwrap();
/// # });
/// # }
/// ```
#[derive(Debug)]
pub struct AsyncTls<S>(TlsStream<Tap<S>>);

impl Connector {
    /// Makes a handshake as [`connect`](Connector::connect) does, over a stream for tokio.
    ///
    /// # Errors
    /// As for [`connect`](Connector::connect). If the future is dropped, the stream is, too.
    pub async fn connect_async<S>(
        &self,
        name: &str,
        stream: S,
    ) -> Result<AsyncTls<S>, HandshakeError>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let name = server_name(name).map_err(|kind| HandshakeError::new(kind, None))?;
        let (tap, seen) = Tap::new(stream);
        let connector = TlsConnector::from(Arc::clone(&self.config));
        let connecting = connector.connect(name, tap).into_fallible();
        finish(connecting, &seen, self.within).await
    }
}

impl Connector {
    /// Connects to a host as [`connect_tcp`](Connector::connect_tcp) does.
    ///
    /// # Errors
    /// As for [`connect_tcp`](Connector::connect_tcp).
    pub async fn connect_tcp_async(&self, address: &str) -> io::Result<AsyncTls<TcpStream>> {
        let stream = first_that_answers(address).await?;
        stream.set_nodelay(true)?;
        Ok(self.connect_async(host(address), stream).await?)
    }
}

impl Acceptor {
    /// Makes a handshake as [`accept`](Acceptor::accept) does, over a stream for tokio.
    ///
    /// # Errors
    /// As for [`accept`](Acceptor::accept). If the future is dropped, the stream is, too.
    pub async fn accept_async<S>(&self, stream: S) -> Result<AsyncTls<S>, HandshakeError>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let (tap, seen) = Tap::new(stream);
        let acceptor = TlsAcceptor::from(Arc::clone(&self.config));
        finish(acceptor.accept(tap).into_fallible(), &seen, self.within).await
    }
}

/// `server.handshake(acceptor)` puts a server for tokio into TLS; its handlers get connections over
/// [`AsyncTls<TcpStream>`](AsyncTls).
impl<S> Handshake<S> for Acceptor
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = AsyncTls<S>;

    async fn shake_hands(&self, stream: S) -> Result<AsyncTls<S>, Box<dyn Error + Send + Sync>> {
        self.accept_async(stream).await.map_err(Into::into)
    }
}

async fn finish<S, T>(
    handshake: impl Future<Output = Result<T, (io::Error, Tap<S>)>>,
    seen: &Seen,
    allowed: Duration,
) -> Result<AsyncTls<S>, HandshakeError>
where
    S: AsyncRead + AsyncWrite + Unpin,
    TlsStream<Tap<S>>: From<T>,
{
    let (error, tap) = match timeout(allowed, handshake).await {
        Ok(Ok(stream)) => {
            let mut stream = TlsStream::from(stream);
            stream.get_mut().0.seen = None;
            return Ok(AsyncTls(stream));
        }
        Ok(Err(failed)) => failed,
        Err(_) => {
            let kind = HandshakeErrorKind::Timeout { have: seen.received().count(), allowed };
            return Err(HandshakeError::new(kind, None));
        }
    };
    match error.downcast::<rustls::Error>() {
        Ok(error) => {
            say_farewell(tap.stream).await;
            Err(seen.received().refused(error, None))
        }
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            let kind = HandshakeErrorKind::Ended { have: seen.received().count() };
            Err(HandshakeError::new(kind, None))
        }
        Err(error) => Err(HandshakeError::new(HandshakeErrorKind::Io(error), None)),
    }
}

/// Gives the peer the time to read the alert that says what was wrong: a stream that is dropped
/// with bytes unread is reset, and the alert lost. Whatever goes wrong, it is over.
async fn say_farewell<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S) {
    let farewell = async {
        if stream.shutdown().await.is_err() {
            return;
        }
        let (mut scrap, mut unread) = ([0; 1024], FAREWELL_MAX);
        while let Ok(count @ 1..) = stream.read(&mut scrap).await {
            unread = unread.saturating_sub(count);
            if unread == 0 {
                return;
            }
        }
    };
    timeout(FAREWELL_WITHIN, farewell).await.unwrap_or_default();
}

impl<S> AsyncTls<S> {
    /// The certificate with which the peer proved who it is, then those it depends on; `None` for a
    /// client that was not asked.
    #[must_use]
    pub fn peer_certificates(&self) -> Option<&[CertificateDer<'static>]> {
        self.session().peer_certificates()
    }

    /// The session: its version, its cipher, the protocol that was agreed on.
    #[must_use]
    pub fn session(&self) -> &rustls::CommonState {
        self.0.get_ref().1
    }

    /// The stream below. Reading from it or writing to it breaks the session.
    #[must_use]
    pub fn stream(&self) -> &S {
        &self.0.get_ref().0.stream
    }

    fn inner(self: Pin<&mut Self>) -> Pin<&mut TlsStream<Tap<S>>>
    where
        S: Unpin,
    {
        Pin::new(&mut self.get_mut().0)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for AsyncTls<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.inner().poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for AsyncTls<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.inner().poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner().poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner().poll_shutdown(cx)
    }
}

/// Takes note of what is read through it while the handshake lasts.
#[derive(Debug)]
struct Tap<S> {
    stream: S,
    seen: Option<Seen>,
}

/// What a tap saw, for the handshake that it is in.
#[derive(Debug, Clone, Default)]
struct Seen(Arc<Mutex<Received>>);

impl<S> Tap<S> {
    fn new(stream: S) -> (Tap<S>, Seen) {
        let seen = Seen::default();
        (Tap { stream, seen: Some(seen.clone()) }, seen)
    }
}

impl Seen {
    /// No code that can panic runs under the lock, so a poisoned one holds sound state.
    fn received(&self) -> MutexGuard<'_, Received> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Tap<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        if let Some(seen) = &self.seen {
            seen.received().note(buffer.filled().get(before..).unwrap_or_default());
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tap<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
