use alloc::string::String;
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};
impl<'a> Wire<'a> for String {
    const MIN: usize = 4;
    const BOUNDS: Bounds = Bounds::unbounded(1);
    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> { self.as_str().put::<O,W>(w, keep) }
    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
        let s = <&str>::get::<O>(r, keep)?;
        if let Some(c) = r.context() { if c.charge(s.len() as u64).is_none() { return Err(r.refuse("memory")) } }
        Ok(crate::raw::string(s)) }
}
impl<'w: 'a, 'a> Wire<'w> for &'a str {
    const MIN: usize = 4;
    const BOUNDS: Bounds = Bounds::unbounded(1);
    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        let Ok(n) = u32::try_from(self.len()) else { return Err(w.refuse("long")) };
        n.put::<O, W>(w, 0)?; w.bytes_before(self.as_bytes(), keep) }
    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'w, '_>, keep: usize) -> Result<Self, Fault> {
        let n = u32::get::<O>(r, keep)?; 
        let b = r.bytes_before(n as usize, keep)?;
        match crate::raw::text(b) { Ok(t) => Ok(t), Err(valid) => Err(r.fault(crate::UnpackErrorKind::NotUtf8{valid})) }
    }
}
