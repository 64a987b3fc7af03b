//! Names of fields within attributes.

use serde_json::{Value, json};

use crate::analyzer::Analyzer;
use crate::fixture::{Fixture, RECORD, range};

/// A name in an attribute, and the field that it names.
const NAMES: &[(&str, &str)] = &[
    ("len = body|_len", "pub |body_len|: u16"),
    ("if(fl|ags", "pub |flags|: u8"),
    ("crc32(ki|nd..", "pub |kind|: u8"),
    ("..=bo|dy)", "pub |body|: Vec"),
];

pub(crate) fn lead_to_their_fields(analyzer: &mut Analyzer, fixture: &Fixture) {
    let file = fixture.file("src/record.rs");
    for (name, field) in NAMES {
        let place = file.place(RECORD, name);
        let found = analyzer.request("textDocument/definition", place).expect("it is found");
        let expected = json!([{ "uri": file.uri(), "range": range(RECORD, field) }]);
        assert_eq!(found, expected, "{name}");
    }
}

/// From the field, and from the attribute.
pub(crate) fn are_renamed_with_their_fields(analyzer: &mut Analyzer, fixture: &Fixture) {
    let file = fixture.file("src/record.rs");
    let both = [range(RECORD, "pub |flags|: u8"), range(RECORD, "if(|flags| &")];
    for from in ["pub fl|ags", "if(fl|ags"] {
        let place = file.place(RECORD, from);
        let (file, position) = (place.get("textDocument"), place.get("position"));
        let request = json!({ "textDocument": file, "position": position, "newName": "marks" });
        let change = analyzer.request("textDocument/rename", request).expect("it can be renamed");
        let edits = change.pointer("/documentChanges/0/edits").and_then(Value::as_array);
        let expected = both.clone().map(|range| json!({ "range": range, "newText": "marks" }));
        assert_eq!(edits, Some(&expected.to_vec()), "{from}: {change}");
    }
}
