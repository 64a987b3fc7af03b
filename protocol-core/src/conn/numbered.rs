//! A request that goes out with the number of its call, for the drivers of calls.

use core::marker::PhantomData;

use crate::dispatch::ListsBehind;
use crate::{Fault, HasHeader, Header, MessageOf, Pack, Sink};

/// Whether the field of the header holds this number.
pub(crate) fn holds<H: Header>(number: u64) -> bool {
    H::default().set_correlation(number)
}

/// A request of the protocol `P` with the number of its call in its header.
pub(crate) struct Numbered<'m, M, P: HasHeader> {
    message: &'m M,
    header: P::Header,
    protocol: PhantomData<fn(P)>,
}

impl<'m, M, P: HasHeader> Numbered<'m, M, P> {
    pub(crate) fn new(message: &'m M, number: u64) -> Numbered<'m, M, P> {
        let mut header = P::Header::default();
        header.set_correlation(number);
        Numbered { message, header, protocol: PhantomData }
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

    fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        P::put_with(self.message, &self.header, w)
    }
}

impl<M: Pack, P: ListsBehind<M>> MessageOf<P> for Numbered<'_, M, P> {}
