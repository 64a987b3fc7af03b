//! Correct code, in which generated code is nothing that an editor could underline.

use serde_json::json;

use crate::analyzer::Analyzer;
use crate::fixture::Fixture;

pub(crate) fn correct_code_has_no_diagnostics(analyzer: &mut Analyzer, fixture: &Fixture) {
    for name in ["src/lib.rs", "src/record.rs", "src/uses.rs", "examples/guest.rs"] {
        let file = fixture.file(name);
        analyzer.open(&file, &file.text());
        let report = analyzer
            .request("textDocument/diagnostic", json!({ "textDocument": file.document() }))
            .expect("it can be asked");
        assert_eq!(report.get("items"), Some(&json!([])), "{name}");
        analyzer.close(&file);
    }
}
