//! `Uuid` of the crate `uuid`: its 16 bytes in the order of RFC 9562, whatever that of the message.
//!
//! A GUID in Microsoft's mixed order is another layout: a `with` module with `Uuid::to_bytes_le`.

use uuid::Uuid;

use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

impl<'a> Wire<'a> for Uuid {
    const MIN: usize = 16;
    const BOUNDS: Bounds = Bounds::exactly(16);

    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
        w.put(self.into_bytes())
    }

    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Uuid, Fault> {
        let id = Uuid::from_bytes(r.take_before(keep)?);
        if O::TRACED {
            r.show(&id);
        }
        Ok(id)
    }
}
