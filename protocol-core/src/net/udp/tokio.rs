//! Sockets of datagrams for tokio: one for many peers, and one for a single peer.

use core::future::Future;
use core::time::Duration;
use std::boxed::Box;
use std::error::Error;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use tokio::net::{ToSocketAddrs, UdpSocket};
use tokio::time::timeout;

use super::Reply;
use super::mail::{is_of_one_sent, unsent};
use crate::conn::{ConnError, RecvError, RecvErrorKind, SendError};
use crate::net::server::{Event, Observer, Watch};
use crate::net::udp;
use crate::{MessageOf, Protocol, Spoken};

/// A socket that receives the messages of `In` from anybody, and sends those of `Out` to anybody.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// use protocol_core::net::server::Event;
/// use protocol_core::net::udp::tokio::Socket;
///
/// let mut server = Socket::<Chat>::bind("127.0.0.1:0").await.unwrap();
/// let address = server.local_addr().unwrap();
/// let client = Socket::<Chat>::bind("127.0.0.1:0").await.unwrap();
/// let mut client = client.connect(address).await.unwrap();
/// let asking = async {
///     client.send(&Data { text: "hello".into() }).await.unwrap();
///     assert_eq!(client.recv().await.unwrap(), Chat::Data(Data { text: "hello".into() }));
/// };
///
/// tokio::select! {
///     () = asking => {}
///     ended = server.serve(
///         |message, reply| reply.queue(&message),
///         |event: &Event<'_>| eprintln!("{event}"),
///     ) => panic!("{ended:?}"),
/// }
/// # });
/// # }
/// ```
///
/// It behaves as a [blocking one](crate::net::udp::blocking::Socket), with the same limits and
/// errors. Every future can be dropped at any time: a datagram that is not yet handed out is handed
/// out by the next one. It needs a runtime whose timers are enabled.
pub type Socket<In, Out = In> = udp::Socket<UdpSocket, In, Out>;

/// A socket for one peer. What others send to it is dropped by the system.
pub type Connected<In, Out = In> = udp::Connected<UdpSocket, In, Out>;

impl<In, Out> Socket<In, Out> {
    /// A socket on the first of the addresses that can be had. Port 0 is any free one.
    ///
    /// # Errors
    /// If none can be had.
    pub async fn bind(address: impl ToSocketAddrs) -> io::Result<Socket<In, Out>> {
        UdpSocket::bind(address).await.map(Socket::over)
    }

    /// A socket that is there already.
    #[must_use]
    pub fn over(socket: UdpSocket) -> Socket<In, Out> {
        udp::Socket::new(socket)
    }

    /// Sends to this peer only, and receives from nobody else, from now on.
    ///
    /// # Errors
    /// If the system has no way to the peer.
    pub async fn connect(self, peer: SocketAddr) -> io::Result<Connected<In, Out>> {
        self.socket.connect(peer).await?;
        Ok(self.connected(peer))
    }

    /// The address of the socket.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Sends `message` to `peer`. This is no reply, so nothing limits it but the size of a datagram.
    ///
    /// # Errors
    /// If the message cannot be packed or is too large, or the system does not send it. None of it
    /// keeps other messages from being sent.
    pub async fn send_to<'m, M>(&mut self, message: &M, peer: SocketAddr) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let packed = self.mail.pack(message);
        let bytes = packed.map_err(|kind| SendError::from(kind).of_peer(Some(peer)))?;
        sent(self.socket.send_to(bytes, peer).await, bytes, peer)
    }
}

impl<In: Protocol, Out> Socket<In, Out> {
    /// Receives the next message, and who seems to have sent it.
    ///
    /// # Errors
    /// If the datagram is too long or no message, nothing comes in time, or the socket fails. After
    /// an error that is not [fatal](RecvError::is_fatal) the next call goes on with the next one.
    pub async fn recv_from(&mut self) -> Result<(In::Of<'_>, SocketAddr), RecvError> {
        let (length, peer) = self.receive().await?;
        self.mail.message(length, peer).map(|message| (message, peer))
    }

    /// Receives one message and gives it to `handler`, with what takes the replies to it; they are
    /// sent when the handler returns.
    ///
    /// # Errors
    /// Of receiving, as for [`recv_from`](Socket::recv_from); of the handler; or the first one of
    /// sending.
    pub async fn answer<E>(
        &mut self,
        handler: impl FnOnce(In::Of<'_>, &mut Reply<'_, Out>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let (length, peer) = self.receive().await?;
        self.mail.handle(length, peer, handler)?;
        self.send_replies(peer).await
    }

    /// Answers messages as [`answer`](Socket::answer) does until the future is dropped, and tells
    /// `observer` what went wrong: of the [`Observer`] only `error` and `line`, which is what a
    /// closure is, at most ten times a second.
    ///
    /// Nothing that a peer sends ends it, nor does a handler that fails or panics.
    ///
    /// # Errors
    /// If the socket fails.
    pub async fn serve<E>(
        &mut self,
        mut handler: impl FnMut(In::Of<'_>, &mut Reply<'_, Out>) -> Result<(), E>,
        observer: impl Observer,
    ) -> Result<(), RecvError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let watch = Watch::new(observer);
        loop {
            let (length, peer) = match self.receive().await {
                Ok(received) => received,
                Err(error) if error.is_fatal() => return Err(error),
                Err(_) => continue,
            };
            if self.mail.handle_watched(length, peer, &mut handler, &watch) {
                if let Err(error) = self.send_replies(peer).await {
                    watch.error(&Event::Failed { peer: peer.into(), error: &error });
                }
            }
        }
    }

    async fn send_replies(&mut self, peer: SocketAddr) -> Result<(), ConnError> {
        let mut all = Ok(());
        for bytes in self.mail.replies.datagrams() {
            all = all.and(sent(self.socket.send_to(bytes, peer).await, bytes, peer));
        }
        self.mail.replies.clear();
        all.map_err(ConnError::from)
    }

    async fn receive(&mut self) -> Result<(usize, SocketAddr), RecvError> {
        let space = self.mail.space();
        let receiving = async {
            loop {
                match self.socket.recv_from(space).await {
                    // To whom it did not go is not said, so nothing follows from it.
                    Err(error) if is_of_one_sent(&error) => {}
                    result => return result,
                }
            }
        };
        received(self.timeout, receiving).await
    }
}

impl<In, Out> Connected<In, Out> {
    /// Sends `message`.
    ///
    /// # Errors
    /// If the message cannot be packed or is too large, or the system does not send it: also with
    /// the news that an earlier one did not arrive. None of it keeps other messages from being sent.
    pub async fn send<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let packed = self.mail.pack(message);
        let bytes = packed.map_err(|kind| SendError::from(kind).of_peer(Some(self.peer)))?;
        sent(self.socket.send(bytes).await, bytes, self.peer)
    }
}

impl<In: Protocol, Out> Connected<In, Out> {
    /// Receives the next message.
    ///
    /// # Errors
    /// If the datagram is too long or no message, an earlier one did not reach the peer, nothing
    /// comes in time, or the socket fails. After an error that is not
    /// [fatal](RecvError::is_fatal) the next call goes on with the next one.
    pub async fn recv(&mut self) -> Result<In::Of<'_>, RecvError> {
        let space = self.mail.space();
        let length = received(self.timeout, self.socket.recv(space)).await;
        let length = length.map_err(|error| error.of_peer(Some(self.peer)))?;
        self.mail.message(length, self.peer)
    }
}

/// What became of a datagram, which is sent whole or not at all.
fn sent(result: io::Result<usize>, bytes: &[u8], peer: SocketAddr) -> Result<(), SendError> {
    result.map(drop).map_err(|error| unsent(error, bytes.len(), peer))
}

/// What is received in time.
async fn received<T>(
    within: Option<Duration>,
    receiving: impl Future<Output = io::Result<T>>,
) -> Result<T, RecvError> {
    let result = match within {
        None => receiving.await,
        Some(time) => {
            timeout(time, receiving).await.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
        }
    };
    result.map_err(|error| {
        let kind = if is_of_one_sent(&error) {
            RecvErrorKind::Unreachable(error)
        } else if error.kind() == ErrorKind::TimedOut {
            RecvErrorKind::IdleTimeout { allowed: within.unwrap_or_default() }
        } else {
            RecvErrorKind::Io(error)
        };
        RecvError::new(kind, None)
    })
}
