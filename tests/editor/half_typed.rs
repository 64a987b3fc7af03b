//! Attributes on their way, beside which a message is a message.

use crate::analyzer::Analyzer;
use crate::fixture::{Fixture, RECORD, USES};

/// What may stand in the place of `#[wire(len = body_len)]` while it is written.
const HALF_TYPED: &[&str] = &[
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
    "#[wire()]",
    "#[wire(le)]",
    "#[wire(len = )]",
    "#[wire(len = bo)]",
    "#[wire(lenn = u16)]",
    "#[wire(len = u16,)]",
    "#[wire(something)]",
];

pub(crate) fn attributes_leave_the_message(analyzer: &mut Analyzer, fixture: &Fixture) {
    let (record, uses) = (fixture.file("src/record.rs"), fixture.file("src/uses.rs"));
    for attribute in HALF_TYPED {
        let text = RECORD.replace("#[wire(len = body_len)]", attribute);
        assert_ne!(text, RECORD);
        analyzer.open(&record, &text);
        let place = uses.place(USES, "record.pa|ck()");
        let shown = analyzer.hover(place);
        assert!(shown.contains("fn pack(&self)"), "beside `{attribute}`, `pack` is {shown:?}");
        analyzer.close(&record);
    }
}
