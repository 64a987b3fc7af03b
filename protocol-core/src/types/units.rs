//! Times counted in one unit: `Secs<T>`, `Millis<T>`, `Micros<T>`, `Nanos<T>`.
//!
//! On the wire each is the number alone, as `wrapper` has it. It converts from and to [`Duration`] and, counted since 1970,
//! [`SystemTime`](std::time::SystemTime). What the unit cannot say is refused, never rounded: whoever
//! reads the bytes again would find another time.

use core::fmt;
use core::time::Duration;
#[cfg(feature = "std")]
use std::time::SystemTime;

use crate::number::Number;

const NANOS_PER_SEC: i128 = 1_000_000_000;

/// A time that a unit and its number cannot say, or a number that is no such time.
///
/// ```
/// use std::time::Duration;
/// use protocol_core::{Millis, TimeError};
///
/// let error = Millis::<u32>::try_from(Duration::from_micros(1_250)).unwrap_err();
/// assert_eq!(error, TimeError::Inexact { left: 250_000, unit: "ms" });
/// assert_eq!(error.to_string(), "not a whole number of ms: 250000 ns are left");
///
/// let error = Millis::<u8>::try_from(Duration::from_secs(1)).unwrap_err();
/// assert_eq!(error.to_string(), "1000 ms are out of range");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeError {
    /// The time is no whole number of units.
    Inexact {
        /// The nanoseconds that are left.
        left: u64,
        /// The unit: `s`, `ms`, `us` or `ns`.
        unit: &'static str,
    },
    /// The number of units does not fit the type.
    OutOfRange {
        /// How many units there are; the nearest `i128` beyond its range.
        units: i128,
        /// The unit: `s`, `ms`, `us` or `ns`.
        unit: &'static str,
    },
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inexact { left, unit } => {
                write!(f, "not a whole number of {unit}: {left} ns are left")
            }
            Self::OutOfRange { units, unit } => write!(f, "{units} {unit} are out of range"),
        }
    }
}

impl core::error::Error for TimeError {}

/// A unit of time: how many nanoseconds it has, and how it is written.
pub(super) struct Unit {
    nanos: i128,
    name: &'static str,
}

impl Unit {
    /// The number of units in `nanos`, as a `T`.
    pub(super) fn count<T: Number>(&self, nanos: i128) -> Result<T, TimeError> {
        let (units, left) = (nanos.div_euclid(self.nanos), nanos.rem_euclid(self.nanos));
        if let (1.., Ok(left)) = (left, u64::try_from(left)) {
            return Err(TimeError::Inexact { left, unit: self.name });
        }
        T::from_i128(units).ok_or(self.out_of_range(units))
    }

    /// The time that `number` of these units are, as `make` makes it of nanoseconds.
    pub(super) fn time<T: Number, U>(
        &self,
        number: &T,
        make: impl FnOnce(i128) -> Option<U>,
    ) -> Result<U, TimeError> {
        let units = number.to_i128().unwrap_or(i128::MAX);
        let time = units.checked_mul(self.nanos).and_then(make);
        time.ok_or(self.out_of_range(units))
    }

    fn out_of_range(&self, units: i128) -> TimeError {
        TimeError::OutOfRange { units, unit: self.name }
    }
}

/// Seconds and nanoseconds as nanoseconds.
fn join(secs: impl Into<i128>, nanos: u32) -> i128 {
    secs.into() * NANOS_PER_SEC + i128::from(nanos)
}

/// Whole seconds, rounded down, and the nanoseconds after them.
pub(super) fn split(nanos: i128) -> (i128, u32) {
    let left = nanos.rem_euclid(NANOS_PER_SEC);
    // Below 10^9, so it fits.
    (nanos.div_euclid(NANOS_PER_SEC), u32::try_from(left).unwrap_or(0))
}

fn duration(nanos: i128) -> Option<Duration> {
    let (secs, nanos) = split(nanos);
    Some(Duration::new(u64::try_from(secs).ok()?, nanos))
}

fn of_duration(duration: Duration) -> i128 {
    join(duration.as_secs(), duration.subsec_nanos())
}

/// The time so many nanoseconds after 1970, if the clock of this system can say it.
#[cfg(feature = "std")]
pub(super) fn since_1970(nanos: i128) -> Option<SystemTime> {
    let time = if nanos < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(duration(nanos.checked_neg()?)?)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(duration(nanos)?)
    };
    // Some clocks are coarser than a nanosecond.
    time.filter(|time| of_time(*time) == nanos)
}

/// The nanoseconds since 1970.
#[cfg(feature = "std")]
pub(super) fn of_time(time: SystemTime) -> i128 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => of_duration(after),
        Err(before) => -of_duration(before.duration()),
    }
}

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident, $unit:literal, $nanos:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name<T>(
            /// The number of units.
            pub T,
        );

        impl<T> $name<T> {
            pub(super) const UNIT: Unit = Unit { nanos: $nanos, name: $unit };
        }

        impl<T: Number> TryFrom<Duration> for $name<T> {
            type Error = TimeError;

            fn try_from(time: Duration) -> Result<$name<T>, TimeError> {
                $name::<T>::UNIT.count(of_duration(time)).map($name)
            }
        }

        impl<T: Number> TryFrom<$name<T>> for Duration {
            type Error = TimeError;

            fn try_from(time: $name<T>) -> Result<Duration, TimeError> {
                $name::<T>::UNIT.time(&time.0, duration)
            }
        }

        #[cfg(feature = "std")]
        impl<T: Number> TryFrom<SystemTime> for $name<T> {
            type Error = TimeError;

            fn try_from(time: SystemTime) -> Result<$name<T>, TimeError> {
                $name::<T>::UNIT.count(of_time(time)).map($name)
            }
        }

        #[cfg(feature = "std")]
        impl<T: Number> TryFrom<$name<T>> for SystemTime {
            type Error = TimeError;

            fn try_from(time: $name<T>) -> Result<SystemTime, TimeError> {
                $name::<T>::UNIT.time(&time.0, since_1970)
            }
        }
    )*};
}

units! {
    /// Whole seconds, as a `T` on the wire.
    ///
    /// ```
    /// # #[cfg(feature = "std")] {
    /// use std::time::{Duration, SystemTime};
    /// use protocol_core::Secs;
    ///
    /// let start = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400);
    /// assert_eq!(Secs::<u32>::try_from(start), Ok(Secs(86_400)));
    /// assert_eq!(SystemTime::try_from(Secs(86_400_u32)), Ok(start));
    /// # }
    /// ```
    Secs, "s", 1_000_000_000;

    /// Whole milliseconds, as a `T` on the wire.
    ///
    /// ```
    /// use std::time::Duration;
    /// use protocol_core::Millis;
    ///
    /// assert_eq!(Millis::<u16>::try_from(Duration::from_millis(1_500)), Ok(Millis(1_500)));
    /// assert_eq!(Duration::try_from(Millis(1_500_u16)), Ok(Duration::from_millis(1_500)));
    /// assert!(Duration::try_from(Millis(-1_i64)).is_err());
    /// ```
    Millis, "ms", 1_000_000;

    /// Whole microseconds, as a `T` on the wire.
    ///
    /// ```
    /// use std::time::Duration;
    /// use protocol_core::Micros;
    ///
    /// assert_eq!(Duration::try_from(Micros(7_u64)), Ok(Duration::from_micros(7)));
    /// ```
    Micros, "us", 1_000;

    /// Nanoseconds, as a `T` on the wire.
    ///
    /// ```
    /// use std::time::Duration;
    /// use protocol_core::Nanos;
    ///
    /// assert_eq!(Nanos::<u32>::try_from(Duration::from_nanos(8)), Ok(Nanos(8)));
    /// ```
    Nanos, "ns", 1;
}
