//! The order of the bytes of a number, as a type.
//!
//! An order is chosen at compile time and costs nothing at run time. A part of a message takes the
//! order as a parameter, so it inherits that of the message it stands in.

/// The order in which the bytes of a number stand on the wire: [`Big`] or [`Little`].
///
/// Sealed: a wire knows these two.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no byte order",
    label = "`Big` or `Little` belongs here"
)]
pub trait Order: sealed::Sealed + 'static {
    /// Whether the most significant byte comes first.
    const BIG: bool;
    /// Whether every value that is read is written down for an explanation.
    #[doc(hidden)]
    const TRACED: bool = false;
    /// Big-endian, traced if this order is.
    #[doc(hidden)]
    type Big: Order;
    /// Little-endian, traced if this order is.
    #[doc(hidden)]
    type Little: Order;
}

/// Most significant byte first, also called network byte order. The default.
#[derive(Debug, Clone, Copy)]
pub enum Big {}

/// Least significant byte first.
#[derive(Debug, Clone, Copy)]
pub enum Little {}

/// An order that is known when a message is read: what `endian = …` of earlier fields evaluates to.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::{Endian, Pack, Wire};
///
/// #[derive(Wire)]
/// struct Sample {
///     mark: u8,
///     #[wire(endian = if mark == b'l' { Endian::Little } else { Endian::Big })]
///     value: u16,
/// }
///
/// assert_eq!(Sample { mark: b'l', value: 0x1234 }.pack().unwrap(), [b'l', 0x34, 0x12]);
/// assert_eq!(Sample { mark: b'B', value: 0x1234 }.pack().unwrap(), [b'B', 0x12, 0x34]);
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endian {
    /// Most significant byte first.
    Big,
    /// Least significant byte first.
    Little,
}

/// The order `O`, writing down what is read. Instantiated by `explain` alone, so that ordinary
/// unpacking carries no trace of tracing.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Traced<O>(core::marker::PhantomData<O>);

impl Order for Big {
    const BIG: bool = true;
    type Big = Big;
    type Little = Little;
}

impl Order for Little {
    const BIG: bool = false;
    type Big = Big;
    type Little = Little;
}

impl<O: Order> Order for Traced<O> {
    const BIG: bool = O::BIG;
    const TRACED: bool = true;
    type Big = Traced<Big>;
    type Little = Traced<Little>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Big {}
    impl Sealed for super::Little {}
    impl<O: super::Order> Sealed for super::Traced<O> {}
}
