//! The README's first example, followed to the letter in a new crate outside the workspace.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The contents of the `number`-th fenced block that opens with `fence`.
fn block<'a>(text: &'a str, fence: &str, number: usize) -> &'a str {
    let after = text.split(fence).nth(number + 1).expect("the README has that block");
    after.split("```").next().expect("the block ends").trim_start_matches('\n')
}

#[test]
fn the_first_example_runs_in_a_new_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("there is a README");
    let line = readme.lines().position(|line| line == "```rust").expect("there is an example");
    assert!(line < 20, "the first example begins at line {}", line + 1);

    let user = tempfile::tempdir().expect("a folder outside the workspace");
    fs::create_dir(user.path().join("src")).expect("a folder");
    let manifest = format!(
        "[package]\nname = \"user\"\nedition = \"2024\"\n\n[dependencies]\n\
         protocol-core = {{ path = {:?} }}\n\n[workspace]\n",
        root.join("protocol-core")
    );
    fs::write(user.path().join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(user.path().join("src/main.rs"), block(&readme, "```rust", 0)).expect("a program");

    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(user.path())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("user"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the example does not run:\n{errors}");
}
