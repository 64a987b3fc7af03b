//! Prototype of emitted code.
use crate::data::*;
use protocol_core::*;

macro_rules! emitted {
    ([$($lt:lifetime)?] $name:ty { $($f:ident : $t:ty),* $(,)? }) => {
        impl<'__w $(: $lt, $lt)?> Wire<'__w> for $name {
            const MIN: usize = 0 $(+ <$t as Wire<'__w>>::MIN)*;
            const BOUNDS: Bounds = Bounds::sequence(&[$(<$t as Wire<'__w>>::BOUNDS),*]);
            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
                let mut keep = __private::enter(w, Self::MIN, keep)?;

                $( <$t as Wire<'__w>>::put_field::<O, W>(&self.$f, w, &mut keep, stringify!($f))?; )*
                let _ = keep;
                Ok(())
            }
            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'__w, '_>, keep: usize) -> Result<Self, Fault> {
                let mut keep = r.enter::<O>(Self::MIN, keep)?;
                Ok(Self { $( $f: <$t as Wire<'__w>>::get_field::<O>(r, &mut keep, stringify!($f))? ),* })
            }
        }
    };
}
emitted!([] Log { a: u8, b: u8, c: u8, d: u8, identity: String, userid: String, date: String, request: String, code: u16, size: u64 });
emitted!(['a] LogRef<'a> { a: u8, b: u8, c: u8, d: u8, identity: &'a str, userid: &'a str, date: &'a str, request: &'a str, code: u16, size: u64 });
emitted!([] Logs { logs: Vec<Log> });
emitted!(['a] LogsRef<'a> { logs: Vec<LogRef<'a>> });
emitted!([] Small { a: u32, b: u16, c: u64 });

pub struct Le<T>(pub T);
pub struct Be<T>(pub T);
macro_rules! whole {
    ($name:ident, $o:ty) => {
        impl<'w, T: Wire<'w>> Pack for $name<T> {
            const NAME: &'static str = "x";
            const MIN_LEN: usize = T::MIN;
            const MAX_LEN: Option<usize> = T::BOUNDS.max_len;
            #[inline(always)]
            fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
                self.0.put::<$o, W>(w, 0)
            }
        }
        impl<'w, T: Wire<'w>> Unpack<'w> for $name<T> {
            #[inline(always)]
            fn get_whole<X: Order>(r: &mut Reader<'w, '_>) -> Result<Self, Fault> {
                let v = T::get::<$o>(r, 0);
                if r.left() == 0 {
                    match v {
                        Ok(v) => Ok($name(v)),
                        Err(f) => Err(f),
                    }
                } else {
                    Err(r.refuse("trailing"))
                }
            }
        }
    };
}
whole!(Le, Little);
whole!(Be, Big);
