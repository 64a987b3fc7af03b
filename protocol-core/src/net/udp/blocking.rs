//! Blocking sockets of datagrams: one for many peers, and one for a single peer.

use std::boxed::Box;
use std::error::Error;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::super::deadline::{Deadline, is_not_ready};
use super::Reply;
use super::mail::{is_of_one_sent, unsent};
use crate::conn::{ConnError, RecvError, RecvErrorKind, SendError};
use crate::net::server::{Event, Observer, Watch, reachable};
use crate::net::udp;
use crate::{MessageOf, Protocol, Spoken};

/// A socket that receives the messages of `In` from anybody, and sends those of `Out` to anybody.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use protocol_core::net::server::Event;
/// use protocol_core::net::udp::blocking::Socket;
///
/// let mut server = Socket::<Chat>::bind("127.0.0.1:0").unwrap();
/// let (address, stop) = (server.local_addr().unwrap(), server.stop_handle());
/// let serving = std::thread::spawn(move || {
///     server.serve(
///         |message, reply| reply.queue(&message),
///         |event: &Event<'_>| eprintln!("{event}"),
///     )
/// });
///
/// let mut client = Socket::<Chat>::bind("127.0.0.1:0").unwrap().connect(address).unwrap();
/// client.send(&Data { text: "hello".into() }).unwrap();
/// assert_eq!(client.recv().unwrap(), Chat::Data(Data { text: "hello".into() }));
///
/// stop.stop();
/// serving.join().unwrap().unwrap();
/// # }
/// ```
///
/// **A server whose replies are requests of its own protocol can be made to talk to itself for
/// ever**, or to another one like it, by a request that names it as its sender. `In` and `Out`
/// should have nothing in common.
pub type Socket<In, Out = In> = udp::Socket<Arc<Stoppable>, In, Out>;

/// A socket for one peer. What others send to it is dropped by the system.
pub type Connected<In, Out = In> = udp::Connected<Arc<Stoppable>, In, Out>;

/// A socket of the system, and whether its server is to end.
#[derive(Debug)]
pub struct Stoppable {
    system: UdpSocket,
    is_stopping: AtomicBool,
}

/// Ends [`Socket::serve`], from any thread. Clones are the same handle.
#[derive(Debug, Clone)]
pub struct Stop(Arc<Stoppable>);

impl<In, Out> Socket<In, Out> {
    /// A socket on the first of the addresses that can be had. Port 0 is any free one.
    ///
    /// # Errors
    /// If none can be had.
    pub fn bind(address: impl ToSocketAddrs) -> io::Result<Socket<In, Out>> {
        Socket::over(UdpSocket::bind(address)?)
    }

    /// A socket that is there already. It is made to block if it did not.
    ///
    /// # Errors
    /// If it cannot be made to block.
    pub fn over(socket: UdpSocket) -> io::Result<Socket<In, Out>> {
        socket.set_nonblocking(false)?;
        let is_stopping = AtomicBool::new(false);
        Ok(udp::Socket::new(Arc::new(Stoppable { system: socket, is_stopping })))
    }

    /// Sends to this peer only, and receives from nobody else, from now on.
    ///
    /// # Errors
    /// If the system has no way to the peer.
    pub fn connect(self, peer: SocketAddr) -> io::Result<Connected<In, Out>> {
        self.socket.system.connect(peer)?;
        Ok(self.connected(peer))
    }

    /// The address of the socket.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.system.local_addr()
    }

    /// A handle that ends [`serve`](Socket::serve).
    #[must_use]
    pub fn stop_handle(&self) -> Stop {
        Stop(Arc::clone(&self.socket))
    }

    /// Sends `message` to `peer`. This is no reply, so nothing limits it but the size of a datagram.
    ///
    /// # Errors
    /// If the message cannot be packed or is too large, or the system does not send it. None of it
    /// keeps other messages from being sent.
    pub fn send_to<'m, M>(&mut self, message: &M, peer: SocketAddr) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let packed = self.mail.pack(message);
        let bytes = packed.map_err(|kind| SendError::from(kind).of_peer(Some(peer)))?;
        send(bytes, peer, |bytes| self.socket.system.send_to(bytes, peer))
    }
}

impl<In: Protocol, Out> Socket<In, Out> {
    /// Receives the next message, and who seems to have sent it.
    ///
    /// # Errors
    /// If the datagram is too long or no message, nothing comes in time, or the socket fails. After
    /// an error that is not [fatal](RecvError::is_fatal) the next call goes on with the next one.
    pub fn recv_from(&mut self) -> Result<(In::Of<'_>, SocketAddr), RecvError> {
        let (length, peer) = self.receive()?;
        self.mail.message(length, peer).map(|message| (message, peer))
    }

    /// Receives one message and gives it to `handler`, with what takes the replies to it; they are
    /// sent when the handler returns.
    ///
    /// # Errors
    /// Of receiving, as for [`recv_from`](Socket::recv_from); of the handler; or the first one of
    /// sending.
    pub fn answer<E>(
        &mut self,
        handler: impl FnOnce(In::Of<'_>, &mut Reply<'_, Out>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let (length, peer) = self.receive()?;
        self.mail.handle(length, peer, handler)?;
        self.send_replies(peer)
    }

    /// Answers messages as [`answer`](Socket::answer) does until the stop handle is used, and tells
    /// `observer` what went wrong: of the [`Observer`] only `error` and `line`, which is what a
    /// closure is, at most ten times a second.
    ///
    /// Nothing that a peer sends ends it, nor does a handler that fails or panics.
    ///
    /// # Errors
    /// If the socket fails.
    pub fn serve<E>(
        &mut self,
        mut handler: impl FnMut(In::Of<'_>, &mut Reply<'_, Out>) -> Result<(), E>,
        observer: impl Observer,
    ) -> Result<(), RecvError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let watch = Watch::new(observer);
        loop {
            let received = self.receive();
            if self.socket.is_stopping.load(Ordering::SeqCst) {
                watch.finish();
                return Ok(());
            }
            let (length, peer) = match received {
                Ok(received) => received,
                Err(error) if error.is_fatal() => return Err(error),
                Err(_) => continue,
            };
            if self.mail.handle_watched(length, peer, &mut handler, &watch) {
                if let Err(error) = self.send_replies(peer) {
                    watch.error(&Event::Failed { peer: peer.into(), error: &error });
                }
            }
        }
    }

    fn send_replies(&mut self, peer: SocketAddr) -> Result<(), ConnError> {
        let mut sent = Ok(());
        for bytes in self.mail.replies.datagrams() {
            sent = sent.and(send(bytes, peer, |bytes| self.socket.system.send_to(bytes, peer)));
        }
        self.mail.replies.clear();
        sent.map_err(ConnError::from)
    }

    fn receive(&mut self) -> Result<(usize, SocketAddr), RecvError> {
        let space = self.mail.space();
        receive(&self.socket.system, self.timeout, || match self.socket.system.recv_from(space) {
            // To whom it did not go is not said, so nothing follows from it.
            Err(error) if is_of_one_sent(&error) => Err(ErrorKind::Interrupted.into()),
            result => result,
        })
    }
}

impl Stop {
    /// Ends [`Socket::serve`], after the message that it is at.
    pub fn stop(&self) {
        let Stoppable { system, is_stopping } = &*self.0;
        is_stopping.store(true, Ordering::SeqCst);
        // It waits for a datagram, so it gets one. If there is no room for it, others are there.
        if let Ok(address) = system.local_addr() {
            system.send_to(&[], reachable(address)).map(drop).unwrap_or_default();
        }
    }
}

impl<In, Out> Connected<In, Out> {
    /// Sends `message`.
    ///
    /// # Errors
    /// If the message cannot be packed or is too large, or the system does not send it: also with
    /// the news that an earlier one did not arrive. None of it keeps other messages from being sent.
    pub fn send<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let packed = self.mail.pack(message);
        let bytes = packed.map_err(|kind| SendError::from(kind).of_peer(Some(self.peer)))?;
        send(bytes, self.peer, |bytes| self.socket.system.send(bytes))
    }
}

impl<In: Protocol, Out> Connected<In, Out> {
    /// Receives the next message.
    ///
    /// # Errors
    /// If the datagram is too long or no message, an earlier one did not reach the peer, nothing
    /// comes in time, or the socket fails. After an error that is not
    /// [fatal](RecvError::is_fatal) the next call goes on with the next one.
    pub fn recv(&mut self) -> Result<In::Of<'_>, RecvError> {
        let space = self.mail.space();
        let received =
            receive(&self.socket.system, self.timeout, || self.socket.system.recv(space));
        let length = received.map_err(|error| error.of_peer(Some(self.peer)))?;
        self.mail.message(length, self.peer)
    }
}

/// Sends a datagram, which is sent whole or not at all.
fn send(
    bytes: &[u8],
    peer: SocketAddr,
    mut send: impl FnMut(&[u8]) -> io::Result<usize>,
) -> Result<(), SendError> {
    loop {
        match send(bytes) {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unsent(error, bytes.len(), peer)),
        }
    }
}

/// Receives a datagram, in time.
fn receive<T>(
    socket: &UdpSocket,
    timeout: Option<Duration>,
    mut receive: impl FnMut() -> io::Result<T>,
) -> Result<T, RecvError> {
    let deadline = Deadline::within(timeout);
    loop {
        let told = deadline.left().and_then(|left| socket.set_read_timeout(left));
        let error = match told.and_then(|()| receive()) {
            Ok(received) => return Ok(received),
            Err(error) => error,
        };
        let kind = match error.kind() {
            ErrorKind::Interrupted => continue,
            _ if is_of_one_sent(&error) => RecvErrorKind::Unreachable(error),
            _ if is_not_ready(&error) && deadline.is_over() => {
                RecvErrorKind::IdleTimeout { allowed: timeout.unwrap_or_default() }
            }
            ErrorKind::WouldBlock => RecvErrorKind::NotReady,
            _ => RecvErrorKind::Io(error),
        };
        return Err(RecvError::new(kind, None));
    }
}
