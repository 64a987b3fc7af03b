//! What the compiler says to users who are wrong: each case in `ui/<topic>/<rule>.rs` has its exact
//! text in a `.stderr` beside it, and says in its first line how many errors it makes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler whose texts the cases hold.
const PINNED: &str = "rustc 1.95.";

/// Set where everything must run: then nothing is skipped.
const REQUIRED: &str = "PROTOCOL_REQUIRE_PEERS";

#[test]
fn texts() {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(rustc).arg("--version").output().expect("rustc runs").stdout;
    let version = String::from_utf8_lossy(&version);
    if !version.starts_with(PINNED) {
        let text = format!("the texts are those of {PINNED}x, and this is {version}");
        assert!(std::env::var(REQUIRED).is_err(), "{text}");
        eprintln!("SKIPPED: {text}");
        return;
    }
    // Since some of the cases must compile, trybuild builds all of them and does not only check: so what is
    // found when a generic function is used is found here.
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/*.rs");
    cases.pass("tests/ui/pass/*/*.rs");
}

/// One mistake makes one error, so every case says how many it makes.
#[test]
fn one_mistake_is_one_error() {
    let mut cases = 0;
    for case in cases_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")) {
        let source = fs::read_to_string(&case).expect("a case is text");
        let promised: usize = source
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("// errors: "))
            .and_then(|count| count.parse().ok())
            .unwrap_or_else(|| panic!("{}: the first line is `// errors: N`", case.display()));
        let said = if promised == 0 {
            assert!(!case.with_extension("stderr").exists(), "{}: passes", case.display());
            0
        } else {
            let text = fs::read_to_string(case.with_extension("stderr"));
            let text = text.unwrap_or_else(|_| panic!("{}: no .stderr", case.display()));
            text.lines().filter(|line| line.starts_with("error")).count()
        };
        assert_eq!(said, promised, "{}", case.display());
        cases += 1;
    }
    assert!(cases > 100, "only {cases} cases were found");
}

fn cases_below(folder: &Path) -> Vec<PathBuf> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            cases.extend(cases_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            cases.push(path);
        }
    }
    cases.sort();
    cases
}

/// Every word of another crate that has a translation stands in the guide's table too.
#[test]
fn the_guide_has_the_words_of_other_crates() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = root.join("protocol-core/guide/from_other_crates.md");
    let page = fs::read_to_string(page).expect("a page");
    let mut words = 0;
    for crate_name in ["deku", "binrw", "protocol", "bin_proto"] {
        let case = root.join(format!("tests/ui/attributes/words_of_{crate_name}.stderr"));
        let section = page.split("\n## ").find(|it| it.replace('-', "_").starts_with(crate_name));
        let section = section.unwrap_or_else(|| panic!("no section of {crate_name}"));
        for line in fs::read_to_string(case).expect("a case").lines() {
            let Some(word) = line.strip_prefix("error: ").and_then(|it| it.split('`').nth(1))
            else {
                continue;
            };
            assert!(
                section.contains(&format!("`{word}")),
                "`{word}` of {crate_name} is not in the guide"
            );
            words += 1;
        }
    }
    assert!(words > 80, "only {words} words were found");
}
