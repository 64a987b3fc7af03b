//! The test messages, one subject a file: their declarations, a table of their bytes, one value.
//!
//! The bytes themselves are computed by `golden.py`.

pub(crate) mod arrays;
pub(crate) mod bits;
pub(crate) mod counts;
pub(crate) mod endian;
pub(crate) mod enums;
pub(crate) mod fields;
pub(crate) mod groups;
pub(crate) mod ids;
pub(crate) mod items;
pub(crate) mod lengths;
pub(crate) mod limits;
pub(crate) mod lists;
pub(crate) mod maps;
pub(crate) mod numbers;
pub(crate) mod parts;
pub(crate) mod protocols;
pub(crate) mod recursive;
pub(crate) mod rest;
pub(crate) mod small;
pub(crate) mod tags;
pub(crate) mod text;
pub(crate) mod tlv;

use crate::case::Case;

/// Every test message.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [
        numbers::CASES,
        small::CASES,
        text::CASES,
        arrays::CASES,
        lists::CASES,
        maps::CASES,
        parts::CASES,
        bits::CASES,
        enums::CASES,
        tags::CASES,
        tlv::CASES,
        recursive::CASES,
        endian::CASES,
        lengths::CASES,
        counts::CASES,
        items::CASES,
        rest::CASES,
        limits::CASES,
        groups::CASES,
        ids::CASES,
        fields::CASES,
        protocols::CASES,
    ]
    .into_iter()
    .flatten()
}

/// The test message `name`.
pub(crate) fn find(name: &str) -> &'static Case {
    let mut all = all();
    all.find(|case| case.name == name).unwrap_or_else(|| panic!("no message `{name}`"))
}
