//! The test messages, one subject a file: their declarations, a table of their bytes, one value.
//!
//! The bytes themselves are computed by `golden.py`.

pub(crate) mod arrays;
pub(crate) mod bits;
pub(crate) mod collections;
pub(crate) mod counts;
pub(crate) mod ended;
pub(crate) mod endian;
pub(crate) mod enums;
pub(crate) mod fields;
pub(crate) mod foreign;
pub(crate) mod groups;
pub(crate) mod headers;
pub(crate) mod ids;
pub(crate) mod ipv4;
pub(crate) mod items;
pub(crate) mod lengths;
pub(crate) mod limits;
pub(crate) mod lists;
pub(crate) mod maps;
pub(crate) mod numbers;
pub(crate) mod parts;
pub(crate) mod presence;
pub(crate) mod protocols;
pub(crate) mod recursive;
pub(crate) mod relations;
pub(crate) mod rest;
pub(crate) mod small;
pub(crate) mod standard;
pub(crate) mod tags;
pub(crate) mod text;
pub(crate) mod tlv;
pub(crate) mod values;
pub(crate) mod wide;

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
        ended::CASES,
        lengths::CASES,
        counts::CASES,
        items::CASES,
        rest::CASES,
        limits::CASES,
        groups::CASES,
        ids::CASES,
        ipv4::CASES,
        fields::CASES,
        protocols::CASES,
        relations::CASES,
        presence::CASES,
        values::CASES,
        headers::CASES,
        wide::CASES,
        standard::CASES,
        foreign::CASES,
        collections::CASES,
    ]
    .into_iter()
    .flatten()
}

/// The test message `name`.
pub(crate) fn find(name: &str) -> &'static Case {
    let mut all = all();
    all.find(|case| case.name == name).unwrap_or_else(|| panic!("no message `{name}`"))
}
