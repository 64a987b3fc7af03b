//! Many calls at once on one connection, for tokio.

use core::fmt;
use core::future::poll_fn;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::Connection;
use crate::conn::{
    Answer, Answering, CallError, Calls, CallsEnd, DEADLINE, Numbered, RecvErrorKind,
};
use crate::conversation::{Reply, Request};
use crate::dispatch::ListsBehind;
use crate::frame::{Framing, Length};
use crate::{HasHeader, Header, Protocol, Spoken, WithHeader};

/// Calls many at once over one connection, from as many tasks as you like; clones share it.
///
/// The headers of both protocols hold a field with `role = correlation`, by which each reply finds its
/// call, whatever the order. A call that is given up, because its time was over or its future was
/// dropped, concerns no other: its reply is counted as [late](Pipelined::late) when it comes.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::frame::Headed;
/// use protocol_core::net::tokio::{Connection, Pipelined};
/// use protocol_core::{Message, Protocol, Wire, WithHeader};
///
/// #[derive(Wire, Default, Clone)]
/// struct Head {
///     #[wire(role = id)]
///     kind: u8,
///     #[wire(role = correlation)]
///     call: u32,
///     #[wire(role = len)]
///     length: u16,
/// }
///
/// #[derive(Message)]
/// #[msg_type = 1]
/// #[wire(reply = Sum)]
/// struct Add { a: u8, b: u8 }
///
/// #[derive(Message)]
/// #[msg_type = 2]
/// struct Sum { sum: u8 }
///
/// #[derive(Protocol)]
/// #[wire(header = Head)]
/// enum Calculator {
///     Add(Add),
///     Sum(Sum),
/// }
///
/// type Served = Connection<WithHeader<Head, Calculator>, Calculator, Headed<Head>, tokio::io::DuplexStream>;
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// let (here, there) = tokio::io::duplex(1024);
/// let (calls, driver) = Pipelined::over(Served::over(here, Headed::new()));
/// tokio::spawn(driver.run());
/// tokio::spawn(async move {
///     let mut server = Served::over(there, Headed::new());
///     while let Some(WithHeader { header, message: Calculator::Add(add) }) = server.recv().await.unwrap() {
///         let message = Sum { sum: add.a + add.b }.into();
///         server.send(&WithHeader { header, message }).await.unwrap();
///     }
/// });
/// let (two, four) = (Add { a: 1, b: 1 }, Add { a: 2, b: 2 });
/// let (two, four) = tokio::join!(calls.call(&two), calls.call(&four));
/// assert_eq!((two.unwrap().sum, four.unwrap().sum), (2, 4));
/// # });
/// # }
/// ```
pub struct Pipelined<In: HasHeader, Out, F = Length, S = TcpStream> {
    shared: Arc<Shared<In, Out, F, S>>,
    deadline: Duration,
    /// Its last clone to be dropped ends the driver.
    handle: Arc<Handle<In, Out, F, S>>,
}

/// Moves the bytes of a [`Pipelined`]: spawn it. It ends when the connection does, or when the last
/// handle is dropped; if it is dropped itself, all calls end.
#[must_use = "calls wait until the driver is spawned"]
pub struct Driver<In: HasHeader, Out, F = Length, S = TcpStream> {
    shared: Arc<Shared<In, Out, F, S>>,
}

type Served<In, Out, F, S> = Connection<WithHeader<<In as HasHeader>::Header, In>, Out, F, S>;

struct Shared<In: HasHeader, Out, F, S>(Mutex<Inner<In, Out, F, S>>);

struct Inner<In: HasHeader, Out, F, S> {
    connection: Option<Served<In, Out, F, S>>,
    calls: Calls<oneshot::Sender<Answer<In>>>,
    driver: Option<Waker>,
    is_closing: bool,
}

struct Handle<In: HasHeader, Out, F, S>(Arc<Shared<In, Out, F, S>>);

impl<In: HasHeader, Out, F, S> Drop for Handle<In, Out, F, S> {
    fn drop(&mut self) {
        let mut inner = self.0.lock();
        inner.is_closing = true;
        inner.driver.take().into_iter().for_each(Waker::wake);
    }
}

impl<In: HasHeader, Out, F, S> Drop for Driver<In, Out, F, S> {
    fn drop(&mut self) {
        self.shared.lock().end(CallsEnd::Ended);
    }
}

impl<In: HasHeader, Out, F, S> Clone for Pipelined<In, Out, F, S> {
    fn clone(&self) -> Pipelined<In, Out, F, S> {
        Pipelined {
            shared: Arc::clone(&self.shared),
            deadline: self.deadline,
            handle: Arc::clone(&self.handle),
        }
    }
}

impl<In: HasHeader, Out, F, S> fmt::Debug for Pipelined<In, Out, F, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipelined").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}

impl<In: HasHeader, Out, F, S> fmt::Debug for Driver<In, Out, F, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").finish_non_exhaustive()
    }
}

impl<In, Out, F, S> Pipelined<In, Out, F, S>
where
    In: HasHeader,
    Out: HasHeader + Spoken,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// Calls over this connection, on which nothing is awaited. Spawn the driver.
    #[expect(clippy::type_complexity, reason = "two types with their parameters, once")]
    pub fn over(
        connection: Connection<WithHeader<In::Header, In>, Out, F, S>,
    ) -> (Pipelined<In, Out, F, S>, Driver<In, Out, F, S>) {
        const {
            assert!(
                In::Header::CORRELATION.is_some() && Out::Header::CORRELATION.is_some(),
                "nothing ties a reply to its request; mark a field of the header with \
                 `#[wire(role = correlation)]`, or make one call at a time with `Serial`"
            );
        }
        let shared = Arc::new(Shared(Mutex::new(Inner {
            connection: Some(connection),
            calls: Calls::new(),
            driver: None,
            is_closing: false,
        })));
        let handle = Arc::new(Handle(Arc::clone(&shared)));
        let calls = Pipelined { shared: Arc::clone(&shared), deadline: DEADLINE, handle };
        (calls, Driver { shared })
    }

    /// Gives each call of this handle so long, 30 s by default.
    #[must_use]
    pub fn deadline(self, deadline: Duration) -> Pipelined<In, Out, F, S> {
        Pipelined { deadline, ..self }
    }

    /// At most so many calls may wait at once, 1024 by default; one more is refused.
    pub fn set_limit(&self, limit: usize) {
        self.shared.lock().calls.set_limit(limit);
    }

    /// How many calls wait for their replies.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.lock().calls.waiting()
    }

    /// How many replies came after their calls were given up.
    #[must_use]
    pub fn late(&self) -> u64 {
        self.shared.lock().calls.late()
    }

    /// How many messages came that answered no call.
    #[must_use]
    pub fn strays(&self) -> u64 {
        self.shared.lock().calls.strays()
    }

    /// Sends a request and returns its reply, which must come within the
    /// [deadline](Pipelined::deadline).
    ///
    /// The request is queued when the future is first polled. If the future is dropped, the request may
    /// be answered all the same, and nobody else gets that reply.
    ///
    /// # Errors
    /// If the request cannot be packed or is too large, there are too many calls, no reply comes in time
    /// or the connection ends before it, or what has its number is another message, or none at all.
    pub async fn call<'m, M>(&self, message: &M) -> Result<M::Reply, CallError<In>>
    where
        M: Request,
        M::Reply: Reply<In>,
        Out::Sent<'m>: ListsBehind<M, Header = Out::Header>,
    {
        self.call_within(message, self.deadline).await
    }

    /// The same with another deadline.
    ///
    /// # Errors
    /// As for [`call`](Pipelined::call).
    pub async fn call_within<'m, M>(
        &self,
        message: &M,
        allowed: Duration,
    ) -> Result<M::Reply, CallError<In>>
    where
        M: Request,
        M::Reply: Reply<In>,
        Out::Sent<'m>: ListsBehind<M, Header = Out::Header>,
    {
        let (waiter, reply) = oneshot::channel();
        let number = self.shared.lock().begin(message, waiter)?;
        let _waiting = Waiting { shared: &self.shared, number };
        match timeout(allowed, reply).await {
            Ok(Ok(answer)) => answer?.into_reply(),
            Ok(Err(_)) => Err(CallError::Ended),
            Err(_) => Err(CallError::Timeout { allowed }),
        }
    }
}

/// A call, which is given up when this is dropped before its reply has come.
struct Waiting<'c, In: HasHeader, Out, F, S> {
    shared: &'c Shared<In, Out, F, S>,
    number: u64,
}

impl<In: HasHeader, Out, F, S> Drop for Waiting<'_, In, Out, F, S> {
    fn drop(&mut self) {
        self.shared.lock().calls.give_up(self.number);
    }
}

impl<In: HasHeader, Out, F, S> Shared<In, Out, F, S> {
    /// What a panic left half done is at most a call that nobody waits for.
    fn lock(&self) -> MutexGuard<'_, Inner<In, Out, F, S>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<In: HasHeader, Out, F, S> Inner<In, Out, F, S> {
    fn end(&mut self, end: CallsEnd) {
        for waiter in self.calls.end(end.clone()) {
            // Who waits no more need not be told.
            waiter.send(Err(end.clone().into())).unwrap_or_default();
        }
    }
}

impl<In, Out, F, S> Inner<In, Out, F, S>
where
    In: HasHeader,
    Out: HasHeader + Spoken,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// Takes a number for a call and queues its request.
    fn begin<'m, M>(
        &mut self,
        message: &M,
        waiter: oneshot::Sender<Answer<In>>,
    ) -> Result<u64, CallError<In>>
    where
        M: Request,
        Out::Sent<'m>: ListsBehind<M, Header = Out::Header>,
    {
        let number = self.calls.begin(waiter, Numbered::<M, Out::Sent<'m>>::fits)?;
        let request = Numbered::<M, Out::Sent<'m>>::new(message, number);
        let queued = self.connection.as_mut().map(|connection| connection.queue(&request));
        match queued {
            Some(Ok(())) => {
                self.driver.take().into_iter().for_each(Waker::wake);
                Ok(number)
            }
            Some(Err(error)) => {
                self.calls.not_sent(number);
                Err(error.into())
            }
            None => {
                self.calls.not_sent(number);
                Err(CallError::Ended)
            }
        }
    }
}

impl<In, Out, F, S> Inner<In, Out, F, S>
where
    In: HasHeader,
    WithHeader<In::Header, In>: for<'a> Protocol<Of<'a> = WithHeader<In::Header, In>>,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// Hands out the replies that come, and writes the requests; ready at the end of the connection.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<CallsEnd> {
        let Some(connection) = &mut self.connection else {
            return Poll::Ready(CallsEnd::Ended);
        };
        while !self.is_closing {
            let Poll::Ready(received) = connection.poll_recv(cx) else {
                self.driver = Some(cx.waker().clone());
                return Poll::Pending;
            };
            let messages = WithHeader::<In::Header, In>::MESSAGES;
            let (number, answer) = match received {
                Ok(Some(WithHeader { header, message })) => {
                    (header.correlation(), Ok(Answering { message, id: header.id(), messages }))
                }
                Ok(None) => return Poll::Ready(CallsEnd::Ended),
                Err(error) if error.is_fatal() => {
                    return Poll::Ready(CallsEnd::Lost(Arc::new(error)));
                }
                // A body that is none is that of a reply all the same.
                Err(error) if matches!(error.kind(), RecvErrorKind::Message(_)) => {
                    (connection.machine.halves().0.correlation(), Err(error.into()))
                }
                Err(_) => continue,
            };
            let waiter = self.calls.finish(number.unwrap_or_default());
            waiter.map(|waiter| waiter.send(answer)).transpose().map(drop).unwrap_or_default();
        }
        Poll::Ready(CallsEnd::Ended)
    }
}

impl<In, Out, F, S> Driver<In, Out, F, S>
where
    In: HasHeader,
    WithHeader<In::Header, In>: for<'a> Protocol<Of<'a> = WithHeader<In::Header, In>>,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// Moves the bytes until the connection ends, and closes it if this side has ended it.
    pub async fn run(self) {
        let end = poll_fn(|cx| self.shared.lock().poll(cx)).await;
        let connection = {
            let mut inner = self.shared.lock();
            inner.end(end);
            inner.connection.take().filter(|_| inner.is_closing)
        };
        if let Some(connection) = connection {
            // Nobody is left to be told.
            connection.close().await.unwrap_or_default();
        }
    }
}
