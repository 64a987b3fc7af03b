//! `MIN_LEN` and `MAX_LEN` of messages, counted by hand.

use protocol_core::Pack;

use crate::messages::*;

/// Asserts the fewest and the most bytes of each type, the number included.
macro_rules! sizes {
    ($($type:ty: $min:expr, $max:expr;)*) => {$(
        assert_eq!(
            (<$type as Pack>::MIN_LEN, <$type as Pack>::MAX_LEN),
            ($min, $max),
            stringify!($type)
        );
    )*};
}

#[test]
fn of_one_size() {
    sizes! {
        numbers::Unsigned: 32, Some(32);
        numbers::NonZeros: 63, Some(63);
        numbers::Ping: 1, Some(1);
        small::Durations: 37, Some(37);
        small::Nothing: 2, Some(2);
        parts::Point: 4, Some(4);
        parts::Line: 11, Some(11);
        parts::Block<100>: 402, Some(402);
        enums::Colors: 4, Some(4);
        enums::Codes: 7, Some(7);
        lengths::Fixed<'static>: 14, Some(14);
        counts::CountsFixed: 12, Some(12);
        ids::Id32: 6, Some(6);
        fields::Skipping: 4, Some(4);
        fields::Ignoring: 3, Some(3);
        protocols::Device: 8, Some(8);
    }
}

#[test]
fn bounded() {
    sizes! {
        small::Options: 6, Some(1 + 5 + 5 + 3 + 3 + 1);
        small::Addresses: 1 + 4 + 16 + 1 + 1, Some(1 + 4 + 16 + 17 + 17);
        enums::Tags: 1 + 2 + 4 + 8 + 2, Some(1 + 3 + 4 + 8 + 3);
        lengths::LengthsOf<'static>: 1 + 7, Some(1 + 7 * 256);
        limits::Highest: 1 + 4 + 1 + 4 + 2, Some(1 + 7 + 11 + 12 + 6);
        limits::Lowest: 1 + 6 + 5, None;
        limits::RestWithin: 3, Some(5);
        limits::RestListWithin: 3, Some(5);
        limits::ItemWithin: 2, Some(1 + 1 + 2 * 3);
    }
}

#[test]
fn without_bound() {
    sizes! {
        text::Texts: 9, None;
        lists::Numbers: 17, None;
        maps::SmallMap: 5, None;
        enums::Shapes: 5, None;
        enums::Report: 2, None;
        recursive::Tree: 6, None;
        recursive::Chain: 4, None;
        recursive::Formula: 2, None;
        lengths::Lengths: 1 + 1 + 2 + 3 + 4 + 6 + 8 + 1, None;
        rest::RestText: 1, None;
        rest::RestMiddle: 4, None;
        fields::Converted: 3, None;
        fields::Keeping: 2, None;
        protocols::Chat: 1, None;
        protocols::Strict: 1, None;
        protocols::Heard<'static>: 1, None;
        protocols::Wide: 2, None;
    }
}
