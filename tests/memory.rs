//! Runs the impls that lie about themselves under valgrind: a lie may cost an error, never memory.

use std::env;
use std::path::Path;
use std::process::Command;

#[test]
fn lies_stay_within_memory() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        let required = env::var_os("PROTOCOL_REQUIRE_PEERS").is_some_and(|value| value == "1");
        assert!(!required, "valgrind is missing, and PROTOCOL_REQUIRE_PEERS=1 asks for it");
        eprintln!("SKIPPED: valgrind is missing, the lying impls were not checked");
        return;
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lying");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--package", "lying-impls", "--target-dir"])
        .arg(&target)
        .status()
        .expect("cargo runs");
    assert!(built.success(), "the lying impls build");
    let output = Command::new("valgrind")
        .args(["--quiet", "--error-exitcode=1"])
        .arg(target.join("release/lying-impls"))
        .output()
        .expect("valgrind runs");
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "valgrind reports:\n{report}");
    let told = String::from_utf8_lossy(&output.stdout).lines().count();
    assert_eq!(told, 11, "every lie is told to its end:\n{report}");
}
