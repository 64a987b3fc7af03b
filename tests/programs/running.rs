//! Programs that run: to their end, or beside a test.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// By then at the latest a program has done what it is to do, on a busy machine too.
pub(crate) const LATE: Duration = Duration::from_secs(60);

/// What a program left behind.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
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

/// A program that is ended with the test, whatever becomes of it.
pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) lines: Receiver<String>,
}

impl Program {
    /// Starts the program and listens to one of its outputs.
    pub(crate) fn start(
        command: &mut Command,
        output: impl FnOnce(&mut Child) -> Box<dyn Read + Send>,
    ) -> Program {
        let mut child = command.spawn().expect("the program starts");
        let output = BufReader::new(output(&mut child));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                sender.send(line).unwrap_or_default();
            }
        });
        Program { child, lines }
    }

    /// The next line that contains `part`.
    pub(crate) fn line_with(&self, part: &str) -> String {
        let deadline = Instant::now() + LATE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left);
            let line = line.unwrap_or_else(|_| panic!("no line with `{part}` came"));
            if line.contains(part) {
                return line;
            }
        }
    }

    /// Waits for the end of the program.
    pub(crate) fn end(&mut self) -> ExitStatus {
        end(&mut self.child, LATE).expect("the program ends")
    }

    /// Interrupts the program, and waits for its end.
    pub(crate) fn interrupt(&mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.is_ok_and(|status| status.success()));
        self.end()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(drop).unwrap_or_default();
    }
}
