//! Many calls at once on one connection, from many threads.

use std::fmt;
use std::io;
use std::net::TcpStream;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use super::{Connection, Receiver, Sender};
use crate::conn::{
    Answer, Answering, CallError, Calls, CallsEnd, DEADLINE, Numbered, RecvErrorKind,
};
use crate::conversation::{Reply, Request};
use crate::dispatch::ListsBehind;
use crate::frame::{Framing, Length};
use crate::net::Split;
use crate::{HasHeader, Header, Protocol, Spoken, WithHeader};

/// Calls many at once over one connection, from as many threads as you like; clones share it.
///
/// The headers of both protocols hold a field with `role = correlation`, by which each reply finds its
/// call, whatever the order. A call that is given up, because its time was over, concerns no other: its
/// reply is counted as [late](Pipelined::late) when it comes. One thread receives for all of them.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use std::thread;
/// use protocol_core::frame::Headed;
/// use protocol_core::net::{blocking::{Connection, Pipelined}, mem};
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
/// type Served = Connection<WithHeader<Head, Calculator>, Calculator, Headed<Head>, mem::End>;
///
/// let (here, there) = mem::pair();
/// thread::spawn(move || {
///     let mut server = Served::over(there, Headed::new());
///     while let Some(WithHeader { header, message: Calculator::Add(add) }) = server.recv().unwrap() {
///         let message = Sum { sum: add.a + add.b }.into();
///         server.send(&WithHeader { header, message }).unwrap();
///     }
/// });
/// let calls = Pipelined::over(Served::over(here, Headed::new())).unwrap();
/// thread::scope(|scope| {
///     scope.spawn(|| assert_eq!(calls.call(&Add { a: 1, b: 1 }).unwrap().sum, 2));
///     scope.spawn(|| assert_eq!(calls.call(&Add { a: 2, b: 2 }).unwrap().sum, 4));
/// });
/// # }
/// ```
pub struct Pipelined<In: HasHeader, Out, F = Length, S: Split = TcpStream> {
    shared: Arc<Shared<In>>,
    deadline: Duration,
    sending: Arc<Sending<Out, F, S>>,
}

/// What the thread that receives knows too.
struct Shared<In>(Mutex<Calls<SyncSender<Answer<In>>>>);

/// The half that sends. With its last owner the stream ends, and with it the thread that receives.
struct Sending<Out, F, S: Split>(Mutex<Sender<Out, F, S>>);

impl<In, Out, F, S> Pipelined<In, Out, F, S>
where
    In: HasHeader + Send + 'static,
    WithHeader<In::Header, In>: for<'a> Protocol<Of<'a> = WithHeader<In::Header, In>>,
    Out: HasHeader + 'static,
    F: Framing + Send + 'static,
    S: Split + Send + 'static,
{
    /// Calls over this connection, on which nothing is awaited. An idle timeout ends nothing: each call
    /// has its own deadline. If [beats](Connection::set_beats) are set, a second thread sends them.
    ///
    /// # Errors
    /// If the system has no second handle of the stream, or no thread, to give.
    pub fn over(
        connection: Connection<WithHeader<In::Header, In>, Out, F, S>,
    ) -> io::Result<Pipelined<In, Out, F, S>> {
        const {
            assert!(
                In::Header::CORRELATION.is_some() && Out::Header::CORRELATION.is_some(),
                "nothing ties a reply to its request; mark a field of the header with \
                 `#[wire(role = correlation)]`, or make one call at a time with `Serial`"
            );
        }
        let (receiver, sender) = connection.split()?;
        let shared = Arc::new(Shared(Mutex::new(Calls::new())));
        let received = Arc::clone(&shared);
        thread::Builder::new().name("calls".into()).spawn(move || receive(receiver, &received))?;
        let has_beats = sender.has_beats();
        let sending = Arc::new(Sending(Mutex::new(sender)));
        if has_beats {
            let beating = Arc::downgrade(&sending);
            thread::Builder::new().name("beats".into()).spawn(move || beat(&beating))?;
        }
        Ok(Pipelined { shared, deadline: DEADLINE, sending })
    }
}

impl<In: HasHeader, Out, F, S: Split> Pipelined<In, Out, F, S> {
    /// Gives each call of this handle so long, 30 s by default.
    #[must_use]
    pub fn deadline(self, deadline: Duration) -> Pipelined<In, Out, F, S> {
        Pipelined { deadline, ..self }
    }

    /// At most so many calls may wait at once, 1024 by default; one more is refused.
    pub fn set_limit(&self, limit: usize) {
        self.shared.lock().set_limit(limit);
    }

    /// How many calls wait for their replies.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.lock().waiting()
    }

    /// How many replies came after their calls were given up.
    #[must_use]
    pub fn late(&self) -> u64 {
        self.shared.lock().late()
    }

    /// How many messages came that answered no call.
    #[must_use]
    pub fn strays(&self) -> u64 {
        self.shared.lock().strays()
    }
}

impl<In, Out, F, S> Pipelined<In, Out, F, S>
where
    In: HasHeader,
    Out: HasHeader + Spoken,
    F: Framing,
    S: Split,
{
    /// Sends a request and returns its reply, which must come within the
    /// [deadline](Pipelined::deadline).
    ///
    /// A peer that takes no more bytes may hold the call up for the write timeout besides.
    ///
    /// # Errors
    /// If the request cannot be packed or is too large, there are too many calls, no reply comes in time
    /// or the connection ends before it, or what has its number is another message, or none at all.
    pub fn call<'m, M>(&self, message: &M) -> Result<M::Reply, CallError<In>>
    where
        M: Request,
        M::Reply: Reply<In>,
        Out::Sent<'m>: ListsBehind<M, Header = Out::Header>,
    {
        self.call_within(message, self.deadline)
    }

    /// The same with another deadline.
    ///
    /// # Errors
    /// As for [`call`](Pipelined::call).
    pub fn call_within<'m, M>(
        &self,
        message: &M,
        allowed: Duration,
    ) -> Result<M::Reply, CallError<In>>
    where
        M: Request,
        M::Reply: Reply<In>,
        Out::Sent<'m>: ListsBehind<M, Header = Out::Header>,
    {
        let (waiter, reply) = sync_channel(1);
        let number = self.shared.lock().begin(waiter, Numbered::<M, Out::Sent<'m>>::fits)?;
        let request = Numbered::<M, Out::Sent<'m>>::new(message, number);
        let mut sender = self.sending.lock();
        sender.queue(&request).inspect_err(|_| self.shared.lock().not_sent(number))?;
        // What is queued may be written later, and answered.
        sender.flush().inspect_err(|_| self.shared.lock().give_up(number))?;
        drop(sender);
        match reply.recv_timeout(allowed) {
            Ok(answer) => answer?.into_reply(),
            Err(RecvTimeoutError::Disconnected) => Err(CallError::Ended),
            Err(RecvTimeoutError::Timeout) => {
                self.shared.lock().give_up(number);
                Err(CallError::Timeout { allowed })
            }
        }
    }
}

/// Hands out the replies that come, until the connection ends.
fn receive<In, F, S>(mut receiver: Receiver<WithHeader<In::Header, In>, F, S>, shared: &Shared<In>)
where
    In: HasHeader,
    WithHeader<In::Header, In>: for<'a> Protocol<Of<'a> = WithHeader<In::Header, In>>,
    F: Framing,
    S: Split,
{
    let mut ending = Ending { shared, end: CallsEnd::Ended };
    ending.end = loop {
        let messages = WithHeader::<In::Header, In>::MESSAGES;
        let (number, answer) = match receiver.recv() {
            Ok(Some(WithHeader { header, message })) => {
                (header.correlation(), Ok(Answering { message, id: header.id(), messages }))
            }
            Ok(None) => break CallsEnd::Ended,
            Err(error) if error.is_fatal() => break CallsEnd::Lost(Arc::new(error)),
            // A body that is none is that of a reply all the same.
            Err(error) if matches!(error.kind(), RecvErrorKind::Message(_)) => {
                (receiver.incoming().correlation(), Err(error.into()))
            }
            Err(_) => continue,
        };
        let waiter = shared.lock().finish(number.unwrap_or_default());
        // Who waits no more need not be told.
        waiter.map(|waiter| waiter.send(answer)).transpose().map(drop).unwrap_or_default();
    };
}

/// Tells all who wait how the connection has ended when the thread that receives does: also if it panics,
/// in code of the user's that unpacks.
struct Ending<'s, In> {
    shared: &'s Shared<In>,
    end: CallsEnd,
}

impl<In> Drop for Ending<'_, In> {
    fn drop(&mut self) {
        let waiters = self.shared.lock().end(self.end.clone());
        for waiter in waiters {
            // Who waits no more need not be told.
            waiter.send(Err(self.end.clone().into())).unwrap_or_default();
        }
    }
}

/// Sends the beats that are due, until the last handle is dropped or the stream takes no more.
fn beat<Out, F: Framing, S: Split>(sending: &Weak<Sending<Out, F, S>>) {
    while let Some(alive) = sending.upgrade() {
        let next = alive.lock().beat();
        drop(alive);
        // Why it takes no more is found by the thread that receives.
        let Ok(Some(pause)) = next else { return };
        thread::sleep(pause);
    }
}

impl<In> Shared<In> {
    /// What a panic left half done is at most a call that nobody waits for.
    fn lock(&self) -> MutexGuard<'_, Calls<SyncSender<Answer<In>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Out, F, S: Split> Sending<Out, F, S> {
    /// What a panic left half done is a frame that was never queued.
    fn lock(&self) -> MutexGuard<'_, Sender<Out, F, S>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Out, F, S: Split> Drop for Sending<Out, F, S> {
    fn drop(&mut self) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).end();
    }
}

impl<In: HasHeader, Out, F, S: Split> Clone for Pipelined<In, Out, F, S> {
    fn clone(&self) -> Pipelined<In, Out, F, S> {
        let Pipelined { shared, deadline, sending } = self;
        Pipelined { shared: Arc::clone(shared), deadline: *deadline, sending: Arc::clone(sending) }
    }
}

impl<In: HasHeader, Out, F, S: Split> fmt::Debug for Pipelined<In, Out, F, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipelined").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}
