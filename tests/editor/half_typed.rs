//! Attributes on their way, beside which a message is a message.

use crate::analyzer::Analyzer;
use crate::fixture::{Fixture, RECORD, USES};

/// What may stand in the place of `#[wire(len = body_len)]` while it is written.
const OF_A_FIELD: &[&str] = &[
    "#[",
    "#[wi",
    "#[wire",
    "#[wire(",
    "#[wire(le",
    "#[wire(len = ",
    "#[wire(len = body",
    "#[wire(if(fl",
    "#[wire(item(",
    "#[wire(checksum = crc32(kind..)]",
    "#[wire = ]",
    "#[wire()]",
    "#[wire(le)]",
    "#[wire(len = )]",
    "#[wire(len = bo)]",
    "#[wire(lenn = u16)]",
    "#[wire(len = u16,)]",
    "#[wire(something)]",
];

/// What may stand in the place of `#[msg_type = 1]`. Behind an open parenthesis the analyzer finds no item, and
/// behind an open `=` it loses the `pub`.
const OF_THE_TYPE: &[&str] =
    &["#[", "#[msg_type", "#[msg_type = ]", "#[msg_type()]", "#[wire(endi)]"];

pub(crate) fn attributes_leave_the_message(analyzer: &mut Analyzer, fixture: &Fixture) {
    let places = [("#[wire(len = body_len)]", OF_A_FIELD), ("#[msg_type = 1]", OF_THE_TYPE)];
    let (record, uses) = (fixture.file("src/record.rs"), fixture.file("src/uses.rs"));
    for (whole, half_typed) in places {
        for attribute in half_typed {
            let text = RECORD.replace(whole, attribute);
            assert_ne!(text, RECORD);
            analyzer.open(&record, &text);
            let shown = analyzer.hover(uses.place(USES, "record.pa|ck()"));
            assert!(shown.contains("fn pack(&self)"), "beside `{attribute}`, `pack` is {shown:?}");
            analyzer.close(&record);
        }
    }
}
