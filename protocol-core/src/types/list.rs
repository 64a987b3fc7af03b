use alloc::vec::Vec;
use crate::{Big, Bounds, Fault, Order, Reader, Sink, Wire};
impl<'a, T: Wire<'a>> Wire<'a> for Vec<T> {
    const MIN: usize = 4;
    const BOUNDS: Bounds = Bounds::unbounded(1);
    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> { 
        let Ok(n) = u32::try_from(self.len()) else { return Err(w.refuse("long")) };
        n.put::<O, W>(w, 0)?; T::put_all::<O,W>(self, w, keep) }
    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
        let n = u32::get::<O>(r, keep)? as usize; 
        r.enter::<Big>(n.saturating_mul(T::MIN), keep)?;
        if let Some(c) = r.context() { if c.charge((n * size_of::<T>()) as u64).is_none() { return Err(r.refuse("memory")) } }
        T::get_all::<O>(r, n)
    }
}
