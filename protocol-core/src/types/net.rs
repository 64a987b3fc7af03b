//! Addresses: `IpAddr` is a tag of 4 or 6 and the octets; each kind alone is its octets. `SocketAddr`
//! is the same with a port behind.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

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

/// The octets, then the port as a `u16`.
impl<'a> Wire<'a> for SocketAddrV4 {
    const MIN: usize = 6;
    const BOUNDS: Bounds = Bounds::exactly(6);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        self.ip().put::<O, W>(w, 2_usize.wrapping_add(keep))?;
        self.port().put::<O, W>(w, keep)
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<SocketAddrV4, Fault> {
        let ip = Ipv4Addr::get::<O>(r, 2_usize.wrapping_add(keep))?;
        let address = SocketAddrV4::new(ip, u16::get::<O>(r, keep)?);
        if O::TRACED {
            r.show(&address);
        }
        Ok(address)
    }
}

/// The octets, then the port as a `u16`. Flow information and scope mean nothing on another host: a
/// value that has either is refused.
impl<'a> Wire<'a> for SocketAddrV6 {
    const MIN: usize = 18;
    const BOUNDS: Bounds = Bounds::exactly(18);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        if self.flowinfo() != 0 || self.scope_id() != 0 {
            return Err(w.refuse("the address has flow information or a scope, which is not sent"));
        }
        self.ip().put::<O, W>(w, 2_usize.wrapping_add(keep))?;
        self.port().put::<O, W>(w, keep)
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<SocketAddrV6, Fault> {
        let ip = Ipv6Addr::get::<O>(r, 2_usize.wrapping_add(keep))?;
        let address = SocketAddrV6::new(ip, u16::get::<O>(r, keep)?, 0, 0);
        if O::TRACED {
            r.show(&address);
        }
        Ok(address)
    }
}

/// A tag of 4 or 6, the octets, then the port as a `u16`.
impl<'a> Wire<'a> for SocketAddr {
    const MIN: usize = 1;
    const BOUNDS: Bounds = Bounds::at_most(19, 0);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        match self {
            SocketAddr::V4(address) => {
                w.put([4])?;
                address.put::<O, W>(w, keep)
            }
            SocketAddr::V6(address) => {
                w.put([6])?;
                address.put::<O, W>(w, keep)
            }
        }
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<SocketAddr, Fault> {
        let start = r.rest();
        match r.take_before(keep)? {
            [4] => Ok(SocketAddr::V4(SocketAddrV4::get::<O>(r, keep)?)),
            [6] => Ok(SocketAddr::V6(SocketAddrV6::get::<O>(r, keep)?)),
            [tag] => Err(r.fault_at(start, UnpackErrorKind::UnknownTag { tag: u64::from(tag) })),
        }
    }
}
