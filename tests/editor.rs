//! Rust-analyzer, asked by its protocol, shows the documentation of a word at the word.
//!
//! It runs where `rust-analyzer` runs, or the program that `RUST_ANALYZER` names, and says so loudly where
//! none does: no registry has it as a package, so nothing can require it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// How long the crate may take to be loaded, and an answer to come: a build without optimisation is slow.
const PATIENCE: Duration = Duration::from_secs(900);

const SOURCE: &str = "use protocol_core::Wire;

#[derive(Wire)]
#[wire(endian = little)]
pub struct Record {
    #[wire(len = u16, max = 9)]
    pub text: String,
    #[wire(item(count = u8), cuont = u8)]
    pub lists: Vec<Vec<u8>>,
}
";

#[test]
fn words_have_documentation() {
    let program = std::env::var("RUST_ANALYZER").unwrap_or_else(|_| "rust-analyzer".to_owned());
    let runs = Command::new(&program).arg("--version").output().is_ok_and(|it| it.status.success());
    if !runs {
        eprintln!("SKIPPED: {program} does not run here; RUST_ANALYZER can name another");
        return;
    }
    let folder = crate_of_a_user();
    let mut editor = Editor::start(&program, &folder);
    // A container, a field, a word within a word, and beside one that nobody knows.
    for (word, shown) in [
        ("endian", "The order of bytes"),
        ("len", "How many bytes"),
        ("max", "The most bytes or elements"),
        ("count", "How many elements"),
    ] {
        let hover = editor.hover(SOURCE.find(word).expect("it stands there"));
        assert!(hover.contains(shown), "of `{word}` is shown {hover}");
    }
}

fn crate_of_a_user() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor");
    fs::create_dir_all(folder.join("src")).expect("a folder can be made");
    let manifest = format!(
        "[package]\nname = \"edited\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nprotocol-core = {{ path = {:?} }}\n\n[workspace]\n",
        root.join("protocol-core"),
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file can be written");
    fs::write(folder.join("src/lib.rs"), SOURCE).expect("a file can be written");
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a file can be copied");
    folder
}

/// A running rust-analyzer, with the crate open.
struct Editor {
    process: Child,
    input: ChildStdin,
    messages: Receiver<String>,
    uri: String,
    requests: u32,
}

impl Editor {
    fn start(program: &str, folder: &Path) -> Editor {
        let mut process = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .spawn()
            .expect("it ran before");
        let input = process.stdin.take().expect("it was piped");
        let output = process.stdout.take().expect("it was piped");
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = receive(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let root = format!("file://{}", folder.display());
        let uri = format!("{root}/src/lib.rs");
        let mut editor = Editor { process, input, messages, uri, requests: 0 };
        editor.request(
            "initialize",
            &format!(
                r#"{{"processId":null,"rootUri":"{root}","capabilities":{{"experimental":{{"serverStatusNotification":true}}}},"initializationOptions":{{"checkOnSave":false,"cachePriming":{{"enable":false}}}}}}"#
            ),
        );
        editor.send(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
        let (uri, text) = (editor.uri.clone(), SOURCE.replace('\n', "\\n"));
        editor.send(&format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{"uri":"{uri}","languageId":"rust","version":1,"text":"{text}"}}}}}}"#
        ));
        editor.wait("that the crate is loaded", |message| message.contains(r#""quiescent":true"#));
        editor
    }

    /// What is shown at a place of the source.
    fn hover(&mut self, at: usize) -> String {
        let before = SOURCE.get(..at).expect("a place");
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        let uri = self.uri.clone();
        self.request(
            "textDocument/hover",
            &format!(
                r#"{{"textDocument":{{"uri":"{uri}"}},"position":{{"line":{line},"character":{column}}}}}"#
            ),
        )
    }

    fn request(&mut self, method: &str, parameters: &str) -> String {
        self.requests += 1;
        let id = self.requests;
        self.send(&format!(
            r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{parameters}}}"#
        ));
        let own = format!(r#"{{"jsonrpc":"2.0","id":{id},"#);
        self.wait(method, |message| {
            message.strip_prefix(&own).is_some_and(|rest| !rest.starts_with(r#""method""#))
        })
    }

    fn send(&mut self, message: &str) {
        let sent = write!(self.input, "Content-Length: {}\r\n\r\n{message}", message.len());
        sent.and_then(|()| self.input.flush()).expect("it listens");
    }

    /// The next message that is meant; what the other side asks is answered with nothing.
    fn wait(&mut self, what: &str, is_meant: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(start.elapsed());
            let message = self.messages.recv_timeout(left);
            let message = message.unwrap_or_else(|_| String::new());
            assert!(!message.is_empty(), "{what} did not come within {PATIENCE:?}");
            if is_meant(&message) {
                return message;
            }
            let asked = message.strip_prefix(r#"{"jsonrpc":"2.0","id":"#);
            if let Some((id, _)) = asked.and_then(|rest| rest.split_once(r#","method""#)) {
                self.send(&format!(r#"{{"jsonrpc":"2.0","id":{id},"result":null}}"#));
            }
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One message: its length in a header, an empty line, the text.
fn receive(output: &mut BufReader<ChildStdout>) -> Option<String> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut text = vec![0; length];
    output.read_exact(&mut text).ok()?;
    String::from_utf8(text).ok()
}
