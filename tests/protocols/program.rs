//! Programs of this machine and of the examples: finding them, and running them to their end.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::Once;
use std::thread;
use std::time::{Duration, Instant};

/// By then at the latest a program has done what it is to do, on a busy machine too.
pub(crate) const LATE: Duration = Duration::from_secs(60);

/// What a program left behind.
pub(crate) struct Output {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

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

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command) -> Output {
    let folder = tempfile::tempdir().expect("a folder for its output");
    let (stdout, stderr) = (folder.path().join("stdout"), folder.path().join("stderr"));
    let file = |path: &Path| File::create(path).expect("a file for its output");
    let child = command.stdout(file(&stdout)).stderr(file(&stderr)).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let status = end(&mut child, LATE);
    let read = |path: &Path| {
        String::from_utf8_lossy(&std::fs::read(path).expect("what it wrote")).into_owned()
    };
    let (stdout, stderr) = (read(&stdout), read(&stderr));
    let Some(status) = status else {
        child.kill().and_then(|()| child.wait()).map(drop).unwrap_or_default();
        panic!("{command:?} does not end:\n{stdout}{stderr}");
    };
    Output { status, stdout, stderr }
}

/// Runs a program that must succeed, and gives what it wrote.
pub(crate) fn succeed(command: &mut Command) -> String {
    let output = run(command);
    let (stdout, stderr) = (output.stdout, output.stderr);
    assert!(output.status.success(), "{command:?} fails ({}):\n{stdout}{stderr}", output.status);
    stdout
}

/// Waits until a program ends by itself.
pub(crate) fn end(child: &mut Child, within: Duration) -> Option<ExitStatus> {
    let deadline = Instant::now() + within;
    loop {
        let status = child.try_wait().expect("the program is ours");
        if status.is_some() || Instant::now() > deadline {
            return status;
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The program of an example, built as these tests are.
pub(crate) fn example(name: &str) -> PathBuf {
    static BUILD: Once = Once::new();
    let test = std::env::current_exe().expect("a running program has a path");
    let folder = test.ancestors().nth(2).expect("it lies in `deps` of a profile");
    let profile = folder.file_name().and_then(|name| name.to_str()).expect("a profile");
    BUILD.call_once(|| {
        let profile = if profile == "debug" { "dev" } else { profile };
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--profile", profile, "--examples"]);
        let built = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status();
        assert!(built.is_ok_and(|status| status.success()), "the examples do not build");
    });
    folder.join("examples").join(name)
}
