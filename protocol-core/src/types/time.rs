//! The crate `time`: `OffsetDateTime` in the layout of `SystemTime`, and both it and `time::Duration`
//! counted in one unit.

use time::{Duration, OffsetDateTime};

use super::clock;
use super::units::{Micros, Millis, Nanos, Secs, TimeError, split};
use crate::number::Number;
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

fn since_1970(nanos: i128) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()
}

fn duration(nanos: i128) -> Option<Duration> {
    let (secs, nanos) = split(nanos);
    let nanos = i32::try_from(nanos).ok()?;
    Some(Duration::new(i64::try_from(secs).ok()?, nanos))
}

/// Whole seconds since 1970 as an `i64`, rounded down, then nanoseconds below 10^9 as a `u32`: the
/// same instant in UTC, without the offset.
impl<'a> Wire<'a> for OffsetDateTime {
    const MIN: usize = 12;
    const BOUNDS: Bounds = Bounds::exactly(12);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        clock::put::<O, W>(self.unix_timestamp_nanos(), w, keep)
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<OffsetDateTime, Fault> {
        clock::get::<OffsetDateTime, O>(r, keep, since_1970)
    }
}

macro_rules! units {
    ($($name:ident),*) => {$(
        impl<T: Number> TryFrom<OffsetDateTime> for $name<T> {
            type Error = TimeError;

            fn try_from(time: OffsetDateTime) -> Result<$name<T>, TimeError> {
                $name::<T>::UNIT.count(time.unix_timestamp_nanos()).map($name)
            }
        }

        impl<T: Number> TryFrom<$name<T>> for OffsetDateTime {
            type Error = TimeError;

            fn try_from(time: $name<T>) -> Result<OffsetDateTime, TimeError> {
                $name::<T>::UNIT.time(&time.0, since_1970)
            }
        }

        impl<T: Number> TryFrom<Duration> for $name<T> {
            type Error = TimeError;

            fn try_from(time: Duration) -> Result<$name<T>, TimeError> {
                $name::<T>::UNIT.count(time.whole_nanoseconds()).map($name)
            }
        }

        impl<T: Number> TryFrom<$name<T>> for Duration {
            type Error = TimeError;

            fn try_from(time: $name<T>) -> Result<Duration, TimeError> {
                $name::<T>::UNIT.time(&time.0, duration)
            }
        }
    )*};
}

units!(Secs, Millis, Micros, Nanos);
