//! Where programs lie: those of this machine, and those of the examples.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Where a program lies. If it is nowhere, that is said loudly and the test is skipped; with
/// `PROTOCOL_REQUIRE_PEERS=1` the test fails instead.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let found = folders().into_iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        let is_required = std::env::var("PROTOCOL_REQUIRE_PEERS").is_ok_and(|value| value == "1");
        assert!(!is_required, "{name} is missing, and PROTOCOL_REQUIRE_PEERS=1 wants it");
        eprintln!("\n*** SKIPPED: {name} is missing, the example was not tested with it ***\n");
    }
    found
}

/// The folders of programs, also those that only a superuser or PostgreSQL itself looks into.
fn folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(["/usr/sbin", "/usr/local/sbin", "/sbin"].map(PathBuf::from));
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    folders.extend(versions.flatten().map(|version| version.path().join("bin")));
    folders
}

/// The program of an example, built as these tests are.
pub(crate) fn example(name: &'static str) -> PathBuf {
    static BUILT: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let test = std::env::current_exe().expect("a running program has a path");
    let folder = test.ancestors().nth(2).expect("it lies in `deps` of a profile");
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if built.insert(name) {
        build(name, folder);
    }
    folder.join("examples").join(name)
}

fn build(name: &str, folder: &Path) {
    let profile = folder.file_name().and_then(|name| name.to_str()).expect("a profile");
    let profile = if profile == "debug" { "dev" } else { profile };
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--profile", profile, "--example", name]);
    let built = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status();
    assert!(built.is_ok_and(|status| status.success()), "the example {name} does not build");
}
