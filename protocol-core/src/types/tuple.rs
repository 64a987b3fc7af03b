//! Tuples: their elements in order, under the names `0`, `1`, and so on.

use crate::fields::{GetFields, PutFields};
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

macro_rules! tuple {
    ($($type:ident $index:tt),*) => {
        impl<'a, $($type: Wire<'a>),*> Wire<'a> for ($($type,)*) {
            const MIN: usize = 0 $(+ $type::MIN)*;
            const BOUNDS: Bounds = Bounds::sequence(&[$($type::BOUNDS),*]);

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
                let mut fields = PutFields::<O, W>::enter(w, Self::MIN, keep)?;
                $(self.$index.put_field(&mut fields, stringify!($index))?;)*
                Ok(())
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
                let mut fields = GetFields::<O>::enter(r, Self::MIN, keep)?;
                Ok(($($type::get_field(&mut fields, stringify!($index))?,)*))
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

/// No bytes.
impl<'a> Wire<'a> for () {
    const MIN: usize = 0;
    const BOUNDS: Bounds = Bounds::exactly(0);

    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, _w: &mut W, _keep: usize) -> Result<(), Fault> {
        Ok(())
    }

    #[inline(always)]
    fn get<O: Order>(_r: &mut Reader<'a, '_>, _keep: usize) -> Result<(), Fault> {
        Ok(())
    }
}
