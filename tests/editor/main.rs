//! What an editor shows of the attributes, as rust-analyzer says it: words that are completed and explained,
//! fields that are found and renamed, messages that stay messages while an attribute is half typed.
//!
//! `PROTOCOL_RUST_ANALYZER` is the path of a rust-analyzer, such as `.ci/oldest-rust` makes one. Without it, the
//! one on the `PATH` is asked; without any, the test says loudly that it is skipped.

mod analyzer;
mod fixture;
mod half_typed;
mod names;
mod silence;
mod vocabulary;
mod words;

use analyzer::Analyzer;
use fixture::Fixture;

/// One analyzer for all of it: it takes longer to start than to answer.
#[test]
fn an_editor_is_served() {
    let Some(command) = analyzer::command() else { return };
    let fixture = Fixture::new();
    let mut analyzer = Analyzer::start(&command, fixture.folder());
    silence::correct_code_has_no_diagnostics(&mut analyzer, &fixture);
    names::lead_to_their_fields(&mut analyzer, &fixture);
    names::are_renamed_with_their_fields(&mut analyzer, &fixture);
    half_typed::attributes_leave_the_message(&mut analyzer, &fixture);
    words::are_completed_and_explained(&mut analyzer, &fixture);
}
