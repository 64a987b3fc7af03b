//! Golden bytes: a message and its bytes, both ways, and then the bytes damaged everywhere.

use std::fmt::Debug;

use protocol_core::{Pack, Unpack, explain};

/// Asserts that these are the bytes of the message in both directions, and that nothing else happens with
/// damaged ones than an error, or a value that packs to exactly the damaged bytes.
pub(crate) fn both_ways<T>(bytes: &[u8], message: &T)
where
    T: Pack + for<'a> Unpack<'a> + Debug + PartialEq,
{
    assert_eq!(hex(&message.pack().expect("it packs")), hex(bytes), "{message:?}");
    assert_eq!(T::unpack(bytes).as_ref(), Ok(message), "{}", hex(bytes));
    for len in 0..bytes.len() {
        let error =
            T::unpack(bytes.get(..len).unwrap_or_default()).expect_err("a prefix is no message");
        assert!(!error.to_string().is_empty());
    }
    assert!(
        T::unpack(&[bytes, b"\0"].concat()).is_err(),
        "a byte after {message:?} is passed over"
    );
    every_bit_flipped(bytes).for_each(|damaged| survives::<T>(&damaged));
}

/// As [`both_ways`] for a message that is received in a shorter form than it is written in: it packs to
/// other bytes, which are the same message.
pub(crate) fn compressed<T>(bytes: &[u8], message: &T)
where
    T: Pack + for<'a> Unpack<'a> + Debug + PartialEq,
{
    assert_eq!(T::unpack(bytes).as_ref(), Ok(message), "{}", hex(bytes));
    both_ways(&message.pack().expect("it packs"), message);
    for len in 0..bytes.len() {
        let prefix = bytes.get(..len).unwrap_or_default();
        assert!(T::unpack(prefix).is_err(), "a prefix is taken for {message:?}");
    }
    for damaged in every_bit_flipped(bytes) {
        assert!(!explain::<T>(&damaged).to_string().is_empty());
        match T::unpack(&damaged) {
            Err(error) => assert!(!error.to_string().is_empty()),
            Ok(message) => {
                let packed = message.pack().expect("what was read can be written");
                assert_eq!(T::unpack(&packed), Ok(message), "{}", hex(&damaged));
            }
        }
    }
}

fn every_bit_flipped(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))).map(|(at, bit)| {
        let mut damaged = bytes.to_owned();
        *damaged.get_mut(at).expect("it is inside") ^= 1 << bit;
        damaged
    })
}

/// Whatever the bytes are: an error with a text, or a value of exactly these bytes.
pub(crate) fn survives<T>(bytes: &[u8])
where
    T: Pack + for<'a> Unpack<'a> + Debug,
{
    assert!(!explain::<T>(bytes).to_string().is_empty());
    match T::unpack(bytes) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(message) => {
            let packed = message.pack();
            let packed = packed.unwrap_or_else(|error| panic!("{message:?}: {error}"));
            assert_eq!(hex(&packed), hex(bytes), "{message:?}");
        }
    }
}

/// Asserts the whole text of the error that these bytes give.
pub(crate) fn refuses<T>(bytes: &[u8], text: &str)
where
    T: for<'a> Unpack<'a> + Debug,
{
    match T::unpack(bytes) {
        Err(error) => assert_eq!(error.to_string(), text, "{}", hex(bytes)),
        Ok(message) => panic!("{} is taken for {message:?}", hex(bytes)),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x} ")).collect()
}
