//! Many calls on one connection: which of them waits for which reply.
//!
//! Knows no socket, no clock and no thread: a driver says which replies came, which calls were given up,
//! and how the connection ended.

use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::{CallError, RecvError};
#[cfg(feature = "std")]
use crate::MessageInfo;
#[cfg(feature = "std")]
use crate::conversation::Reply;
use crate::dispatch::ListsBehind;
use crate::{Fault, HasHeader, Header, MessageOf, Pack, Sink};

/// The calls that wait on one connection, each with what `T` wakes it.
///
/// A call takes the next free number, which goes out in the field of the header with
/// `role = correlation`, and comes back in that of the reply. A number is free again when its reply has
/// come, and not before: that of a call that was given up stays taken, so that its late reply is not
/// taken for another's.
///
/// ```
/// use protocol_core::conn::{CallError, Calls};
///
/// let mut calls = Calls::new();
/// let any = |_: u64| true;
/// let first = calls.begin::<()>("first", any).unwrap();
/// let second = calls.begin::<()>("second", any).unwrap();
/// assert_eq!(calls.finish(second), Some("second"));
///
/// calls.give_up(first);
/// assert_eq!(calls.finish(first), None);
/// assert_eq!(calls.late(), 1);
/// ```
#[derive(Debug)]
pub struct Calls<T> {
    /// By its number what waits, or that it was given up.
    taken: BTreeMap<u64, Option<T>>,
    given_up: usize,
    next: u64,
    limit: usize,
    late: u64,
    strays: u64,
    end: Option<CallsEnd>,
}

/// How a connection with calls ended.
#[derive(Debug, Clone)]
pub enum CallsEnd {
    /// The peer ended the stream, or this side closed it.
    Ended,
    /// It failed.
    Lost(Arc<RecvError>),
}

/// How many calls may wait unless something else is said.
const LIMIT: usize = 1024;
/// The first number. Peers send 0 with what nobody asked for.
const FIRST: u64 = 1;

impl<T> Calls<T> {
    /// No calls; at most 1024 will wait.
    #[must_use]
    pub fn new() -> Calls<T> {
        Calls {
            taken: BTreeMap::new(),
            given_up: 0,
            next: FIRST,
            limit: LIMIT,
            late: 0,
            strays: 0,
            end: None,
        }
    }

    /// At most so many calls may wait, together with those that were given up and not answered yet.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Takes the next free number for a call; `fits` tells which the field of the header can hold.
    ///
    /// # Errors
    /// If there are too many calls, no number is free, or the connection has ended.
    pub fn begin<In>(
        &mut self,
        waiter: T,
        fits: impl Fn(u64) -> bool,
    ) -> Result<u64, CallError<In>> {
        if let Some(end) = &self.end {
            return Err(end.clone().into());
        }
        if self.taken.len() >= self.limit {
            return Err(self.full(self.limit));
        }
        // One number more than are taken, and one for the way back to the first.
        for _ in 0..self.taken.len().saturating_add(2) {
            let number = self.next;
            self.next = number.checked_add(1).unwrap_or(FIRST);
            if !fits(number) {
                self.next = FIRST;
            } else if let Entry::Vacant(free) = self.taken.entry(number) {
                free.insert(Some(waiter));
                return Ok(number);
            }
        }
        Err(self.full(self.taken.len()))
    }

    /// What waits for the reply with this number. If its call was given up, or there was none, the reply
    /// is counted and nobody gets it.
    pub fn finish(&mut self, number: u64) -> Option<T> {
        match self.taken.remove(&number) {
            Some(Some(waiter)) => Some(waiter),
            Some(None) => {
                self.given_up = self.given_up.saturating_sub(1);
                self.late = self.late.saturating_add(1);
                None
            }
            None => {
                self.strays = self.strays.saturating_add(1);
                None
            }
        }
    }

    /// Takes note that nobody waits any more for the reply with this number.
    pub fn give_up(&mut self, number: u64) {
        if let Some(waiter @ Some(_)) = self.taken.get_mut(&number) {
            *waiter = None;
            self.given_up = self.given_up.saturating_add(1);
        }
    }

    /// Takes note that the request with this number was never sent.
    pub fn not_sent(&mut self, number: u64) {
        self.taken.remove(&number);
    }

    /// Takes note that the connection has ended: all that waits, to be told so. Only the first end counts.
    pub fn end(&mut self, end: CallsEnd) -> Vec<T> {
        self.end.get_or_insert(end);
        self.given_up = 0;
        core::mem::take(&mut self.taken).into_values().flatten().collect()
    }

    /// How the connection ended, if it has.
    #[must_use]
    pub fn ended(&self) -> Option<&CallsEnd> {
        self.end.as_ref()
    }

    /// How many calls wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.taken.len().saturating_sub(self.given_up)
    }

    /// How many calls were given up and not answered yet.
    #[must_use]
    pub fn given_up(&self) -> usize {
        self.given_up
    }

    /// How many replies came after their calls were given up.
    #[must_use]
    pub fn late(&self) -> u64 {
        self.late
    }

    /// How many messages came that answered no call.
    #[must_use]
    pub fn strays(&self) -> u64 {
        self.strays
    }

    fn full<In>(&self, limit: usize) -> CallError<In> {
        CallError::Full { waiting: self.waiting(), given_up: self.given_up, limit }
    }
}

impl<T> Default for Calls<T> {
    fn default() -> Calls<T> {
        Calls::new()
    }
}

impl<In> From<CallsEnd> for CallError<In> {
    fn from(end: CallsEnd) -> CallError<In> {
        match end {
            CallsEnd::Ended => CallError::Ended,
            CallsEnd::Lost(error) => CallError::Lost(error),
        }
    }
}

/// What a call that waits is told: the message that answers it, or why there is none.
#[cfg(feature = "std")]
pub(crate) type Answer<In> = Result<Answering<In>, CallError<In>>;

/// The message that has the number of a call.
#[cfg(feature = "std")]
pub(crate) struct Answering<In> {
    pub(crate) message: In,
    /// The number in its header, by which its name is found if it is not the reply.
    pub(crate) id: u64,
    /// The messages of its protocol.
    pub(crate) messages: &'static [MessageInfo],
}

#[cfg(feature = "std")]
impl<In> Answering<In> {
    /// The message as the reply that was asked for.
    pub(crate) fn into_reply<R: Reply<In>>(self) -> Result<R, CallError<In>> {
        let Answering { message, id, messages } = self;
        R::from_message(message)
            .map_err(|other| other.named(MessageInfo::name_of(messages, id)).into())
    }
}

/// A request of the protocol `P` with the number of its call in its header, to be queued in place of the
/// request itself.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::conn::{Calls, Numbered, Outbox};
/// use protocol_core::frame::Headed;
/// use protocol_core::{Message, Protocol, Wire};
///
/// #[derive(Wire, Default, Clone)]
/// struct Head {
///     #[wire(role = id)]
///     kind: u8,
///     #[wire(role = correlation)]
///     call: u16,
///     #[wire(role = len)]
///     length: u8,
/// }
///
/// #[derive(Message)]
/// #[msg_type = 1]
/// struct Ask { number: u8 }
///
/// #[derive(Protocol)]
/// #[wire(header = Head)]
/// enum Asked { Ask(Ask) }
///
/// let mut calls = Calls::new();
/// let number = calls.begin::<()>("who waits", Numbered::<Ask, Asked>::fits).unwrap();
/// let mut outbox = Outbox::<Asked, _>::new(Headed::<Head>::new());
/// outbox.queue(&Numbered::<Ask, Asked>::new(&Ask { number: 7 }, number)).unwrap();
/// assert_eq!(outbox.pending(), b"\x01\x00\x01\x01\x07");
/// # }
/// ```
#[derive(Debug)]
pub struct Numbered<'m, M, P: HasHeader> {
    message: &'m M,
    header: P::Header,
    protocol: PhantomData<fn(P)>,
}

impl<'m, M, P: HasHeader> Numbered<'m, M, P> {
    /// The request with this number.
    #[must_use]
    pub fn new(message: &'m M, number: u64) -> Numbered<'m, M, P> {
        let mut header = P::Header::fresh();
        header.set_correlation(number);
        Numbered { message, header, protocol: PhantomData }
    }

    /// Whether the field with `role = correlation` holds this number.
    #[must_use]
    pub fn fits(number: u64) -> bool {
        P::Header::fresh().set_correlation(number)
    }
}

impl<M: Pack, P: HasHeader> Pack for Numbered<'_, M, P>
where
    P: ListsBehind<M>,
{
    const NAME: &'static str = M::NAME;
    const MIN_LEN: usize = M::MIN_LEN;
    const MAX_LEN: Option<usize> = M::MAX_LEN;
    const MEMORY_PER_BYTE: usize = M::MEMORY_PER_BYTE;
    const VERSION: u32 = P::VERSION;

    fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        P::put_with(self.message, &self.header, w)
    }
}

impl<M: Pack, P: ListsBehind<M>> MessageOf<P> for Numbered<'_, M, P> {}
