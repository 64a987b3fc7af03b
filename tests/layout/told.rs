//! Formats whose length or count stands in another field: what the derives build relations on.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Debug;
use std::marker::PhantomData;

use arrayvec::{ArrayString, ArrayVec};
use protocol_core::__rt::{Big, ByCount, ByLen, Counted, Elsewhere, Own, Seq, Within};
use protocol_core::{Bounds, Fault, Order, Pack, Reader, Sink, Unpack, Wire};
use smallvec::SmallVec;

type ByteLen = Seq<ByLen, Elsewhere<Big>, Own<Big>, Own<Big>>;
type Count = Seq<ByCount, Elsewhere<Big>, Own<Big>, Own<Big>>;
type Few = Seq<ByCount, Within<Elsewhere<Big>, 1, 2>, Own<Big>, Own<Big>>;

/// A byte that tells the units, another one, then the run in the format `F`.
struct Told<T, F> {
    value: T,
    format: PhantomData<F>,
}

impl<'a, T, F: Counted<'a, T>> Wire<'a> for Told<T, F> {
    const MIN: usize = 2 + F::MIN;
    const BOUNDS: Bounds = Bounds::exactly(2).then(F::BOUNDS);

    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        let units = F::units(&self.value, w)?;
        w.put([u8::try_from(units).map_err(|_| w.refuse("too many"))?, 0xff])?;
        F::put(&self.value, w, keep)
    }

    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
        let [units, _] = r.take()?;
        let value = F::get_run(r, u64::from(units), keep)?;
        Ok(Told { value, format: PhantomData })
    }
}

#[derive(protocol_core::Wire)]
struct Whole<T> {
    told: T,
    end: u8,
}

/// Asserts that `value` in the format `F` is `bytes`, both ways, and that the number counts.
fn both_ways<F, T>(value: T, bytes: &[u8])
where
    F: for<'a> Counted<'a, T>,
    T: Debug + PartialEq,
{
    let whole = Whole { told: Told::<T, F> { value, format: PhantomData }, end: 9 };
    assert_eq!(whole.pack().unwrap(), bytes);
    assert_eq!(whole.packed_len().unwrap(), bytes.len());
    assert_eq!(Whole::<Told<T, F>>::unpack(bytes).unwrap().told.value, whole.told.value);
    let mut damaged = bytes.to_vec();
    damaged[0] = 0xff;
    assert!(Whole::<Told<T, F>>::unpack(&damaged).is_err());
    let read = |r: &mut Reader<'_, '_>| F::get(r, 0).is_err();
    assert!(read(&mut Reader::new(bytes)), "the number stands elsewhere");
}

#[test]
fn the_number_is_written_by_somebody_else() {
    both_ways::<ByteLen, _>("hi".to_owned(), b"\x02\xffhi\x09");
    both_ways::<ByteLen, _>(b"hi".to_vec(), b"\x02\xffhi\x09");
    both_ways::<ByteLen, _>(Box::new("hi".to_owned()), b"\x02\xffhi\x09");
    both_ways::<Count, _>(vec![1_u16, 2, 3], b"\x03\xff\0\x01\0\x02\0\x03\x09");
    both_ways::<Count, _>(BTreeMap::from([(1_u16, 7_u8)]), b"\x01\xff\0\x01\x07\x09");
    both_ways::<Count, _>(VecDeque::from([1_u16]), b"\x01\xff\0\x01\x09");
    both_ways::<Count, _>(BTreeSet::from([2_u8, 1]), b"\x02\xff\x01\x02\x09");
    both_ways::<Count, _>(Box::<[u8]>::from([7]), b"\x01\xff\x07\x09");
    both_ways::<Count, _>(ArrayVec::<u16, 4>::from_iter([1]), b"\x01\xff\0\x01\x09");
    both_ways::<Count, _>(SmallVec::<[u16; 1]>::from_slice(&[1, 2]), b"\x02\xff\0\x01\0\x02\x09");
    both_ways::<ByteLen, _>(ArrayString::<4>::from("hi").expect("room"), b"\x02\xffhi\x09");
    both_ways::<Few, _>(vec![1_u16], b"\x01\xff\0\x01\x09");
}

fn few(values: &[u16]) -> Whole<Told<Vec<u16>, Few>> {
    Whole { told: Told { value: values.to_vec(), format: PhantomData }, end: 9 }
}

#[test]
fn a_told_number_has_limits() {
    let error = few(&[]).pack().unwrap_err();
    assert_eq!(error.to_string(), "Whole.told: length 0 is below the limit of 1");
    let error = few(&[1, 2, 3]).pack().unwrap_err();
    assert_eq!(error.to_string(), "Whole.told: length 3 is above the limit of 2");
    let error = Whole::<Told<Vec<u16>, Few>>::unpack(b"\x03\xff\0\x01\0\x02\0\x03\x09");
    let error = error.err().map(|error| error.to_string());
    let expected = "Whole.told at byte 2: length 3 is above the limit of 2 \
                    (after 03 ff, at 00 01 00 02 00 03 09)";
    assert_eq!(error.as_deref(), Some(expected));
}
