//! A test message with its value, behind functions that have forgotten its type, so that every test
//! runs over every message.
//!
//! Knows no message and no rule of the wire: the messages stand in `messages`, their bytes in
//! `golden.txt`.

use std::fmt::Debug;

use bytes::Bytes;
use protocol_core::{Pack, Unpack, UnpackError};

/// One value of one test message.
pub(crate) struct Case {
    /// Its name in `golden.txt`.
    pub(crate) name: &'static str,
    /// The names that an error path of it may begin with.
    pub(crate) roots: &'static [&'static str],
    /// The bytes of the message's number; 0 for a part alone.
    pub(crate) id_len: usize,
    /// What the message says about its end.
    pub(crate) end: End,
    /// Asserts that the value and its bytes are each other, by every way in and out.
    pub(crate) both_ways: fn(&Bytes),
    /// Unpacks and drops.
    pub(crate) unpack: fn(&[u8]) -> Result<(), UnpackError>,
    /// The same, sharing the bytes.
    pub(crate) unpack_shared: fn(&Bytes) -> Result<(), UnpackError>,
    /// Unpacks and packs again.
    pub(crate) repack: fn(&[u8]) -> Result<Vec<u8>, UnpackError>,
}

/// What marks the end of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Its own fields: no proper prefix is a message.
    Fixed,
    /// The end of the bytes: a prefix may be a shorter message.
    Open,
    /// Its own fields, and whatever follows them is passed over.
    Ignored,
}

impl Case {
    /// The bytes that `golden.py` computes for it.
    pub(crate) fn golden(&self) -> Bytes {
        golden(self.name)
    }

    /// Whether `repacked` is what `input` must pack to again once it was unpacked.
    pub(crate) fn is_canonical(&self, input: &[u8], repacked: &[u8]) -> bool {
        match self.end {
            End::Fixed | End::Open => input == repacked,
            End::Ignored => input.starts_with(repacked),
        }
    }
}

/// The bytes that `golden.py` computes for the message `name`.
pub(crate) fn golden(name: &str) -> Bytes {
    columns(name).next().map_or_else(Bytes::new, from_hex)
}

/// What stands behind the name of a message in `golden.txt`.
pub(crate) fn columns(name: &str) -> impl Iterator<Item = &'static str> {
    let mut of_name = include_str!("golden.txt")
        .lines()
        .map(|line| line.split(' '))
        .filter_map(move |mut words| (words.next() == Some(name)).then_some(words));
    let found = of_name.next();
    found.unwrap_or_else(|| panic!("`{name}` is not in golden.txt"))
}

/// The bytes that are written in hex.
pub(crate) fn from_hex(hex: &str) -> Bytes {
    let digits: Vec<u8> = hex
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16).expect("a hex digit")).expect("below 16"))
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// The hex of bytes, as in `golden.txt`.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Asserts that `value` packs to `golden` and `golden` unpacks to `value`, by every way there is.
pub(crate) fn both_ways<'a, T>(value: &T, golden: &'a Bytes)
where
    T: Unpack<'a> + PartialEq + Debug,
{
    packs(value, golden);
    assert_eq!(T::unpack(golden).as_ref(), Ok(value), "unpack");
    assert_eq!(T::unpack_bytes(golden).as_ref(), Ok(value), "unpack_bytes");
    assert!(T::MIN_LEN <= golden.len(), "MIN_LEN {} is too large", T::MIN_LEN);
    assert!(
        T::MAX_LEN.is_none_or(|max| golden.len() <= max),
        "MAX_LEN {:?} is too small",
        T::MAX_LEN
    );
}

fn packs<T: Pack>(value: &T, golden: &[u8]) {
    let len = golden.len();
    assert_eq!(to_hex(&value.pack().expect("it packs")), to_hex(golden), "pack");
    assert_eq!(value.packed_len(), Ok(len), "packed_len");

    let mut bytes = b"before".to_vec();
    value.pack_into(&mut bytes).expect("it packs");
    assert_eq!(to_hex(&bytes[6..]), to_hex(golden), "pack_into");
    assert_eq!(&bytes[..6], b"before", "pack_into keeps what was there");

    let mut slice = vec![0xee; len + 1];
    assert_eq!(value.pack_slice(&mut slice[..len]), Ok(len), "pack_slice");
    assert_eq!(to_hex(&slice[..len]), to_hex(golden), "pack_slice");
    assert_eq!(slice[len], 0xee, "pack_slice writes no further");
    assert_eq!(value.pack_slice(&mut slice), Ok(len), "pack_slice with room to spare");

    for available in 0..len {
        let error = value.pack_slice(&mut slice[..available]).unwrap_err();
        let expected =
            format!("{}: the message takes {len} bytes, the buffer has {available}", T::NAME);
        assert_eq!(error.to_string(), expected);
    }
}

/// `case!("name", Type, value)`: a [`Case`] of a message with a number of one byte.
macro_rules! case {
    ($name:literal, $type:ty, $value:expr $(, $field:ident: $set:expr)*) => {
        $crate::case::Case {
            $($field: $set,)*
            ..$crate::case::Case {
                name: $name,
                roots: &[<$type as ::protocol_core::Pack>::NAME],
                id_len: 1,
                end: $crate::case::End::Fixed,
                both_ways: |golden| $crate::case::both_ways::<$type>(&$value, golden),
                unpack: |bytes| <$type as ::protocol_core::Unpack<'_>>::unpack(bytes).map(drop),
                unpack_shared: |bytes| {
                    <$type as ::protocol_core::Unpack<'_>>::unpack_bytes(bytes).map(drop)
                },
                repack: |bytes| {
                    let value = <$type as ::protocol_core::Unpack<'_>>::unpack(bytes)?;
                    Ok(::protocol_core::Pack::pack(&value).expect("what was unpacked packs"))
                },
            }
        }
    };
}

pub(crate) use case;
