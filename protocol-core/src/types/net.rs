//! Addresses: `IpAddr` is a tag of 4 or 6 and the octets; each kind alone is its octets.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{Bounds, Fault, Order, Reader, Sink, UnpackErrorKind, Wire};

macro_rules! octets {
    ($($type:ty, $len:literal;)*) => {$(
        impl<'a> Wire<'a> for $type {
            const MIN: usize = $len;
            const BOUNDS: Bounds = Bounds::exactly($len);

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
                w.put(self.octets())
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<$type, Fault> {
                let address = <$type>::from(r.take_before::<$len>(keep)?);
                if O::TRACED {
                    r.show(&address);
                }
                Ok(address)
            }
        }
    )*};
}

octets! {
    Ipv4Addr, 4;
    Ipv6Addr, 16;
}

impl<'a> Wire<'a> for IpAddr {
    const MIN: usize = 1;
    const BOUNDS: Bounds = Bounds::at_most(17, 0);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        match self {
            IpAddr::V4(address) => {
                w.put([4])?;
                address.put::<O, W>(w, keep)
            }
            IpAddr::V6(address) => {
                w.put([6])?;
                address.put::<O, W>(w, keep)
            }
        }
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<IpAddr, Fault> {
        let start = r.rest();
        match r.take_before(keep)? {
            [4] => Ok(IpAddr::V4(Ipv4Addr::get::<O>(r, keep)?)),
            [6] => Ok(IpAddr::V6(Ipv6Addr::get::<O>(r, keep)?)),
            [tag] => Err(r.fault_at(start, UnpackErrorKind::UnknownTag { tag: u64::from(tag) })),
        }
    }
}
