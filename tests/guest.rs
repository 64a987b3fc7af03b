//! Generated code is a guest: clippy, with all its groups denied, says nothing of a crate that uses every
//! word, in any edition. And the oldest Rust that the crates are for compiles it.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The compiler whose lints these are.
const PINNED: &str = "clippy 0.1.95";

/// The compiler that `rust-version` in the manifest names.
const OLDEST: &str = "rustc 1.85.";

/// Set where everything must run: then nothing is skipped.
const REQUIRED: &str = "PROTOCOL_REQUIRE_PEERS";

#[test]
fn clippy_finds_nothing() {
    let version = Command::new("cargo").args(["clippy", "--version"]).output();
    let version = version.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    let version = version.unwrap_or_default();
    if !version.starts_with(PINNED) {
        let text = format!("the lints are those of {PINNED}, and this is {version:?}");
        assert!(std::env::var(REQUIRED).is_err(), "{text}");
        eprintln!("SKIPPED: {text}");
        return;
    }
    for edition in ["2018", "2021", "2024"] {
        let folder = crate_of(edition);
        let output = Command::new("cargo")
            .args(["clippy", "--quiet", "--offline"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("guest-target"))
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "edition {edition}:\n{said}");
    }
}

/// Without a compiler of that age this says loudly that it is skipped. `PROTOCOL_OLDEST_RUST` is the folder with
/// its `cargo` and `rustc`, such as `.ci/oldest-rust` makes.
#[test]
fn the_oldest_rust_compiles_it() {
    let Ok(bin) = std::env::var("PROTOCOL_OLDEST_RUST") else {
        let text = "PROTOCOL_OLDEST_RUST does not say where Rust 1.85 is";
        assert!(std::env::var(REQUIRED).is_err(), "{text}");
        eprintln!("SKIPPED: {text}");
        return;
    };
    let (cargo, rustc) = (Path::new(&bin).join("cargo"), Path::new(&bin).join("rustc"));
    let version = Command::new(&rustc).arg("--version").output().expect("that rustc runs").stdout;
    let version = String::from_utf8_lossy(&version);
    assert!(version.starts_with(OLDEST), "the crates are for {OLDEST}x, and this is {version}");
    for edition in ["2018", "2021", "2024"] {
        let output = Command::new(&cargo)
            .args(["check", "--quiet", "--offline"])
            .current_dir(crate_of(edition))
            .env("CARGO", &cargo)
            .env("RUSTC", &rustc)
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("guest-oldest"))
            .output()
            .expect("that cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "edition {edition}:\n{said}");
    }
}

/// The crate in an edition of Rust: `guest/lib.rs`, and what cargo needs to know.
fn crate_of(edition: &str) -> std::path::PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guest").join(edition);
    fs::create_dir_all(&folder).expect("a folder can be made");
    let manifest = format!(
        "[package]\nname = \"guest\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n\
         [lib]\npath = {:?}\n\n[dependencies]\nprotocol-core = {{ path = {:?} }}\n\n[workspace]\n",
        root.join("tests/guest/lib.rs"),
        root.join("protocol-core"),
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file can be written");
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a file can be copied");
    folder
}

/// Every word is used there.
#[test]
fn the_crate_uses_every_word() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("a source");
    let (words, guest) = (read("protocol-derive/src/words/mod.rs"), read("tests/guest/lib.rs"));
    let rows = words.lines().filter_map(|line| line.trim_start().strip_prefix("row(Word::"));
    let mut count = 0;
    for row in rows {
        let word = row.split('"').nth(1).expect("a word in quotes");
        let attributes = guest.split("#[wire(").skip(1).filter_map(|it| it.split(")]").next());
        let is_used = attributes
            .flat_map(|it| it.split(|char: char| !char.is_alphanumeric() && char != '_'))
            .any(|it| it == word);
        assert!(is_used, "`{word}` is not in tests/guest/lib.rs");
        count += 1;
    }
    assert!(count > 45, "only {count} words were found");
}
